"""Where the tests find the sample project and, when it is there, the corpus of real plans."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import rapport as rp

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("RAPPORT_CORPUS", ROOT.parent / "shared" / "data"))
SAMPLE = ROOT / "samples" / "lakeside-clinic"
SAMPLE_FILES = [
    SAMPLE / name for name in ("plan.json", "needs.json", "people.json", "risks.json", "traces.csv")
]


def corpus_file(name: str) -> Path:
    """A real plan, or a skip that says what is missing."""
    path = CORPUS / name
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is missing: CI must run the tests on real plans")
        pytest.skip(f"{path} is missing: set RAPPORT_CORPUS to the folder of real plans")
    return path


@pytest.fixture(scope="session")
def sample() -> rp.Project:
    project, _ = rp.read(*SAMPLE_FILES)
    return project


@pytest.fixture(scope="session")
def sample_plan(sample: rp.Project) -> rp.Plan:
    return sample.schedule()


def small_project() -> rp.Project:
    """Three tasks in a row on a 5 × 8 calendar: A 16 h, B 8 h, C 24 h, from Monday 2027-03-01."""
    shifts = [rp.Shift(from_=8 * 3600, to=12 * 3600), rp.Shift(from_=13 * 3600, to=17 * 3600)]
    week = [shifts] * 5 + [[], []]
    edit = rp.Edit("set up")
    edit.put(rp.Calendar(key="std", name="standard", week=week))
    edit.put(rp.Subproject(key="P", name="three tasks", planned_start="2027-03-01T08:00", calendar="std"))
    for key, duration in (("A", "16h"), ("B", "8h"), ("C", "24h")):
        edit.put(rp.Activity(key=key, name=f"task {key}", subproject="P", calendar="std", duration=duration))
    edit.put(rp.Link(predecessor="A", successor="B"))
    edit.put(rp.Link(predecessor="B", successor="C"))
    project = rp.Project()
    project.apply(edit, by="test", when="2027-01-01")
    return project


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(small_project().to_json(), encoding="utf-8")
    return path
