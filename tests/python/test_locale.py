"""What is written is the same in a country that writes its numbers with a comma."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SAMPLE, SAMPLE_FILES

SCRIPT = """
import locale, sys
locale.setlocale(locale.LC_ALL, "")
import rapport as rp
project, _ = rp.read(*sys.argv[2:])
plan = project.schedule()
impact = plan.assess(rp.Change.from_file(sys.argv[1]))
print(impact.to_json())
print(impact.to_html(), impact.to_markdown())
print(plan.quality().checks.to_csv())
print(locale.localeconv()["decimal_point"], file=sys.stderr)
"""


def test_numbers_have_a_point_whatever_the_locale(tmp_path: Path) -> None:
    if not shutil.which("localedef") or not Path("/usr/share/i18n/locales/de_DE").exists():
        pytest.skip("there is no localedef, or no de_DE to make a locale of")
    subprocess.run(
        ["localedef", "-i", "de_DE", "-f", "UTF-8", str(tmp_path / "de_DE.UTF-8")], check=False, timeout=300
    )

    def written(name: str) -> tuple[str, str]:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(SAMPLE / "changes/cr-12-card-reader.json"), *SAMPLE_FILES],
            env={**os.environ, "LOCPATH": str(tmp_path), "LC_ALL": name, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout, done.stderr.strip()

    german, comma = written("de_DE.UTF-8")
    plain, point = written("C")
    assert (comma, point) == (",", ".")
    assert german == plain
    assert "79.00 EUR/h" in german
