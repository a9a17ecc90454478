"""rapport compare: two states of a project side by side."""

from __future__ import annotations

import html as markup
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import PlanFile, app
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
    milestone: Annotated[
        str, typer.Option(metavar="KEY", help="Explain the finish of this activity, not of the project.")
    ] = "",
    permutations: Annotated[int, typer.Option(metavar="N", help="Orders drawn where parts are many.")] = 64,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="One self-contained page.")] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Every difference as CSV.")] = None,
) -> None:
    """What differs between two plans, what moved, and which edits moved the finish and the cost."""
    was, _ = console.read(before, None)
    now, _ = console.read(after, None)
    with console.progress() as report:
        found = rp.compare(
            was, now, by=by.value, milestone=milestone, permutations=permutations, progress=report
        )
    if csv:
        console.write(csv, found.differences.to_csv())
    if html:
        console.write(html, page(found, before.stem, after.stem))
    subject = milestone or "finish"
    was_on, is_on = console.moment(found.finish_before), console.moment(found.finish_after)
    out.print(f"{subject}   {console.span(found.finish_delta)}: {was_on} → {is_on}", markup=False)
    if found.cost_delta is not None:
        out.print(f"cost     {found.cost_delta}: {found.cost_before} → {found.cost_after}", markup=False)
    out.print(f"moved    {len(found.moved)} activities")
    for (kind, difference), count in tally(found).items():
        out.print(f"  {kind.replace('_', ' '):20} {count:>5} {difference}")
    parts = found.explanation.rows()
    if parts:
        how = "exact" if found.exact else "sampled, ± one standard error"
        out.print(f"\n[bold]what moved the {subject}[/bold] ({how}; the parts sum to the whole)")
    for row in parts[:20]:
        error = "" if found.exact else f" ± {row['finish_error_hours'] / 24:.1f} d"
        cost = "" if row["cost"] is None else f"  cost {row['cost']}"
        line = f"  {row['finish_hours'] / 24:+8.2f} d{error}  {row['part'][:70]} ({row['edits']})"
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


STYLE = """body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:.5rem 0 2rem;width:100%}th,td{text-align:left;padding:.25rem .6rem;
border-bottom:1px solid #ddd;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}
.bar{display:inline-block;height:.8em}.late{background:#c0392b}.early{background:#2980b9}
@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#ddd}th,td{border-color:#444}}"""


def page(found: rp.Comparison, before: str, after: str) -> str:
    """One self-contained HTML page."""

    def text(value: object) -> str:
        return markup.escape(console.text(value))

    def grid(columns: list[str], rows: list[list[str]]) -> str:
        head = "".join(f"<th>{markup.escape(column)}</th>" for column in columns)
        body = "".join("<tr>" + "".join(row) + "</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    parts = found.explanation.rows()
    widest = max((abs(row["finish_hours"]) for row in parts), default=0) or 1
    explained = []
    for row in parts:
        days = row["finish_hours"] / 24
        width = 12 * abs(row["finish_hours"]) / widest
        bar = f'<span class="bar {"late" if days > 0 else "early"}" style="width:{width:.2f}rem"></span>'
        error = "" if found.exact else f" ± {row['finish_error_hours'] / 24:.2f}"
        explained.append(
            [
                f"<td>{text(row['part'])}</td>",
                f'<td class="n">{days:+.2f}{error}</td><td>{bar}</td>',
                f'<td class="n">{text(row["cost"])}</td>',
                f"<td><small>{text(row['what'])}</small></td>",
            ]
        )
    moved = [
        [f"<td>{text(row[name])}</td>" for name in ("key", "name", "finish_before", "finish_after")]
        for row in found.moved.rows()
    ]
    names = ["difference", "kind", "key", "name", "field", "before", "after"]
    differing = [[f"<td>{text(row[name])}</td>" for name in names] for row in found.differences.rows()]
    title = markup.escape(f"{before} → {after}")
    cost = "" if found.cost_delta is None else f"<br>Cost {text(found.cost_delta)}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{STYLE}</style><h1>{title}</h1>"
        f"<p>Finish {console.span(found.finish_delta)}: {console.moment(found.finish_before)} → "
        f"{console.moment(found.finish_after)}{cost}</p>"
        f"<h2>What moved the finish</h2>{grid(['part', 'days', '', 'cost', 'edits'], explained)}"
        f"<h2>What moved</h2>{grid(['key', 'name', 'finish before', 'finish after'], moved)}"
        f"<h2>What differs</h2>{grid(names, differing)}</html>\n"
    )
