"""The committed stub says what the module has."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT


def test_the_stub_is_fresh() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "stubs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
