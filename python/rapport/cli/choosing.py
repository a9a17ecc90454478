"""rapport options, choose, interactions: what to do with changes."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import (
    AssumptionsFile,
    ChangeFile,
    ChangesFile,
    PlanFile,
    RuleOption,
    RuleSet,
    WithFiles,
    app,
)
from rapport.cli.console import err, out


@app.command("options")
def options(
    plan: PlanFile,
    change: ChangeFile,
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
    for scope in scopes or []:
        check_share("--scope", scope)
    check_share("--crash-share", crash_share)
    if not 0 <= crash_premium <= 1:
        console.stop(f"--crash-premium {crash_premium:g}: give a share from 0 to 1, like 0.5")
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
    several = console.many(len(table), "option")
    out.print(f"{len(rows)} of {several}" + ("" if every else " that no other one beats"))
    for row in rows:
        if row["error"]:
            out.print(f"  {row['what']}: cannot be done: {row['error']}", markup=False)
            continue
        finish, late = (
            console.span(timedelta(minutes=row[name]))
            for name in ("finish_delta_minutes", "contract_lateness_minutes")
        )
        tests = (
            f", {console.many(row['tests_to_repeat'], 'test')}" if row["tests_to_repeat"] is not None else ""
        )
        escaping = (
            f", {row['defects_escaping']:.2f} defects escape" if row["defects_escaping"] is not None else ""
        )
        mark = "  (assumed)" if row["assumed"] else ""
        beaten = "" if row["on_front"] else "  (beaten)"
        out.print(
            f"  {row['what']}: finish {finish}, contract dates {late}, "
            f"{cost_of(row, currency)}"
            f"{tests}{escaping}{mark}{beaten}",
            markup=False,
        )
    for text in dict.fromkeys(row["assumptions"] for row in rows if row["assumptions"]):
        out.print(f"assumed: {text}", markup=False, style="dim")


def check_share(option: str, share: float) -> None:
    if not 0 < share < 1:
        console.stop(f"{option} {share:g}: give a share between 0 and 1, like 0.25")


def cost_of(row: dict[str, Any], currency: str) -> str:
    """Of an option; what has no price is counted beside it."""
    if not row["unpriced"]:
        return console.money(row["cost_delta"], currency, signed=True)
    unknown = f"{console.many(row['unpriced'], 'cost')} not known"
    if row["cost_delta"] is None:
        return unknown
    return f"{console.money(row['cost_delta'], currency, signed=True)} and {unknown}"


def deadline(text: str) -> datetime:
    """Until when; a date without a time is the whole day."""
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        console.stop(f"--finish-by {text}: write it like 2027-03-01 or 2027-03-01T17:00")
    if until.tzinfo is not None:
        console.stop(f"--finish-by {text} has a time zone; give the plan's own time without one")
    return until if ":" in text else until + timedelta(days=1)


def amount(text: str) -> rp.Money:
    try:
        return rp.Money(text)
    except rp.Error as fault:
        console.stop(f"--budget {text}: {fault}")


def values_of(given: list[str]) -> dict[str, float]:
    """What each change is worth, from KEY=NUMBER."""
    values: dict[str, float] = {}
    for text in given:
        key, _, number = text.rpartition("=")
        try:
            values[key] = float(number)
        except ValueError:
            console.stop(f"--value {text}: write it like CR-1=5")
    if not math.isfinite(sum(map(abs, values.values()))):
        console.stop("--value: together they have no finite value; give smaller numbers")
    return values


def broken_limits(before: rp.Plan, finish_by: str | None, budget: rp.Money | None) -> str:
    """Where no set keeps to the limits: how the plan that nobody changed breaks them."""
    broken = []
    if finish_by and before.finish > deadline(finish_by):
        broken.append(f"it finishes {console.moment(before.finish)}, --finish-by is {finish_by}")
    if budget is not None and budget.minor < 0:
        broken.append(f"it costs nothing more, --budget is {console.money(budget)}")
    return "no set of changes that was tried keeps to the limits; without any change " + ", and ".join(broken)


@app.command("choose")
def choose(
    plan: PlanFile,
    changes: ChangesFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    assumptions: AssumptionsFile = None,
    budget: Annotated[
        str | None, typer.Option(metavar="MONEY", help='All together cost at most: "20000 EUR".')
    ] = None,
    finish_by: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The project finishes by then; a date is the whole day."),
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=NUMBER", help="What a change is worth (else 1). Repeatable."),
    ] = None,
    evaluations: Annotated[int, typer.Option(min=1, help="Sets of changes assessed at most.")] = 4096,
) -> None:
    """The most valuable changes that together keep to a budget or a date."""
    values = values_of(value or [])
    until = deadline(finish_by) if finish_by else None
    limit = amount(budget) if budget else None
    project, _ = console.read(plan, facts)
    before = console.schedule(project, rules.value)
    entries = console.changes_in(changes)
    with console.progress() as report:
        best = before.best_subset(
            entries,
            budget=limit,
            finish_by=until,
            values=values,
            evaluations=evaluations,
            assumptions=console.assumed(assumptions),
            progress=report,
        )
    if not best.feasible:
        raise rp.InvalidInput(broken_limits(before, finish_by, limit))
    quality = "the best there is" if best.exact else f"no set is worth more than {console.number(best.bound)}"
    out.print(
        f"worth {console.number(best.value)} ({quality}; {console.many(best.evaluated, 'set')} assessed)"
    )
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
    changes: ChangesFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    assumptions: AssumptionsFile = None,
    limit: Annotated[int, typer.Option(min=1, help="Pairs tried at most.")] = 1000,
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="The pairs as CSV.")] = None,
) -> None:
    """Which pairs of changes are worse or better together than apart."""
    project, _ = console.read(plan, facts)
    before = console.schedule(project, rules.value)
    entries = console.changes_in(changes)
    with console.progress() as report:
        table = before.interactions(
            entries, limit=limit, assumptions=console.assumed(assumptions), progress=report
        )
    if csv_file:
        console.write(csv_file, table.to_csv())
    currency = table.units["cost"]
    pairs = [row for row in table.rows() if row["first"] is not None]
    apart = sum(1 for row in pairs if row["error"])
    several, changes_given = console.many(len(pairs) - apart, "pair"), console.many(len(entries), "change")
    out.print(f"{several} of {changes_given} worse (+) or better (−) together than apart")
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
