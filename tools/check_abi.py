#!/usr/bin/env python3
"""Compares the C library with its recorded ABI: the symbol list, and libabigail's XML against XML.

check_abi.py              compare build/release with capi/abi
check_abi.py --record     record the present ABI, after a change that was looked at and is wanted
check_abi.py --self-test  seed breaking changes and expect each to be caught
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
LIBRARY = TREE / "build" / "release" / "capi" / "librapport_c.so"
HEADERS = TREE / "capi" / "include"
SYMBOLS = TREE / "capi" / "abi" / "symbols.txt"
RECORDED = TREE / "capi" / "abi" / "rapport_c.xml"


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False)


def exported(library: Path) -> list[str]:
    lines = run("nm", "-D", "--defined-only", library).stdout.splitlines()
    symbols = [line.split() for line in lines]
    return sorted(name.split("@")[0] for *_, kind, name in symbols if kind != "A")


def describe(library: Path) -> str:
    done = run(
        *("abidw", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-architecture"),
        *(
            "--no-elf-needed",
            "--exported-interfaces-only",
            "--drop-private-types",
            "--headers-dir",
            HEADERS,
            library,
        ),
    )
    if done.returncode != 0 or "<abi-corpus" not in done.stdout:
        raise SystemExit(f"abidw could not read {library}:\n{done.stderr}")
    # Where the tree happens to lie is no part of the interface.
    return done.stdout.replace(f"{TREE}/", "")


def broken(before: str, after: str) -> str:
    """How `after` breaks programs built against `before`, as abidiff tells it; nothing where it does not."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "recorded.xml"), Path(folder, "present.xml")
        old.write_text(before, encoding="utf-8")
        new.write_text(after, encoding="utf-8")
        # A function more breaks nobody.
        done = run("abidiff", "--no-added-syms", old, new)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def compare() -> list[str]:
    found = []
    present, listed = exported(LIBRARY), SYMBOLS.read_text(encoding="utf-8").split()
    for name in present:
        if not name.startswith("rapport_"):
            found.append(f"{name} is exported and does not begin with rapport_; mend capi/abi/rapport.map")
        elif name not in listed:
            found.append(f"{name} is exported and not in {SYMBOLS.relative_to(TREE)}; record it")
    found += [f"{name} was exported and is no more" for name in listed if name not in present]
    told = broken(RECORDED.read_text(encoding="utf-8"), describe(LIBRARY))
    if told:
        found.append(told)
    return found


def record() -> None:
    described = describe(LIBRARY)
    RECORDED.write_text(described, encoding="utf-8")
    SYMBOLS.write_text("".join(f"{name}\n" for name in exported(LIBRARY)), encoding="utf-8")


def self_test() -> list[str]:
    before = describe(LIBRARY)
    failures = []
    if broken(before, before):
        failures.append("the library is said to differ from itself")
    functions = re.findall(r"  <function-decl name='(rapport_\w+)'.*?</function-decl>\n", before, re.DOTALL)
    if not functions:
        return [f"abidw saw no function of the C API in {LIBRARY}; was it built with -g?"]
    name = functions[-1]
    without = re.sub(rf"  <elf-symbol name='{name}'[^>]*/>\n", "", before)
    without = re.sub(rf"  <function-decl name='{name}'.*?</function-decl>\n", "", without, flags=re.DOTALL)
    if name not in broken(before, without):
        failures.append(f"removing {name} was not caught")
    returns = re.search(r"<function-decl name='(rapport_\w+)'.*?<return type-id='([^']+)'", before, re.DOTALL)
    types = re.findall(r"<type-decl name='[^']+' size-in-bits='\d+'[^>]* id='([^']+)'", before)
    other = next((one for one in types if returns and one != returns[2]), None)
    if returns and other:
        changed = before[: returns.start(2)] + other + before[returns.end(2) :]
        if returns[1] not in broken(before, changed):
            failures.append(f"another return type of {returns[1]} was not caught")
    return failures


def main(arguments: list[str]) -> int:
    if not LIBRARY.exists():
        print(f"{LIBRARY} is not there; build the release preset first")
        return 1
    if not RECORDED.exists() and arguments != ["--record"]:
        print(f"nothing is recorded in {RECORDED}; run tools/check_abi.py --record")
        return 1
    if arguments == ["--record"]:
        record()
        return 0
    found = self_test() if arguments == ["--self-test"] else compare()
    for one in found:
        print(one)
    if found and not arguments:
        print("If the change is wanted: tools/check_abi.py --record, and say so in CHANGELOG.md.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
