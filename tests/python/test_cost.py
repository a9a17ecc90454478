"""What a plan costs, and earned value, from Python and on the command line."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import rapport as rp
from conftest import SAMPLE, SAMPLE_FILES, small_project

GATHERED = ("activity", "account", "wbs", "resource", "requirement", "stakeholder")


def priced() -> rp.Project:
    """A costs 16 h × 50, B a permit of 99.50 and 400 a day, C nothing."""
    project = small_project()
    edit = rp.Edit("prices")
    edit.put(rp.Resource(key="CREW", rates=[rp.RatePeriod(standard=rp.Rate(50, "EUR"))]))
    edit.put(rp.Assignment(activity="A", resource="CREW", work="16h"))
    edit.put(rp.Expense(activity="B", name="permit", amount="99.50 EUR"))
    edit.put(rp.Expense(activity="B", name="crane", kind="per_day", amount="400.00 EUR"))
    project.apply(edit, by="test", when="2027-01-02")
    return project


def test_a_plan_costs_the_sum_of_its_lines() -> None:
    cost = priced().schedule().cost()
    assert str(cost.total) == "1299.50 EUR"
    assert sum(row["amount"] for row in cost.lines.rows()) == Decimal("1299.50")
    assert {row["reason"] for row in cost.lines.rows()} == {
        "16h of CREW at 50.00 EUR/h",
        "permit",
        "crane: 1 day at 400.00 EUR a day",
    }
    assert small_project().schedule().cost().total is None


@pytest.mark.parametrize("by", GATHERED)
def test_gathered_costs_add_up_to_the_total(sample_plan: rp.Plan, by: str) -> None:
    cost = sample_plan.cost()
    assert cost.total is not None
    rows = cost.by(by).rows()
    assert f"{sum(row['amount'] for row in rows)} EUR" == str(cost.total)
    assert len(rows) > 1


def test_the_curve_adds_up_to_the_total(sample_plan: rp.Plan) -> None:
    cost = sample_plan.cost()
    rows = cost.curve("month").rows()
    assert f"{sum(row['amount'] for row in rows)} EUR" == str(cost.total)
    assert f"{rows[-1]['cumulative']} EUR" == str(cost.total)


def test_wrong_names_are_told_with_the_right_ones(sample_plan: rp.Plan) -> None:
    with pytest.raises(rp.InvalidInput, match="stakeholder"):
        sample_plan.cost().by("colour")
    with pytest.raises(rp.InvalidInput, match="month"):
        sample_plan.cost().curve("year")
    with pytest.raises(rp.InvalidInput, match="baseline"):
        sample_plan.cost("wish")
    with pytest.raises(rp.InvalidInput, match="zero_hundred"):
        sample_plan.earned_value(progress="hope")


def test_what_a_change_costs_adds_up_to_its_delta(sample_plan: rp.Plan) -> None:
    impact = sample_plan.assess(rp.Change.from_file(SAMPLE / "changes/cr-12-card-reader.json"))
    for by in GATHERED:
        rows = impact.costs_by(by).rows()
        assert f"{sum(row['delta'] for row in rows)} EUR" == str(impact.cost_delta)
        assert all(row["reasons"] for row in rows if row["delta"])


def test_the_changed_plan_costs_what_it_did_and_the_change(sample_plan: rp.Plan) -> None:
    impact = sample_plan.assess(rp.Change.from_file(SAMPLE / "changes/cr-12-card-reader.json"))
    before, after = sample_plan.cost(), impact.cost_after()
    assert before.total is not None
    assert after.total is not None
    assert impact.cost_delta is not None
    assert after.total.amount == before.total.amount + impact.cost_delta.amount
    assert sum(row["amount"] for row in after.lines.rows()) == after.total.amount
    for by in GATHERED:
        deltas = {row["key"]: row["delta"] for row in impact.costs_by(by).rows()}
        now = {row["key"]: row["amount"] for row in after.by(by).rows()}
        then = {row["key"]: row["amount"] for row in before.by(by).rows()}
        for key in now.keys() | then.keys():
            assert now.get(key, 0) - then.get(key, 0) == deltas.get(key, 0), (by, key)


def under_way() -> rp.Project:
    """priced(), and of the 16 h of A half are done; nobody has recorded what they cost."""
    project = priced()
    edit = rp.Edit("a day later")
    for activity in project.facts("activities"):
        assert isinstance(activity, rp.Activity)
        if activity.key == "A":
            activity.progress = rp.ActivityProgress(actual_start="2027-03-01T08:00", remaining="8h")
            edit.put(activity)
    for subproject in project.facts("subprojects"):
        assert isinstance(subproject, rp.Subproject)
        subproject.data_date = datetime.fromisoformat("2027-03-02T08:00")
        edit.put(subproject)
    project.apply(edit, by="test", when="2027-01-05")
    return project


def test_gathered_rows_say_what_is_assumed() -> None:
    plan = under_way().schedule()
    cost = plan.cost()
    assert {row["key"]: row["assumed"] for row in cost.by("activity").rows()} == {"A": True, "B": False}
    assert {row["key"]: row["assumed"] for row in cost.by("resource").rows()} == {"CREW": True, "": False}
    days = {str(row["from"]): row["assumed"] for row in cost.curve("day").rows()}
    assert [day for day, assumed in days.items() if assumed] == ["2027-03-01"]
    value = plan.earned_value(step="day")
    assert {row["key"]: row["assumed"] for row in value.by("activity").rows()} == {"A": True, "B": False}
    assert [str(row["from"]) for row in value.curve.rows() if row["assumed"]] == ["2027-03-01", "2027-03-02"]


def test_rows_of_a_change_say_what_rests_on_a_default(sample_plan: rp.Plan) -> None:
    impact = sample_plan.assess(rp.Change.from_file(SAMPLE / "changes/cr-11-booking-for-others.json"))
    lines, rows = impact.costs.rows(), impact.costs_by("resource").rows()
    resting = {line["resource"] or "" for line in lines if line["assumed"]}
    assert {row["key"] for row in rows if row["assumed"]} == resting
    assert len(resting) < len(rows)
    for row in impact.cost_curve("month").rows():
        assert row["assumed"] == (row["delta"] != 0)
    # This one states all it asks for.
    stated = sample_plan.assess(rp.Change.from_file(SAMPLE / "changes/cr-12-card-reader.json"))
    assert not any(line["assumed"] for line in stated.costs.rows())
    for table in (*map(stated.costs_by, GATHERED), stated.cost_curve("month")):
        assert not any(row["assumed"] for row in table.rows())


def test_the_curve_of_a_change_ends_with_its_delta(sample_plan: rp.Plan) -> None:
    impact = sample_plan.assess(rp.Change.from_file(SAMPLE / "changes/cr-12-card-reader.json"))
    rows = impact.cost_curve("month").rows()
    assert impact.cost_delta is not None
    assert rows[-1]["cumulative_delta"] == impact.cost_delta.amount
    before = {row["from"]: row["amount"] for row in sample_plan.cost().curve("month").rows()}
    after = {row["from"]: row["amount"] for row in impact.cost_after().curve("month").rows()}
    for row in rows:
        assert row["before"] == before.get(row["from"], 0)
        assert row["after"] == after.get(row["from"], 0)
        assert row["after"] - row["before"] == row["delta"]
    with pytest.raises(rp.InvalidInput, match="month"):
        impact.cost_curve("year")


def test_money_is_no_other_thing() -> None:
    money, rate = rp.Money("1.00 EUR"), rp.Rate(50, "EUR")
    nothing: object = None
    assert money != nothing
    assert (money == nothing) is False
    assert rate != nothing
    assert money == rp.Money("1.00 EUR")


def test_earned_value_is_gathered_to_its_totals(sample_plan: rp.Plan) -> None:
    value = sample_plan.earned_value(step="month")
    top = [row for row in value.by("wbs").rows() if row["parent"] is None]
    for name in ("planned", "earned", "actual", "budget"):
        assert f"{sum(row[name] for row in top)} EUR" == str(getattr(value, name))
    assert value.schedule_index_time is not None
    assert value.estimated_finish is not None


def test_all_figures_of_earned_value_belong_together(sample_plan: rp.Plan) -> None:
    value = sample_plan.earned_value(step="month")
    assert value.cost_variance is not None
    assert value.schedule_variance is not None
    assert value.estimate_at_completion is not None
    assert value.estimate_to_complete is not None
    assert value.variance_at_completion is not None
    assert value.cost_variance.amount == value.earned.amount - value.actual.amount
    assert value.schedule_variance.amount == value.earned.amount - value.planned.amount
    assert value.estimate_to_complete.amount == value.estimate_at_completion.amount - value.actual.amount
    assert value.variance_at_completion.amount == value.budget.amount - value.estimate_at_completion.amount
    assert value.complete == pytest.approx(float(value.earned.amount / value.budget.amount))
    assert value.earned_schedule is not None
    assert value.schedule_variance_time is not None
    passed = value.earned_schedule - value.schedule_variance_time
    assert value.schedule_index_time == pytest.approx(value.earned_schedule / passed)
    assert value.estimated_periods is not None
    assert value.estimated_periods > passed


def run(*arguments: str) -> str:
    command = [sys.executable, "-c", "from rapport.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_commands_show_and_write_tables(tmp_path: Path) -> None:
    files = [str(SAMPLE_FILES[0]), *(part for file in SAMPLE_FILES[1:] for part in ("--with", str(file)))]
    target = tmp_path / "accounts.csv"
    assert "labour" in run("cost", *files)
    shown = run("cost", *files, "--by", "account", "--csv", str(target))
    assert "C-110" in shown
    with target.open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert f"{sum(Decimal(row['amount']) for row in rows):,} EUR" in shown
    assert "with below" in shown
    assert "(EUR)  spent (EUR)" in shown
    assert "cumulative" in run("cost", *files, "--curve", "month")
    assert "40h of R-PM at 96.00 EUR/h" in run("cost", *files, "--lines", "--csv", str(target))
    with target.open(encoding="utf-8") as text:
        assert {"rate", "accrual", "reason"} <= set(next(csv.DictReader(text)))
    change = str(SAMPLE / "changes/cr-12-card-reader.json")
    assert "what the change costs" in run("cost", *files, "--change", change, "--by", "resource")
    shown = run("cost", *files, "--change", change, "--curve", "month", "--csv", str(target))
    with target.open(encoding="utf-8") as text:
        last = list(csv.DictReader(text))[-1]
    assert f"{Decimal(last['cumulative_after']):,} EUR after" in shown
    assert f"{Decimal(last['cumulative_delta']):+,} EUR: " in shown
    assert "cost index" in run("evm", *files)
    assert "2026-09-01" in run("evm", *files, "--curve", "month")
