"""What the command line says of files and options at fault: which, where, and with which exit code."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest

import rapport as rp
from conftest import SAMPLE, SAMPLE_FILES, small_project
from test_cli import OTHERS, PLAN, run

CHANGE = SAMPLE / "changes/cr-12-card-reader.json"


@pytest.fixture
def changes_file(tmp_path: Path) -> Path:
    path = tmp_path / "changes.jsonl"
    path.write_text(rp.Change("CR-1 more").work("C", add="8h").request().to_json(), encoding="utf-8")
    return path


READERS = [
    ("rework", "{file}"),
    ("impact", PLAN, "--change", "{file}"),
    ("impact", PLAN, "--change", CHANGE, "--assumptions", "{file}"),
    ("cost", PLAN, "--change", "{file}"),
    ("reach", PLAN, "activity:SW-070", "--assumptions", "{file}"),
    ("predict", "--matrices", "{file}"),
    ("predict", "--likelihood", "{file}", "--impact", "{file}"),
    ("defects", "cost", "{file}"),
    ("choose", PLAN, "--changes", "{file}"),
]


def with_file(arguments: tuple[str | Path, ...], file: Path) -> list[str | Path]:
    return [file if part == "{file}" else part for part in arguments]


@pytest.mark.parametrize("arguments", READERS)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, arguments: tuple[str | Path, ...]) -> None:
    none = tmp_path / "none.json"
    said = run(*with_file(arguments, none), code=1).stderr
    assert f"cannot read {none}: No such file or directory; check the name" in said
    assert f"cannot read {tmp_path}: it is a folder" in run(*with_file(arguments, tmp_path), code=1).stderr


@pytest.mark.parametrize("arguments", READERS[:-1])
def test_a_file_that_is_no_text_is_named(tmp_path: Path, arguments: tuple[str | Path, ...]) -> None:
    file = tmp_path / "bytes.json"
    file.write_bytes(b"{}\xff")
    said = run(*with_file(arguments, file), code=1).stderr
    assert f"{file} is no text in UTF-8: byte 3 is none of it" in said


@pytest.mark.parametrize("arguments", READERS[:6])
def test_a_file_that_is_no_json_is_named_with_its_place(
    tmp_path: Path, arguments: tuple[str | Path, ...]
) -> None:
    file = tmp_path / "half.json"
    file.write_text('{"depth": 2,', encoding="utf-8")
    said = run(*with_file(arguments, file), code=1).stderr
    assert f"{file}:1:" in said or f"{file}, line 1" in said


def test_facts_are_no_changes() -> None:
    said = run("choose", PLAN, "--changes", PLAN, code=1).stderr
    assert f"{PLAN} holds facts, no changes" in said
    assert "known here" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("schedule", PLAN, "--csv"),
        ("assumptions", "--out"),
        ("roles", PLAN, *OTHERS, "--csv"),
        ("roles", PLAN, *OTHERS, "--parquet"),
        ("batch", PLAN, "--out"),
    ],
)
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, arguments: tuple[str | Path, ...]) -> None:
    if "--parquet" in arguments:
        pytest.importorskip("pyarrow")
    target = tmp_path / "nowhere" / "out.csv"
    said = run(*arguments, target, code=1).stderr
    assert f"cannot write {target}: there is no folder {target.parent}" in said
    assert ".part" not in said


def test_a_draft_that_cannot_take_its_place_goes(tmp_path: Path) -> None:
    folder = tmp_path / "out.csv"
    folder.mkdir()
    assert f"cannot write {folder}: it is a folder" in run("schedule", PLAN, "--csv", folder, code=1).stderr
    assert list(tmp_path.iterdir()) == [folder]


def test_numbers_that_are_not_finite_are_named_with_their_place() -> None:
    loops = {"activities": [{"name": "a", "duration": [1, float("nan"), 3]}], "loops": []}
    with pytest.raises(rp.InvalidInput, match=r"loops\.activities\[0\]\.duration\[1\] is nan"):
        rp.simulate_rework(loops)
    plan = small_project().schedule()
    with pytest.raises(rp.InvalidInput, match=r"assumptions\.cutoff is inf"):
        plan.assess(rp.Change("CR-1 more").work("C", add="8h"), assumptions={"cutoff": float("inf")})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("options", "--change", CHANGE, "--scope", "2"), "--scope 2: give a share between 0 and 1"),
        (("options", "--change", CHANGE, "--crash-share", "nan"), "--crash-share nan"),
        (("options", "--change", CHANGE, "--crash-premium", "1.5"), "--crash-premium 1.5: give a share"),
        (("choose", "--changes", CHANGE, "--budget", "40000"), "--budget 40000"),
        (("choose", "--changes", CHANGE, "--finish-by", "soon"), "--finish-by soon"),
        (
            ("choose", "--changes", CHANGE, "--value", "A=1e308", "--value", "B=1e308"),
            "no finite value",
        ),
        (("roles", "--kind", "foo"), "--kind foo: there is no such kind; they are stakeholder, "),
        (("predict", "--kind", "foo"), "activity"),
        (("volatility", "--csv", "{file}", "--causes-csv", "{file}"), "--csv and --causes-csv both write"),
        (("roles", "--csv", "{file}", "--parquet", "{file}"), "--csv and --parquet both write"),
        (("impact", "--change", CHANGE, "--json", "{file}", "--html", "{file}"), "--json and --html both"),
    ],
)
def test_wrong_use_is_told_before_the_work(
    tmp_path: Path, arguments: tuple[str | Path, ...], said: str
) -> None:
    file = tmp_path / "out"
    command, *rest = with_file(arguments, file)
    assert said in run(command, PLAN, *rest, code=2).stderr
    assert not file.exists()


@pytest.mark.parametrize("option", [("--share", "1.5"), ("--duration-limit", "nan"), ("--cost-limit", "inf")])
def test_figures_of_rework_are_asked_for_in_numbers(option: tuple[str, str]) -> None:
    loops = SAMPLE.parent / "methods/rework-loops.json"
    assert " ".join(option) in run("rework", loops, *option, code=2).stderr


def test_a_plan_without_traces_says_so(tmp_path: Path, plan_file: Path) -> None:
    target = tmp_path / "out.csv"
    for command in ("predict", "roles"):
        done = run(command, plan_file, "--kind", "activity", "--csv", target, code=1)
        assert f"{plan_file} holds no traces" in done.stderr
        assert not target.exists()
    done = run("predict", PLAN, *OTHERS, "--kind", "calendar", code=1)
    assert "leads from or to any calendar" in done.stderr


def test_the_kinds_of_facts_are_those_of_nodes(sample: rp.Project) -> None:
    assert {"requirement", "activity", "test"} <= set(rp.fact_kinds())
    for kind in rp.fact_kinds():
        assert f"{kind}:nobody has this key" not in sample


def test_a_date_is_the_whole_day(plan_file: Path, changes_file: Path) -> None:
    # A 2 days, B 1, C 3 from Monday: the plan ends on Monday 8th at 17:00, with the change on the 9th.
    for by, count in (("2027-03-08", 0), ("2027-03-09", 1), ("2027-03-09T17:00", 1), ("2027-03-08T17:00", 0)):
        done = run("choose", plan_file, "--changes", changes_file, "--finish-by", by)
        assert done.stdout.startswith(f"worth {count} ")
    plan = small_project().schedule()
    change = rp.Change("CR-1 more").work("C", add="8h")
    for day in (date(2027, 3, 9), "2027-03-09"):
        assert plan.best_subset([change], finish_by=day).chosen == [0]
    for midnight in (datetime(2027, 3, 9), "2027-03-09T00:00", date(2027, 3, 8)):
        assert plan.best_subset([change], finish_by=midnight).chosen == []


def test_a_limit_that_the_plan_breaks_is_named_with_its_figure(plan_file: Path, changes_file: Path) -> None:
    done = run("choose", plan_file, "--changes", changes_file, "--finish-by", "2027-03-05", code=1)
    assert "it finishes 8 Mar 2027 17:00, --finish-by is 2027-03-05" in done.stderr
    assert done.stdout == ""


def test_changes_as_they_were_written_are_assessed_one_by_one(changes_file: Path) -> None:
    plan = small_project().schedule()
    good, bad = rp.changes_in_text(changes_file.read_text(encoding="utf-8").strip() + "\nnone\n", "many")
    assert plan.assess(good).finish_delta.total_seconds() == 24 * 3600
    assert plan.options(good)["finish_delta_minutes"][0] == 24 * 60
    with pytest.raises(rp.InvalidInput, match="many:2"):
        plan.assess(bad)


def test_a_batch_writes_truth_as_other_tables_do(tmp_path: Path, plan_file: Path, changes_file: Path) -> None:
    target = tmp_path / "out.csv"
    done = run("batch", plan_file, "--changes", changes_file, "--out", target)
    assert done.stdout.startswith("1 change assessed")
    assert "CR-1 more: +1 d, " in done.stdout
    (row,) = csv.DictReader(target.read_text(encoding="utf-8").splitlines())
    assert row["assumed"] == "false"


def test_a_baseline_after_everything_known_is_told() -> None:
    done = run("volatility", PLAN, *OTHERS, "--baseline", "2099-01-01")
    assert "--baseline 2099-01-01 is after everything known: the last step is of " in done.stderr
    assert "after everything" not in run("volatility", PLAN, *OTHERS, "--baseline", "2026-05-01").stderr


def test_no_figure_is_cut() -> None:
    table = rp.read(*SAMPLE_FILES)[0].schedule().earned_value().by("account")
    shown = run("evm", PLAN, *OTHERS, "--by", "account").stdout
    assert "…" not in shown
    for row in table.rows()[:30]:
        for column in ("planned", "earned", "actual", "budget"):
            assert f"{row[column]:,}" in shown


def test_costs_of_a_change_say_what_is_assumed() -> None:
    change = SAMPLE / "changes" / next(path.name for path in (SAMPLE / "changes").glob("cr-11*"))
    costs = rp.read(*SAMPLE_FILES)[0].schedule().assess(rp.Change.from_file(change)).costs.rows()
    assert all(row["assumed"] for row in costs)
    shown = run("cost", PLAN, *OTHERS, "--change", change).stdout
    assert shown.splitlines()[0].endswith("(assumed)")
    assert f"of it +{sum(row['amount'] for row in costs):,} EUR rests on defaults of Rapport" in shown
    shown = run("cost", PLAN, *OTHERS, "--change", change, "--lines").stdout
    assert shown.count("(assumed)") == 1 + 30
    shown = run("cost", PLAN, *OTHERS, "--change", change, "--by", "resource").stdout
    assert shown.count("(assumed)") == 1 + len({row["resource"] for row in costs})
    spent = [row for row in rp.read(PLAN)[0].schedule().cost().lines.rows() if row["assumed"]]
    for gathered in (("--lines",), ("--by", "activity"), ("--curve", "month")):
        assert run("cost", PLAN, *gathered).stdout.count("(assumed)") > 1
    for gathered in ((), ("--curve", "month")):
        assert "(assumed)" in run("evm", PLAN, *gathered).stdout
    assert f"{sum(row['amount'] for row in spent):,} EUR is not recorded" in run("cost", PLAN).stdout


def test_large_figures_of_quality_have_all_their_digits() -> None:
    from rapport.cli import console

    assert console.figure(13268.4, "h") == "13,268.4 h"
    assert console.figure(12.345, "h") == "12.35 h"
    assert console.number(1e6) == "1,000,000"
    assert console.number(2170.575) == "2,170.575"
    assert console.number(-0.5) == "−0.5"
    assert console.text(15500000.5) == "15,500,000.5"


def test_a_document_of_assumptions_given_in_python_keeps_its_own_name() -> None:
    plan = small_project().schedule()
    with pytest.raises(rp.ParseError, match=r"^assumptions:1:"):
        plan.assess(rp.Change("CR-1 more").work("C", add="8h"), assumptions='{"depth": 2,')


def test_a_plan_that_is_not_there_is_the_fault_of_the_input(tmp_path: Path) -> None:
    done = run("batch", tmp_path / "none*.xer", "--out", tmp_path / "out.csv", code=1)
    assert f"there is no plan {tmp_path / 'none*.xer'}" in done.stderr


def test_options_without_prices_say_so_once(plan_file: Path, changes_file: Path) -> None:
    document = json.loads(plan_file.read_text(encoding="utf-8"))
    document["resources"] = [{"key": "R", "name": "crew"}]
    document["assignments"] = [{"activity": "C", "resource": "R", "work": "24h"}]
    plan_file.write_text(json.dumps(document), encoding="utf-8")
    done = run("options", plan_file, "--change", changes_file, "--all")
    first = done.stdout.splitlines()[1]
    assert "accept: finish +1 d, contract dates 0 h, 1 cost not known" in first
    assert "cost not known and" not in done.stdout
