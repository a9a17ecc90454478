"""What a change can touch, from Python and the command line."""

from __future__ import annotations

import csv
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
