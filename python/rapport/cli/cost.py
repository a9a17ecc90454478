"""rapport cost, rapport evm."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import AssumptionsFile, PlanFile, RuleOption, RuleSet, ShownCsv, WithFiles, app
from rapport.cli.console import out


class By(StrEnum):
    """What costs are gathered under."""

    activity = "activity"
    account = "account"
    wbs = "wbs"
    resource = "resource"
    requirement = "requirement"
    stakeholder = "stakeholder"


class Step(StrEnum):
    """Of a curve."""

    day = "day"
    week = "week"
    month = "month"


class Basis(StrEnum):
    """Which dates and amounts."""

    current = "current"
    baseline = "baseline"


class Progress(StrEnum):
    """How much of an activity counts as done."""

    reported = "reported"
    duration = "duration"
    zero_hundred = "zero_hundred"
    fifty_fifty = "fifty_fifty"


class Outlook(StrEnum):
    """How the rest is expected to go."""

    as_so_far = "as_so_far"
    as_budgeted = "as_budgeted"
    cost_and_schedule = "cost_and_schedule"


LIMIT = 30


@app.command("cost")
def cost(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    by: Annotated[By | None, typer.Option(help="Gathered under what; absent: by kind of cost.")] = None,
    curve: Annotated[Step | None, typer.Option(help="When it counts instead.")] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Each amount with its rate and currency instead.")
    ] = False,
    basis: Annotated[Basis, typer.Option(help="baseline: as it was agreed.")] = Basis.current,
    change: Annotated[
        Path | None,
        typer.Option(metavar="CHANGE.json", help="What a change does to it; with --by, --curve or --lines."),
    ] = None,
    assumptions: AssumptionsFile = None,
    csv: ShownCsv = None,
) -> None:
    """What the plan costs, for what, for whom and when."""
    if (by is not None) + (curve is not None) + lines > 1:
        console.stop("--by, --curve and --lines are several tables; ask for one")
    if change and basis is Basis.baseline:
        console.stop("--change goes with the plan as it stands, not with --basis baseline")
    if assumptions and not change:
        console.stop("--assumptions are what a change is assessed under; give it with --change CHANGE.json")
    project, _ = console.read(plan, facts)
    found = console.schedule(project, rules.value)
    if change:
        impact = found.assess(rp.Change.from_file(change), assumptions=console.assumed(assumptions))
        delta = console.money(impact.cost_delta, signed=True, none="no price is known")
        before = console.money(found.cost().total, none="no price")
        after = console.money(impact.cost_after().total, none="no price")
        resting = [row["amount"] for row in impact.costs.rows() if row["assumed"]]
        mark = "  (assumed)" if resting else ""
        out.print(f"[bold]{delta}[/bold]: {before} before, {after} after{mark}")
        if lines:
            table = impact.costs
            columns = ["activity", "amount", "assumed", "reason"]
            console.show(table, columns, title="what the change costs", limit=LIMIT)
        elif curve:
            table = impact.cost_curve(curve.value)
            columns = ["from", "before", "delta", "after", "cumulative_delta", "assumed"]
            console.show(table, columns, title=f"what the change costs, by {curve.value}", limit=LIMIT)
        else:
            table = impact.costs_by((by or By.wbs).value)
            show(table, ["before", "delta", "after", "assumed", "reasons"], "what the change costs")
        if resting and not lines:
            part = console.money(sum(resting, Decimal(0)), impact.costs.units["amount"], signed=True)
            out.print(f"of it {part} rests on defaults of Rapport: --lines marks where", markup=False)
        finish(table, csv)
        return
    result = found.cost(basis.value)
    if result.total is None:
        out.print("nothing in the files has a price")
        return
    spent, to_come = console.money(result.spent), console.money(result.to_come)
    out.print(f"[bold]{console.money(result.total)}[/bold]: {spent} spent, {to_come} to come")
    worked_out = [row["amount"] for row in result.lines.rows() if row["assumed"]]
    if curve:
        table = result.curve(curve.value)
        console.show(
            table,
            ["from", "spent", "to_come", "amount", "cumulative", "assumed"],
            title=f"by {curve.value}",
            limit=LIMIT,
        )
    elif lines:
        table = result.lines
        console.show(
            table,
            ["activity", "state", "accrual", "amount", "assumed", "reason"],
            title="line by line",
            limit=LIMIT,
        )
    elif by:
        table = result.by(by.value)
        show(table, ["with_below", "spent", "to_come", "share", "assumed"], f"by {by.value}")
    else:
        table = result.lines
        kinds: dict[str, Decimal] = {}
        for row in table.rows():
            kinds[row["category"]] = kinds.get(row["category"], Decimal(0)) + row["amount"]
        for kind, amount in kinds.items():
            out.print(f"  {kind.replace('_', ' '):16} {console.money(amount):>20}", markup=False)
    if worked_out and not lines:
        part = console.money(sum(worked_out, Decimal(0)), table.units["amount"])
        out.print(
            f"of what is spent {part} is not recorded but worked out from work done (assumed)", markup=False
        )
    finish(table, csv)
    for one in result.unpriced[:5]:
        out.print(f"no price: {one}", markup=False, style="yellow")
    if len(result.unpriced) > 5:
        out.print(f"… and {len(result.unpriced) - 5} more without a price", style="yellow")
    for note in result.notes:
        out.print(str(note), markup=False, style="dim")


@app.command("evm")
def evm(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    by: Annotated[By, typer.Option(help="Gathered under what.")] = By.wbs,
    curve: Annotated[Step | None, typer.Option(help="One row per period instead.")] = None,
    progress: Annotated[Progress, typer.Option(help="What counts as done.")] = Progress.reported,
    outlook: Annotated[Outlook, typer.Option(help="How the rest will go.")] = Outlook.as_so_far,
    csv: ShownCsv = None,
) -> None:
    """Earned value and earned schedule at the data date."""
    project, _ = console.read(plan, facts)
    value = console.schedule(project, rules.value).earned_value(
        progress=progress.value, outlook=outlook.value, step=(curve or Step.week).value
    )

    def index(figure: float | None) -> str:
        return "–" if figure is None else f"{figure:.3f}"

    out.print(f"[bold]{console.moment(value.status_date)}[/bold]")
    planned, earned = console.money(value.planned), console.money(value.earned)
    actual, budget = console.money(value.actual), console.money(value.budget)
    out.print(f"  planned {planned}, earned {earned}, actual {actual} of {budget}")
    out.print(f"  cost index {index(value.cost_index)}, schedule index {index(value.schedule_index)}")
    if value.cost_variance is not None:
        variances = [
            console.money(one, signed=True) for one in (value.cost_variance, value.schedule_variance)
        ]
        out.print(f"  cost variance {variances[0]}, schedule variance {variances[1]}")
    out.print(f"  estimate at completion {console.money(value.estimate_at_completion, none='–')}")
    if value.earned_schedule is not None:
        out.print(
            f"  earned schedule {value.earned_schedule:.2f} {(curve or Step.week).value}s, "
            f"variance {console.minus(f'{value.schedule_variance_time:+.2f}')}, "
            f"schedule index in time {index(value.schedule_index_time)}, "
            f"estimated finish {value.estimated_finish or '–'}"
        )
    if curve:
        table = value.curve
        console.show(
            table,
            [
                "from",
                "planned",
                "earned",
                "actual",
                "cost_index",
                "schedule_index",
                "schedule_index_time",
                "assumed",
            ],
            title=f"by {curve.value}",
            limit=LIMIT,
        )
    else:
        table = value.by(by.value)
        columns = ["planned", "earned", "actual", "budget", "cost_index", "schedule_index", "assumed"]
        show(table, columns, f"by {by.value}")
    finish(table, csv)
    for note in value.notes:
        out.print(str(note), markup=False, style="dim")


def show(table: rp.Table, columns: list[str], title: str) -> None:
    """Rows of a tree, children below their parents and to the right of them."""
    from rich.markup import escape
    from rich.table import Table as Grid

    rows = table.rows()
    more = f" (the first {LIMIT} of {len(rows)})" if len(rows) > LIMIT else ""
    grid = Grid(
        title=escape(title) + more, title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    names: list[str] = []
    cells: dict[str, list[str]] = {column: [] for column in columns}
    for row in rows[:LIMIT]:
        name = " ".join(filter(None, (row["key"], row["name"]))) or "(none)"
        names.append("  " * row["level"] + name)
        for column in columns:
            share = column == "share" and row[column] is not None
            cells[column].append(f"{100 * row[column]:.1f} %" if share else console.cell(row, column))
    console.add_column(grid, "", names, numeric=False)
    for column in columns:
        console.add_column(
            grid, console.head(table, column), cells[column], numeric=column not in ("assumed", "reasons")
        )
    for line in zip(names, *cells.values(), strict=True):
        grid.add_row(*map(escape, line))
    out.print(grid)


def finish(table: rp.Table, csv: Path | None) -> None:
    if csv:
        console.write(csv, table.to_csv())
        out.print(f"written: {csv}", markup=False)
