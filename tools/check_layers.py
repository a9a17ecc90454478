#!/usr/bin/env python3
"""Checks every #include against tools/layers.toml: floors between folders, fences around libraries."""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

SOURCE_TREE = Path(__file__).resolve().parent.parent
RULES = SOURCE_TREE / "tools" / "layers.toml"
SUFFIXES = {".h", ".hpp", ".c", ".cpp", ".inc"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# A header of the C++ or C library, of POSIX, or one that a compiler brings for its processor.
STANDARD = re.compile(r"^([a-z0-9_]+|[a-z0-9_]+\.h|(sys|arpa|netinet)/[a-z0-9_]+\.h)$")


@dataclass(frozen=True)
class Rules:
    floors: dict[str, int]
    roots: dict[str, list[str]]
    fences: dict[str, list[str]]

    @classmethod
    def read(cls, path: Path) -> Rules:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        default = data["roots"]["default"]
        roots = {
            folder: data["roots"].get(folder, [root.format(folder) for root in default])
            for folder in data["floors"]
        }
        return cls(data["floors"], roots, data["fences"])

    def may_include(self, folder: str, other: str) -> bool:
        return folder == other or self.floors[other] < self.floors[folder]

    def fence(self, header: str) -> tuple[str, list[str]] | None:
        found = [start for start in self.fences if header.startswith(start)]
        return (max(found, key=len), self.fences[max(found, key=len)]) if found else None

    def folder_of(self, header: str) -> str | None:
        """The folder an include names: "rapport/model/project.h" or "model/private.h"."""
        parts = header.split("/")
        if parts[0] == "rapport":
            parts = parts[1:]
            if parts == ["rapport.h"]:
                return "capi"
        return parts[0] if len(parts) > 1 and parts[0] in self.floors else None


def violations(tree: Path, rules: Rules) -> list[str]:
    found = []
    for folder, roots in rules.roots.items():
        for root in roots:
            for path in sorted((tree / root).rglob("*")):
                if path.suffix in SUFFIXES:
                    found += in_file(tree, path, folder, rules)
    return found


def in_file(tree: Path, path: Path, folder: str, rules: Rules) -> list[str]:
    place = path.relative_to(tree)
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, header = match.groups()
        where = f"{place}:{number}: includes {header}"
        other = rules.folder_of(header)
        fence = rules.fence(header)
        if other is not None:
            if not rules.may_include(folder, other):
                found.append(
                    f"{where}: {folder} stands on floor {rules.floors[folder]} and may not know {other}"
                    f" on floor {rules.floors[other]}; move what is needed to a lower floor"
                )
            if place.parts[0] == "include" and not header.startswith("rapport/"):
                found.append(f"{where}: a public header may not include a private one")
        elif fence is not None:
            allowed = fence[1]
            if not any(place.is_relative_to(one) for one in allowed):
                found.append(f"{where}: {fence[0]} is for {', '.join(allowed)} only")
        elif quote == "<" and not header.startswith("rapport/") and not STANDARD.match(header):
            found.append(f"{where}: unknown library; add a fence for it to tools/layers.toml")
    return found


SEEDED = {
    "src/model/upward.cpp": ("#include <rapport/schedule/schedule.h>", "may not know schedule"),
    "src/impact/sideways.cpp": ('#include "risk/register.h"', "may not know risk"),
    "src/schedule/graph.cpp": ("#include <boost/graph/adjacency_list.hpp>", "boost/graph/ is for"),
    "src/exchange/sql.cpp": ("#include <SQLiteCpp/Database.h>", "SQLiteCpp/ is for"),
    "src/risk/xml.cpp": ("  #  include <pugixml.hpp>", "pugixml is for"),
    "include/rapport/model/json.h": ("#include <nlohmann/json.hpp>", "nlohmann/ is for"),
    "include/rapport/model/private.h": ('#include "model/inner.h"', "may not include a private one"),
    "src/report/stranger.cpp": ("#include <fmt/format.h>", "unknown library"),
    "capi/src/python.cpp": ('#include "python/module.h"', "may not know python"),
}
ALLOWED = {
    "src/network/graph.cpp": "#include <boost/graph/adjacency_list.hpp>",
    "src/impact/own.cpp": '#include "impact/reach.h"\n#include <rapport/schedule/schedule.h>',
    "src/base/time.cpp": "#include <boost/date_time/gregorian/gregorian.hpp>\n#include <immintrin.h>",
    "include/rapport/model/project.h": "#include <rapport/version.h>\n#include <rapport/base/id.h>",
    "capi/src/plan.cpp": "#include <rapport/rapport.h>\n#include <rapport/report/page.h>",
}


def self_test(rules: Rules) -> list[str]:
    """Seeds one violation of each kind and expects it, and it alone, to be found."""
    failures = []
    for name, text in ALLOWED.items():
        failures += [f"unexpected: {one}" for one in seeded(name, text, rules)]
    for name, (text, expected) in SEEDED.items():
        found = seeded(name, text, rules)
        if len(found) != 1 or expected not in found[0]:
            failures.append(f"{name}: expected one violation saying '{expected}', found {found}")
    return failures


def seeded(name: str, text: str, rules: Rules) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.parent.mkdir(parents=True)
        path.write_text(text + "\n", encoding="utf-8")
        return violations(Path(folder), rules)


def main(arguments: list[str]) -> int:
    rules = Rules.read(RULES)
    found = self_test(rules) if arguments == ["--self-test"] else violations(SOURCE_TREE, rules)
    for one in found:
        print(one)
    print("layers: " + (f"{len(found)} violations" if found else "clean"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
