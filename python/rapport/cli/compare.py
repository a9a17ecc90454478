"""rapport compare: two states of a project side by side."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import Language, PageFile, PlanFile, RuleOption, RuleSet, app
from rapport.cli.console import err, out


class By(StrEnum):
    """How edits are put together into parts."""

    kind = "kind"
    activity = "activity"
    edit = "edit"


@app.command("compare")
def compare(
    before: PlanFile,
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The later state of the same project.")],
    by: Annotated[By, typer.Option(help="What the parts of the explanation are.")] = By.kind,
    rules: RuleOption = RuleSet.auto,
    milestone: Annotated[
        str, typer.Option(metavar="KEY", help="Explain the finish of this activity, not of the project.")
    ] = "",
    permutations: Annotated[int, typer.Option(metavar="N", help="Orders drawn where parts are many.")] = 64,
    html: PageFile = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Every difference as CSV.")] = None,
    language: Annotated[Language, typer.Option(help="Of the page.")] = Language.en,
) -> None:
    """What differs between two plans, what moved, and which edits moved the finish and the cost."""
    console.check_outputs(html=html, csv=csv)
    was, _ = console.read(before, None)
    now, _ = console.read(after, None)
    with console.progress() as report:
        found = rp.compare(
            was,
            now,
            by=by.value,
            milestone=milestone,
            permutations=permutations,
            rules=rules.value,
            progress=report,
        )
    if csv:
        console.write(csv, found.differences.to_csv())
    if html:
        console.write(html, found.to_html(before=before.stem, after=after.stem, language=language.value))
    subject = milestone or "finish"
    was_on, is_on = console.moment(found.finish_before), console.moment(found.finish_after)
    out.print(f"{subject}   {console.span(found.finish_delta)}: {was_on} → {is_on}", markup=False)
    if found.cost_delta is not None:
        cost_was, cost_is = console.money(found.cost_before), console.money(found.cost_after)
        out.print(
            f"cost     {console.money(found.cost_delta, signed=True)}: {cost_was} → {cost_is}", markup=False
        )
    out.print(f"moved    {console.many(len(found.moved), 'activity', 'activities')}")
    for (kind, difference), count in tally(found).items():
        out.print(f"  {kind.replace('_', ' '):20} {count:>5} {difference}")
    parts = found.explanation.rows()
    if parts:
        how = "exact" if found.exact else "sampled, ± one standard error"
        out.print(f"\n[bold]what moved the {subject}[/bold] ({how}; the parts sum to the whole)")
    currency = found.explanation.units["cost"]
    for row in parts[:20]:
        error = "" if found.exact else f" ± {row['finish_error_hours'] / 24:.1f} d"
        cost = "" if row["cost"] is None else f"  cost {console.money(row['cost'], currency, signed=True)}"
        days = console.minus(f"{row['finish_hours'] / 24:+8.2f} d")
        line = f"  {days}{error}  {row['part'][:70]} ({row['edits']})"
        out.print(line + cost, markup=False)
    if len(parts) > 20:
        out.print(f"  … and {len(parts) - 20} more parts")
    for note in found.notes:
        err.print(str(note), markup=False, style="yellow")
    for path in (html, csv):
        if path:
            out.print(f"written: {path}", markup=False)


def tally(found: rp.Comparison) -> Counter[tuple[str, str]]:
    """How many facts of each kind were added, removed, changed."""
    facts = dict.fromkeys((row["kind"], row["difference"], row["key"]) for row in found.differences.rows())
    return Counter((kind, difference) for kind, difference, _ in facts)
