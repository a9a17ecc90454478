"""Counts of defects in CSV: what is missing, shifted or no number is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_cli import run


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,1", "line 2 has 2 cells for 3 columns"),
        ("a,,", "line 2: found is empty; write 0 for none"),
        ("design,22,1,5", "line 2 has 4 cells for 3 columns; decimals have a point"),
        ("a,1,2\n\na,2,3", "line 4: 'a' stands in line 2 already"),
        (",1,2", "line 2: phase is empty"),
        ("a,x,1", "line 2: found is 'x', which is no number"),
        ("a,nan,1", "line 2: found is nan"),
        ("a,1,-2", "line 2: cost_each is -2"),
    ],
)
def test_costs_are_of_whole_rows(tmp_path: Path, rows: str, said: str) -> None:
    file = tmp_path / "found.csv"
    file.write_text(f"phase,found,cost_each\n{rows}\n", encoding="utf-8")
    done = run("defects", "cost", file, code=1)
    assert f"{file}, {said}" in done.stderr
    assert done.stdout == ""


def test_figures_multiply_out(tmp_path: Path) -> None:
    file = tmp_path / "found.csv"
    file.write_text("phase,found,cost_each\na,1e6,15.5\nb,1,2170.575\n", encoding="utf-8")
    words = run("defects", "cost", file).stdout.split()
    assert words[:6] == ["a", "1,000,000", "×", "15.5", "=", "15,500,000"]
    assert words[-1] == "15,502,170.575"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("design,1\ncode,2,3\nfield,1,1", "line 2 has 2 cells for 3 columns"),
        ("design,1,\ncode,,3\nfield,1,1", "line 3: design is empty"),
        ("design,1,\ndesign,2,3\nfield,1,1", "line 3: 'design' stands in line 2 already"),
        ("design,1,\ncode,2,3", "line 3: the last row is of 'code', where the field stands"),
    ],
)
def test_a_matrix_is_whole(tmp_path: Path, rows: str, said: str) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(f"found,design,code\n{rows}\n", encoding="utf-8")
    assert f"{file}, {said}" in run("defects", "containment", file, code=1).stderr


def test_a_matrix_without_defects_has_no_shares(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text("found,design\ndesign,0\nfield,0\n", encoding="utf-8")
    assert run("defects", "containment", file).stdout.rstrip().endswith("finds 0 of 0")


def test_costs_that_nobody_gave_are_not_none(tmp_path: Path) -> None:
    file = tmp_path / "steps.csv"
    file.write_text("name,created,efficiency,cost_each\nunit,10,0.5,3\nsystem,0,0.5,\n", encoding="utf-8")
    assert "line 3: cost_each is empty" in run("defects", "amplify", file, code=1).stderr
    file.write_text("name,created,passed,efficiency,cost_each\nu,8,0,0.5,3\ns,0,4,0.5,6\n", encoding="utf-8")
    # 8 are made and 4 found; 4 pass on and 2 are found: 4 × 3 + 2 × 6.
    done = run("defects", "amplify", file)
    assert "2 × not known: give --escape-cost" in done.stdout
    assert done.stdout.splitlines()[-1].split() == ["all", "that", "is", "found", "24"]
    file.write_text("name,created,efficiency\nunit,10,0.5\n", encoding="utf-8")
    assert "cost_each" in run("defects", "amplify", file, "--escape-cost", "67", code=2).stderr


def test_more_that_pass_than_come_are_named(tmp_path: Path) -> None:
    file = tmp_path / "steps.csv"
    file.write_text("name,created,passed\nunit,1,20\n", encoding="utf-8")
    assert "line 2: 20 are to pass 'unit', into which 0 come" in run("defects", "amplify", file).stderr
