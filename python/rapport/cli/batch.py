"""rapport batch, options, choose: many changes on one plan, or on many."""

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
from datetime import datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import PlanFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import err, out

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
    made_from: str
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
        if json.loads(lines[0]).get("made_from") != self.made_from:
            console.stop(
                f"{self.path} was begun with other plans, facts or rules; remove it to begin anew, "
                "or give the same ones to go on"
            )
        with self.path.open("r+b") as file:
            file.truncate(len(whole) + 1)
        self.rows = [json.loads(line) for line in lines[1:]]

    def add(self, rows: list[Row]) -> None:
        self._append(rows)
        self.rows += rows

    def _append(self, rows: list[Row]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            file.flush()
            os.fsync(file.fileno())


def plans_of(patterns: list[str]) -> list[Path]:
    """The files that names and patterns stand for, each once."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        path = Path(pattern)
        paths = (
            [path] if path.exists() else sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        )
        if not paths:
            console.stop(f"there is no plan {pattern}")
        found.update((path, None) for path in paths)
    return list(found)


def entries_of(changes: Path | None, project: rp.Project) -> list[rp.ChangeEntry]:
    if changes is not None:
        return rp.changes_in_text(changes.read_bytes(), str(changes))
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


def assess(plan: rp.Plan, name: str, entries: list[rp.ChangeEntry], journal: Journal, threads: int) -> None:
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

            table = plan.assess_all(now, threads=threads, progress=progress)
            currency = table.units["cost_delta"]
            journal.add(
                [
                    {"plan": name, **row, "currency": currency or None, "digest": digest(entry.document)}
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
    draft = target.with_name(target.name + ".draft")
    if target.suffix == ".jsonl":
        draft.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records), "utf-8")
    elif target.suffix == ".csv":
        with draft.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(records)
    else:
        write_parquet(draft, records, columns, shape)
    draft.replace(target)


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
    threads: Annotated[int, typer.Option(min=0, help="0: as many as the machine runs at once.")] = 0,
) -> None:
    """Many changes on one plan or on many: one row each, in the order given.

    A run that was stopped goes on where it was when it is given again. One that is at fault does not
    stop the others; they are listed at the end with their line, and the exit code is 1 then.
    """
    check_target(target)
    files = plans_of(plans)
    sources = [*files, *(facts or [])]
    made_from = digest(
        "\n".join([rp.__version__, rules.value, *(f"{p} {digest_of_file(p)}" for p in sources)])
    )
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
                faults.append(f"{file}: {fault}")
                continue
            shape = shape if shape is not None else plan.assess_all([])
            entries = entries_of(changes, project)
            wanted += [(str(file), entry.key, digest(entry.document)) for entry in entries]
            assess(plan, str(file), entries, journal, threads)
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


def digest_of_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def tell(target: Path, rows: list[Row], faults: list[str], plans: int) -> None:
    bad = [row for row in rows if row["error"]]
    good = [row for row in rows if not row["error"]]
    several = f" on {plans} plans" if plans > 1 else ""
    out.print(f"{len(good)} changes assessed{several}: {target}", markup=False)
    later = sorted(
        (row for row in good if row["finish_delta_minutes"] > 0), key=lambda r: -r["finish_delta_minutes"]
    )
    if later:
        out.print(f"{len(later)} move the finish; the furthest:")
    for row in later[:5]:
        days = row["finish_delta_minutes"] / 1440
        cost = f"{row['cost_delta']} {row['currency']}" if row["cost_delta"] is not None else "cost not known"
        mark = "  (assumed)" if row["assumed"] else ""
        out.print(f"  {row['change']} {row['title']}: +{days:g} d, {cost}{mark}", markup=False)
    if bad:
        out.print(f"{len(bad)} could not be assessed:")
    for row in bad[:20]:
        where = " ".join(filter(None, (f"line {row['line']}" if row["line"] else "", row["change"])))
        out.print(f"  {where}: {row['error']}", markup=False)
    if len(bad) > 20:
        out.print(f"  … and {len(bad) - 20} more, with their errors in {target}", markup=False)
    for fault in faults:
        out.print(f"  not read: {fault}", markup=False)


@app.command("options")
def options(
    plan: PlanFile,
    change: Annotated[Path, typer.Option(metavar="CHANGE.json", help="The change request.")],
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    every: Annotated[bool, typer.Option("--all", help="Also those that another option beats.")] = False,
    scopes: Annotated[
        list[float] | None,
        typer.Option("--scope", metavar="SHARE", help="Less of the change: this share. Repeatable."),
    ] = None,
    crash_share: Annotated[
        float, typer.Option(metavar="SHARE", help="Of a duration that can be won by paying.")
    ] = 0.25,
    crash_premium: Annotated[
        float, typer.Option(metavar="SHARE", help="Dearer than usual is the time won, as a share.")
    ] = 0.5,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="All options as CSV.")
    ] = None,
) -> None:
    """What could be done with one change: accept, defer, reduce scope, crash, drop something else."""
    project, _ = console.read(plan, facts)
    before = console.schedule(project, rules.value)
    with console.progress() as report:
        table = before.options(
            rp.Change.from_file(change),
            scopes=scopes or [0.75, 0.5, 0.25],
            crash_share=crash_share,
            crash_premium=crash_premium,
            progress=report,
        )
    if csv_file:
        console.write(csv_file, table.to_csv())
    currency = table.units["cost_delta"]
    rows = [row for row in table.rows() if every or row["on_front"]]
    out.print(f"{len(rows)} of {len(table)} options" + ("" if every else " that no other one beats"))
    for row in rows:
        if row["error"]:
            out.print(f"  {row['what']}: cannot be done: {row['error']}", markup=False)
            continue
        days, late = row["finish_delta_minutes"] / 1440, row["contract_lateness_minutes"] / 1440
        cost = f"{row['cost_delta']} {currency}" if row["cost_delta"] is not None else "cost not known"
        if row["unpriced"]:
            cost += f" and {row['unpriced']} costs not known"
        tests = f", {row['tests_to_repeat']} tests" if row["tests_to_repeat"] is not None else ""
        escaping = (
            f", {row['defects_escaping']:.2f} defects escape" if row["defects_escaping"] is not None else ""
        )
        mark = "  (assumed)" if row["assumed"] else ""
        beaten = "" if row["on_front"] else "  (beaten)"
        out.print(
            f"  {row['what']}: finish {days:+g} d, contract dates {late:+g} d, {cost}"
            f"{tests}{escaping}{mark}{beaten}",
            markup=False,
        )
    for text in dict.fromkeys(row["assumptions"] for row in rows if row["assumptions"]):
        out.print(f"assumed: {text}", markup=False, style="dim")


def is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


@app.command("choose")
def choose(
    plan: PlanFile,
    changes: Annotated[Path, typer.Option(metavar="FILE", help="JSON Lines or a JSON list of changes.")],
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    budget: Annotated[
        str | None, typer.Option(metavar="MONEY", help='All together cost at most: "20000 EUR".')
    ] = None,
    finish_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="The project finishes by then.")
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=NUMBER", help="What a change is worth (else 1). Repeatable."),
    ] = None,
    evaluations: Annotated[int, typer.Option(min=1, help="Sets of changes assessed at most.")] = 4096,
) -> None:
    """The most valuable changes that together keep to a budget or a date."""
    values: dict[str, float] = {}
    if finish_by and not is_date(finish_by):
        console.stop(f"--finish-by {finish_by}: write it like 2027-03-01 or 2027-03-01T17:00")
    for text in value or []:
        key, _, number = text.rpartition("=")
        try:
            values[key] = float(number)
        except ValueError:
            console.stop(f"--value {text}: write it like CR-1=5")
    project, _ = console.read(plan, facts)
    before = console.schedule(project, rules.value)
    entries = rp.changes_in_text(changes.read_bytes(), str(changes))
    with console.progress() as report:
        best = before.best_subset(
            entries,
            budget=rp.Money(budget) if budget else None,
            finish_by=datetime.fromisoformat(finish_by) if finish_by else None,
            values=values,
            evaluations=evaluations,
            progress=report,
        )
    if not best.feasible:
        out.print("not even without any change are the limits kept")
        raise SystemExit(1)
    quality = "the best there is" if best.exact else f"no set is worth more than {best.bound:g}"
    out.print(f"worth {best.value:g} ({quality}; {best.evaluated} sets assessed)")
    for at in best.chosen:
        request = entries[at].change
        assert request is not None
        out.print(f"  {request.key} {request.title}", markup=False)
    cost = best.cost_delta if best.cost_delta is not None else "not known"
    mark = "  (assumed)" if best.assumed else ""
    out.print(f"together: finish {console.span(best.finish_delta)}, cost {cost}{mark}", markup=False)
