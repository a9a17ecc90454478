"""What the commands share: reading with a progress bar, tables on the screen, faults in words."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

import rapport as rp
from rapport.files import cannot_read, document, written_whole

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

# Fields of a document of facts that a change does not have.
OF_A_PLAN = ("subprojects", "activities", "requirements", "stakeholders")
# Of a column of names, in characters.
NARROWEST = 24

Report = Callable[[float, str], bool]


@contextmanager
def reporting_faults() -> Iterator[None]:
    """Turns what the input did wrong into one message on stderr and exit code 1."""
    try:
        yield
    except (rp.Error, OSError, UnicodeDecodeError) as fault:
        err.print(f"rapport: {in_words(fault)}", markup=False)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        err.print("rapport: interrupted", markup=False)
        raise SystemExit(130) from None


def in_words(fault: Exception) -> str:
    """What went wrong with which file, without numbers of the operating system."""
    if isinstance(fault, OSError) and not isinstance(fault, rp.Error) and fault.filename is not None:
        return cannot_read(fault)
    return str(fault)


@contextmanager
def progress() -> Iterator[Report]:
    """A bar on stderr that vanishes when done; nothing when stderr is no terminal."""
    if not err.is_terminal:
        yield lambda _fraction, _stage: True
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        task = bars.add_task("", total=1.0)

        def report(fraction: float, stage: str) -> bool:
            bars.update(task, completed=fraction, description=stage)
            return True

        yield report


# Of XER files, as the command line names it.
code_page = ""


def read(plan: Path, others: list[Path] | None) -> tuple[rp.Project, list[rp.Diagnostic]]:
    """The facts of all files; what could not be kept is summed up on stderr."""
    with progress() as report:
        project, notes = rp.read(plan, *(others or []), progress=report, code_page=code_page)
    warnings = [note for note in notes if note.severity != "note"]
    for note in warnings[:5]:
        err.print(str(note), markup=False, style="yellow")
    if len(warnings) > 5:
        err.print(f"… and {len(warnings) - 5} more warnings: see rapport show --notes", style="yellow")
    return project, notes


def schedule(project: rp.Project, rules: str) -> rp.Plan:
    """The plan under the rules named on the command line."""
    with progress() as report:
        return project.schedule(rules=rules, progress=report)


def assumed(file: Path | None) -> str | None:
    """The assumptions named on the command line; None for the defaults."""
    return document(file) if file else None


def changes_in(path: Path) -> list[rp.ChangeEntry]:
    """The changes of a file; some of them may be at fault."""
    entries = rp.changes_in_text(path.read_bytes(), str(path))
    if len(entries) == 1 and entries[0].change is None and is_of_facts(entries[0].document):
        raise rp.InvalidInput(
            f'{path} holds facts, no changes; give a file with an object {{"id", "title", "edits"}} on each '
            "line, or a JSON list of them"
        )
    return entries


def is_of_facts(document: str) -> bool:
    try:
        given = json.loads(document)
    except ValueError:
        return False
    return isinstance(given, dict) and not given.keys().isdisjoint(OF_A_PLAN)


def minus(figure: str) -> str:
    """−1.5, with the sign that all figures have; exponents as they are."""
    return re.sub(r"(?<!e)-", "−", figure)


def many(count: int, what: str, plural: str = "") -> str:
    """1 trial, 2 trials"""
    return f"{count} {what if count == 1 else plural or what + 's'}"


def moment(value: datetime | None) -> str:
    """2 Mar 2027 17:00"""
    return f"{value.day} {value:%b %Y %H:%M}" if value else "–"


def span(value: timedelta) -> str:
    """+9 d 1 h"""
    seconds = int(value.total_seconds())
    sign = "−" if seconds < 0 else "+" if seconds else ""
    days, rest = divmod(abs(seconds), 86400)
    parts = [f"{days} d"] if days else []
    if rest or not days:
        hours, minutes = divmod(rest // 60, 60)
        parts.append(f"{hours} h" + (f" {minutes} min" if minutes else ""))
    return sign + " ".join(parts)


def money(
    amount: rp.Money | Decimal | None,
    currency: str = "",
    *,
    signed: bool = False,
    none: str = "cost not known",
) -> str:
    """1,234.50 EUR; `signed` with a plus where it is more."""
    if amount is None:
        return none
    number, _, own = str(amount).partition(" ")
    text = f"{Decimal(number):{'+' if signed and Decimal(number) else ''},}"
    return minus(f"{text} {own or currency}".rstrip())


def figure(value: float, unit: str) -> str:
    """Of quality, with its unit: a share, a code of a currency, or any other."""
    if unit == "share":
        return f"{value:.1%}"
    if is_currency(unit):
        return f"{value:,.2f} {unit}"
    return f"{number(value, 2) if abs(value) >= 1000 else f'{value:.4g}'} {unit}"


def number(value: float, decimals: int = 6) -> str:
    """1,234.5: all digits before the point, and at most so many after it."""
    if not 1e-3 <= abs(value) < 1e15:  # Nobody reads these in digits.
        return minus(f"{value:g}")
    text = minus(f"{value:,.{decimals}f}")
    return text.rstrip("0").rstrip(".") if decimals else text


def is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()


def text(value: Any) -> str:
    """One cell for people."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, timedelta):
        return span(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, float):
        return number(value, 2) if abs(value) >= 1000 else minus(f"{value:g}")
    return str(value)


def cell(row: dict[str, Any], column: str) -> str:
    """One cell for people; what rests on an assumption as commands mark it everywhere."""
    if column == "assumed":
        return "(assumed)" if row[column] else ""
    return text(row[column])


def head(table: rp.Table, column: str) -> str:
    """Of a column for people; of money with its currency."""
    if column == "assumed":  # Its marks say so themselves.
        return ""
    unit = table.units[column]
    name = column.replace("_", " ")
    return f"{name} ({unit})" if is_currency(unit) else name


def show(table: rp.Table, columns: list[str], *, title: str, limit: int = 15) -> None:
    """The first rows of a table."""
    rows = table.rows()
    more = f" (the first {limit} of {len(rows)})" if len(rows) > limit else ""
    grid = Grid(
        title=escape(title) + more, title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    shown = {column: [cell(row, column) for row in rows[:limit]] for column in columns}
    for column in columns:
        numeric = any(isinstance(row[column], int | float | timedelta | Decimal) for row in rows[:limit])
        add_column(grid, head(table, column), shown[column], numeric=numeric)
    # Names may hold square brackets, which rich would take for its own.
    for cells in zip(*shown.values(), strict=True):
        grid.add_row(*map(escape, cells))
    out.print(grid)


def add_column(grid: Grid, name: str, cells: list[str], *, numeric: bool) -> None:
    """One that is never too narrow for a figure, nor for the words of a name."""
    longest = max(map(len, cells), default=0)
    grid.add_column(
        name,
        justify="right" if numeric else "left",
        overflow="fold",
        min_width=longest if numeric else min(longest, NARROWEST),
    )


def write(path: Path, content: str) -> None:
    """Writes whole or not at all."""
    with written_whole(path) as draft:
        draft.write_text(content, encoding="utf-8")


def check_outputs(**files: Path | None) -> None:
    """Wrong use where two options write into one file; to be asked before the work."""
    seen: dict[Path, str] = {}
    for name, path in files.items():
        if path is None:
            continue
        option = "--" + name.replace("_", "-")
        other = seen.setdefault(path.resolve(), option)
        if other != option:
            stop(f"{other} and {option} both write {path}; give each its own file")


def check_parquet(path: Path | None) -> None:
    """Wrong use where nothing here can write Parquet; to be asked before the work."""
    if path and not (find_spec("pyarrow") or find_spec("polars")):
        stop("Parquet needs pyarrow or polars: pip install 'librapport[tables]', or write CSV")


def write_tables(table: rp.Table, csv: Path | None, parquet: Path | None) -> None:
    """The table into the files that are asked for, each whole or not at all."""
    if csv:
        write(csv, table.to_csv())
    if not parquet:
        return
    with written_whole(parquet) as draft:
        if find_spec("pyarrow"):
            import pyarrow as pa
            import pyarrow.parquet as pq

            pq.write_table(pa.table(table), draft)
        else:
            import polars as pl

            pl.DataFrame(table).write_parquet(draft)


def check_numbers(**options: float | list[float] | None) -> None:
    """Wrong use where one is not finite, which no limit of an option refuses."""
    for name, given in options.items():
        for value in given if isinstance(given, list) else [given]:
            if value is not None and not math.isfinite(value):
                stop(f"--{name.replace('_', '-')} {value}: give a finite number")


def stop(message: str) -> NoReturn:
    """Wrong use."""
    sys.stderr.write(f"rapport: {message}\n")
    raise SystemExit(2)
