"""rapport reach: what a change of one thing can touch, without any change request."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import AssumptionsFile, PlanFile, WithFiles, app
from rapport.cli.console import out
from rapport.files import document


class Way(StrEnum):
    """Which way traces are followed."""

    change = "change"
    downstream = "downstream"
    upstream = "upstream"


Depth = Annotated[
    int | None,
    typer.Option(min=1, max=64, metavar="N", help="Longest path in traces: 4, or as the assumptions say."),
]


def graph_of(project: rp.Project, depth: int | None, assumptions: Path | None) -> rp.ChangeGraph:
    """The graph under the numbers of a file, where there is one."""
    given = document(assumptions) if assumptions else None
    return project.change_graph(depth=depth, assumptions=given)


@app.command("reach")
def reach(
    plan: PlanFile,
    node: Annotated[str, typer.Argument(metavar="NODE", help="requirement:REQ-31, activity:A1040 …")],
    facts: WithFiles = None,
    follow: Annotated[Way, typer.Option(help="change: every way that change can pass.")] = Way.change,
    depth: Depth = None,
    trials: Annotated[
        int,
        typer.Option(
            min=0, max=2**32 - 1, metavar="N", help="Sample the exact probability with so many trials."
        ),
    ] = 0,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Everything that is reached, as CSV.")
    ] = None,
    assumptions: AssumptionsFile = None,
) -> None:
    """What a change of NODE can touch: the nearest first, along which path, how likely."""
    project, _ = console.read(plan, facts)
    graph = graph_of(project, depth, assumptions)
    depth = graph.depth
    certain = graph.certain(node, follow=follow.value, depth=depth)
    if csv:
        console.write(csv, certain.to_csv())
    rows = certain.rows()[1:]

    def line(row: dict[str, Any], path: str) -> str:
        fact = project[f"{row['kind']}:{row['key']}"]
        name = getattr(fact, "name", "") or getattr(fact, "title", "")
        return f"{path}  {name}" if name else path

    out.print(f"{node}: {len(rows)} reached within {console.many(depth, 'trace')}", markup=False)
    if follow is not Way.change:
        for row in rows:
            out.print(f"  {row['depth']}  {line(row, row['shortest'])}", markup=False)
        return
    probable = graph.probable(node)
    likelihood = {(row["kind"], row["key"]): row for row in probable.table.rows()}
    sampled = {}
    if trials:
        with console.progress() as report:
            rows_of = graph.percolate(node, trials=trials, progress=report).rows()
        sampled = {(row["kind"], row["key"]): row for row in rows_of}
    out.print(
        f"  {'depth':>5}  {'likely':>6}  {'exact':>13}  strongest path"
        if trials
        else "  depth  likely  strongest path"
    )
    nothing = {"likelihood": 0.0, "probability": 0.0, "standard_error": 0.0}
    for row in sorted(rows, key=lambda r: (r["depth"], r["key"])):
        at = (row["kind"], row["key"])
        exact = ""
        if trials:
            drawn = sampled.get(at, nothing)
            exact = f"{drawn['probability']:6.3f} ±{drawn['standard_error']:.3f}  "
        likely = likelihood.get(at, nothing)["likelihood"]
        out.print(f"  {row['depth']:5}  {likely:6.3f}  {exact}{line(row, row['strongest'])}", markup=False)
    if probable.abandoned:
        out.print("  Too many paths: likelihoods are those of the strongest path.", style="yellow")
