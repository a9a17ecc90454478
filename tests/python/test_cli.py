"""The command line as a person uses it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SAMPLE, SAMPLE_FILES, corpus_file, small_project

PLAN, OTHERS = SAMPLE_FILES[0], [str(part) for path in SAMPLE_FILES[1:] for part in ("--with", path)]


def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from rapport.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_show_says_what_a_person_wants_first() -> None:
    done = run("show", PLAN, *OTHERS)
    assert "activities" in done.stdout
    assert "milestones" in done.stdout


def test_paths_lead_to_the_end(tmp_path: Path) -> None:
    target = tmp_path / "paths.csv"
    done = run("paths", corpus_file("xer/takt.xer"), "--count", "2", "--csv", target)
    assert done.stdout.startswith("path 1\n")
    assert "path 2, joins " in done.stdout
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert {row["path"] for row in rows} == {"1", "2"}


def test_floats_and_redundant_links_of_a_plan(tmp_path: Path) -> None:
    target = tmp_path / "floats.csv"
    done = run("floats", corpus_file("xer/terminal.xer"), "--count", "2", "--csv", target)
    assert "independent" in done.stdout
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 66
    for row in rows:
        total, free = int(row["total_float_minutes"]), int(row["free_float_minutes"])
        assert int(row["interfering_float_minutes"]) == total - free
        assert int(row["safety_float_minutes"]) <= total
        assert 0 <= int(row["independent_float_minutes"]) <= free
    done = run("redundant", corpus_file("xer/terminal.xer"), "--csv", target)
    found = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert done.stdout.startswith(f"{len(found)} redundant link")
    # Those of its links that are finish-to-start without lag are the arrows of a plain graph.
    rows, keys, links = "", {}, set()
    for line in corpus_file("xer/terminal.xer").read_text(encoding="cp1252").splitlines():
        cells = line.split("\t")
        if cells[0] == "%T":
            rows = cells[1]
        elif cells[0] == "%F":
            fields = cells[1:]
        elif cells[0] == "%R" and rows in ("TASK", "TASKPRED"):
            values = dict(zip(fields, cells[1:], strict=False))
            if rows == "TASK":
                keys[values["task_id"]] = values["task_code"]
            elif (values["pred_type"], values["lag_hr_cnt"]) == ("PR_FS", "0"):
                links.add((values["pred_task_id"], values["task_id"]))

    def leads(start: str, end: str, but: tuple[str, str]) -> bool:
        return any(s == end or leads(s, end, but) for p, s in links if p == start and (p, s) != but)

    transitive = {(keys[p], keys[s]) for p, s in links if leads(p, s, (p, s))}
    assert {(row["predecessor"], row["successor"]) for row in found} <= transitive
    assert found
    assert all(row["type"] == "FS" for row in found)


def test_check_tells_what_was_edited_after_scheduling() -> None:
    done = run("check", corpus_file("xer/harbour_update.xer"))
    assert "8 activities were edited after the tool had scheduled" in done.stdout
    assert "EC1430: 720h remain, its dates are 696h apart" in done.stdout


def test_schedule_writes_all_dates(tmp_path: Path) -> None:
    target = tmp_path / "dates.csv"
    run("schedule", corpus_file("xer/takt.xer"), "--csv", target)
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 25
    columns = {"source_id", "project", "key", "name", "kind", "early_start", "early_finish", "late_start"}
    assert columns | {"late_finish", "total_float_minutes", "free_float_minutes", "critical"} <= set(rows[0])


def test_impact_answers_in_words_and_files(tmp_path: Path) -> None:
    change = min((SAMPLE / "changes").glob("*.json"))
    files = {kind: tmp_path / f"impact.{kind}" for kind in ("json", "html", "markdown")}
    options = [part for kind, path in files.items() for part in (f"--{kind}", path)]
    done = run("impact", PLAN, *OTHERS, "--change", change, *options)
    assert "finish" in done.stdout
    assert "who must know" in done.stdout
    assert json.loads(files["json"].read_text(encoding="utf-8"))
    assert all(path.stat().st_size > 500 for path in files.values())


def test_the_change_of_the_issue_works_on_any_plan(tmp_path: Path) -> None:
    change = tmp_path / "change.json"
    change.write_text('{"id":"CR-1","title":"More","edits":[{"activity":"A","add_work":"96h"}]}')
    plan = tmp_path / "plan.json"
    plan.write_text(small_project().to_json())
    done = run("impact", plan, "--change", change)
    # 96 h are 12 working days: from Monday 8 March to Wednesday 24 March.
    assert "+16 d" in done.stdout


def test_square_brackets_in_names_are_shown_as_they_are(tmp_path: Path) -> None:
    plan, change = tmp_path / "plan.json", tmp_path / "change.json"
    plan.write_text(small_project().to_json().replace("task A", "[red]"))
    assert "[red]" in run("schedule", plan).stdout
    change.write_text('{"id":"CR-1","title":"More [bold]","edits":[{"activity":"A","add_work":"8h"}]}')
    assert "More [bold]" in run("impact", plan, "--change", change).stdout


def test_a_store_serves_as_a_plan(tmp_path: Path) -> None:
    store = tmp_path / "sample.rapport"
    run("save", PLAN, *OTHERS, store)
    assert "activities" in run("show", store).stdout
    assert run("risks", store).stdout.startswith("risks")


def test_risks_shows_register_and_matrix(tmp_path: Path) -> None:
    picture = tmp_path / "matrix.svg"
    done = run("risks", PLAN, *OTHERS, "--svg", picture)
    assert "probability × impact" in done.stdout
    assert picture.read_text(encoding="utf-8").startswith(("<svg", "<?xml"))


def test_wrong_use_is_two() -> None:
    assert "--change" in run("impact", PLAN, code=2).stderr
    run("frobnicate", code=2)
    run("schedule", PLAN, "--rules", "asta", code=2)


BAD = {
    "empty.xer": (b"", "empty"),
    "truncated.xer": (b"ERMHDR\t8.0\r\n%T\tTASK\r\n%F\ttask_id\ttask_co", "truncated.xer"),
    "binary.xer": (bytes(range(256)) * 40, "binary.xer"),
    "other.xml": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
    "broken.xml": (
        b"<?xml version='1.0'?><Project xmlns='http://schemas.microsoft.com/project'><Tasks>",
        "broken.xml",
    ),
    "broken.json": (b'{"activities": [{"key": "A",', "broken.json:1"),
    "dangling.json": (b'{"links": [{"predecessor": "A", "successor": "B"}]}', "A"),
    "calendar.json": (b'{"activities": [{"key": "A", "calendar": "nights", "duration": "8h"}]}', "nights"),
    "dates.json": (b'{"activities": [{"key": "A", "deadline": "2027-02-30"}]}', "2027-02-30"),
    "twice.json": (b'{"activities": [{"key": "A"}, {"key": "A"}]}', "A"),
    "cycle.json": (
        b'{"calendars": [{"key": "c", "week": {"monday": [["08:00", "16:00"]]}}],'
        b' "activities": [{"key": "A", "calendar": "c", "duration": "8h"},'
        b' {"key": "B", "calendar": "c", "duration": "8h"}],'
        b' "links": [{"predecessor": "A", "successor": "B"}, {"predecessor": "B", "successor": "A"}]}',
        "→",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_message_and_code_one(name: str, tmp_path: Path) -> None:
    content, named = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    done = run("schedule", path, code=1)
    assert done.stderr.startswith("rapport: ") or "rapport: " in done.stderr
    assert named in done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "nowhere.xer" in run("schedule", tmp_path / "nowhere.xer", code=1).stderr


def test_an_unknown_target_of_a_change_suggests_the_nearest(tmp_path: Path) -> None:
    change, plan = tmp_path / "change.json", tmp_path / "plan.json"
    change.write_text('{"id":"CR-1","title":"More","edits":[{"activity":"A1","add_work":"96h"}]}')
    plan.write_text(small_project().to_json())
    target = tmp_path / "impact.html"
    done = run("impact", plan, "--change", change, "--html", target, code=1)
    assert "did you mean A" in done.stderr
    assert not target.exists()


def test_garbage_of_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "garbage.bin"
    path.write_bytes(b"\x00\xffgarbage\n" * 10_000_000)
    assert "garbage.bin" in run("schedule", path, code=1).stderr
