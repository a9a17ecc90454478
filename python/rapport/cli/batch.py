"""rapport batch: many changes on one plan, or on many."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import AssumptionsFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import err, out
from rapport.files import cannot_write, written_whole

__all__ = ["app"]  # With the commands of this file.

Row = dict[str, Any]
FORMATS = (".parquet", ".csv", ".jsonl")
SECONDS_A_PIECE = 3.0  # Of work that a killed run loses at most.


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Journal:
    """The rows of a run that is not finished, one JSON object a line, beside the result.

    A line is written whole and flushed to the disk; what a killed run left of its last line is cut
    off. The first line says what the rows were made from.
    """

    path: Path
    made_from: dict[str, str]  # "assumptions": what tells these from others.
    rows: list[Row] = field(default_factory=list)

    def load(self) -> None:
        if not self.path.exists():
            self._append([{"made_from": self.made_from}])
            return
        whole, line_end, _ = self.path.read_bytes().rpartition(b"\n")
        lines = whole.decode("utf-8").splitlines() if line_end else []
        if len(lines) < 2:  # Nothing was done yet.
            self.path.unlink()
            self.load()
            return
        begun = json.loads(lines[0]).get("made_from")
        known = begun if isinstance(begun, dict) else {}
        others = [name for name, mark in self.made_from.items() if known.get(name) != mark]
        if others:
            console.stop(
                f"{self.path} was begun with other {' and '.join(others)}; remove it to begin anew, "
                "or give the same ones to go on"
            )
        with self.path.open("r+b") as file:
            file.truncate(len(whole) + 1)
        self.rows = [json.loads(line) for line in lines[1:]]

    def add(self, rows: list[Row]) -> None:
        self._append(rows)
        self.rows += rows

    def _append(self, rows: list[Row]) -> None:
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            raise cannot_write(self.path.with_suffix(""), fault) from None


def plans_of(patterns: list[str]) -> list[Path]:
    """The files that names and patterns stand for, each once."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        path = Path(pattern)
        paths = (
            [path] if path.exists() else sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        )
        if not paths:
            raise rp.InvalidInput(f"there is no plan {pattern}; check the name")
        found.update((path, None) for path in paths)
    return list(found)


def entries_of(changes: Path | None, project: rp.Project) -> list[rp.ChangeEntry]:
    if changes is not None:
        return console.changes_in(changes)
    documents = [
        fact.to_json() for fact in project.facts("change_requests") if isinstance(fact, rp.ChangeRequest)
    ]
    return rp.changes_in_text("[" + ",\n".join(documents) + "]", "change requests of the plan")


@contextmanager
def bar(total: int, what: str) -> Iterator[Callable[[float], None]]:
    """Changes done of all, with the time that remains; nothing when stderr is no terminal."""
    if not err.is_terminal:
        yield lambda _done: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        task = bars.add_task(escape(what), total=total)
        yield lambda done: bars.update(task, completed=round(done))


def assess(
    plan: rp.Plan,
    name: str,
    entries: list[rp.ChangeEntry],
    journal: Journal,
    threads: int,
    assumptions: str | None,
) -> None:
    """Assesses what the journal does not hold yet, piece by piece."""
    done = Counter((row["change"], row["digest"]) for row in journal.rows if row["plan"] == name)
    todo = []
    for entry in entries:
        mark = (entry.key, digest(entry.document))
        if done[mark]:
            done[mark] -= 1
        else:
            todo.append(entry)
    piece, begin = 16, len(entries) - len(todo)
    with bar(len(entries), name) as tell:
        tell(begin)
        while todo:
            now, todo = todo[:piece], todo[piece:]
            started = time.monotonic()

            def progress(fraction: float, _stage: str, first: int = begin, size: int = len(now)) -> bool:
                tell(first + fraction * size)
                return True

            table = plan.assess_all(now, assumptions=assumptions, threads=threads, progress=progress)
            currency = table.units["cost_delta"] or None
            journal.add(
                [
                    {
                        "plan": name,
                        **row,
                        "currency": None if row["error"] else currency,
                        "digest": digest(entry.document),
                    }
                    for entry, row in zip(now, json.loads(table.to_json()), strict=True)
                ]
            )
            begin += len(now)
            pace = len(now) / max(time.monotonic() - started, 1e-3)
            piece = max(1, min(round(pace * SECONDS_A_PIECE), 4 * piece))


def write(target: Path, rows: list[Row], shape: rp.Table) -> None:
    """The rows as the file's ending says, whole or not at all."""
    columns = ["plan", *shape.columns]
    columns.insert(columns.index("cost_delta") + 1, "currency")
    records = [{name: row.get(name) for name in columns} for row in rows]
    with written_whole(target, ".draft") as draft:
        if target.suffix == ".jsonl":
            draft.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records), "utf-8")
        elif target.suffix == ".csv":
            with draft.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows({name: in_csv(value) for name, value in row.items()} for row in records)
        else:
            write_parquet(draft, records, columns, shape)


def in_csv(value: Any) -> Any:
    """As tables write it."""
    return str(value).lower() if isinstance(value, bool) else value


def write_parquet(target: Path, records: list[Row], columns: list[str], shape: rp.Table) -> None:
    for row in records:
        if row["cost_delta"] is not None:
            row["cost_delta"] = Decimal(row["cost_delta"])
    # Four digits after the point hold the minor units of every currency.
    if find_spec("pyarrow"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {f.name: f.type for f in pa.table(shape).schema} | {"cost_delta": pa.decimal128(19, 4)}
        schema = pa.schema([(name, types.get(name, pa.string())) for name in columns])
        pq.write_table(pa.Table.from_pylist(records, schema=schema), target)
        return
    import polars as pl

    kinds = dict(pl.DataFrame(shape).schema) | {"cost_delta": pl.Decimal(19, 4)}
    frame = pl.DataFrame(records, schema={name: kinds.get(name, pl.String()) for name in columns})
    frame.write_parquet(target)


def check_target(target: Path) -> None:
    if target.suffix not in FORMATS:
        console.stop(f"--out {target} must end in one of {', '.join(FORMATS)}")
    if target.suffix == ".parquet" and not (find_spec("pyarrow") or find_spec("polars")):
        console.stop(
            "Parquet needs pyarrow or polars: pip install 'librapport[tables]', or write .csv or .jsonl"
        )


@app.command("batch")
def batch(
    plans: Annotated[
        list[str], typer.Argument(metavar="PLAN...", help="Plans; patterns like 'plans/*.xer' too.")
    ],
    target: Annotated[Path, typer.Option("--out", metavar="FILE", help="Results: .parquet, .csv or .jsonl.")],
    changes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="JSON Lines or a JSON list; not given: the plan's own change requests."
        ),
    ] = None,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    assumptions: AssumptionsFile = None,
    threads: Annotated[int, typer.Option(min=0, help="0: as many as the machine runs at once.")] = 0,
) -> None:
    """Many changes on one plan or on many: one row each, in the order given.

    A run that was stopped goes on where it was when it is given again. One that is at fault does not
    stop the others; they are listed at the end with their line, and the exit code is 1 then.
    """
    check_target(target)
    files = plans_of(plans)
    given = console.assumed(assumptions)
    made_from = {
        "plans": digest_of_files(files),
        "facts": digest_of_files(facts or []),
        "rules": rules.value,
        "assumptions": "" if given is None else digest(given),
        "version of Rapport": rp.__version__,
    }
    journal = Journal(target.with_name(target.name + ".part"), made_from)
    journal.load()
    if journal.rows:
        err.print(f"going on: {len(journal.rows)} are done already", markup=False)
    wanted: list[tuple[str, str, str]] = []
    faults: list[str] = []
    shape: rp.Table | None = None
    try:
        for file in files:
            try:
                project, _ = console.read(file, facts)
                plan = console.schedule(project, rules.value)
            except (rp.Error, OSError, UnicodeDecodeError) as fault:
                faults.append(f"{file}: {console.in_words(fault)}")
                continue
            # Assumptions at fault are so for every plan.
            shape = shape if shape is not None else plan.assess_all([], assumptions=given)
            entries = entries_of(changes, project)
            wanted += [(str(file), entry.key, digest(entry.document)) for entry in entries]
            assess(plan, str(file), entries, journal, threads, given)
    except (rp.Cancelled, KeyboardInterrupt):
        err.print(
            f"stopped: {len(journal.rows)} are done; give the same command again to go on", markup=False
        )
        raise SystemExit(130) from None
    if shape is None:
        err.print("rapport: no plan could be read", *faults, sep="\n", markup=False)
        raise SystemExit(1)
    # In the order asked for, which a continued run may not have kept; nothing that is not asked for any more.
    made: dict[tuple[str, str, str], list[Row]] = {}
    for row in journal.rows:
        made.setdefault((row["plan"], row["change"], row["digest"]), []).append(row)
    rows = [made[mark].pop(0) if len(made[mark]) > 1 else made[mark][0] for mark in wanted]
    write(target, rows, shape)
    journal.path.unlink()
    tell(target, rows, faults, len(files))
    if faults or any(row["error"] for row in rows):
        raise SystemExit(1)


def digest_of_files(paths: list[Path]) -> str:
    marks = (hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "" for path in paths)
    return digest("\n".join(f"{path} {mark}" for path, mark in zip(paths, marks, strict=True)))


def tell(target: Path, rows: list[Row], faults: list[str], plans: int) -> None:
    bad = [row for row in rows if row["error"]]
    good = [row for row in rows if not row["error"]]
    several = f" on {plans} plans" if plans > 1 else ""
    out.print(f"{console.many(len(good), 'change')} assessed{several}: {target}", markup=False)
    later = sorted(
        (row for row in good if row["finish_delta_minutes"] > 0), key=lambda r: -r["finish_delta_minutes"]
    )
    if later:
        move = "1 moves" if len(later) == 1 else f"{len(later)} move"
        out.print(f"{move} the finish; the furthest:")
    for row in later[:5]:
        finish = console.span(timedelta(minutes=row["finish_delta_minutes"]))
        cost = console.money(row["cost_delta"], row["currency"], signed=True)
        mark = "  (assumed)" if row["assumed"] else ""
        out.print(f"  {row['change']} {row['title']}: {finish}, {cost}{mark}", markup=False)
    if bad:
        out.print(f"{len(bad)} could not be assessed:")
    for row in bad[:20]:
        where = " ".join(filter(None, (f"line {row['line']}" if row["line"] else "", row["change"])))
        out.print(f"  {where}: {row['error']}", markup=False)
    if len(bad) > 20:
        out.print(f"  … and {len(bad) - 20} more, with their errors in {target}", markup=False)
    for fault in faults:
        out.print(f"  not read: {fault}", markup=False)
