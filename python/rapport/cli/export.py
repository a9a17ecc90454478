"""rapport export: a plan into the file of another tool."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rapport.cli import console
from rapport.cli.commands import PlanFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import err, out


class Dates(StrEnum):
    """Which dates go into the file."""

    recorded = "recorded"
    computed = "computed"


@app.command("export")
def export(
    plan: PlanFile,
    file: Annotated[
        Path, typer.Argument(metavar="OUT", help="What to write: .xer, .xml (MS Project) or .json (facts).")
    ],
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    dates: Annotated[
        Dates, typer.Option(help="recorded: as in the plan's file; computed: as Rapport schedules it.")
    ] = Dates.recorded,
) -> None:
    """Write the plan for Primavera or Microsoft Project, keeping what Rapport does not know."""
    project, _ = console.read(plan, facts)
    scheduled = console.schedule(project, rules.value) if dates is Dates.computed else None
    original = plan if plan.suffix.lower() in (".xer", ".xml", ".gz") else None
    for note in project.write(file, original=original, plan=scheduled):
        err.print(str(note), markup=False, style="yellow")
    out.print(f"written: {file}", markup=False)
