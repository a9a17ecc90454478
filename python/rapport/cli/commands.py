"""rapport show, schedule, check, impact, risks, save."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

import rapport as rp
from rapport.cli import console
from rapport.cli.console import err, out

app = typer.Typer(
    name="rapport",
    help="What a change does to a project's dates, money, quality and risks, and who must know.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class RuleSet(StrEnum):
    """Whose rules to schedule by."""

    auto = "auto"
    primavera = "primavera"
    microsoft = "microsoft"


class Language(StrEnum):
    """Of reports and notices."""

    en = "en"
    zh = "zh"


class CopyOf(StrEnum):
    """Whom a report is for."""

    internal = "internal"
    client = "client"


PlanFile = Annotated[
    Path, typer.Argument(metavar="PLAN", help="Primavera XER, MS Project XML, JSON facts, or a store file.")
]
WithFiles = Annotated[
    list[Path] | None,
    typer.Option("--with", metavar="FACTS", help="More facts: JSON, CSV traces, another plan. Repeatable."),
]
RuleOption = Annotated[RuleSet, typer.Option(help="auto: as the file states them.")]
AssumptionsFile = Annotated[
    Path | None,
    typer.Option(
        "--assumptions",
        metavar="FILE.json",
        help="Numbers instead of the defaults: see rapport assumptions.",
    ),
]

ChangeFile = Annotated[Path, typer.Option(metavar="CHANGE.json", help="The change request.")]
ChangesFile = Annotated[Path, typer.Option(metavar="FILE", help="JSON Lines or a JSON list of changes.")]
PageFile = Annotated[Path | None, typer.Option(metavar="FILE", help="One self-contained page.")]
ShownCsv = Annotated[Path | None, typer.Option(metavar="FILE", help="The table shown, whole, as CSV.")]
RowsCsv = Annotated[Path | None, typer.Option(metavar="FILE", help="All rows as CSV.")]
RowCount = Annotated[int, typer.Option(min=1, metavar="N", help="How many to show.")]


def version(wanted: bool) -> None:
    if wanted:
        out.print(f"rapport {rp.__version__}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="The version, and stop.")
    ] = False,
    code_page: Annotated[
        str,
        typer.Option(metavar="NAME", help='Of XER files, e.g. "windows-1253"; else as their bytes suggest.'),
    ] = "",
) -> None:
    """Options of the command itself."""
    console.code_page = code_page


@app.command("show")
def show(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    notes: Annotated[bool, typer.Option("--notes", help="Everything the readers could not keep.")] = False,
) -> None:
    """A first look: what is in the files, when it ends, what is critical."""
    project, findings = console.read(plan, facts)
    if notes:
        for finding in findings:
            out.print(str(finding), markup=False)
        return
    found = console.schedule(project, rules.value)
    out.print(f"[bold]{escape(project.name or plan.stem)}[/bold]")
    rows = found.activities.rows()
    unfinished = [row for row in rows if row["total_float_minutes"] is not None]
    critical = sum(1 for row in unfinished if row["critical"])
    lines = {
        "activities": f"{len(rows)}, {critical} of them critical, {len(project.facts('links'))} links",
        "runs": f"{console.moment(found.start)} to {console.moment(found.finish)}",
        "data date": console.moment(found.data_date),
        "rules": found.rules.tool,
    }
    for kind in ("requirements", "tests", "traces", "stakeholders", "resources", "risks", "change_requests"):
        if count := len(project.facts(kind)):
            lines[kind.replace("_", " ")] = str(count)
    lines["not kept"] = f"{len(findings)} findings" + (": see --notes" if findings else "")
    for name, value in lines.items():
        out.print(f"  {name:16} {value}")
    changes = project.facts("change_requests")
    for change in changes:
        assert isinstance(change, rp.ChangeRequest)
        out.print(f"  {'change':16} {change.key} {change.title}", markup=False)
    milestones = [row for row in rows if row["kind"] in ("start_milestone", "finish_milestone")]
    if milestones:
        out.print("\n[bold]milestones[/bold]")
        for row in sorted(milestones, key=lambda row: row["early_finish"])[-8:]:
            mark = "critical" if row["critical"] else ""
            out.print(
                f"  {console.moment(row['early_finish']):18} {row['key']}  {row['name']}  {mark}",
                markup=False,
            )


@app.command("schedule")
def schedule(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="All dates and floats as CSV.")] = None,
    why: Annotated[str | None, typer.Option(metavar="KEY", help="Explain the dates of one activity.")] = None,
) -> None:
    """Early and late dates, floats, what is critical."""
    project, _ = console.read(plan, facts)
    found = console.schedule(project, rules.value)
    if csv:
        console.write(csv, found.activities.to_csv())
    if why:
        out.print(found.why(why).__str__(), markup=False)
        return
    columns = ["key", "name", "early_start", "early_finish", "total_float_minutes", "critical"]
    console.show(
        found.activities, columns, title=f"{console.moment(found.start)} to {console.moment(found.finish)}"
    )
    if csv:
        out.print(f"{len(found.activities)} activities in {csv}", markup=False)


@app.command("check")
def check(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    misses: Annotated[int, typer.Option(metavar="N", help="How many differences to list.")] = 10,
) -> None:
    """Our dates against the ones that the tool stored in the file."""
    project, _ = console.read(plan, facts)
    found = console.schedule(project, rules.value)
    result = found.check()
    if not result.compared:
        out.print("the file holds no computed dates to compare with")
        return
    for row in result.scores.rows():
        out.print(f"{row['field']:14} {row['hits']:>7} of {row['compared']:<7} {row['percent']:7.2f} %")
    out.print(
        f"{'all':14} {result.hits:>7} of {result.compared:<7} {100 * result.hits / result.compared:7.2f} %"
    )
    edited = result.contradictions
    if len(edited):
        out.print(
            f"\n[bold]{len(edited)} activities were edited after the tool had scheduled[/bold], so that no "
            "schedule of this file has its dates:"
        )
        for row in edited.rows()[:misses]:
            out.print(
                f"  {row['key']}: {row['remaining']} remain, its dates are {row['shown']} apart", markup=False
            )
    table = found.misses(misses)
    if len(table):
        out.print(f"\n[bold]the first {len(table)} differences[/bold]")
        for row in table.rows():
            line = f"  {row['key']} {row['name'][:40]}: {row['field']} is {row['ours']}, "
            out.print(line + f"the file says {row['recorded']} ({row['difference']})", markup=False)
            out.print(f"      {row['why']}", markup=False, style="dim")


@app.command("impact")
def impact(
    plan: PlanFile,
    change: ChangeFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="The whole impact as JSON.")] = None,
    html: PageFile = None,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="A text for mail.")] = None,
    language: Annotated[Language, typer.Option(help="Of page and text.")] = Language.en,
    copy: Annotated[CopyOf, typer.Option(help="client: without anything internal.")] = CopyOf.internal,
    assumptions: AssumptionsFile = None,
    defects: Annotated[
        bool, typer.Option("--defects", help="Where the defects of the changed work are found, at what cost.")
    ] = False,
) -> None:
    """What a change does to dates, cost, quality and risks, and who must know."""
    console.check_outputs(json=json, html=html, markdown=markdown)
    if defects and copy is CopyOf.client:
        console.stop("--defects tells what is internal; leave out --copy client")
    project, _ = console.read(plan, facts)
    request = rp.Change.from_file(change)
    before = console.schedule(project, rules.value)
    with console.progress() as report:
        result = before.assess(request, assumptions=console.assumed(assumptions), progress=report)
    if json:
        console.write(json, result.to_json())
    if html:
        console.write(html, result.to_html(language=language.value, copy=copy.value))
    if markdown:
        console.write(markdown, result.to_markdown(language=language.value, copy=copy.value))
    if copy is CopyOf.client:
        out.print(result.to_markdown(language=language.value, copy="client"), markup=False)
    else:
        summary(result)
        if defects:
            defects_of(result)
    for path in (json, html, markdown):
        if path:
            out.print(f"written: {path}", markup=False)


def summary(result: rp.Impact) -> None:
    """The answer in words."""
    request = result.change
    out.print(f"[bold]{escape(request.key)}[/bold] {escape(request.title)}")
    before, after = console.moment(result.before.finish), console.moment(result.after.finish)
    assumed = "  (assumed)" if result.work_assumed else ""
    moves = assumed if result.finish_delta else ""
    out.print(f"  finish   {console.span(result.finish_delta)}: {before} → {after}{moves}")
    cost = result.cost_delta
    text = console.money(cost, signed=True, none="not known: nothing that changes has a price")
    out.print(f"  cost     {text}{assumed if cost and cost.minor else ''}", markup=False)
    for row in result.discarded_costs.rows():
        mark = "  (assumed)" if row["assumed"] else ""
        money = console.money(row["amount"], result.discarded_costs.units["amount"])
        out.print(f"  thrown away {money} of {row['activity']}: {row['reason']}{mark}", markup=False)
    moved = result.activities().rows()
    out.print(f"  activities whose dates or floats change: {len(moved)}")
    for row in result.quality.rows():
        mark = "  (assumed)" if row["assumed"] else ""
        value = console.figure(row["value"], row["unit"])
        out.print(f"  {row['measure'].replace('_', ' '):28} {value}{mark}", markup=False)
    if result.finish_delta:
        out.print(f"  path     {result.trail('finish')}", markup=False)
    people = result.notices(language="en")
    if len(people):
        out.print("\n[bold]who must know[/bold]")
        for notice in people:
            because = notice.because[0] if notice.because else ""
            out.print(f"  {notice.part:8} {notice.to.name}: they {because}", markup=False)
        out.print(f"  answer by {console.moment(people.answer_by)}")
    for note in result.notes:
        err.print(str(note), markup=False, style="yellow")


def defects_of(result: rp.Impact) -> None:
    """Where the defects of the changed work are found, and which phase could have found them first."""
    phases, matrix = result.defects_by_phase, result.containment_matrix
    if not len(phases):
        injected = [row["value"] for row in result.quality.rows() if row["measure"] == "defects_injected"]
        out.print(
            "the change brings in no defects"
            if injected == [0]
            else "nothing can be said of defects: no test is in the facts, or no work changes"
        )
        return
    console.show(
        phases, ["phase", "injected", "removed", "escaping", "repair_hours", "repair_cost"], title="defects"
    )
    met = [row["phase"] for row in phases.rows()]
    console.show(matrix, ["found", *met], title="found in (rows), could first be found in (columns)")


@app.command("risks")
def risks(
    plan: PlanFile,
    facts: WithFiles = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Register and matrix as a page.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="The matrix as a picture.")] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="The register as CSV.")] = None,
    language: Annotated[Language, typer.Option(help="Of page and picture.")] = Language.en,
) -> None:
    """The risk register and its probability–impact matrix."""
    console.check_outputs(html=html, svg=svg, csv=csv)
    project, _ = console.read(plan, facts)
    register = project.risks()
    if html:
        console.write(html, register.to_html(language=language.value))
    if svg:
        console.write(svg, register.to_svg(language=language.value))
    if csv:
        console.write(csv, register.table.to_csv())
    if not len(register):
        out.print("the files hold no risks")
        return
    console.show(
        register.table, ["key", "title", "probability", "score", "level", "owner"], title="risks", limit=30
    )
    matrix(register)
    for path in (html, svg, csv):
        if path:
            out.print(f"written: {path}", markup=False)


def matrix(register: rp.RiskRegister) -> None:
    """Probability upward, impact to the right, the risks in the cells."""
    from rich.table import Table as Grid

    cells = register.matrix.rows()
    impacts = list(dict.fromkeys(row["impact_value"] for row in cells))
    grid = Grid(title="probability × impact", title_justify="left", title_style="bold")
    grid.add_column("")
    for value in impacts:
        grid.add_column(f"{value:g}", overflow="fold")
    for probability in dict.fromkeys(row["probability_value"] for row in cells):
        row = [cell for cell in cells if cell["probability_value"] == probability]
        shown = [
            f"[on {cell['colour']}] [/] {' '.join(filter(None, (cell['threats'], cell['opportunities'])))}"
            for cell in row
        ]
        grid.add_row(f"{probability:g}", *shown)
    out.print(grid)


@app.command("save")
def save(
    plan: PlanFile,
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The store file to write.")],
    facts: WithFiles = None,
) -> None:
    """All facts and their journal into one store file."""
    project, _ = console.read(plan, facts)
    project.save(store)
    out.print(f"{project!r} saved in {store}", markup=False)
