"""rapport change, suspects: a change request from state to state, and traces to look at again."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import rapport as rp
from rapport.cli import console
from rapport.cli.commands import AssumptionsFile, PlanFile, RuleOption, RuleSet, WithFiles, app
from rapport.cli.console import out


class State(StrEnum):
    """Of a change request."""

    draft = "draft"
    submitted = "submitted"
    analysed = "analysed"
    reviewed = "reviewed"
    approved = "approved"
    rejected = "rejected"
    deferred = "deferred"
    implemented = "implemented"
    verified = "verified"
    closed = "closed"


class Said(StrEnum):
    """What somebody may answer."""

    approved = "approved"
    rejected = "rejected"
    deferred = "deferred"
    acknowledged = "acknowledged"
    question = "question"


By = Annotated[str, typer.Option("--by", metavar="WHO", help="Key of the stakeholder who does it.")]
When = Annotated[
    str | None, typer.Option("--when", metavar="DATE", help="Like 2027-03-01T09:00; not given: now.")
]


def moment(when: str | None) -> datetime:
    if when is None:
        return datetime.now().replace(second=0, microsecond=0)
    try:
        return datetime.fromisoformat(when)
    except ValueError:
        console.stop(f"--when {when}: write it like 2027-03-01 or 2027-03-01T09:00")


def must_be_store(plan: Path) -> None:
    if not rp.is_store(plan):
        console.stop(
            f"{plan} is no store, so that nothing can be recorded in it; "
            f"make one: rapport save {plan} plan.rapport"
        )


@app.command("change")
def change(
    plan: PlanFile,
    key: Annotated[
        str, typer.Argument(metavar="[KEY]", help="The change request; not given: list them.")
    ] = "",
    facts: WithFiles = None,
    rules: RuleOption = RuleSet.auto,
    add: Annotated[
        Path | None, typer.Option(metavar="CHANGE.json", help="Put this change request into the store.")
    ] = None,
    to: Annotated[State | None, typer.Option("--to", help="Take the request to this state.")] = None,
    answer: Annotated[
        Said | None, typer.Option("--answer", help="Record what WHO decided about the request.")
    ] = None,
    by: By = "",
    when: When = None,
    text: Annotated[str, typer.Option("--text", help="What is said with it.")] = "",
    assumptions: AssumptionsFile = None,
) -> None:
    """A change request: where it stands, what may follow, what is missing, who must approve it.

    With --add, --to or --answer PLAN is a store, and what is done is journalled there. --to analysed
    assesses the request and records how large it is.
    """
    if assumptions and to is not State.analysed:
        console.stop("--assumptions are what a change is assessed under, which --to analysed does")
    changing = add is not None or to is not None or answer is not None
    if changing:
        must_be_store(plan)
        if facts:
            console.stop(
                "--with reads more facts, which a change of the store would not hold; rapport save them first"
            )
        if not by:
            console.stop("--by WHO is missing: say who does it")
    project, _ = console.read(plan, facts)
    at = moment(when)
    if add is not None:
        request = rp.Change.from_file(add)
        project.apply(rp.Edit(f"{request.key} received").put(request), by=by, when=at)
        key = key or request.key
    if not key:
        requests = [fact for fact in project.facts("change_requests") if isinstance(fact, rp.ChangeRequest)]
        for each in requests:
            out.print(f"{each.status:12} {each.key}  {each.title}", markup=False)
        if not requests:
            out.print("the files hold no change requests")
        return
    if answer is not None:
        project.apply(project.answer_change(key, answer.value, by=by, when=at, text=text), by=by, when=at)
    if to is not None:
        days, cost = None, None
        if to is State.analysed:
            with console.progress() as report:
                found = console.schedule(project, rules.value).assess(
                    project.change_request(key),
                    assumptions=console.assumed(assumptions),
                    progress=report,
                )
            days, cost = found.delay_days, found.cost_delta
        edit = project.move_change(key, to.value, by=by, when=at, text=text, delay_days=days, cost=cost)
        project.apply(edit, by=by, when=at)
    if changing:
        project.save(plan)
    tell(project, key)


def tell(project: rp.Project, key: str) -> None:
    """Where the request stands, and the way on."""
    request = project.change_request(key)
    out.print(f"{request.key} {request.title}: {request.status}", markup=False)
    analysis = request.analysis
    if analysis is not None:
        cost = console.money(analysis.cost, signed=True)
        out.print(
            f"  size     {console.many(analysis.delay_days, 'day')} later, {cost} (by {analysis.by})",
            markup=False,
        )
        approval = project.required_approval(delay_days=analysis.delay_days, cost=analysis.cost)
        who = ", ".join(approval["approvers"]) or "nobody is named: add approval limits"
        limit = "" if approval["within_limit"] else " (it passes every limit)"
        out.print(f"  approve  {who}{limit}", markup=False)
    for state, missing in project.next_states(key).items():
        out.print(f"  next     {state}{'' if missing else ': it may go there now'}", markup=False)
        for each in missing:
            out.print(f"             {each}", markup=False)


@app.command("suspects")
def suspects(
    plan: PlanFile,
    facts: WithFiles = None,
    confirm: Annotated[
        list[str] | None,
        typer.Option(
            "--confirm", metavar="TRACE", help='Its target was looked at and fits; "all": each. Repeatable.'
        ),
    ] = None,
    by: By = "",
    when: When = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="The list as CSV.")] = None,
) -> None:
    """Traces whose source changed after they were confirmed, or that somebody doubts."""
    if confirm:
        must_be_store(plan)
        if facts:
            console.stop(
                "--with reads more facts, which a change of the store would not hold; rapport save them first"
            )
        if not by:
            console.stop("--by WHO is missing: say who confirms")
    project, _ = console.read(plan, facts)
    if confirm:
        keys = project.suspect_traces()["trace"] if confirm == ["all"] else confirm
        at = moment(when)
        if keys:
            project.apply(project.confirm_traces(keys, by=by, when=at), by=by, when=at)
            project.save(plan)
        out.print(f"{console.many(len(keys), 'trace')} confirmed by {by}", markup=False)
    found = project.suspect_traces()
    if csv:
        console.write(csv, found.to_csv())
    for row in found.rows():
        why = (
            "doubted" if row["marked"] else f"confirmed for version {row['confirmed']}, now {row['version']}"
        )
        out.print(f"{row['from']} {row['type']} {row['to']}: {why}  [{row['trace']}]", markup=False)
    out.print(console.many(len(found), "suspect trace") if len(found) else "no suspect traces")
    if csv:
        out.print(f"written: {csv}", markup=False)


@app.command("assumptions")
def assumptions(
    file: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write them there.")] = None,
) -> None:
    """Every number that an assessment rests on, as JSON to edit and to give back with --assumptions."""
    document = json.dumps(rp.default_assumptions(), indent=2, ensure_ascii=False) + "\n"
    if file:
        console.write(file, document)
        out.print(f"written: {file}", markup=False)
    else:
        out.print(document, markup=False, end="")
