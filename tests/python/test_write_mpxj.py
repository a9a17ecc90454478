"""MPXJ, which knows both formats by itself, reads the same from what Rapport writes as from the original."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import rapport as rp
from conftest import corpus_file

mpxj = pytest.importorskip("mpxj", reason="MPXJ is not installed: pip install mpxj")
if shutil.which("java") is None:
    pytest.skip("MPXJ needs Java: apt-get install default-jre-headless", allow_module_level=True)

PLANS = [
    "xer/terminal.xer",
    "xer/takt.xer",
    "xer/wk2.xer",
    "xer/override.xer",
    "mspdi/ss_lags.xml",
    "mspdi/levelled_elapsed_lags.xml",
    "mspdi/new_product_dev.xml",
    "mspdi/native/task-links-project2019-mspdi.xml",
]


@pytest.fixture(scope="module")
def universal_reader() -> Any:
    import jpype

    if not jpype.isJVMStarted():
        jpype.startJVM()
    return jpype.JClass("org.mpxj.reader.UniversalProjectReader")


def content(reader: Any, path: Path) -> dict[str, list[tuple[str, ...]]]:
    """Tasks, links, calendars, resources and assignments as MPXJ sees them."""
    files = list(reader().readAll(str(path)))
    tasks, links = [], []
    for task in (task for file in files for task in file.getTasks()):
        if task.getID() is not None and task.getID().intValue() == 0:
            continue
        dates = (
            task.getStart(),
            task.getFinish(),
            task.getEarlyStart(),
            task.getEarlyFinish(),
            task.getLateStart(),
            task.getLateFinish(),
            task.getActualStart(),
            task.getActualFinish(),
            task.getDuration(),
            task.getConstraintType(),
            task.getConstraintDate(),
        )
        tasks.append((str(task.getUniqueID()), str(task.getName()), *map(str, dates)))
        for link in task.getPredecessors():
            other = link.getPredecessorTask().getUniqueID()
            links.append(tuple(map(str, (other, task.getUniqueID(), link.getType(), link.getLag()))))
    return {
        "tasks": sorted(tasks),
        "links": sorted(links),
        "calendars": sorted({(str(each.getName()),) for file in files for each in file.getCalendars()}),
        "resources": sorted(
            {(str(each.getUniqueID()), str(each.getName())) for file in files for each in file.getResources()}
        ),
        "assignments": sorted(
            (str(each.getTaskUniqueID()), str(each.getResourceUniqueID()), str(each.getWork()))
            for file in files
            for each in file.getResourceAssignments()
        ),
    }


@pytest.mark.parametrize("name", PLANS)
def test_a_changed_plan_differs_for_mpxj_in_the_change_alone(
    name: str, tmp_path: Path, universal_reader: Any
) -> None:
    original = corpus_file(name)
    project, _ = rp.read(original)
    chosen = next(a for a in project.facts("activities") if a.kind == "task" and not a.progress.actual_start)
    renamed = project.activity(chosen.key)
    renamed.name = "Renamed by a test"
    project.apply(rp.Edit("rename").put(renamed), by="test", when="2027-01-01")
    written = tmp_path / original.name
    project.write(written, original=original)
    before, after = content(universal_reader, original), content(universal_reader, written)
    assert len(before["tasks"]) > 5
    for kind in ("links", "calendars", "resources", "assignments"):
        assert after[kind] == before[kind]
    gone = [row for row in before["tasks"] if row not in after["tasks"]]
    come = [row for row in after["tasks"] if row not in before["tasks"]]
    assert len(gone) == len(come) == 1
    assert come[0][1] == "Renamed by a test"
    assert come[0][2:] == gone[0][2:]


@pytest.mark.parametrize("name", PLANS)
def test_mpxj_reads_a_file_of_the_facts_alone(name: str, tmp_path: Path, universal_reader: Any) -> None:
    original = corpus_file(name)
    project, _ = rp.read(original)
    written = tmp_path / original.name
    project.write(written)
    before, after = content(universal_reader, original), content(universal_reader, written)
    assert len(after["links"]) == len(before["links"])
    assert {row[1] for row in after["resources"]} <= {row[1] for row in before["resources"]}
    names = sorted(row[1] for row in after["tasks"])
    assert set(names) >= {a.name for a in project.facts("activities")}
