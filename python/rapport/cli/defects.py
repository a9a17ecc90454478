"""rapport defects, volatility: quality models on a team's own counts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

import rapport as rp
from rapport.cli import console, counts
from rapport.cli.commands import PlanFile, WithFiles, app
from rapport.cli.console import err, out

defects = typer.Typer(
    help="Defect models: what is let through, where, and how much is left.", no_args_is_help=True
)
app.add_typer(defects, name="defects")


# What stands for the field where it is a column too, as in the matrix of a change.
FIELD = ("operation", "field")


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
    head, rows = counts.rows_of(file)
    origins, found = head[1:], counts.names_of(rows, head[0])
    if not origins:
        raise rp.InvalidInput(f"{file} has no phases of origin in its first line; write found, then each")
    # Where nothing could have found a defect before, the field is its origin.
    if found[-1] in origins and found[-1].lower() not in FIELD:
        rows[-1].fault(
            f"the last row is of {found[-1]!r}, where the field stands; add a row for the field, "
            "with 0 where it found nothing"
        )
    # Before a phase made a defect none of it is found: what is above the diagonal may stay empty.
    found_of = [
        [row.number(origin, empty=0 if at < of else None) for of, origin in enumerate(origins)]
        for at, row in enumerate(rows)
    ]
    table = rp.containment(origins, found, found_of)
    overall = rp.overall_effectiveness(origins, found, found_of)
    for row in table.rows():
        removed, present = console.number(row["removed"]), console.number(row["present"])
        share = "" if row["effectiveness"] is None else f": {row['effectiveness']:7.2%} of those present"
        own = "" if row["containment"] is None else f", {row['containment']:.2%} of its own"
        out.print(f"{row['phase']:24} finds {removed} of {present}{share}{own}", markup=False)
    if overall is not None:
        out.print(f"{'overall':24} {overall:.2%} found before the field")


def tell_costs(phases: list[tuple[str, float, float]], *, escaped: float | None = None) -> None:
    """What the defects of each phase cost, and all of them; `escaped` ones whose cost nobody gave."""
    rows = rp.defect_costs(phases).rows()
    for row in rows:
        share = "" if row["share"] is None else f" {row['share']:7.1%}"
        found, each, cost = (console.number(row[name]) for name in ("found", "cost_each", "cost"))
        out.print(f"{row['phase']:24} {found:>10} × {each:<10} = {cost:>10}{share}", markup=False)
    if escaped is not None:
        out.print(f"{'escaped':24} {console.number(escaped):>10} × not known: give --escape-cost")
    total = console.number(sum(row["cost"] for row in rows))
    out.print(f"{'all' if escaped is None else 'all that is found':24} {total:>36}")


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
    head, rows = counts.rows_of(file)
    known = ["name", "created", "passed", "amplification", "efficiency", "cost_each"]
    counts.check_columns(file, head, known, needed=[])
    priced = "cost_each" in head
    if escape_cost is not None and not priced:
        console.stop(
            f"--escape-cost goes with what a defect costs in each step: a column cost_each in {file}"
        )
    names = counts.names_of(rows, "name") if "name" in head else [f"step {at + 1}" for at in range(len(rows))]
    given = [column for column in known[1:5] if column in head]
    steps = [
        rp.DefectStep(name, **{column: row.number(column) for column in given})
        for name, row in zip(names, rows, strict=True)
    ]
    after = rp.amplify_defects(steps, incoming=incoming)
    for row, step, coming in zip(rows, steps, [incoming, *after], strict=False):
        if step.passed > coming * (1 + 1e-9):
            err.print(
                f"{file}, line {row.line}: {console.number(step.passed)} are to pass {step.name!r}, "
                f"into which {console.number(coming)} come; so many count "
                "(--incoming: what comes into the first)",
                markup=False,
                style="yellow",
            )
    for step, left in zip(steps, after, strict=True):
        out.print(f"{step.name:24} {left:10,.2f} defects left", markup=False)
    if not priced:
        return
    found = rp.defects_found(steps, incoming=incoming)
    each = [row.number("cost_each") for row in rows]
    costs = list(zip(names, found, each, strict=True))
    if escape_cost is None:
        tell_costs(costs, escaped=after[-1])
    else:
        tell_costs([*costs, ("escaped", after[-1], escape_cost)])


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
    head, rows = counts.rows_of(file)
    known = ["phase", "found", "cost_each"]
    counts.check_columns(file, head, known, needed=known)
    phases = counts.names_of(rows, "phase")
    tell_costs(
        [
            (phase, row.number("found"), row.number("cost_each"))
            for phase, row in zip(phases, rows, strict=True)
        ]
    )


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
    console.check_outputs(csv=csv_file, causes_csv=causes_csv)
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
    last = max((row["when"] for row in found.events.rows() if row["when"]), default=None)
    if agreed and last and agreed > last:
        err.print(
            f"--baseline {baseline} is after everything known: the last step is of {console.moment(last)}",
            markup=False,
            style="yellow",
        )
    if found.baseline_at is None:
        out.print("nothing says when a requirement came or changed")
    else:
        in_force = console.many(found.baseline, "requirement")
        out.print(f"{in_force} in force on {console.moment(found.baseline_at)}")
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
        have = "1 step has" if found.undated == 1 else f"{found.undated} steps have"
        out.print(f"{have} no date")
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
    return "" if row["growth"] is None else "  scope " + console.minus(f"{row['growth']:+.1%}")


def cause_of(row: dict[str, Any]) -> str:
    request = f" [{row['change']}]" if row["change"] else ""
    return (row["cause"] or "no reason") + request
