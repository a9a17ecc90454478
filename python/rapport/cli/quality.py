"""rapport quality: how well a plan is made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import PlanFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import out

MARKS = {"pass": "ok", "fail": "FAIL", "no_limit": "", "not_applicable": "–", "not_in_plan": "–"}


@app.command("quality")
def quality(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    option: Annotated[
        list[str] | None,
        typer.Option("--option", metavar="NAME=VALUE", help="How a check is meant. Repeatable."),
    ] = None,
    options: Annotated[bool, typer.Option("--options", help="List the options, and stop.")] = False,
    findings: Annotated[int, typer.Option(metavar="N", help="How many findings to list for each check.")] = 3,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Every finding as CSV.")] = None,
) -> None:
    """DCMA's fourteen points, and what of GAO's ten practices a plan can show."""
    if options:
        console.show(rp.quality_options(), ["name", "value", "choices"], title="options", limit=100)
        return
    settings: dict[str, str] = {}
    for each in option or []:
        name, equals, value = each.partition("=")
        if not equals:
            console.stop(f"--option {each}: write NAME=VALUE; --options lists them")
        settings[name] = value
    project, _ = console.read(plan, facts)
    result = console.schedule(project, rules.value).quality(**settings)
    if csv:
        console.write(csv, result.findings.to_csv())
    found = result.findings.rows()
    standard = ""
    for check in result.checks.rows():
        if check["standard"] != standard:
            standard = check["standard"]
            out.print(
                f"[bold]{standard.upper()}[/bold]: {result.passed(standard)} passed, "
                f"{result.failed(standard)} failed"
            )
        value = "" if check["value"] is None else console.minus(f"{check['value']:.4g}")
        figure = f"{value} {check['unit']}".rstrip() if value else ""
        if check["limit"] is not None and check["value"] is not None:
            figure += f" ({'≥' if check['limit_kind'] == 'at_least' else '≤'} {check['limit']:g})"
        of = f"{check['count']} of {check['out_of']}" if check["out_of"] else ""
        head = f"  {check['point']:>2} {MARKS[check['verdict']]:4} {check['name']:46}"
        out.print(f"{head} {of:>14}  {figure}".rstrip(), markup=False)
        if check["verdict"] in ("not_applicable", "not_in_plan") or check["unit"] in ("d",):
            out.print(f"          {check['meaning']}", markup=False, style="dim")
        mine = [row for row in found if row["check"] == check["id"]]
        for row in mine[:findings]:
            name = f"{row['predecessor']} → {row['activity']}" if row["predecessor"] else row["activity"]
            out.print(f"          {name}: {row['reason']}", markup=False, style="dim")
        if findings and len(mine) > findings:
            out.print(f"          … and {len(mine) - findings} more", style="dim")
    if csv:
        out.print(f"written: {csv}", markup=False)
