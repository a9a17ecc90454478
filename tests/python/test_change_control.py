"""Change control and quality models as Python and the shell see them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import rapport as rp
from conftest import SAMPLE, SAMPLE_FILES
from test_cli import run


@pytest.fixture
def project() -> rp.Project:
    read, _ = rp.read(*SAMPLE_FILES)
    return read


@pytest.fixture
def store(tmp_path: Path, project: rp.Project) -> Path:
    path = tmp_path / "plan.rapport"
    project.save(path)
    return path


def smallest_limit(project: rp.Project) -> rp.ApprovalLimit:
    limits = [
        one for one in project.facts("approval_limits") if isinstance(one, rp.ApprovalLimit) and one.cost
    ]
    return min(limits, key=lambda one: one.cost.minor if one.cost else 0)


def test_the_size_of_an_impact_chooses_who_must_approve(project: rp.Project) -> None:
    smallest = smallest_limit(project)
    within = project.required_approval(delay_days=0, cost=smallest.cost)
    equal = [
        one.approver
        for one in project.facts("approval_limits")
        if isinstance(one, rp.ApprovalLimit)
        and (str(one.cost), one.delay_days) == (str(smallest.cost), smallest.delay_days)
    ]
    assert within == {"approvers": equal, "within_limit": True}
    beyond = project.required_approval(delay_days=10_000, cost=rp.Money("1000000000 EUR"))
    assert not beyond["within_limit"]
    unlimited = [
        one.approver
        for one in project.facts("approval_limits")
        if isinstance(one, rp.ApprovalLimit) and one.cost is None and one.delay_days is None
    ]
    assert beyond["approvers"] == unlimited


def test_notices_ask_for_approval_whom_the_limits_choose(project: rp.Project) -> None:
    plan = project.schedule()
    for file in sorted((SAMPLE / "changes").glob("*.json")):
        impact = plan.assess(rp.Change.from_file(file))
        wanted = project.required_approval(delay_days=impact.delay_days, cost=impact.cost_delta)
        asked = {notice.to.key for notice in impact.notices() if notice.part == "approve"}
        assert asked == set(wanted["approvers"])


def test_a_request_goes_from_wish_to_closed(project: rp.Project) -> None:
    change = rp.Change.from_file(SAMPLE / "changes" / "cr-11-booking-for-others.json")
    change.status = "draft"
    project.apply(rp.Edit("received").put(change), by="me")

    def go(to: str, **record: object) -> None:
        project.apply(project.move_change(change.key, to, by="lehto", **record), by="lehto")  # type: ignore[arg-type]

    with pytest.raises(rp.InvalidInput, match=r"cannot go from draft to approved.*it may become submitted"):
        go("approved")
    go("submitted")
    with pytest.raises(rp.InvalidInput, match="without its size"):
        go("analysed")
    impact = project.schedule().assess(change)
    go("analysed", delay_days=impact.delay_days, cost=impact.cost_delta)
    go("reviewed")
    approvers = project.required_approval(delay_days=impact.delay_days, cost=impact.cost_delta)["approvers"]
    with pytest.raises(rp.InvalidInput, match=f"needs the approval of {approvers[0]}"):
        go("approved")
    for who in approvers:
        project.apply(project.answer_change(change.key, "approved", by=who), by=who)
    go("approved")
    # Who decides here is of the client's side, so that the client's answer is recorded with it.
    assert all(project.stakeholder(who).side == "client" for who in approvers)
    for state in ("implemented", "verified", "closed"):
        go(state)
    assert project.change_request(change.key).status == "closed"


def test_the_command_records_every_step_in_the_store(store: Path) -> None:
    change = SAMPLE / "changes" / "cr-13-no-displays.json"
    done = run("change", store, "--add", change, "--by", "lehto", "--when", "2026-09-12")
    assert "CR-13" in done.stdout
    assert "next     analysed" in done.stdout
    run("change", store, "CR-13", "--to", "analysed", "--by", "lehto")
    done = run("change", store, "CR-13", "--to", "reviewed", "--by", "lehto", "--text", "seen")
    assert "reviewed" in done.stdout
    assert "size     0 days later, −22,310.50 EUR (by lehto)" in done.stdout
    refused = run("change", store, "CR-13", "--to", "approved", "--by", "lehto", code=1)
    assert "needs the approval of" in refused.stderr
    project, _ = rp.read(store)
    analysis = project.change_request("CR-13").analysis
    assert analysis is not None
    required = project.required_approval(delay_days=analysis.delay_days, cost=analysis.cost)
    for who in required["approvers"]:
        run("change", store, "CR-13", "--answer", "approved", "--by", who)
    assert "approved" in run("change", store, "CR-13", "--to", "approved", "--by", "lehto").stdout
    listed = run("change", store)
    assert "approved     CR-13" in listed.stdout
    reasons = list(dict.fromkeys(rp.read(store)[0].journal["reason"]))
    assert reasons[0] == "CR-13 received"
    assert reasons[-1] == "CR-13 approved by lehto"


def test_the_command_says_what_it_needs(store: Path) -> None:
    assert (
        "is no store" in run("change", SAMPLE_FILES[0], "CR-1", "--to", "draft", "--by", "x", code=2).stderr
    )
    assert "--by WHO is missing" in run("change", store, "CR-11", "--to", "draft", code=2).stderr
    assert "there is no change request" in run("change", store, "CR-99", code=1).stderr


def test_suspects_are_listed_and_confirmed(store: Path) -> None:
    # Some needs of the sample have a second version already.
    assert "no suspect traces" in run("suspects", store, "--confirm", "all", "--by", "lehto").stdout
    project, _ = rp.read(store)
    requirement = project.requirement("REQ-12")
    requirement.version += 1
    project.apply(rp.Edit("new wording").put(requirement), by="me")
    project.save(store)
    listed = run("suspects", store)
    assert "confirmed for version" in listed.stdout
    count = len(project.suspect_traces())
    key = project.suspect_traces()["trace"][0]
    assert "is missing" in run("suspects", store, "--confirm", key, code=2).stderr
    assert f"{count - 1} suspect traces" in run("suspects", store, "--confirm", key, "--by", "lehto").stdout


def test_assumptions_given_are_not_marked(project: rp.Project) -> None:
    plan = project.schedule()
    change = rp.Change("CR-1").requirement("REQ-12", magnitude=0.3)
    default = {row["measure"]: row["assumed"] for row in plan.assess(change).quality.rows()}
    assert default["defects_injected"]
    given = rp.default_assumptions()
    assert given["injected_per_hour"]["assumed"]
    for number in [
        given["injected_per_hour"],
        *given["removal_efficiency"].values(),
        *given["repair_effort"].values(),
    ]:
        number.update(assumed=False, source="release 3")
    ours = plan.assess(change, assumptions=given)
    marked = {row["measure"]: row["assumed"] for row in ours.quality.rows()}
    assert marked["defects_injected"] == marked["changed_work"] == ours.work_assumed
    with pytest.raises(rp.InvalidInput, match="nearest: injected_per_hour"):
        plan.assess(change, assumptions={"injected_per_our": 1})


def test_the_command_takes_assumptions(tmp_path: Path) -> None:
    numbers = tmp_path / "ours.json"
    run("assumptions", "--out", numbers)
    assert json.loads(numbers.read_text(encoding="utf-8")) == rp.default_assumptions()
    numbers.write_text('{"injected_per_hour": {"value": 1, "source": "release 3"}}', encoding="utf-8")
    change = sorted((SAMPLE / "changes").glob("*.json"))[0]
    plain, ours = tmp_path / "plain.json", tmp_path / "impact.json"
    parts = [str(part) for path in SAMPLE_FILES[1:] for part in ("--with", path)]
    run("impact", SAMPLE_FILES[0], *parts, "--change", change, "--json", plain)
    run("impact", SAMPLE_FILES[0], *parts, "--change", change, "--json", ours, "--assumptions", numbers)

    def injected(path: Path) -> float:
        figures = json.loads(path.read_text(encoding="utf-8"))["quality"]["figures"]
        return float(next(each["value"] for each in figures if each["measure"] == "defects_injected"))

    assert injected(ours) == pytest.approx(injected(plain) * 50)


def test_defects_by_phase_add_up(project: rp.Project) -> None:
    impact = project.schedule().assess(rp.Change("CR-1").requirement("REQ-12", magnitude=0.3))
    figures = {row["measure"]: row["value"] for row in impact.quality.rows()}
    phases = impact.defects_by_phase.rows()
    assert sum(row["removed"] for row in phases) == pytest.approx(figures["defects_injected"])
    assert phases[-1]["phase"] == "operation"
    assert phases[-1]["removed"] == pytest.approx(figures["defects_escaping"])
    flow = impact.defects.rows()
    assert sum(row["removed"] for row in flow) == pytest.approx(figures["defects_injected"])


def test_volatility_tells_periods_and_causes(project: rp.Project) -> None:
    found = project.volatility(by="month")
    rows = found.periods.rows()
    assert rows[-1]["at_end"] == len(
        [
            one
            for one in project.facts("requirements")
            if isinstance(one, rp.Requirement) and one.status not in ("rejected", "withdrawn")
        ]
    )
    causes = [row["cause"] for row in found.events.rows() if row["step"] == "changed"]
    assert any(cause.startswith("Workshop 2") for cause in causes)
    for row in rows:
        of_period = [one for one in found.causes.rows() if one["from"] == row["from"]]
        for step in ("added", "changed", "removed", "asked"):
            assert sum(one[step] for one in of_period) == row[step]
    with pytest.raises(rp.InvalidInput, match="week, month"):
        project.volatility(by="day")


def test_volatility_and_defect_models_from_the_command_line(tmp_path: Path) -> None:
    parts = [str(part) for path in SAMPLE_FILES[1:] for part in ("--with", path)]
    events = tmp_path / "events.csv"
    causes = tmp_path / "causes.csv"
    written = ("--csv", events, "--causes-csv", causes)
    done = run("volatility", SAMPLE_FILES[0], *parts, "--by", "quarter", "--causes", "--steps", *written)
    assert "requirements in force on" in done.stdout
    assert "changed REQ-12: Workshop 2" in done.stdout
    rows = list(csv.DictReader(causes.read_text(encoding="utf-8").splitlines()))
    workshop = [row for row in rows if row["cause"].startswith("Workshop 2")]
    assert [(row["from"], row["changed"]) for row in workshop] == [("2026-04-01", "1")]
    assert f"+0 ~1 -0  {workshop[0]['cause']}" in done.stdout
    assert {row["step"] for row in csv.DictReader(events.read_text(encoding="utf-8").splitlines())} >= {
        "added",
        "changed",
    }

    counts = tmp_path / "counts.csv"
    counts.write_text("found,design,code\ndesign,12,\ncode,5,24\nfield,3,6\n", encoding="utf-8")
    done = run("defects", "containment", counts)
    assert "82.00% found before the field" in done.stdout
    steps = tmp_path / "steps.csv"
    steps.write_text("name,passed,efficiency\nunit,1e6,0.5\nsystem,1e6,0.5\n", encoding="utf-8")
    assert "6.00 defects left" in run("defects", "amplify", steps, "--incoming", "24").stdout
    # 12 × 15 + 6 × 15 + 6 × 67
    steps.write_text(
        "name,passed,efficiency,cost_each\nunit,1e6,0.5,15\nsystem,1e6,0.5,15\n", encoding="utf-8"
    )
    done = run("defects", "amplify", steps, "--incoming", "24", "--escape-cost", "67")
    assert done.stdout.split()[-1] == "672"
    steps.write_text("name,efficency\nunit,0.5\n", encoding="utf-8")
    assert "no column 'efficency'" in run("defects", "amplify", steps, code=1).stderr
    done = run("defects", "coqualmo", "--analysis", "low", "--reviews", "low", "--testing", "low")
    assert "10.0 put in        5.8 left  (assumed)" in done.stdout

    # Pressman, 5th ed., table 8.1.
    found = tmp_path / "found.csv"
    found.write_text("phase,found,cost_each\nbefore test,22,6.5\nduring test,82,15\nafter release,12,67\n")
    assert run("defects", "cost", found).stdout.split()[-1] == "2,177"
    found.write_text("phase,found\ndesign,22\n")
    assert "'cost_each' is missing" in run("defects", "cost", found, code=1).stderr


def test_defects_of_a_change_on_the_command_line() -> None:
    parts = [str(part) for path in SAMPLE_FILES[1:] for part in ("--with", path)]
    change = ("--change", SAMPLE / "changes/cr-11-booking-for-others.json")
    done = run("impact", SAMPLE_FILES[0], *parts, *change, "--defects")
    assert "found in (rows)" in done.stdout
    refused = run("impact", SAMPLE_FILES[0], *parts, *change, "--defects", "--copy", "client", code=2)
    assert "--defects" in refused.stderr


def test_the_matrix_of_a_change_counts_its_defects_once(project: rp.Project, tmp_path: Path) -> None:
    impact = project.schedule().assess(rp.Change.from_file(SAMPLE / "changes/cr-11-booking-for-others.json"))
    matrix = impact.containment_matrix
    phases = matrix.columns[1:]
    assert matrix["found"] == phases
    for row, by_phase in ((row, impact.defects_by_phase.rows()) for row in matrix.rows()):
        removed = [each["removed"] for each in by_phase if each["phase"] == row["found"]]
        assert sum(row[phase] for phase in phases) == pytest.approx(sum(removed))
    counts = tmp_path / "counts.csv"
    counts.write_text(matrix.to_csv())
    shown = run("defects", "containment", counts).stdout
    figures = {row["measure"]: row["value"] for row in impact.quality.rows()}
    assert f"{1 - figures['defects_escaping'] / figures['defects_injected']:.2%} found before" in shown


def test_what_is_thrown_away_is_listed(project: rp.Project) -> None:
    impact = project.schedule().assess(rp.Change.from_file(SAMPLE / "changes/cr-13-no-displays.json"))
    assert impact.discarded_costs.columns == impact.costs.columns
    spent = {row["activity"]: row["reason"] for row in impact.discarded_costs.rows()}
    stopped = {row["activity"] for row in impact.rework.rows() if row["kind"] == "discarded"}
    assert set(spent) <= stopped


def test_defect_models_in_python() -> None:
    steps = [
        rp.DefectStep("unit", passed=1e6, efficiency=0.5),
        rp.DefectStep("system", passed=1e6, efficiency=0.5),
    ]
    assert rp.amplify_defects(steps, incoming=24) == [12, 6]
    assert rp.defects_found(steps, incoming=24) == [12, 6]
    # Pressman, 5th ed., table 8.1.
    costs = rp.defect_costs([("design", 22, 1.5), ("before", 36, 6.5), ("during", 21, 15), ("after", 3, 67)])
    assert sum(costs["cost"]) == 783
    with pytest.raises(rp.InvalidInput, match="cost of a defect found in design"):
        rp.defect_costs([("design", 22, -1.5)])
    table = rp.containment(["design", "code"], ["design", "code", "field"], [[12, 0], [5, 24], [3, 6]])
    assert table.rows()[1]["present"] == 38
    assert rp.overall_effectiveness(["a"], ["a", "field"], [[0], [0]]) is None
    with pytest.raises(rp.InvalidInput, match="row of counts of design"):
        rp.containment(["design", "code"], ["design", "field"], [[1], [2, 3]])
    residual = rp.coqualmo(analysis="low", reviews="low", testing="low").rows()
    assert residual[0]["residual"] == pytest.approx(5.8, abs=0.03)
    assert all(row["assumed"] for row in residual)
    with pytest.raises(rp.InvalidInput, match="very_low"):
        rp.coqualmo(reviews="medium")
