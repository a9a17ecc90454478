"""Runs what the documentation shows, in order, one session a document.

Python blocks are executed; in console blocks the lines that begin with ``$ `` are run by the shell
from the root of the repository. Where a page shows output (the other lines of a console block, or a
text block right after a Python block), it has to be what really came out; a line ``…`` stands for any
lines, ``…`` within a line for any text. ``RAPPORT_UPDATE_DOCS=1`` writes the new output into the pages.

A block that cannot run here says why in the line before it: ``<!-- skip: needs P6 -->``.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page for pattern in ("docs/tutorial/*.md", "docs/howto/*.md", "README.md") for page in ROOT.glob(pattern)
)
FENCE = re.compile(
    r"(?:^<!-- skip:(?P<reason>[^\n]*?)-->\n+)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# Commands that set up or test the whole project; a page that shows them has to mark them as skipped.
WHOLE_PROJECT = ("git clone", "sudo ", "apt", "pip install", "tools/", "./tools/")


@dataclass
class Block:
    kind: str
    body: str
    reason: str | None
    start: int  # Of the body in the page.
    line: int


def blocks(text: str) -> list[Block]:
    return [
        Block(
            match["kind"],
            match["body"],
            match["reason"] and match["reason"].strip(),
            match.start("body"),
            text.count("\n", 0, match.start("body")) + 1,
        )
        for match in FENCE.finditer(text)
    ]


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown for it."""
    command, shown = "", []
    lines = iter(body.splitlines(keepends=True))
    for line in lines:
        if not line.startswith("$ "):
            shown.append(line)
            continue
        if command:
            yield command, "".join(shown)
        command, shown = line[2:], []
        while command.endswith("\\\n"):
            command += next(lines)
    if command:
        yield command, "".join(shown)


def same(shown: str, real: str) -> bool:
    """Whether the output is as shown, trailing blanks apart."""
    pattern = ""
    for line in shown.rstrip().splitlines():
        stripped = line.rstrip()
        pattern += (
            r"(?:.*\n)*?" if stripped == "…" else ".*".join(map(re.escape, stripped.split("…"))) + r"\n"
        )
    return re.fullmatch(pattern, tidied(real)) is not None


def run(command: str, where: str) -> str:
    if command.startswith(WHOLE_PROJECT):
        pytest.fail(f"{where}: {command.strip()} acts on the whole machine: mark it <!-- skip: why -->")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "110",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"{where}: {command.strip()} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def execute(block: Block, session: dict[str, Any], page: str) -> str:
    written = io.StringIO()
    code = "\n" * (block.line - 1) + block.body  # So that tracebacks name the page's lines.
    with contextlib.redirect_stdout(written):
        exec(compile(code, page, "exec"), session)
    return written.getvalue()


def tidied(output: str) -> str:
    return "".join(line.rstrip() + "\n" for line in output.rstrip().splitlines())


class Page:
    """Compares shown with real output, or collects the real one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.changes: list[tuple[int, int, str]] = []
        self.updating = os.environ.get("RAPPORT_UPDATE_DOCS") == "1"

    def compare(self, shown: str, real: str, start: int, where: str) -> None:
        if same(shown, real):
            return
        if not self.updating:
            pytest.fail(
                f"{where}: the page shows\n{shown}\nbut the output is\n{real}\n"
                "If that is right: RAPPORT_UPDATE_DOCS=1 pytest tests/python/test_docs.py"
            )
        self.changes.append((start, start + len(shown), tidied(real)))

    def save(self) -> None:
        for start, end, new in sorted(self.changes, reverse=True):
            self.text = self.text[:start] + new + self.text[end:]
        if self.changes:
            self.path.write_text(self.text, encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_the_page_shows_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    (ROOT / "build").mkdir(exist_ok=True)
    page, session = Page(path), {"__name__": "__main__"}
    found = blocks(page.text)
    for block, after in zip(found, [*found[1:], None], strict=True):
        where = f"{path.relative_to(ROOT)}:{block.line}"
        if block.reason is not None:
            assert block.reason, f"{where}: a skipped block has to say why"
        elif block.kind == "python":
            output = execute(block, session, str(path))
            between = page.text[block.start + len(block.body) : after.start] if after else ""
            if after and after.kind == "text" and between.strip("`\n") == "text":
                page.compare(after.body, output, after.start, where)
        elif block.kind == "console":
            for command, shown in commands(block.body):
                output = run(command, where)
                if shown.strip():
                    start = block.start + block.body.index(command) + len(command)
                    page.compare(shown, output, start, where)
    page.save()


def test_a_block_is_skipped_only_with_a_reason() -> None:
    page = "<!-- skip: needs P6 -->\n```console\n$ p6\n```\n\n```python\npass\n```\n"
    assert [block.reason for block in blocks(page)] == ["needs P6", None]


def test_commands_keep_their_continuation_lines_and_their_output() -> None:
    assert list(commands("$ one \\\n    more\nout\n$ two\n")) == [
        ("one \\\n    more\n", "out\n"),
        ("two\n", ""),
    ]


def test_dots_stand_for_what_is_left_out() -> None:
    assert same("a\n…\nd … f\n", "a\nb\nc\nd e f\n")
    assert same("…\nd\n", "d\n")
    assert not same("a\nd\n", "a\nb\n")
