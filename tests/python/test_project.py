"""Facts, edits, journal and store from Python."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import rapport as rp
from conftest import small_project


def test_a_fact_is_a_value_with_its_fields() -> None:
    activity = rp.Activity(
        key="A", duration="40h", constraint=rp.Constraint(kind="start_on", date="2027-03-01")
    )
    assert activity.duration == timedelta(hours=40)
    assert activity.constraint.date == datetime(2027, 3, 1)
    assert activity == rp.Activity(
        key="A",
        duration=timedelta(hours=40),
        constraint=rp.Constraint(kind="start_on", date=datetime(2027, 3, 1)),
    )


def test_an_unknown_field_is_refused_with_those_there_are() -> None:
    with pytest.raises(TypeError, match="no field slack; it has key, name"):
        rp.Activity(slack=1)


def test_an_unknown_word_is_refused_with_those_there_are() -> None:
    with pytest.raises(rp.InvalidInput, match="start_milestone"):
        rp.Activity(kind="milestoneish")


def test_days_without_a_calendar_are_refused() -> None:
    with pytest.raises(rp.InvalidInput, match="calendar"):
        rp.Activity(duration="5d")


def test_aware_times_are_refused() -> None:

    with pytest.raises(rp.InvalidInput, match="zone"):
        rp.Constraint(date=datetime(2027, 1, 1, tzinfo=UTC))


def test_edits_are_all_or_nothing() -> None:
    project = small_project()
    before = project.to_json()
    edit = rp.Edit("half wrong").put(rp.Activity(key="D", calendar="std", subproject="P"))
    edit.put(rp.Link(predecessor="D", successor="nowhere"))
    with pytest.raises(rp.InvalidInput, match="nowhere"):
        project.apply(edit, by="test", when="2027-01-02")
    assert project.to_json() == before
    assert "activity:D" not in project


def test_undo_restores_and_is_journalled() -> None:
    project = small_project()
    before = project.to_json()
    project.apply(rp.Edit("drop C").remove("activity:C").remove("link:B>C:FS"), by="me", when="2027-01-02")
    assert "activity:C" not in project
    project.undo(by="me", when="2027-01-03")
    assert project.to_json() == before
    assert project.journal["number"][-1] == 3


def test_an_old_plan_stays_true_to_its_facts() -> None:
    project = small_project()
    plan = project.schedule()
    project.apply(
        rp.Edit().put(rp.Activity(key="A", calendar="std", subproject="P", duration="80h")),
        by="me",
        when="2027-01-02",
    )
    assert plan.project.activity("A").duration == timedelta(hours=16)
    assert plan.finish < project.schedule().finish


def test_not_found_names_the_nearest() -> None:
    with pytest.raises(rp.NotFound) as caught:
        small_project()["calendar:stf"]
    assert caught.value.nearest == ["std"]
    assert str(caught.value) == "there is no calendar stf; did you mean std?"


def test_a_store_keeps_facts_and_journal(tmp_path: Path) -> None:
    project = small_project()
    path = tmp_path / "plan.rapport"
    project.save(path)
    again, _ = rp.read(path)
    assert again.to_json() == project.to_json()
    assert again.journal.rows() == project.journal.rows()
    again.apply(
        rp.Edit("rename").put(rp.Activity(key="A", name="renamed", calendar="std", subproject="P")),
        by="me",
        when="2027-01-04",
    )
    again.save(path)
    third, _ = rp.read(path)
    assert third.activity("A").name == "renamed"


def test_a_file_that_is_no_store_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "text.rapport"
    path.write_text("hello")
    with pytest.raises(rp.StoreError, match=r"text\.rapport"):
        small_project().save(path)
    assert path.read_text() == "hello"


def test_text_that_is_not_utf8_is_told_in_utf8(tmp_path: Path) -> None:
    # In Windows-1252 0xE9 is é; alone it is no UTF-8 character.
    path = tmp_path / "latin1.json"
    path.write_bytes(b'{"name":"caf\xe9 plan"}')
    with pytest.raises(rp.ParseError, match="this is not UTF-8; save it as UTF-8"):
        rp.read(path)
    with pytest.raises(rp.InvalidInput, match=r"caf\ufffd\.xer"):
        rp.read(b"no/such/caf\xe9.xer")


def test_wrong_types_are_told_by_name() -> None:
    for wrong in (["plan.json"], None, 3):
        with pytest.raises(TypeError, match="read\\(\\) takes paths"):
            rp.read(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="rules are"):
        small_project().schedule(rules=3)  # type: ignore[arg-type]


def test_a_packed_file_unpacks_to_no_more_than_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "plan.json.gz"
    path.write_bytes(gzip.compress(b'{"name": "p"' + b" " * 1000 + b"}"))
    with pytest.raises(rp.ParseError, match="unpacks to more than 100 bytes"):
        rp.read(path, most_unpacked=100)
    assert rp.read(path)[0].name == "p"


def test_the_journal_has_the_facts_before_and_after() -> None:
    project = small_project()
    project.apply(rp.Edit("risk").put(rp.Risk(key="R1", title="flood")), by="Ito", when="2027-01-02")
    project.undo(by="Wang", when="2027-01-03")
    made, undone = project.journal.rows()[-2:]
    assert list(made) == ["number", "author", "when", "reason", "undoes", "kind", "key", "before", "after"]
    assert (made["author"], made["before"], made["undoes"]) == ("Ito", None, None)
    assert json.loads(made["after"])["title"] == "flood"
    assert (undone["author"], undone["after"], undone["undoes"]) == ("Wang", None, made["number"])
