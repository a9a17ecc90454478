"""Many changes at once, as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import rapport as rp
from conftest import SAMPLE, SAMPLE_FILES, small_project

PLAN, OTHERS = SAMPLE_FILES[0], [str(part) for path in SAMPLE_FILES[1:] for part in ("--with", path)]


def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from rapport.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def changes_file(tmp_path: Path) -> Path:
    path = tmp_path / "changes.jsonl"
    edits = [("A", "8h"), ("B", "16h"), ("NOPE", "8h"), ("C", "24h")]
    documents = [
        {"id": f"CR-{n}", "title": f"change {n}", "edits": [{"activity": key, "add_work": more}]}
        for n, (key, more) in enumerate(edits, 1)
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in documents) + "not json\n", encoding="utf-8")
    return path


def test_a_batch_says_of_each_change_what_assess_says(sample_plan: rp.Plan) -> None:
    requests = [rp.Change.from_file(path) for path in sorted((SAMPLE / "changes").glob("*.json"))]
    table = sample_plan.assess_all(requests, threads=2)
    assert table["change"] == [request.key for request in requests]
    for row, request in zip(table.rows(), requests, strict=True):
        impact = sample_plan.assess(request)
        assert row["finish_delta_minutes"] * 60 == impact.finish_delta.total_seconds()
        assert impact.cost_delta is not None
        assert row["cost_delta"] == impact.cost_delta.amount


def test_assumptions_hold_for_every_change_of_a_batch(sample_plan: rp.Plan) -> None:
    request = rp.Change.from_file(SAMPLE / "changes/cr-12-card-reader.json")
    given = rp.default_assumptions()
    given["injected_per_hour"]["value"] *= 25
    usual = sample_plan.assess_all([request]).rows()[0]
    ours = sample_plan.assess_all([request], assumptions=given).rows()[0]
    assert {name for name in usual if usual[name] != ours[name]} == {"defects_escaping"}
    assert ours["defects_escaping"] == pytest.approx(25 * usual["defects_escaping"])
    with pytest.raises(rp.InvalidInput, match="injected_per_hour"):
        sample_plan.assess_all([request], assumptions={"injected_per_our": 1})


def test_a_table_of_edits_is_a_batch() -> None:
    pa = pytest.importorskip("pyarrow")
    plan = small_project().schedule()
    edits = pa.table(
        {"id": ["CR-1", "CR-2", "CR-1"], "activity": ["A", "B", "C"], "add_work": ["8h", "8h", "16h"]}
    )
    table = plan.assess_all(edits)
    change = rp.Change("CR-1 both").work("A", add="8h").work("C", add="16h")
    assert table["change"] == ["CR-1", "CR-2"]
    assert table["finish_delta_minutes"][0] * 60 == plan.assess(change).finish_delta.total_seconds()


def test_one_bad_change_is_listed_with_its_line(tmp_path: Path, plan_file: Path, changes_file: Path) -> None:
    target = tmp_path / "out.jsonl"
    done = run("batch", plan_file, "--changes", changes_file, "--out", target, code=1)
    assert "line 3 CR-3" in done.stdout
    assert "line 5" in done.stdout
    rows = lines(target)
    assert [row["change"] for row in rows] == ["CR-1", "CR-2", "CR-3", "CR-4", ""]
    assert [bool(row["error"]) for row in rows] == [False, False, True, False, True]
    assert rows[0]["plan"] == str(plan_file)
    assert not target.with_name("out.jsonl.part").exists()


def test_a_byte_that_is_no_utf8_is_listed_with_its_line(
    tmp_path: Path, plan_file: Path, changes_file: Path
) -> None:
    lines_given = changes_file.read_bytes().split(b"\n")
    lines_given[1] = lines_given[1].replace(b"change 2", b"change \xff")
    changes_file.write_bytes(b"\n".join(lines_given))
    target = tmp_path / "out.jsonl"
    done = run("batch", plan_file, "--changes", changes_file, "--out", target, code=1)
    assert "line 2 CR-2" in done.stdout
    rows = lines(target)
    assert [bool(row["error"]) for row in rows] == [False, True, True, False, True]
    assert "0xFF" in rows[1]["error"]


def test_a_stopped_run_goes_on(tmp_path: Path, plan_file: Path, changes_file: Path) -> None:
    whole, target = tmp_path / "whole.csv", tmp_path / "out.csv"
    run("batch", plan_file, "--changes", changes_file, "--out", whole, code=1)
    # As a killed run leaves it: a result that was never written, two whole rows and half a third. One
    # row says what no assessment would, so that assessing it again would show.
    part = target.with_name("out.csv.part")
    run("batch", plan_file, "--changes", changes_file, "--out", tmp_path / "out.jsonl", code=1)
    script = (
        "import rapport.cli.batch as b, sys\n"
        "add = b.Journal.add\n"
        "def stop(self, rows):\n"
        "    add(self, rows[:2]); self._append([]); raise KeyboardInterrupt\n"
        "b.Journal.add = stop\n"
        "from rapport.cli import main\n"
        f"sys.argv = ['rapport', 'batch', {str(plan_file)!r}, '--changes', {str(changes_file)!r}, "
        f"'--out', {str(target)!r}]\n"
        "main()\n"
    )
    stopped = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert stopped.returncode == 130, stopped.stderr
    assert "2 are done" in stopped.stderr
    marked = part.read_text(encoding="utf-8").replace("change 2", "kept from before")
    part.write_text(marked + '{"plan": "half a li', encoding="utf-8")
    done = run("batch", plan_file, "--changes", changes_file, "--out", target, code=1)
    assert "2 are done already" in done.stderr
    assert target.read_text(encoding="utf-8") == whole.read_text(encoding="utf-8").replace(
        "change 2", "kept from before"
    )


def test_a_part_of_another_run_is_not_mixed_in(tmp_path: Path, plan_file: Path, changes_file: Path) -> None:
    target = tmp_path / "out.csv"
    target.with_name("out.csv.part").write_text(
        '{"made_from": "something else"}\n{"change": "CR-1"}\n', encoding="utf-8"
    )
    done = run("batch", plan_file, "--changes", changes_file, "--out", target, code=2)
    assert "begun with other plans" in done.stderr


def own_assumptions(path: Path, share: float) -> Path:
    path.write_text(json.dumps({"traces": {"implements": {"share": share}}}), encoding="utf-8")
    return path


def test_a_run_under_other_assumptions_is_not_mixed_in(
    tmp_path: Path, plan_file: Path, changes_file: Path
) -> None:
    target = tmp_path / "out.csv"
    ours = own_assumptions(tmp_path / "ours.json", 0.5)
    command = ("batch", plan_file, "--changes", changes_file, "--out", target)
    script = (
        "import rapport.cli.batch as b, sys\n"
        "add = b.Journal.add\n"
        "def stop(self, rows):\n"
        "    add(self, rows[:2]); raise KeyboardInterrupt\n"
        "b.Journal.add = stop\n"
        "from rapport.cli import main\n"
        f"sys.argv = {['rapport', *map(str, command), '--assumptions', str(ours)]!r}\n"
        "main()\n"
    )
    stopped = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert stopped.returncode == 130, stopped.stderr
    for other in ((), ("--assumptions", own_assumptions(tmp_path / "theirs.json", 0.6))):
        done = run(*command, *other, code=2)
        assert "begun with other assumptions; remove it" in done.stderr
    done = run(*command, "--rules", "microsoft", "--assumptions", ours, code=2)
    assert "begun with other rules; remove it" in done.stderr
    same = ours.rename(tmp_path / "renamed.json")
    done = run(*command, "--assumptions", same, code=1)
    assert "2 are done already" in done.stderr


def test_assumptions_at_fault_stop_a_batch(tmp_path: Path, plan_file: Path, changes_file: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"injected_per_our": 1}', encoding="utf-8")
    target = tmp_path / "out.csv"
    done = run("batch", plan_file, "--changes", changes_file, "--out", target, "--assumptions", wrong, code=1)
    assert "nearest: injected_per_hour" in done.stderr
    assert not target.exists()


NO_EARLIER = json.dumps(
    {
        "id": "CR-2",
        "edits": [
            {
                "activity": "C",
                "constraint": {"kind": "start_no_earlier_than", "date": "2027-03-08T08:00"},
            }
        ],
    }
)


@pytest.fixture
def needed() -> rp.Plan:
    """A alone implements R-1; its trace does not say how much of it is redone."""
    project = small_project()
    edit = rp.Edit("a need").put(rp.Requirement(key="R-1"))
    edit.put(rp.Trace(from_="requirement:R-1", to="activity:A", type="implements"))
    project.apply(edit, by="test")
    return project.schedule()


def test_every_question_about_changes_takes_assumptions(needed: rp.Plan) -> None:
    # Half of A's sixteen hours are a working day: from Monday 8th to Tuesday 9th. All of it are two.
    ours = {"traces": {"implements": {"share": 0.5}}}
    change = rp.Change("CR-1 other words").requirement("R-1", magnitude=1)
    day = 24 * 60
    assert needed.assess_all([change], assumptions=ours)["finish_delta_minutes"] == [day]
    assert needed.assess_all([change])["finish_delta_minutes"] == [2 * day]
    assert needed.options(change, assumptions=ours)["finish_delta_minutes"][0] == day
    assert needed.options(change)["assumed"][0]
    assert not needed.options(change, assumptions=ours)["assumed"][0]
    by = needed.finish + timedelta(days=1)
    chosen = needed.best_subset([change], finish_by=by, assumptions=ours)
    assert chosen.table.rows() == [
        {"change": "CR-1", "title": "other words", "value": 1, "chosen": True, "assumed": False}
    ]
    theirs = needed.best_subset([change], finish_by=by).table
    assert (theirs["chosen"], theirs["assumed"]) == ([False], [True])
    # C waits for Monday 8th, which is two days later: what A's work would move is in that.
    both = [change, NO_EARLIER]
    assert needed.interactions(both, assumptions=ours)["finish_minutes"] == [-day]
    assert needed.interactions(both, assumptions=ours)["assumed"] == [False]
    assert needed.interactions(both)["finish_minutes"] == [-2 * day]
    assert needed.interactions(both)["assumed"] == [True]
    for ask in (needed.assess_all, needed.interactions, needed.best_subset):
        with pytest.raises(rp.InvalidInput, match="injected_per_hour"):
            ask([change], assumptions={"injected_per_our": 1})
    with pytest.raises(rp.InvalidInput, match="injected_per_hour"):
        needed.options(change, assumptions={"injected_per_our": 1})


def test_the_commands_take_assumptions(tmp_path: Path) -> None:
    ours = tmp_path / "ours.json"
    ours.write_text(json.dumps({"counting": "all"}), encoding="utf-8")
    file = SAMPLE / "changes/cr-11-booking-for-others.json"
    changes = tmp_path / "changes.jsonl"
    changes.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8"))) + "\n", encoding="utf-8")
    project, _ = rp.read(*SAMPLE_FILES)
    cost = (
        project.schedule().assess(rp.Change.from_file(file), assumptions=ours.read_text("utf-8")).cost_delta
    )
    assert cost is not None
    assert cost != project.schedule().assess(rp.Change.from_file(file)).cost_delta
    given, shown = ("--assumptions", ours), f"{cost.amount:+,} EUR"
    assert f"{shown}:" in run("cost", PLAN, *OTHERS, "--change", file, *given).stdout
    assert f", {shown}" in run("options", PLAN, *OTHERS, "--change", file, "--all", *given).stdout
    assert f"cost {shown}" in run("choose", PLAN, *OTHERS, "--changes", changes, *given).stdout
    run("batch", PLAN, *OTHERS, "--changes", changes, "--out", tmp_path / "out.jsonl", *given)
    assert lines(tmp_path / "out.jsonl")[0]["cost_delta"] == str(cost.amount)
    assert "--change CHANGE.json" in run("cost", PLAN, *given, code=2).stderr


def test_interactions_have_a_command(tmp_path: Path, plan_file: Path) -> None:
    # A and B are a day longer each, C waits two: each of the first two with the last is no later than the
    # last alone.
    longer = [
        json.dumps({"id": f"CR-{n}", "edits": [{"activity": key, "add_work": "8h"}]})
        for n, key in ((1, "A"), (3, "B"))
    ]
    changes = tmp_path / "changes.jsonl"
    changes.write_text("\n".join([longer[0], NO_EARLIER, longer[1]]), encoding="utf-8")
    table = tmp_path / "pairs.csv"
    done = run("interactions", plan_file, "--changes", changes, "--csv", table)
    assert "2 pairs of 3 changes" in done.stdout
    for pair in ("CR-1 and CR-2", "CR-2 and CR-3"):
        assert f"  {pair}: finish −1 d, cost not known\n" in done.stdout
    assert len(table.read_text(encoding="utf-8").splitlines()) == 3
    fewer = run("interactions", plan_file, "--changes", changes, "--limit", "1")
    assert "were not tried" in fewer.stderr


def test_many_plans_and_one_that_cannot_be_read(tmp_path: Path, plan_file: Path, changes_file: Path) -> None:
    (tmp_path / "plan2.json").write_text(small_project().to_json(), encoding="utf-8")
    (tmp_path / "plan3.json").write_text("{broken", encoding="utf-8")
    target = tmp_path / "out.jsonl"
    done = run("batch", tmp_path / "plan*.json", "--changes", changes_file, "--out", target, code=1)
    assert "not read" in done.stdout
    assert {row["plan"] for row in lines(target)} == {str(plan_file), str(tmp_path / "plan2.json")}
    assert len(lines(target)) == 10


def test_parquet_has_types(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    target = tmp_path / "out.parquet"
    changes = tmp_path / "changes.json"
    files = sorted((SAMPLE / "changes").glob("*.json"))
    changes.write_text(
        "[" + ",".join(path.read_text(encoding="utf-8") for path in files) + "]", encoding="utf-8"
    )
    run("batch", PLAN, *OTHERS, "--changes", changes, "--out", target)
    table = pq.read_table(target)
    assert table.num_rows == len(files)
    assert str(table.schema.field("cost_delta").type) == "decimal128(19, 4)"
    assert str(table.schema.field("activities_moved").type) == "int64"
    assert table.column("currency").to_pylist() == ["EUR"] * len(files)


def test_interactions_subset_and_options_answer(sample_plan: rp.Plan) -> None:
    requests = [rp.Change.from_file(path) for path in sorted((SAMPLE / "changes").glob("*.json"))]
    assert sample_plan.interactions(requests).columns[:2] == ["first", "second"]
    everything = sample_plan.best_subset(requests)
    assert everything.chosen == [0, 1, 2]
    assert everything.exact
    assert everything.cost_delta is not None
    less = sample_plan.best_subset(requests, budget=rp.Money("1 EUR"), values={"CR-11": 5})
    assert less.value < 7
    options = sample_plan.options(requests[0])
    assert options["kind"][0] == "accept"
    assert any(options["on_front"])


def test_the_rules_of_options_can_be_given(sample_plan: rp.Plan) -> None:
    change = rp.Change.from_file(SAMPLE / "changes/cr-12-card-reader.json")
    less = sample_plan.options(change, scopes=[0.9], crash_share=0.4, crash_premium=1, drops=0)
    assert less["kind"].count("reduce_scope") == 1
    assert "drop" not in less["kind"]
    crash = next(row for row in less.rows() if row["kind"] == "crash")
    assert "40 % of the duration" in crash["assumptions"]
    assert "100 % dearer" in crash["assumptions"]
    with pytest.raises(rp.InvalidInput, match="crash_share"):
        sample_plan.options(change, crash_share=1.5)
    command = ("options", PLAN, *OTHERS, "--change", SAMPLE / "changes/cr-12-card-reader.json", "--all")
    done = run(*command, "--scope", "0.9", "--crash-share", "0.4")
    assert "40 % of the duration can be won, 50 % dearer" in done.stdout


def test_interactions_say_how_many_pairs_were_left_out() -> None:
    plan = small_project().schedule()
    changes = [rp.Change(f"CR-{n} more").work("A", add=f"{8 * n}h") for n in (1, 2, 3)]
    rows = plan.interactions(changes, limit=1).rows()
    assert rows[-1]["first"] is None
    assert rows[-1]["error"].startswith("2 more pairs")


def test_a_change_request_goes_its_way_step_by_step() -> None:
    project = small_project()
    change = rp.Change("CR-1 more").work("A", add="8h").request()
    project.apply(rp.Edit("raised").put(change), by="test")
    assert project.next_states("CR-1") == {"submitted": []}
    change.status = "analysed"
    with pytest.raises(rp.InvalidInput, match="cannot go from draft to analysed"):
        project.apply(rp.Edit().put(change), by="test")
    change.status = "submitted"
    project.apply(rp.Edit().put(change), by="test")
    missing = project.next_states("CR-1")["analysed"]
    assert "is not analysed" in missing[0]
    change.status, change.analysis = "analysed", rp.ChangeAnalysis(by="me", delay_days=1)
    project.apply(rp.Edit().put(change), by="test")
    assert project.change_request("CR-1").status == "analysed"


def test_suspect_traces_are_listed_and_confirmed() -> None:
    project = small_project()
    edit = rp.Edit("needs")
    edit.put(rp.Requirement(key="R-1", title="a need", version=2))
    edit.put(rp.Trace(key="T-1", from_="requirement:R-1", to="activity:A", type="implements"))
    project.apply(edit, by="test")
    assert project.suspect_traces()["trace"] == ["T-1"]
    project.apply(project.confirm_traces(["T-1"], by="me"), by="me")
    assert len(project.suspect_traces()) == 0


def test_choose_and_options_speak_in_words(tmp_path: Path, plan_file: Path) -> None:
    changes = tmp_path / "changes.jsonl"
    changes.write_text(
        "".join(rp.Change(f"CR-{k} more").work(k, add="8h").request().to_json() + "\n" for k in "ABC"),
        encoding="utf-8",
    )
    done = run(
        "choose", plan_file, "--changes", changes, "--finish-by", "2027-03-10T17:00", "--value", "CR-C=3"
    )
    assert "worth 4 (the best there is" in done.stdout
    done = run("choose", plan_file, "--changes", changes, "--value", "CR-AA=4", code=1)
    assert "CR-AA" in done.stderr
    assert "CR-A" in done.stderr.replace("CR-AA", "")  # The nearest is proposed.
    one = tmp_path / "change.json"
    one.write_text(rp.Change("CR-1 more").work("B", add="8h").request().to_json(), encoding="utf-8")
    done = run("options", plan_file, "--change", one, "--all")
    assert "accept" in done.stdout
    assert "crash" in done.stdout


def test_rows_of_many_changes_say_what_is_assumed() -> None:
    project, _ = rp.read(*SAMPLE_FILES)
    plan = project.schedule()
    changes = sorted((SAMPLE / "changes").glob("cr-1[12]*.json"))
    rows = plan.assess_all([rp.Change.from_file(path) for path in changes]).rows()
    # CR-11 changes a requirement, whose traces leave shares to their types; CR-12 states all its work.
    assert [row["assumed"] for row in rows] == [True, False]
    for path, row in zip(changes, rows, strict=True):
        impact = plan.assess(rp.Change.from_file(path))
        assert impact.work_assumed == row["assumed"]
        assert any(line["assumed"] for line in impact.costs.rows()) == row["assumed"]
        assert any(date["assumed"] for date in impact.milestones.rows()) == row["assumed"]


def test_deferring_after_what_puts_nothing_off_is_not_offered() -> None:
    project, _ = rp.read(*SAMPLE_FILES)
    plan = project.schedule()
    change = rp.Change.from_file(next((SAMPLE / "changes").glob("cr-12*.json")))
    # KI-050 starts on 23 October, six days after CM-1: its ten days hold up what they hold anyway.
    options = plan.options(change)["what"]
    assert "defer to after CM-1" not in options
    assert any(what.startswith("defer to after") for what in options)
