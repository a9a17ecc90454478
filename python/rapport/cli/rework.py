"""rapport rework: design that goes round in loops."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import app
from rapport.cli.console import out
from rapport.files import document


def cell(row: dict[str, Any]) -> str:
    """138.4 ±0.3"""
    if row["figure"] in ("skewness", "over"):
        error = "" if row["standard_error"] is None else f" ±{row['standard_error']:.3f}"
        return f"{row['value']:.3f}{error}"
    error = "" if row["standard_error"] is None else f" ±{row['standard_error']:.2g}"
    return f"{row['value']:.5g}{error}"


@app.command("rework")
def rework(
    file: Annotated[
        Path,
        typer.Argument(metavar="LOOPS.json", help="Activities in their order, and loops between them."),
    ],
    trials: Annotated[
        int, typer.Option(min=1, max=10_000_000, metavar="N", help="How often the process is run.")
    ] = 2000,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Another one draws other trials.")] = 1,
    once: Annotated[bool, typer.Option("--once", help="Without rework: each activity is done once.")] = False,
    correlation: Annotated[float, typer.Option(min=-1, max=1, help="Of cost with duration.")] = 0.9,
    share: Annotated[
        list[float] | None,
        typer.Option("--share", metavar="P", help="Percentiles, as 0.8. Repeatable."),
    ] = None,
    duration_limit: Annotated[float | None, typer.Option(help="How likely does it take longer?")] = None,
    cost_limit: Annotated[float | None, typer.Option(help="How likely does it cost more?")] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Every trial as CSV.")] = None,
    parquet: Annotated[Path | None, typer.Option(metavar="FILE", help="Every trial as Parquet.")] = None,
) -> None:
    """Duration and cost of a process in which finished work is sent back (Browning & Eppinger 2002)."""
    console.check_outputs(csv=csv, parquet=parquet)
    console.check_parquet(parquet)
    console.check_numbers(duration_limit=duration_limit, cost_limit=cost_limit, correlation=correlation)
    for each in share or []:
        if not 0 < each < 1:
            console.stop(f"--share {each:g}: give a share between 0 and 1, like 0.8")
    loops = document(file)
    with console.progress() as report:
        found = rp.simulate_rework(
            loops, trials=trials, seed=seed, rework=not once, correlation=correlation, progress=report
        )
    shares = share or [0.1, 0.5, 0.8, 0.9]
    figures = found.figures(shares=shares, duration_limit=duration_limit, cost_limit=cost_limit).rows()
    console.write_tables(found.trials, csv, parquet)
    out.print(
        f"{console.many(trials, 'trial')}, seed {seed}{', every activity once' if once else ''}", markup=False
    )
    units = {row["of"]: row["unit"] for row in figures if row["figure"] == "mean"}
    heads = {of: f"{of} ({unit})" if unit else of for of, unit in units.items()}
    out.print(f"{'':12}{heads['duration']:>20}{heads['cost']:>20}".rstrip(), style="bold", markup=False)
    cells = {(row["of"], row["figure"]): cell(row) for row in figures}
    for figure in dict.fromkeys(row["figure"] for row in figures):
        name = "over limit" if figure == "over" else figure
        line = "".join(f"{cells.get((of, figure), ''):>20}" for of in units)
        out.print(f"{name:12}{line}".rstrip(), markup=False)
    for path in (csv, parquet):
        if path:
            out.print(f"written: {path}", markup=False)
