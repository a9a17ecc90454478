"""Changes from Python, on a plan worked out by hand and on the sample project."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import rapport as rp
from conftest import SAMPLE, small_project


def test_eight_hours_more_move_the_finish_by_a_day() -> None:
    impact = small_project().schedule().assess(rp.Change("CR-1 more").work("A", add="8h"))
    # C finished on Monday 8 March; a day more ends it on Tuesday.
    assert impact.finish_delta == timedelta(days=1)
    moved = {row["key"]: row["early_finish_delta_minutes"] for row in impact.activities().rows()}
    assert moved == {"A": 1440, "B": 1440, "C": 1440}
    assert "A" in str(impact.trail("finish"))


def test_the_project_is_untouched() -> None:
    project = small_project()
    before = project.to_json()
    project.schedule().assess(rp.Change("CR-1 more").work("A", add="8h"))
    assert project.to_json() == before


def test_an_unknown_target_names_the_change_and_the_nearest() -> None:
    with pytest.raises(rp.NotFound, match="CR-1"):
        small_project().schedule().assess(rp.Change("CR-1 more").work("AA", add="8h"))


def test_the_page_names_every_step_of_a_long_path() -> None:
    edit = rp.Edit("a chain behind C")
    for i in range(20):
        edit.put(rp.Activity(key=f"A{i:02}", name=f"Step {i}", subproject="P", duration="8h"))
        edit.put(rp.Link(predecessor=f"A{i - 1:02}" if i else "C", successor=f"A{i:02}"))
    project = small_project()
    project.apply(edit, by="test", when="2027-01-01")
    plan = project.schedule()
    page = plan.assess(rp.Change("CR-1 more").work("A", add="8h")).to_html()
    path = page[page.index('<ol class="path">') : page.index("</ol>", page.index('<ol class="path">'))]
    assert [f"Step {i}" for i in range(20) if f"Step {i}<" not in path] == []
    assert path.count("<details") == 1


def test_a_wrong_edit_is_named() -> None:
    with pytest.raises(rp.ParseError, match="edit 1"):
        rp.Change("CR-1 odd").edit(activity="A", add_wrk="8h").request()


def test_cost_lines_sum_to_the_total(sample_plan: rp.Plan) -> None:
    for path in sorted((SAMPLE / "changes").glob("*.json")):
        impact = sample_plan.assess(rp.Change.from_file(path))
        total = sum((row["amount"] for row in impact.costs.rows()), Decimal(0))
        assert impact.cost_delta is not None
        assert impact.cost_delta.amount == total


def test_every_change_of_the_sample_has_people_who_must_know(sample_plan: rp.Plan) -> None:
    paths = sorted((SAMPLE / "changes").glob("*.json"))
    assert len(paths) >= 3
    for path in paths:
        notices = sample_plan.assess(rp.Change.from_file(path)).notices()
        assert {notice.part for notice in notices} >= {"approve", "inform"}
        assert all(notice.because for notice in notices)


def test_json_holds_the_same_figures(sample_plan: rp.Plan) -> None:
    impact = sample_plan.assess(rp.Change.from_file(min((SAMPLE / "changes").glob("*.json"))))
    document = json.loads(impact.to_json())
    assert document["change"]


def test_pages_are_written(sample_plan: rp.Plan, tmp_path: Path) -> None:
    impact = sample_plan.assess(rp.Change.from_file(min((SAMPLE / "changes").glob("*.json"))))
    for copy in ("internal", "client"):
        for language in ("en", "zh"):
            page = rp.report(impact, tmp_path / f"{copy}-{language}.html", copy=copy, language=language)  # type: ignore[arg-type]
            text = page.read_text(encoding="utf-8")
            assert text.lower().startswith("<!doctype html>")
            assert f'lang="{language}' in text
            assert "http://" not in text.replace("http://www.w3.org", "")
    with pytest.raises(ValueError, match=r"\.html or \.md"):
        rp.report(impact, tmp_path / "page.pdf")


def test_a_card_for_notebooks_has_no_script(sample_plan: rp.Plan) -> None:
    impact = sample_plan.assess(rp.Change.from_file(min((SAMPLE / "changes").glob("*.json"))))
    card = impact._repr_html_()
    assert "<script" not in card
    assert "<table" in sample_plan.activities._repr_html_()


def test_the_gantt_is_drawn(sample_plan: rp.Plan, tmp_path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from rapport import plot

    impact = sample_plan.assess(rp.Change.from_file(min((SAMPLE / "changes").glob("*.json"))))
    axes = plot.gantt(impact)
    assert len(axes.patches) > 0
    axes.figure.savefig(tmp_path / "gantt.png")
    assert (tmp_path / "gantt.png").stat().st_size > 10_000


def test_the_register_and_its_matrix(sample: rp.Project) -> None:
    register = sample.risks()
    assert len(register) >= 10
    assert len(register.matrix) == 25
    assert "<svg" in register.to_svg()


def test_a_change_is_given_in_many_ways(sample: rp.Project, sample_plan: rp.Plan) -> None:
    key = sample.facts("change_requests")[0].key
    stored = sample_plan.assess(key)
    assert stored.change.key == key
    document = {"id": "CR-X", "title": "t", "edits": [{"requirement": "REQ-12", "magnitude": 0.35}]}
    ways = [document, json.dumps(document), rp.Change("CR-X t").requirement("REQ-12", magnitude=0.35)]
    assert len({sample_plan.assess(way).finish_delta for way in ways}) == 1
    with pytest.raises(rp.NotFound):
        sample_plan.assess("CR-NONE")
    for wrong in (None, 3):
        with pytest.raises(TypeError, match="a change is a Change"):
            sample_plan.assess(wrong)  # type: ignore[arg-type]


def test_a_change_takes_values_of_python() -> None:
    written = (
        rp.Change("CR-1 t", answer_by=date(2027, 3, 1))
        .work("A", add=timedelta(hours=12))
        .duration("B", set=timedelta(minutes=90))
        .cost("C", add=rp.Money("1200.50 EUR"))
        .constraint("C", kind="start_no_earlier_than", date=datetime(2027, 3, 10, 8))
        .add_link("A", "C", lag=timedelta(hours=8))
    )
    spelled = (
        rp.Change("CR-1 t", answer_by="2027-03-01")
        .work("A", add="12h")
        .duration("B", set="1.5h")
        .cost("C", add="1200.50 EUR")
        .constraint("C", kind="start_no_earlier_than", date="2027-03-10T08:00")
        .add_link("A", "C", lag="8h")
    )
    plan = small_project().schedule()
    with_values, with_text = plan.assess(written), plan.assess(spelled)
    assert with_values.activities().rows() == with_text.activities().rows()
    assert with_values.cost_delta == with_text.cost_delta == rp.Money("1200.50 EUR")
    with pytest.raises(ValueError, match="time zone"):
        rp.Change("CR-1 t").constraint("C", kind="none", date=datetime(2027, 3, 1, tzinfo=UTC))
