"""Rework loops, from Python and the command line."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rapport as rp


def pair(probability: float) -> dict[str, Any]:
    """Ten days and four; the test sends half of the design back, which is 0.5 · 0.4 of ten days."""
    return {
        "duration_unit": "days",
        "cost_unit": "EUR",
        "activities": [
            {"name": "Design", "duration": 10, "cost": 100, "repeated": 0.4},
            {"name": "Test", "duration": [4, 4, 4], "cost": 50},
        ],
        "loops": [
            {"from": "Design", "to": "Test", "probability": 1},
            {"from": "Test", "to": "Design", "probability": probability, "impact": 0.5},
        ],
    }


def test_one_loop_worked_out_by_hand() -> None:
    for given in (pair(1), json.dumps(pair(1))):
        found = rp.simulate_rework(given, trials=5)
        assert len(found) == 5
        rows = {(row["of"], row["figure"]): row for row in found.figures(cost_limit=160).rows()}
        assert rows["duration", "mean"]["value"] == pytest.approx(16)
        assert rows["cost", "mean"]["value"] == pytest.approx(170)
        assert rows["cost", "mean"]["unit"] == "EUR"
        assert rows["cost", "over"]["value"] == 1
        assert ("duration", "over") not in rows
    once = rp.simulate_rework(pair(1), trials=5, rework=False)
    assert [row["duration"] for row in once.trials.rows()] == pytest.approx([14] * 5)


def test_the_standard_error_bounds_what_is_known() -> None:
    # 14 days, or 16 with 0.3.
    found = rp.simulate_rework(pair(0.3), trials=10_000, seed=7)
    rows = {(row["of"], row["figure"]): row for row in found.figures(duration_limit=15).rows()}
    mean, over = rows["duration", "mean"], rows["duration", "over"]
    assert mean["standard_error"] == pytest.approx(2 * (0.3 * 0.7 / 10_000) ** 0.5, rel=0.05)
    assert mean["value"] == pytest.approx(14.6, abs=4 * mean["standard_error"])
    assert over["value"] == pytest.approx(0.3, abs=4 * over["standard_error"])
    assert found.duration_over(15) == over["value"]
    assert rows["duration", "p90"]["value"] == pytest.approx(16)
    assert rows["duration", "p90"]["at"] == 0.9
    assert rows["duration", "skewness"]["standard_error"] > 0


def test_what_is_wrong_is_named() -> None:
    wrong = pair(1)
    wrong["loops"][0]["from"] = "Desing"
    with pytest.raises(rp.InvalidInput, match="nearest: Design"):
        rp.simulate_rework(wrong)
    with pytest.raises(rp.ParseError):
        rp.simulate_rework("{")
    with pytest.raises(rp.InvalidInput, match="share 80"):
        rp.simulate_rework(pair(1), trials=5).figures(shares=[80])
    endless = pair(1)
    endless["loops"] = [
        {"from": "Design", "to": "Test", "probability": 1, "impact": 1},
        {"from": "Test", "to": "Design", "probability": 1, "impact": 1},
    ]
    endless["activities"][0]["repeated"] = 1
    with pytest.raises(rp.InvalidInput, match="do not end"):
        rp.simulate_rework(endless, trials=1)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from rapport.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_tells_duration_and_cost(tmp_path: Path) -> None:
    file, target = tmp_path / "loops.json", tmp_path / "trials.csv"
    file.write_text(json.dumps(pair(1)), encoding="utf-8")
    done = run("rework", file, "--trials", "50", "--share", "0.5", "--duration-limit", "15", "--csv", target)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["duration", "(days)", "cost", "(EUR)"] in lines
    assert ["mean", "16", "±0", "170", "±0"] in [
        [f"±{float(part[1:]):.0f}" if part[0] == "±" else part for part in line]
        for line in lines
        if line[:1] == ["mean"]
    ]
    assert any(line[0] == "p50" for line in lines if line)
    assert any(line[:2] == ["over", "limit"] for line in lines)
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 50
    assert float(rows[0]["duration"]) == pytest.approx(16)
    once = run("rework", file, "--trials", "50", "--once")
    assert "every activity once" in once.stdout
    assert any(line.split()[:2] == ["mean", "14"] for line in once.stdout.splitlines())


def test_the_command_names_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "loops.json"
    file.write_text('{"activities": [{"name": "A"}]}', encoding="utf-8")
    done = run("rework", file)
    assert done.returncode == 1
    assert 'has no "duration"' in done.stderr
    file.write_text("{", encoding="utf-8")
    done = run("rework", file)
    assert done.returncode == 1
    assert "no JSON" in done.stderr
    assert run("rework", tmp_path / "none.json").returncode == 1
