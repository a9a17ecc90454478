"""rapport floats, redundant: what room the links leave, and which of them say nothing."""

from __future__ import annotations

from rapport.cli import console
from rapport.cli.commands import PlanFile, RowCount, RowsCsv, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import out


@app.command("floats")
def floats(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    count: RowCount = 15,
    csv: RowsCsv = None,
) -> None:
    """How far each activity may slip: total, free, interfering, safety and independent float."""
    project, _ = console.read(plan, facts)
    found = console.schedule(project, rules.value).floats()
    if csv:
        console.write(csv, found.to_csv())
    kinds = ("total", "free", "interfering", "safety", "independent")
    rows = sorted(found.rows(), key=lambda row: row["total_float_minutes"])
    more = f" (the least of {len(rows)})" if len(rows) > count else ""
    out.print(f"Floats in hours{more}", style="bold")
    out.print("".join(f"{kind:>12}" for kind in kinds) + "  activity")
    for row in rows[:count]:
        hours = console.minus("".join(f"{row[f'{kind}_float_minutes'] / 60:12g}" for kind in kinds))
        out.print(f"{hours}  {row['key']}  {row['name']}", markup=False)


@app.command("redundant")
def redundant(
    plan: PlanFile,
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    count: RowCount = 15,
    csv: RowsCsv = None,
) -> None:
    """Links that a chain of others makes say nothing: all of them can go, and no date changes."""
    project, _ = console.read(plan, facts)
    found = console.schedule(project, rules.value).redundant_links()
    if csv:
        console.write(csv, found.to_csv())
    rows = found.rows()
    out.print(f"{len(rows)} redundant link{'' if len(rows) == 1 else 's'}", style="bold")
    for row in rows[:count]:
        lag = "" if row["lag"] == "0h" else f" {row['lag']}"
        out.print(
            f"  {row['predecessor']} > {row['successor']} {row['type']}{lag}  "
            f"as {row['through'] or 'a long chain'}",
            markup=False,
        )
