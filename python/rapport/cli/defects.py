"""rapport defects, volatility: quality models on a team's own counts."""

from __future__ import annotations

import csv
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import PlanFile, WithFiles, app
from rapport.cli.console import out

defects = typer.Typer(
    help="Defect models: what is let through, where, and how much is left.", no_args_is_help=True
)
app.add_typer(defects, name="defects")


class Level(StrEnum):
    """How thoroughly defects are removed (COQUALMO)."""

    very_low = "very_low"
    low = "low"
    nominal = "nominal"
    high = "high"
    very_high = "very_high"
    extra_high = "extra_high"


class By(StrEnum):
    """How the calendar is cut."""

    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(text) if any(cell.strip() for cell in row)
        ]
    if len(rows) < 2:
        console.stop(f"{file} holds no rows below its head")
    return rows


def number(file: Path, line: int, text: str) -> float:
    try:
        return float(text) if text else 0.0
    except ValueError:
        console.stop(f"{file}, line {line}: {text!r} is no number")


@defects.command("containment")
def containment(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="COUNTS.csv",
            help="Head: found, then the phases of origin; one row per phase that finds, the field last.",
        ),
    ],
) -> None:
    """How many defects each phase finds of those present, contains of its own, and lets through (Kan)."""
    head, *rows = rows_of(file)
    origins, found = head[1:], [row[0] for row in rows]
    counts = [
        [number(file, line, cell) for cell in (row[1:] + [""] * len(origins))[: len(origins)]]
        for line, row in enumerate(rows, 2)
    ]
    table = rp.containment(origins, found, counts)
    overall = rp.overall_effectiveness(origins, found, counts)
    for row in table.rows():
        share = "" if row["effectiveness"] is None else f"{row['effectiveness']:7.2%} of those present"
        own = "" if row["containment"] is None else f", {row['containment']:.2%} of its own"
        out.print(
            f"{row['phase']:24} finds {row['removed']:g} of {row['present']:g}: {share}{own}", markup=False
        )
    if overall is not None:
        out.print(f"{'overall':24} {overall:.2%} found before the field")


@defects.command("amplify")
def amplify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="STEPS.csv", help="Columns: name, created, passed, amplification, efficiency."
        ),
    ],
    incoming: Annotated[float, typer.Option(min=0, help="Defects that come into the first step.")] = 0,
) -> None:
    """Defects after each step that passes, amplifies, adds and finds some (IBM 1981)."""
    head, *rows = rows_of(file)
    known = ["name", "created", "passed", "amplification", "efficiency"]
    for column in head:
        if column not in known:
            console.stop(f"{file}: there is no column {column!r}; they may be {', '.join(known)}")
    steps = []
    for line, row in enumerate(rows, 2):
        cells = dict(zip(head, row, strict=False))
        values = {name: number(file, line, cells[name]) for name in known[1:] if cells.get(name)}
        steps.append(rp.DefectStep(cells.get("name", f"step {line - 1}"), **values))
    for step, left in zip(steps, rp.amplify_defects(steps, incoming=incoming), strict=True):
        out.print(f"{step.name:24} {left:10.2f} defects left", markup=False)


@defects.command("coqualmo")
def coqualmo(
    size: Annotated[float, typer.Option(min=0, help="Thousand source lines.")] = 1.0,
    analysis: Annotated[Level, typer.Option(help="Automated analysis.")] = Level.nominal,
    reviews: Annotated[Level, typer.Option(help="People's reviews.")] = Level.nominal,
    testing: Annotated[Level, typer.Option(help="Execution testing and tools.")] = Level.nominal,
) -> None:
    """Defects put in and left over by origin (COQUALMO). Every figure rests on assumptions."""
    rows = rp.coqualmo(size, analysis=analysis.value, reviews=reviews.value, testing=testing.value).rows()
    for row in rows:
        out.print(
            f"{row['origin']:14} {row['introduced']:10.1f} put in {row['residual']:10.1f} left  (assumed)"
        )
    left = sum(row["residual"] for row in rows)
    out.print(
        f"{'all':14} {sum(row['introduced'] for row in rows):10.1f} put in {left:10.1f} left  (assumed)"
    )


@app.command("volatility")
def volatility(
    plan: PlanFile,
    facts: WithFiles = None,
    by: Annotated[By, typer.Option(help="How the calendar is cut.")] = By.month,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Scope is agreed from then on; else the first confirmation."),
    ] = None,
    causes: Annotated[bool, typer.Option("--causes", help="Each step with its reason.")] = False,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Every step as CSV.")] = None,
) -> None:
    """How often requirements changed, how much the scope grew, and why."""
    project, _ = console.read(plan, facts)
    agreed = None
    if baseline:
        try:
            agreed = datetime.fromisoformat(baseline)
        except ValueError:
            console.stop(f"--baseline {baseline}: write it like 2027-03-01")
    found = project.volatility(by=by.value, baseline=agreed)
    if csv_file:
        console.write(csv_file, found.events.to_csv())
    if found.baseline_at is None:
        out.print("nothing says when a requirement came or changed")
    else:
        out.print(f"{found.baseline} requirements in force on {console.moment(found.baseline_at)}")
    for row in found.periods.rows():
        rate = "" if row["volatility"] is None else f"  volatility {row['volatility']:.1%}"
        growth = "" if row["growth"] is None else f"  scope {row['growth']:+.1%}"
        out.print(
            f"{row['from']}  {row['at_start']:>4} +{row['added']} ~{row['changed']} -{row['removed']} "
            f"→ {row['at_end']}  {row['asked']} asked{rate}{growth}",
            markup=False,
        )
    if found.undated:
        out.print(f"{found.undated} steps have no date")
    if causes:
        for row in found.events.rows():
            request = f" [{row['change']}]" if row["change"] else ""
            cause = row["cause"] or "no reason"
            line = f"  {console.moment(row['when'])} {row['step']} {row['requirement']}: {cause}{request}"
            out.print(line, markup=False)
    if csv_file:
        out.print(f"written: {csv_file}", markup=False)
