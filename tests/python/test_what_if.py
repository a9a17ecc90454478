"""Changes tried step by step on a plan, against the dates of a plan scheduled from scratch."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

import rapport as rp
from conftest import small_project


def test_a_longer_task_moves_what_follows_and_undo_takes_it_back() -> None:
    plan = small_project().schedule()
    tried = plan.what_if()
    tried.set_duration("B", "16h")
    # By hand: B Wed and Thu, C Fri, Mon and Tue.
    assert tried.finish == datetime(2027, 3, 9, 17)
    assert tried.dates("B").early_finish == datetime(2027, 3, 4, 17)
    assert list(tried.moved["key"]) == ["B", "C"]
    later = tried.plan
    assert tried.undo()
    assert tried.finish == plan.finish
    assert not tried.undo()
    assert tried.moved.rows() == []
    assert later.finish == datetime(2027, 3, 9, 17)
    assert plan.finish == datetime(2027, 3, 8, 17)


def test_steps_add_up() -> None:
    project = small_project()
    tried = project.schedule().what_if()
    tried.set_duration("A", timedelta(hours=24)).set_constraint(
        "C", "start_no_earlier_than", "2027-03-10T08:00"
    )
    edit = rp.Edit("the same as facts")
    held = rp.Constraint(kind="start_no_earlier_than", date="2027-03-10T08:00")
    for key, constraint in (("A", rp.Constraint()), ("C", held)):
        edit.put(
            rp.Activity(
                key=key,
                name=f"task {key}",
                subproject="P",
                calendar="std",
                duration="24h",
                constraint=constraint,
            )
        )
    project.apply(edit, by="test", when="2027-01-02")
    again = project.schedule()
    assert [tried.dates(key) for key in "ABC"] == [again.dates(key) for key in "ABC"]


def test_links_come_and_go_and_loops_are_refused_with_their_path() -> None:
    tried = small_project().schedule().what_if()
    with pytest.raises(rp.CycleError, match="waits for itself"):
        tried.add_link("C", "A")
    tried.remove_link("A", "B")
    # A no longer holds the others: B starts at once.
    assert tried.dates("B").early_start == datetime(2027, 3, 1, 8)
    tried.add_link("A", "B", "SS", "8h")
    assert tried.dates("B").early_start == datetime(2027, 3, 2, 8)
    tried.remove_activity("B")
    assert "B" in tried.moved["key"]
    with pytest.raises(rp.NotFound):
        tried.set_duration("nowhere", "8h")
    with pytest.raises(rp.InvalidInput):
        tried.set_duration("A", "8h", remaining="16h")


def test_threads_take_turns() -> None:
    tried = small_project().schedule().what_if()

    def edit(key: str) -> None:
        for hours in range(1, 200):
            tried.set_duration(key, timedelta(hours=hours))
            assert tried.finish > datetime(2027, 3, 1, 8)
            assert tried.moved.rows() is not None
            tried.undo()

    threads = [threading.Thread(target=edit, args=(key,)) for key in "ABC"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Each thread took back as many steps as it made.
    assert not tried.undo()
    assert tried.finish == datetime(2027, 3, 8, 17)


def test_a_constraint_has_the_date_that_its_kind_needs() -> None:
    tried = small_project().schedule().what_if()
    with pytest.raises(rp.InvalidInput, match="mandatory_start has no date"):
        tried.set_constraint("B", "mandatory_start")
    assert not tried.undo()
    tried.set_constraint("B", "none", "2028-01-03T08:00")
    assert tried.moved.rows() == []


def test_bare_dates_are_those_of_the_schedule_where_only_links_hold() -> None:
    plan = small_project().schedule()
    for row in plan.bare_dates(days=60).rows():
        dates = plan.dates(row["key"])
        assert (row["early_start"], row["late_finish"]) == (dates.early_start, dates.late_finish)
    with pytest.raises(rp.InvalidInput):
        plan.bare_dates(days=2)
