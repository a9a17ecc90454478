"""Schedules from Python: dates, reasons, cancellation."""

from __future__ import annotations

import signal
import threading
from datetime import datetime, timedelta

import pytest

import rapport as rp
from conftest import corpus_file, small_project


def test_a_chain_is_scheduled_on_its_calendar() -> None:
    plan = small_project().schedule()
    # Worked by hand: A Mon–Tue, B Wed, C Thu, Fri and Mon, skipping the weekend.
    assert plan.start == datetime(2027, 3, 1, 8)
    assert plan.dates("B").early_finish == datetime(2027, 3, 3, 17)
    assert plan.finish == datetime(2027, 3, 8, 17)
    assert plan.dates("C").total_float == timedelta(0)
    assert all(plan.activities["critical"])


def test_scheduling_again_knows_of_every_edit_since_then() -> None:
    project = small_project()
    first = project.schedule()
    assert project.schedule().finish == first.finish
    project.apply(
        rp.Edit("longer").put(rp.Activity(key="B", subproject="P", calendar="std", duration="16h")),
        by="test",
    )
    # One more day of B moves C, which ended on Monday, to Tuesday; the old plan stays as it was.
    assert project.schedule().finish == datetime(2027, 3, 9, 17)
    assert first.finish == datetime(2027, 3, 8, 17)
    project.undo(by="test")
    assert project.schedule().finish == datetime(2027, 3, 8, 17)


def test_why_walks_back_to_a_root() -> None:
    why = small_project().schedule().why("C")
    assert [step.activity for step in why.steps][-1] == "A"
    assert why.steps[-1].driver in ("data_date", "project_start")


def test_float_paths_begin_with_what_drives_the_end() -> None:
    paths = small_project().schedule().float_paths("C")
    assert paths["key"][-1] == "C"
    assert paths["path"][0] == 1
    assert paths["by_minutes"][0] == 0
    with pytest.raises(rp.InvalidInput, match="total_float"):
        small_project().schedule().float_paths("C", by="luck")
    with pytest.raises(rp.NotFound):
        small_project().schedule().float_paths("nowhere")


def test_a_loop_names_its_activities() -> None:
    project = small_project()
    project.apply(rp.Edit().put(rp.Link(predecessor="C", successor="A")), by="me", when="2027-01-02")
    with pytest.raises(rp.CycleError) as caught:
        project.schedule()
    assert sorted(caught.value.keys) == ["A", "B", "C"]
    assert "→" in str(caught.value)


def test_the_progress_callback_can_stop_the_work() -> None:
    path = corpus_file("xer/hotel.xer")
    with pytest.raises(rp.Cancelled):
        rp.read(path, progress=lambda _fraction, _stage: False)


def test_an_exception_in_the_callback_comes_out_as_it_is() -> None:
    path = corpus_file("xer/hotel.xer")

    def broken(_fraction: float, _stage: str) -> bool:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        rp.read(path, progress=broken)


def test_ctrl_c_stops_a_call() -> None:
    path = corpus_file("xer/hotel.xer")
    main = threading.get_ident()
    done = []
    timer = threading.Timer(0.02, lambda: signal.pthread_kill(main, signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012  the timer has to run meanwhile
        timer.start()
        for _ in range(1000):
            done.append(rp.read(path))
    assert len(done) < 1000


def test_other_threads_run_while_a_plan_is_read() -> None:
    path = corpus_file("xer/hotel.xer")
    ticks = 0
    done = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=count)
    thread.start()
    for _ in range(5):
        rp.read(path)[0].schedule()
    done.set()
    thread.join()
    assert ticks > 0


@pytest.mark.parametrize("name", ["hotel", "roads", "takt", "terminal"])
def test_primavera_dates_are_reproduced(name: str) -> None:
    project, _ = rp.read(corpus_file(f"xer/{name}.xer"))
    check = project.schedule().check()
    assert check.compared > 0
    assert check.hits >= 0.9 * check.compared
