"""rapport loops, conflicts: what makes a plan impossible."""

from __future__ import annotations

import typer

from rapport.cli import console
from rapport.cli.commands import PlanFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import out


@app.command("loops")
def loops(plan: PlanFile, facts: WithFiles = None) -> None:
    """Activities that wait for each other, all of them, with the fewest links to cut."""
    project, _ = console.read(plan, facts)
    found = project.loops()
    if not found:
        out.print("no loops")
        return
    for loop in found:
        some = ", ".join(loop.activities[:12]) + (" …" if len(loop.activities) > 12 else "")
        out.print(f"{len(loop.activities)} activities wait for each other: {some}", markup=False)
        out.print(f"  a shortest loop: {' → '.join([*loop.shortest, loop.shortest[0]])}", markup=False)
        bound = "" if loop.proved else f" (no fewer than {loop.at_least} can do)"
        out.print(f"  cut {len(loop.cut)} of {len(loop.links)} links{bound}:", markup=False)
        for key in loop.cut:
            out.print(f"    {key}", markup=False)
    raise typer.Exit(1)


@app.command("conflicts")
def conflicts(plan: PlanFile, facts: WithFiles = None, rules: RuleOption = RuleSet.auto) -> None:
    """Why float is negative: dates that cannot both hold, and the links between them."""
    project, _ = console.read(plan, facts)
    rows = console.schedule(project, rules.value).conflicts().rows()
    if not rows:
        out.print("no float is negative")
    for row in rows:
        hours = -row["total_float_minutes"] / 60
        activities = console.many(row["activities"], "activity", "activities")
        out.print(f"{hours:g} h too little for {activities}, most of all {row['worst']}", markup=False)
        out.print(f"  from   {row['from']}", markup=False)
        out.print(f"  until  {row['until']}", markup=False)
        out.print(f"  chain  {row['chain']}", markup=False)
