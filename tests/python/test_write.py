"""Plans written for other tools, from Python and from the command line."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import rapport as rp
from conftest import small_project


@pytest.mark.parametrize("ending", ["xer", "xml", "json"])
def test_what_is_written_is_read_again(tmp_path: Path, ending: str) -> None:
    project = small_project()
    path = tmp_path / f"plan.{ending}"
    project.write(path)
    again, _ = rp.read(path)
    assert [a.name for a in again.facts("activities") if a.kind == "task"] == ["task A", "task B", "task C"]
    assert len(again.facts("links")) == 2
    assert again.schedule().finish == project.schedule().finish
    assert list(tmp_path.iterdir()) == [path], "nothing is left beside it"


def test_computed_dates_go_into_the_file(tmp_path: Path) -> None:
    project = small_project()
    plan = project.schedule()
    project.write(tmp_path / "plan.xer", plan=plan)
    again, _ = rp.read(tmp_path / "plan.xer")
    result = again.schedule().check()
    assert result.compared > 0
    assert result.hits == result.compared


def test_an_unchanged_plan_keeps_its_bytes(tmp_path: Path) -> None:
    project = small_project()
    first, second = tmp_path / "one.xer", tmp_path / "two.xer"
    project.write(first)
    again, _ = rp.read(first)
    assert again.write(second, original=first) == []
    assert second.read_bytes() == first.read_bytes()


def test_an_ending_that_names_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(rp.InvalidInput, match=r"\.xer"):
        small_project().write(tmp_path / "plan.mpp")
    assert not list(tmp_path.iterdir())


def test_what_the_format_lacks_is_listed(tmp_path: Path) -> None:
    project = small_project()
    project.apply(rp.Edit("risk").put(rp.Risk(key="R1", title="flood")), by="test", when="2027-01-02")
    notes = project.write(tmp_path / "plan.xer")
    assert any("risks have no place" in note.message for note in notes)


def test_an_edit_meanwhile_is_no_part_of_the_file(tmp_path: Path) -> None:
    project = small_project()
    facts = len(project.facts("risks"))

    def edit() -> None:
        for number in range(200):
            edit = rp.Edit("more").put(rp.Risk(key=f"R{number}", title="flood"))
            project.apply(edit, by="test", when="2027-01-02")

    thread = threading.Thread(target=edit)
    thread.start()
    written = 0
    while thread.is_alive() or written == 0:
        project.write(tmp_path / "plan.json")
        written += 1
    thread.join()
    project.write(tmp_path / "plan.json")
    assert len(rp.read(tmp_path / "plan.json")[0].facts("risks")) == facts + 200


def test_dates_of_other_work_are_not_written(tmp_path: Path) -> None:
    project = small_project()
    plan = project.schedule()
    project.apply(rp.Edit("gone").remove("link:A>B:FS"), by="test", when="2027-01-02")
    with pytest.raises(
        rp.InvalidInput, match="as edit 1 left its work, not as edit 2 left its work; compile and"
    ):
        project.write(tmp_path / "plan.xer", plan=plan)
    with pytest.raises(rp.InvalidInput, match="not of the one given"):
        small_project().write(tmp_path / "plan.xer", plan=plan)
    assert not list(tmp_path.iterdir())
    project.write(tmp_path / "plan.xer", plan=project.schedule())
