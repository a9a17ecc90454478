"""rapport options, choose, interactions: what to do with changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import AssumptionsFile, PlanFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import err, out


@app.command("options")
def options(
    plan: PlanFile,
    change: Annotated[Path, typer.Option(metavar="CHANGE.json", help="The change request.")],
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    assumptions: AssumptionsFile = None,
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
    crash_steps: Annotated[int, typer.Option(min=0, help="Activities crashed at most.")] = 5,
    milestones: Annotated[int, typer.Option(min=0, help="To defer to after, at most.")] = 8,
    drops: Annotated[int, typer.Option(min=0, help="Requirements whose loss is looked at, at most.")] = 12,
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
            crash_steps=crash_steps,
            milestones=milestones,
            drops=drops,
            assumptions=console.assumed(assumptions),
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
        cost = console.money(row["cost_delta"], currency, signed=True)
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
    assumptions: AssumptionsFile = None,
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
            assumptions=console.assumed(assumptions),
            progress=report,
        )
    if not best.feasible:
        out.print("not even without any change are the limits kept")
        raise SystemExit(1)
    quality = "the best there is" if best.exact else f"no set is worth more than {best.bound:g}"
    out.print(f"worth {best.value:g} ({quality}; {best.evaluated} sets assessed)")
    for row in best.table.rows():
        if row["chosen"]:
            mark = "  (assumed)" if row["assumed"] else ""
            out.print(f"  {row['change']} {row['title']}{mark}", markup=False)
    cost = console.money(best.cost_delta, signed=True, none="not known")
    mark = "  (assumed)" if best.assumed else ""
    out.print(f"together: finish {console.span(best.finish_delta)}, cost {cost}{mark}", markup=False)


@app.command("interactions")
def interactions(
    plan: PlanFile,
    changes: Annotated[Path, typer.Option(metavar="FILE", help="JSON Lines or a JSON list of changes.")],
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    assumptions: AssumptionsFile = None,
    limit: Annotated[int, typer.Option(min=1, help="Pairs tried at most.")] = 1000,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="The pairs as CSV.")] = None,
) -> None:
    """Which pairs of changes are worse or better together than apart."""
    project, _ = console.read(plan, facts)
    before = console.schedule(project, rules.value)
    entries = rp.changes_in_text(changes.read_bytes(), str(changes))
    with console.progress() as report:
        table = before.interactions(
            entries, limit=limit, assumptions=console.assumed(assumptions), progress=report
        )
    if csv_file:
        console.write(csv_file, table.to_csv())
    currency = table.units["cost"]
    pairs = [row for row in table.rows() if row["first"] is not None]
    several = "1 pair" if len(pairs) == 1 else f"{len(pairs)} pairs"
    out.print(f"{several} of {len(entries)} changes worse (+) or better (−) together than apart")
    for row in pairs:
        names = f"{row['first']} and {row['second']}"
        if row["error"]:
            out.print(f"  {names}: cannot be made together: {row['error']}", markup=False)
            continue
        finish = console.span(timedelta(minutes=row["finish_minutes"]))
        cost = console.money(row["cost"], currency, signed=True, none="not known")
        mark = "  (assumed)" if row["assumed"] else ""
        out.print(f"  {names}: finish {finish}, cost {cost}{mark}", markup=False)
    for row in table.rows():
        if row["first"] is None:
            err.print(row["error"], markup=False, style="yellow")
    if csv_file:
        out.print(f"written: {csv_file}", markup=False)
