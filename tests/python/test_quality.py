"""Quality checks, comparison, loops and conflicts from Python and on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import rapport as rp

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples/lakeside-clinic/plan.json"


@pytest.fixture(scope="module")
def project() -> rp.Project:
    return rp.read(SAMPLE)[0]


@pytest.fixture
def later(tmp_path: Path) -> Path:
    plan = json.loads(SAMPLE.read_text(encoding="utf-8"))
    plan["subprojects"][0]["data_date"] = "2026-10-12T08:00"
    for activity in plan["activities"]:
        if activity["key"] == "SW-070":
            activity["duration"] = "600h"
    path = tmp_path / "later.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


def test_quality_names_every_point_and_counts_its_findings(project: rp.Project) -> None:
    quality = project.schedule().quality()
    checks = {row["id"]: row for row in quality.checks.rows()}
    assert [row["point"] for row in checks.values() if row["standard"] == "dcma"] == list(range(1, 15))
    assert {row["point"] for row in checks.values() if row["standard"] == "gao"} == set(range(1, 11))
    found = [row for row in quality.findings.rows() if row["check"] == "dcma.lags"]
    assert len(found) == checks["dcma.lags"]["count"] > 0
    assert quality.passed() + quality.failed() <= 14


def test_quality_takes_options_by_name(project: rp.Project) -> None:
    plan = project.schedule()
    usual = {row["id"]: row["count"] for row in plan.quality().checks.rows()}
    tolerant = {row["id"]: row["count"] for row in plan.quality(lag_tolerance="4000h").checks.rows()}
    assert tolerant["dcma.lags"] < usual["dcma.lags"]
    with pytest.raises(rp.NotFound, match="lag_tolerance"):
        plan.quality(lag_tolerence="40h")
    with pytest.raises(rp.InvalidInput, match="late_or_open"):
        plan.quality(missed="sometimes")


def test_parts_of_a_comparison_sum_to_the_whole(project: rp.Project, later: Path) -> None:
    found = rp.compare(project, rp.read(later)[0])
    parts = found.explanation.rows()
    assert {row["part"] for row in parts} == {"data_date", "durations"}
    assert sum(row["finish_seconds"] for row in parts) == found.finish_delta.total_seconds() > 0
    assert found.exact
    changed = [row for row in found.differences.rows() if row["key"] == "SW-070"]
    assert [(row["field"], row["after"]) for row in changed] == [("duration", "600h")]


def test_a_comparison_takes_rules(project: rp.Project, later: Path) -> None:
    other = rp.read(later)[0]
    for rules in ("auto", "primavera", "microsoft"):
        found = rp.compare(project, other, rules=rules)
        assert found.finish_before == project.schedule(rules=rules).finish
        assert found.finish_after == other.schedule(rules=rules).finish
    with pytest.raises(rp.InvalidInput, match="primavera"):
        rp.compare(project, other, rules="p6")


def test_loops_are_values_and_open_when_cut(project: rp.Project) -> None:
    assert project.loops() == []
    copy, _ = rp.read(SAMPLE)
    edit = rp.Edit("a knot")
    edit.put(rp.Link(predecessor="SW-080", successor="SW-070"))
    copy.apply(edit, by="test")
    (loop,) = copy.loops()
    assert loop.cut[0] in ("SW-070>SW-080:SS", "SW-080>SW-070:FS")
    assert len(loop.cut) == 1
    assert loop.proved
    with pytest.raises(rp.CycleError):
        copy.schedule()


def test_conflicts_name_both_dates(tmp_path: Path) -> None:
    plan = json.loads(SAMPLE.read_text(encoding="utf-8"))
    plan["subprojects"][0]["must_finish_by"] = "2027-01-15T17:00"
    path = tmp_path / "tight.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    rows = rp.read(path)[0].schedule().conflicts().rows()
    assert rows
    assert "must finish by 2027-01-15T17:00" in rows[0]["until"]
    assert rows[0]["total_float_minutes"] < 0
