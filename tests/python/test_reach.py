"""What a change can touch, from Python and the command line."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import rapport as rp
from conftest import SAMPLE_FILES


def bridge() -> rp.Project:
    """A → C → E, A → D → E, E → F, each 0.9 likely: the tree counts E → F twice."""
    edit = rp.Edit("set up")
    for key in "ACDEF":
        edit.put(rp.Requirement(key=key))
    for start, end in ("AC", "AD", "CE", "DE", "EF"):
        edit.put(
            rp.Trace(
                key=start + end,
                from_=f"requirement:{start}",
                to=f"requirement:{end}",
                type="implements",
                likelihood=0.9,
                share=0.5,
            )
        )
    project = rp.Project()
    project.apply(edit, by="test")
    return project


def test_certain_reach_goes_down_and_up() -> None:
    graph = bridge().change_graph()
    down = {row["key"]: row["depth"] for row in graph.certain("requirement:A", follow="downstream").rows()}
    assert down == {"A": 0, "C": 1, "D": 1, "E": 2, "F": 3}
    up = {row["key"] for row in graph.certain("requirement:E", follow="upstream").rows()}
    assert up == {"E", "C", "D", "A"}
    near = graph.certain("requirement:A", follow="downstream", depth=1)
    assert {row["key"] for row in near.rows()} == {"A", "C", "D"}


def test_tree_and_sampling_part_where_paths_share_a_trace() -> None:
    graph = bridge().change_graph()
    likely = {row["key"]: row for row in graph.probable("requirement:A").table.rows()}
    # 1 − (1 − 0.9³)² on the tree; 0.9 × (1 − (1 − 0.81)²) in truth.
    assert likely["F"]["likelihood"] == pytest.approx(1 - (1 - 0.729) ** 2)
    assert likely["F"]["strongest_path"] == pytest.approx(0.729)
    drawn = {row["key"]: row for row in graph.percolate("requirement:A", trials=40_000).rows()}
    assert drawn["F"]["probability"] == pytest.approx(
        0.9 * (1 - (1 - 0.81) ** 2), abs=4 * drawn["F"]["standard_error"]
    )


def test_an_unknown_node_and_an_unknown_way_are_refused() -> None:
    graph = bridge().change_graph()
    with pytest.raises(rp.NotFound, match="requirement"):
        graph.certain("requirement:AA")
    with pytest.raises(rp.InvalidInput, match="sideways"):
        graph.certain("requirement:A", follow="sideways")
    with pytest.raises(rp.InvalidInput, match="depth"):
        bridge().change_graph(depth=0)


def test_the_published_chain_of_three() -> None:
    # cpm-lib (Martinsson Bonde), its chain A → B → C and the risks its tests state.
    likelihood = [[0, 0, 0], [0.8, 0, 0], [0, 0.6, 0]]
    impact = [[0, 0, 0], [0.7, 0, 0], [0, 0.5, 0]]
    for variant in ("penultimate_node", "nested_tree"):
        found = rp.predict_change(["A", "B", "C"], likelihood, impact, variant=variant)
        assert found.risk(1, 0) == pytest.approx(0.56, abs=1e-12)
        assert found.risk(2, 0) == pytest.approx(0.24, abs=1e-12)
        assert found.risk(2, 1) == pytest.approx(0.30, abs=1e-12)
        near = rp.predict_change(["A", "B", "C"], likelihood, impact, depth=1, variant=variant)
        assert near.risk(2, 0) == 0
    with pytest.raises(rp.InvalidInput, match="3 names"):
        rp.predict_change(["A", "B", "C"], likelihood[:2], impact)


def test_assumptions_say_how_traces_pass_change() -> None:
    edit = rp.Edit("set up")
    for key in "AB":
        edit.put(rp.Requirement(key=key))
    edit.put(rp.Trace(key="AB", from_="requirement:A", to="requirement:B", type="implements"))
    project = rp.Project()
    project.apply(edit, by="test")
    given = {"traces": {"implements": {"likelihood": 0.25}}, "depth": 2, "cutoff": 0.01}
    for assumptions in (given, json.dumps(given)):
        graph = project.change_graph(assumptions=assumptions)
        assert graph.depth == 2
        assert graph.cutoff == 0.01
        assert graph.probable("requirement:A").table.rows()[0]["likelihood"] == 0.25
    assert project.change_graph(depth=3, assumptions=given).depth == 3
    assert project.change_graph().depth == 4
    with pytest.raises(rp.InvalidInput, match="nearest: traces"):
        project.change_graph(assumptions={"trace": {}})
    with pytest.raises(rp.ParseError):
        project.change_graph(assumptions="{")


def test_roles_of_the_bridge_worked_out_by_hand() -> None:
    # Every trace 0.9 likely, half of its end redone. A reaches C and D at 0.9, E at 1 − (1 − 0.81)²; risk is
    # 0.45 at C and D, 1 − (1 − 0.9 · 0.45)² at E, 1 − (1 − 0.9 · 0.9 · 0.45)² at F.
    found = bridge().change_graph().roles()
    rows = {row["key"]: row for row in found.table.rows()}
    at_e, at_f = 1 - (1 - 0.405) ** 2, 1 - (1 - 0.3645) ** 2
    assert rows["A"]["risk_out"] == pytest.approx(0.45 + 0.45 + at_e + at_f)
    assert rows["A"]["role"] == "multiplier"
    # C passes 0.45 on to E and 0.9 · 0.45 to F, and takes in 0.45.
    assert rows["C"]["risk_out"] == pytest.approx(0.45 + 0.405)
    assert rows["C"]["risk_in"] == pytest.approx(0.45)
    assert rows["F"]["likelihood_in"] == pytest.approx(1 - (1 - 0.729) ** 2 + 0.81 + 0.81 + 0.9)
    assert rows["F"]["role"] == "absorber"
    assert found.depth == 4
    assert bridge().change_graph().roles(most_branches=1).depth == 1
    with pytest.raises(rp.NotFound, match="requirement"):
        bridge().change_graph().roles(kinds=["requirements"])
    with pytest.raises(rp.InvalidInput, match="band"):
        bridge().change_graph().roles(band=2)


def test_the_graph_of_a_project_predicts_as_its_matrices_do() -> None:
    names = [f"requirement:{key}" for key in "ACDEF"]
    links = ("AC", "AD", "CE", "DE", "EF")
    likelihood = [[0.9 if a + b in links else 0.0 for a in "ACDEF"] for b in "ACDEF"]
    impact = [[0.5 if a + b in links else 0.0 for a in "ACDEF"] for b in "ACDEF"]
    for variant in ("penultimate_node", "nested_tree"):
        ours = bridge().change_graph(cutoff=0).predict(kinds=["requirement"], variant=variant)
        theirs = rp.predict_change(names, likelihood, impact, variant=variant)
        assert ours.names == names
        for row in range(5):
            for column in range(5):
                assert ours.likelihood(row, column) == pytest.approx(theirs.likelihood(row, column))
                assert ours.risk(row, column) == pytest.approx(theirs.risk(row, column))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from rapport.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def sample_arguments() -> list[str]:
    first, *others = map(str, SAMPLE_FILES)
    return [first, *(part for other in others for part in ("--with", other))]


def test_the_command_reaches_under_assumptions(tmp_path: Path) -> None:
    file = tmp_path / "given.json"
    file.write_text('{"traces": {"derives": {"likelihood": 0}}, "depth": 1}', encoding="utf-8")
    done = run("reach", *sample_arguments(), "requirement:REQ-12", "--assumptions", file)
    assert done.returncode == 0, done.stderr
    assert "reached within 1 trace" in done.stdout
    file.write_text('{"depths": 1}', encoding="utf-8")
    done = run("reach", *sample_arguments(), "requirement:REQ-12", "--assumptions", file)
    assert done.returncode == 1
    assert "nearest: depth" in done.stderr


def test_the_commands_predict_and_roles_of_a_project(tmp_path: Path) -> None:
    target = tmp_path / "pairs.csv"
    done = run("predict", *sample_arguments(), "--kind", "requirement", "--csv", target)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert {row["instigator"].split(":")[0] for row in rows} == {"requirement"}
    most = max(float(row["risk"]) for row in rows)
    assert f"{most:.3f}" in done.stdout.splitlines()[2]
    done = run("roles", *sample_arguments(), "--csv", target)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    for role in ("multiplier", "carrier", "absorber"):
        assert f"{role}s: {sum(row['role'] == role for row in rows)}" in done.stdout
    assert any(row["kind"] == "stakeholder" and not row["role"] for row in rows)
    done = run("roles", *sample_arguments(), "--kind", "requirements")
    assert done.returncode == 2
    assert "requirement" in done.stderr


def test_the_command_predicts_from_matrices(tmp_path: Path) -> None:
    # The published chain: 0.56, 0.24, 0.30.
    likelihood, impact = tmp_path / "likelihood.csv", tmp_path / "impact.csv"
    likelihood.write_text(",A,B,C\nA,A,,\nB,0.8,B,0\nC,0,0.6,C\n", encoding="utf-8")
    impact.write_text(",A,B,C\nA,,0,0\nB,0.7,,0\nC,0,0.5,\n", encoding="utf-8")
    target = tmp_path / "pairs.csv"
    done = run("predict", "--likelihood", likelihood, "--impact", impact, "--csv", target)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["3", "C", "0.240", "0.300", "–", "absorber"] in lines
    pairs = csv.DictReader(target.read_text(encoding="utf-8").splitlines())
    rows = {(row["instigator"], row["receiver"]): row for row in pairs}
    assert float(rows["A", "C"]["risk"]) == pytest.approx(0.24)
    matrices = tmp_path / "matrices.json"
    document = {
        "names": ["A", "B", "C"],
        "likelihood": [[0, 0, 0], [0.8, 0, 0], [0, 0.6, 0]],
        "impact": [[0, 0, 0], [0.7, 0, 0], [0, 0.5, 0]],
    }
    matrices.write_text(json.dumps(document), encoding="utf-8")
    again = run("predict", "--matrices", matrices)
    assert again.stdout.splitlines() == done.stdout.splitlines()[: len(again.stdout.splitlines())]
    shallow = run("predict", "--matrices", matrices, "--depth", "1")
    assert ["3", "C", "0.000", "0.300", "–", "absorber"] in [x.split() for x in shallow.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "give a PLAN"),
        (["--likelihood", "good.csv"], 2, "go together"),
        (["--matrices", "good.json", "--kind", "test"], 2, "go with a PLAN"),
        (["--likelihood", "short.csv", "--impact", "good.csv"], 1, "line 3 has 1 values for 2 names"),
        (["--likelihood", "order.csv", "--impact", "good.csv"], 1, "give the lines in its order"),
        (["--likelihood", "text.csv", "--impact", "good.csv"], 1, "line 2: 'often' is no number"),
        (["--likelihood", "large.csv", "--impact", "good.csv"], 1, "give numbers from 0 to 1"),
        (["--likelihood", "names.csv", "--impact", "good.csv"], 1, "has other names"),
        (["--likelihood", "empty.csv", "--impact", "good.csv"], 1, "is empty"),
        (["--likelihood", "twice.csv", "--impact", "twice.csv"], 1, "names 'A' twice"),
        (["--matrices", "none.json"], 1, "names no component"),
        (["--matrices", "latin.json"], 1, "is no text in UTF-8: byte 13"),
        (["--matrices", "bad.json"], 1, "line 1, column 2: this is no JSON"),
        (["--matrices", "good.json"], 1, "has no 'likelihood'"),
    ],
)
def test_the_command_names_what_is_wrong_with_matrices(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    for name, text in {
        "good.csv": ",A,B\nA,,0.5\nB,0.5,\n",
        "short.csv": ",A,B\nA,,0.5\nB,0.5\n",
        "order.csv": ",A,B\nB,,0.5\nA,0.5,\n",
        "text.csv": ",A,B\nA,,often\nB,0.5,\n",
        "large.csv": ",A,B\nA,,5\nB,0.5,\n",
        "names.csv": ",A,C\nA,,0.5\nC,0.5,\n",
        "empty.csv": "",
        "twice.csv": ",A,A\nA,,0.5\nA,0.5,\n",
        "none.json": '{"names": [], "likelihood": [], "impact": []}',
        "bad.json": "{",
        "good.json": '{"names": ["A"]}',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.json").write_bytes('{"names": ["é"]}'.encode("latin-1"))
    done = run("predict", *(tmp_path / part if "." in part else part for part in arguments))
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_without_traces_has_nothing_to_predict(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text('{"name": "empty"}', encoding="utf-8")
    for command in ("predict", "roles"):
        done = run(command, plan)
        assert done.returncode == 1
        assert "holds no traces" in done.stderr


def test_the_command_writes_parquet(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    target = tmp_path / "roles.parquet"
    done = run("roles", *sample_arguments(), "--parquet", target)
    assert done.returncode == 0, done.stderr
    table = pq.read_table(target)
    assert table.column_names[-1] == "role"
    assert f"{table.num_rows} nodes" in done.stdout


def test_the_command_lists_what_is_reached(tmp_path: Path) -> None:
    target = tmp_path / "reach.csv"
    command = [sys.executable, "-c", "from rapport.cli import main; main()", "reach", str(SAMPLE_FILES[0])]
    for other in SAMPLE_FILES[1:]:
        command += ["--with", str(other)]
    done = subprocess.run(
        [*command, "requirement:REQ-12", "--depth", "3", "--trials", "500", "--csv", str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "reached within 3 traces" in done.stdout
    assert "REQ-12 → DE-030" in done.stdout
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert rows[0]["key"] == "REQ-12"
    assert {row["kind"] for row in rows} >= {"requirement", "deliverable", "activity"}
    missing = subprocess.run([*command, "requirement:REQ-99"], capture_output=True, text=True, check=False)
    assert missing.returncode == 1
    assert "REQ-99" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_a_trail_is_drawn_with_names_and_amounts(sample_plan: rp.Plan) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    change = rp.Change("CR-11 booking for others").requirement("REQ-12", magnitude=0.4)
    impact = sample_plan.assess(change)
    trail = impact.trail("finish")
    axes = rp.plot.trail(trail)
    words = [text.get_text() for text in axes.texts]
    for step in trail.steps:
        assert any(step["label"][:60] in word for word in words), step
    assert f"+{impact.finish_delta.days} days" in words

    costs = impact.trail("cost")
    axes = rp.plot.trail(costs)
    words = [text.get_text() for text in axes.texts]
    dearest = max((step["cost"] for step in costs.steps if step["cost"]), key=lambda cost: cost.amount)
    assert f"+{dearest.amount:,} EUR" in words
    width, height = axes.figure.get_size_inches()
    assert width == 10
    assert height <= 0.5 + 0.3 * 41
    shown = sum(step["label"][:60] in " ".join(words) for step in costs.steps)
    assert shown >= min(len(costs), 35)


def test_the_way_of_loading_pictures_needs_no_matplotlib() -> None:
    script = "import sys, rapport as rp; rp.plot.trail; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
