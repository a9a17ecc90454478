"""rapport paths."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rapport.cli import console
from rapport.cli.commands import PlanFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import out


class By(StrEnum):
    """What makes a path critical."""

    free_float = "free_float"
    total_float = "total_float"


@app.command("paths")
def paths(
    plan: PlanFile,
    end: Annotated[
        str, typer.Argument(metavar="[KEY]", help="Where they lead to; absent: what finishes last.")
    ] = "",
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    count: Annotated[int, typer.Option(min=1, metavar="N", help="How many paths.")] = 3,
    by: Annotated[By, typer.Option(help="free_float: path 1 is what drives the end.")] = By.free_float,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="All paths as CSV.")] = None,
) -> None:
    """The chains of activities that lead to one, the most critical first."""
    project, _ = console.read(plan, facts)
    found = console.schedule(project, rules.value).float_paths(end, count, by=by.value)
    if csv:
        console.write(csv, found.to_csv())
    shown = 0
    for row in found.rows():
        if row["path"] != shown:
            shown = row["path"]
            joins = (
                f", joins {row['joins']} with {row['by_minutes'] / 60:g} h of float" if row["joins"] else ""
            )
            out.print(f"path {shown}{joins}", style="bold", markup=False)
        out.print(
            f"  {console.moment(row['early_start']):18} {console.moment(row['early_finish']):18} "
            f"{row['key']}  {row['name']}",
            markup=False,
        )
