#!/usr/bin/env python3
"""Runs clang-tidy over those sources that changed, or whose headers did, since they were last clean."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
BUILD = TREE / "build" / "release"
CLEAN = TREE / "build" / "tidy"
FOLDERS = ("src", "capi/src")
TIDY = "clang-tidy-16"
INCLUDE = re.compile(rb'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def own_headers(source: Path, seen: set[Path]) -> set[Path]:
    """The file and all headers of ours it includes, directly or not."""
    if source in seen:
        return seen
    seen.add(source)
    for name in INCLUDE.findall(source.read_bytes()):
        for root in (source.parent, TREE / "include", TREE / "src", TREE / "capi/include", TREE / "capi/src"):
            header = root / name.decode()
            if header.is_file():
                own_headers(header, seen)
                break
    return seen


def state(source: Path) -> str:
    digest = hashlib.sha256((TREE / ".clang-tidy").read_bytes())
    for path in sorted(own_headers(source, set())):
        digest.update(bytes(path.relative_to(TREE)) + b"\0" + path.read_bytes())
    return digest.hexdigest()


def check(source: Path) -> str:
    """What clang-tidy says of the file; nothing where it is clean."""
    mark = CLEAN / state(source)
    if mark.exists():
        return ""
    done = subprocess.run(
        [TIDY, "-p", str(BUILD), "--quiet", "--extra-arg=-Wno-unknown-warning-option", str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        mark.touch()
        return ""
    return done.stdout or done.stderr


def main() -> int:
    commands = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))
    roots = [TREE / folder for folder in FOLDERS]
    sources = sorted({Path(one["file"]) for one in commands})
    sources = [one for one in sources if any(one.is_relative_to(root) for root in roots)]
    CLEAN.mkdir(parents=True, exist_ok=True)
    dirty = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (source, said) in enumerate(zip(sources, pool.map(check, sources), strict=True), start=1):
            print(f"[{number}/{len(sources)}] {source.relative_to(TREE)}", flush=True)
            if said:
                dirty += 1
                print(said, flush=True)
    print(f"clang-tidy: {dirty} of {len(sources)} files need a look" if dirty else "clang-tidy: clean")
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
