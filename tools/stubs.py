#!/usr/bin/env python3
"""tools/stubs.py [--check]: writes python/rapport/_rapport.pyi, or tells that it is stale."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "python" / "rapport" / "_rapport.pyi"

# The module makes these at run time, where a generator of stubs cannot see their attributes.
EXCEPTIONS = """
class Error(Exception): ...

class InvalidInput(Error, ValueError):
    diagnostics: list[Diagnostic]

class NotFound(Error, KeyError):
    kind: str
    key: str
    nearest: list[str]

class CycleError(Error, ValueError):
    keys: list[str]

class ParseError(Error, ValueError):
    file: str
    line: int
    column: int

class StoreError(Error, OSError):
    sqlite_code: int

class Cancelled(Error):
    fraction_done: float

class InternalError(Error): ...
"""


def generate() -> str:
    """The stub as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pybind11_stubgen",
            "rapport._rapport",
            "-o",
            folder,
            "--ignore-all-errors",
        ]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        text = (Path(folder) / "rapport" / "_rapport.pyi").read_text(encoding="utf-8")
    text = re.sub(r"^from rapport import \w+\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^__all__: .*\n", EXCEPTIONS + "\n__version__: str\n", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^__version__: str = .*\n", "", text, flags=re.MULTILINE)
    text = text.replace("def read(*args, progress", "def read(*paths: str | os.PathLike[str], progress")
    text = text.replace("(self, **kwargs)", "(self, **kwargs: typing.Any)")
    text = re.sub(r"os\.PathLike(?!\[)", "os.PathLike[str]", text)
    # Comparing with anything else is allowed, and answered with NotImplemented.
    text = re.sub(r"def __eq__\(self, arg0: [^)]*\)", "def __eq__(self, other: object, /)", text)
    hashless = "__hash__: typing.ClassVar[None] = None"
    text = text.replace(hashless, hashless + "  # type: ignore[assignment]")
    # A cell is whatever its column holds.
    text = re.sub(r"-> list:", "-> list[typing.Any]:", text)
    text = re.sub(r"-> dict:", "-> dict[str, typing.Any]:", text)
    formatted = subprocess.run(
        ["ruff", "format", "--stdin-filename", str(TARGET), "-"],
        input=text,
        text=True,
        check=True,
        capture_output=True,
    )
    return formatted.stdout


def main() -> int:
    text = generate()
    if sys.argv[1:] != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") != text:
        print(f"{TARGET} is stale: run tools/stubs.py and commit it", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
