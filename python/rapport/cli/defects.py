"""rapport defects, volatility: quality models on a team's own counts."""

from __future__ import annotations

import csv
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

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


def columns_of(file: Path, head: list[str], known: list[str]) -> None:
    for column in head:
        if column not in known:
            console.stop(f"{file}: there is no column {column!r}; they may be {', '.join(known)}")


def tell_costs(phases: list[tuple[str, float, float]]) -> None:
    """What the defects of each phase cost, and all of them."""
    rows = rp.defect_costs(phases).rows()
    for row in rows:
        share = "" if row["share"] is None else f" {row['share']:7.1%}"
        out.print(
            f"{row['phase']:24} {row['found']:10g} × {row['cost_each']:<8g} = {row['cost']:10g}{share}",
            markup=False,
        )
    out.print(f"{'all':24} {sum(row['cost'] for row in rows):34g}")


@defects.command("amplify")
def amplify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="STEPS.csv",
            help="Columns: name, created, passed, amplification, efficiency; cost_each (of a defect).",
        ),
    ],
    incoming: Annotated[float, typer.Option(min=0, help="Defects that come into the first step.")] = 0,
    escape_cost: Annotated[
        float | None, typer.Option(min=0, help="What a defect costs that no step finds.")
    ] = None,
) -> None:
    """Defects after each step that passes, amplifies, adds and finds some (IBM 1981), and what they cost."""
    head, *rows = rows_of(file)
    known = ["name", "created", "passed", "amplification", "efficiency", "cost_each"]
    columns_of(file, head, known)
    steps, each = [], []
    for line, row in enumerate(rows, 2):
        cells = dict(zip(head, row, strict=False))
        values = {name: number(file, line, cells[name]) for name in known[1:] if cells.get(name)}
        each.append(values.pop("cost_each", 0.0))
        steps.append(rp.DefectStep(cells.get("name", f"step {line - 1}"), **values))
    after = rp.amplify_defects(steps, incoming=incoming)
    for step, left in zip(steps, after, strict=True):
        out.print(f"{step.name:24} {left:10.2f} defects left", markup=False)
    if "cost_each" not in head and escape_cost is None:
        return
    found = rp.defects_found(steps, incoming=incoming)
    costs = [(step.name, count, cost) for step, count, cost in zip(steps, found, each, strict=True)]
    tell_costs([*costs, ("escaped", after[-1], escape_cost or 0.0)])


@defects.command("cost")
def cost(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FOUND.csv", help="Columns: phase, found, cost_each (of one defect, in any one unit)."
        ),
    ],
) -> None:
    """What defects cost by the phase they are found in (Pressman, table 8.1); the costs of one are yours."""
    head, *rows = rows_of(file)
    known = ["phase", "found", "cost_each"]
    columns_of(file, head, known)
    for column in known:
        if column not in head:
            console.stop(f"{file}: the column {column!r} is missing; give {', '.join(known)}")
    phases = []
    for line, row in enumerate(rows, 2):
        cells = dict(zip(head, row, strict=False))
        found, each = (number(file, line, cells.get(name, "")) for name in known[1:])
        phases.append((cells.get("phase") or f"phase {line - 1}", found, each))
    tell_costs(phases)


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
    causes: Annotated[
        bool, typer.Option("--causes", help="Below each period what each cause did, and added to the scope.")
    ] = False,
    steps: Annotated[bool, typer.Option("--steps", help="Each step with its reason.")] = False,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Every step as CSV.")] = None,
    causes_csv: Annotated[
        Path | None, typer.Option("--causes-csv", metavar="FILE", help="Causes by period as CSV.")
    ] = None,
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
    for path, table in ((csv_file, found.events), (causes_csv, found.causes)):
        if path:
            console.write(path, table.to_csv())
    if found.baseline_at is None:
        out.print("nothing says when a requirement came or changed")
    else:
        out.print(f"{found.baseline} requirements in force on {console.moment(found.baseline_at)}")
    by_cause = found.causes.rows() if causes else []
    for row in found.periods.rows():
        rate = "" if row["volatility"] is None else f"  volatility {row['volatility']:.1%}"
        out.print(
            f"{row['from']}  {row['at_start']:>4} {steps_of(row)} → {row['at_end']}  "
            f"{row['asked']} asked{rate}{growth_of(row)}",
            markup=False,
        )
        for one in by_cause:
            if one["from"] == row["from"]:
                asked = f"  {one['asked']} asked" if one["asked"] else ""
                grown = growth_of(one) if one["growth"] else ""
                out.print(f"      {steps_of(one)}{asked}{grown}  {cause_of(one)}", markup=False)
    if found.undated:
        out.print(f"{found.undated} steps have no date")
    if steps:
        for row in found.events.rows():
            line = f"  {console.moment(row['when'])} {row['step']} {row['requirement']}: {cause_of(row)}"
            out.print(line, markup=False)
    for path in (csv_file, causes_csv):
        if path:
            out.print(f"written: {path}", markup=False)


def steps_of(row: dict[str, Any]) -> str:
    return f"+{row['added']} ~{row['changed']} -{row['removed']}"


def growth_of(row: dict[str, Any]) -> str:
    return "" if row["growth"] is None else f"  scope {row['growth']:+.1%}"


def cause_of(row: dict[str, Any]) -> str:
    request = f" [{row['change']}]" if row["change"] else ""
    return (row["cause"] or "no reason") + request
