"""rapport predict, roles: how likely change of one thing changes another, and what passes most of it on."""

from __future__ import annotations

import csv as csv_files
import json
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import AssumptionsFile, PlanFile, RowCount, RowsCsv, WithFiles, app
from rapport.cli.console import out
from rapport.cli.reach import Depth, graph_of
from rapport.files import document

Parquet = Annotated[Path | None, typer.Option(metavar="FILE", help="All rows as Parquet.")]
Band = Annotated[
    float,
    typer.Option(min=0, max=1, help="A carrier passes on what it takes in, give or take this share."),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only requirement, deliverable, activity … Repeatable."),
]
KINDS = ["requirement", "deliverable"]
# A row of a wider matrix does not fit on a screen.
WIDEST = 12


class Figure(StrEnum):
    """What the matrix shows."""

    likelihood = "likelihood"
    impact = "impact"
    risk = "risk"


class Variant(StrEnum):
    """How risk is combined."""

    penultimate_node = "penultimate_node"
    nested_tree = "nested_tree"


Matrix = list[list[float]]


def matrix_in(file: Path) -> tuple[list[str], Matrix]:
    """A square with names above and before it."""
    lines = csv_files.reader(StringIO(document(file), newline=""))
    try:
        rows = [row for row in lines if any(cell.strip() for cell in row)]
    except csv_files.Error as fault:
        raise rp.InvalidInput(f"{file}, line {lines.line_num} is no CSV: {fault}") from None
    if not rows:
        raise rp.InvalidInput(f"{file} is empty; write the names in its first line, then a line for each")
    names = [cell.strip() for cell in rows[0][1:]]
    values = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(names) + 1:
            raise rp.InvalidInput(f"{file}, line {line} has {len(row) - 1} values for {len(names)} names")
        if line - 2 < len(names) and row[0].strip() != names[line - 2]:
            raise rp.InvalidInput(
                f"{file}, line {line} is of {row[0].strip()!r}, where the first line has "
                f"{names[line - 2]!r}; give the lines in its order"
            )
        try:
            # The diagonal says nothing, and often holds a name.
            cells = ["0" if at == line - 2 or not cell.strip() else cell for at, cell in enumerate(row[1:])]
            values.append([float(cell) for cell in cells])
        except ValueError:
            wrong = next(cell for cell in cells if not is_number(cell))
            raise rp.InvalidInput(
                f"{file}, line {line}: {wrong.strip()!r} is no number; give numbers from 0 to 1"
            ) from None
    if len(values) != len(names):
        raise rp.InvalidInput(f"{file} has {len(values)} lines for {len(names)} names")
    return names, values


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def matrices_in(file: Path) -> tuple[list[str], Matrix, Matrix]:
    """{"names": [...], "likelihood": [[...]], "impact": [[...]]}"""
    try:
        given = json.loads(document(file))
    except RecursionError:
        raise rp.InvalidInput(f"{file} is nested too deeply to be matrices") from None
    except json.JSONDecodeError as fault:
        raise rp.InvalidInput(f"{file}, line {fault.lineno}, column {fault.colno}: this is no JSON") from None
    fields = ("names", "likelihood", "impact")
    if not isinstance(given, dict):
        raise rp.InvalidInput(f"{file} is no JSON object with {', '.join(fields)}")
    for field in fields:
        if field not in given:
            raise rp.InvalidInput(f"{file} has no {field!r}; give {', '.join(fields)}")
    for field in given:
        if field not in fields:
            raise rp.InvalidInput(
                f"{file} has a field {field!r}, which is not known; give {', '.join(fields)}"
            )
    names = given["names"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise rp.InvalidInput(f"{file}: names is no list of texts")
    for field in fields[1:]:
        rows = given[field]
        square = isinstance(rows, list) and all(isinstance(row, list) for row in rows)
        if not square or not all(type(value) in (int, float) for row in rows for value in row):
            raise rp.InvalidInput(f"{file}: {field} is no list of rows of numbers")
    return names, given["likelihood"], given["impact"]


def check_names(names: list[str], file: Path | None) -> None:
    if not names:
        raise rp.InvalidInput(f"{file} names no component; give one or more")
    for at, name in enumerate(names):
        if name in names[:at]:
            raise rp.InvalidInput(f"{file} names {name!r} twice; give another name")


def check_kinds(kinds: list[str] | None) -> None:
    for kind in kinds or []:
        if kind not in rp.fact_kinds():
            console.stop(f"--kind {kind}: there is no such kind; they are {', '.join(rp.fact_kinds())}")


def nothing_traced(plan: Path, project: rp.Project, kinds: list[str]) -> rp.Error:
    """Why no change passes."""
    if not project.facts("traces"):
        return rp.InvalidInput(
            f"{plan} holds no traces, and change passes along them; give some with --with, like traces.csv"
        )
    what = " or ".join(kinds) or "fact"
    return rp.InvalidInput(f"no trace of {plan} leads from or to any {what}; name others with --kind")


def show_matrix(found: rp.ChangePrediction, figure: Figure, band: float) -> None:
    """Row receives, column instigates."""
    names = found.names
    cells = {(row["receiver"], row["instigator"]): row[figure.value] for row in found.table.rows()}
    roles = {row["component"]: row["role"] or "" for row in found.role_table(band=band).rows()}
    width = max((len(name) for name in names), default=0)
    out.print(f"Combined {figure.value}: the row receives, the column instigates", style="bold")
    out.print(f"  {'':{width + 4}}" + "".join(f"{at:>7}" for at in range(1, len(names) + 1)))
    for at, name in enumerate(names, 1):
        row = "".join(
            f"{'–':>7}" if other == name else f"{cells.get((name, other), 0.0):7.3f}" for other in names
        )
        out.print(f"  {at:2}  {name:{width}}{row}  {roles[name]}".rstrip(), markup=False)


def show_pairs(found: rp.ChangePrediction, figure: Figure, count: int) -> None:
    """The most of it first."""
    rows = sorted(
        found.table.rows(), key=lambda row: (-row[figure.value], row["instigator"], row["receiver"])
    )
    more = f" (the most of {len(rows)} pairs)" if len(rows) > count else ""
    out.print(f"Combined {figure.value} between {len(found.names)} nodes{more}", style="bold")
    out.print("  likelihood  impact    risk")
    for row in rows[:count]:
        figures = f"  {row['likelihood']:10.3f}{row['impact']:8.3f}{row['risk']:8.3f}"
        out.print(f"{figures}  {row['instigator']} → {row['receiver']}", markup=False)


@app.command("predict")
def predict(
    plan: Annotated[
        Path | None,
        typer.Argument(metavar="[PLAN]", help="XER, MS Project XML, JSON facts, or a store file."),
    ] = None,
    facts: WithFiles = None,
    matrices: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Instead of a plan: names, likelihood, impact."),
    ] = None,
    likelihood: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Instead of a plan: direct likelihoods, with --impact."),
    ] = None,
    impact: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Direct impacts.")] = None,
    kind: Kinds = None,
    depth: Depth = None,
    assumptions: AssumptionsFile = None,
    variant: Annotated[Variant, typer.Option(help="How risk is combined.")] = Variant.penultimate_node,
    figure: Annotated[Figure, typer.Option(help="What is shown.")] = Figure.risk,
    band: Band = 0.1,
    count: RowCount = 15,
    csv: RowsCsv = None,
    parquet: Parquet = None,
) -> None:
    """Combined likelihood, impact and risk of change (Clarkson, Simons & Eckert 2004).

    Of the requirements and deliverables of a PLAN (or --kind), and what passes between two of them without
    anything else; or of matrices, in which the row receives and the column instigates.
    """
    if (likelihood is None) != (impact is None):
        console.stop("--likelihood and --impact go together: give both")
    if sum(given is not None for given in (plan, matrices, likelihood)) != 1:
        console.stop("give a PLAN, or --matrices FILE.json, or --likelihood FILE.csv with --impact FILE.csv")
    if plan is None and (facts or kind or assumptions):
        console.stop("--with, --kind and --assumptions go with a PLAN")
    check_kinds(kind)
    console.check_outputs(csv=csv, parquet=parquet)
    console.check_parquet(parquet)
    source = matrices or likelihood
    if plan:
        project, _ = console.read(plan, facts)
        graph = graph_of(project, depth, assumptions)
        with console.progress() as report:
            found = graph.predict(kinds=kind or KINDS, variant=variant.value, progress=report)
        if not found.names:
            raise nothing_traced(plan, project, kind or KINDS)
    else:
        if matrices:
            names, likelihoods, impacts = matrices_in(matrices)
        else:
            assert likelihood is not None
            assert impact is not None
            names, likelihoods = matrix_in(likelihood)
            others, impacts = matrix_in(impact)
            if others != names:
                raise rp.InvalidInput(f"{impact} has other names than {likelihood}, or in another order")
        check_names(names, source)
        found = rp.predict_change(names, likelihoods, impacts, depth=depth or 4, variant=variant.value)
    console.write_tables(found.table, csv, parquet)
    if len(found.names) <= WIDEST:
        show_matrix(found, figure, band)
    else:
        show_pairs(found, figure, count)
    for path in (csv, parquet):
        if path:
            out.print(f"written: {path}", markup=False)


@app.command("roles")
def roles(
    plan: PlanFile,
    facts: WithFiles = None,
    kind: Kinds = None,
    depth: Depth = None,
    assumptions: AssumptionsFile = None,
    band: Band = 0.1,
    count: RowCount = 5,
    csv: RowsCsv = None,
    parquet: Parquet = None,
) -> None:
    """What passes on more change than it takes in, as much, or less (Eckert, Clarkson & Zanker 2004)."""
    check_kinds(kind)
    console.check_outputs(csv=csv, parquet=parquet)
    console.check_parquet(parquet)
    project, _ = console.read(plan, facts)
    graph = graph_of(project, depth, assumptions)
    with console.progress() as report:
        found = graph.roles(kinds=kind or [], band=band, progress=report)
    if not len(found):
        raise nothing_traced(plan, project, kind or [])
    console.write_tables(found.table, csv, parquet)
    rows = found.table.rows()
    within = console.many(found.depth, "trace")
    out.print(f"{console.many(len(rows), 'node')}, within {within}", markup=False)
    if found.depth < graph.depth:
        out.print(f"  Too many branches within {graph.depth} traces: looked less deep.", style="yellow")

    def line(row: dict[str, Any]) -> str:
        fact = project[f"{row['kind']}:{row['key']}"]
        name = getattr(fact, "name", "") or getattr(fact, "title", "")
        return f"  {row['risk_out']:8.3f}{row['risk_in']:8.3f}  {row['kind']}:{row['key']}  {name}".rstrip()

    for role in ("multiplier", "carrier", "absorber"):
        mine = [row for row in rows if row["role"] == role]
        out.print(f"{role}s: {len(mine)}", style="bold")
        if role == "absorber":
            mine.reverse()
        if mine:
            out.print("  risk out      in")
        for row in mine[:count]:
            out.print(line(row), markup=False)
    if untouched := sum(row["role"] is None for row in rows):
        out.print(f"no risk passes: {untouched}")
    for path in (csv, parquet):
        if path:
            out.print(f"written: {path}", markup=False)
