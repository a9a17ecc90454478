#!/usr/bin/env python3
"""tools/trace_evidence.py: how well reach finds what people linked to a requirement, as a Markdown table.

Reads eTour, SMOS, eANCI and albergate in $RAPPORT_CORPUS/trace. The answer set of each names the code files
that implement a requirement. One of them is known, each in turn; a change begins there. Does reach find the
others? The graph never holds the traces of the requirement asked about. By rule it holds:

calls       callee → caller, likelihood 0.5
neighbours  file → another requirement that it implements → its other files, likelihood 0.5 each
both        all of these
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from pathlib import Path

import rapport as rp

SETS = ("eTour", "SMOS", "eANCI", "albergate")
RULES = ("calls", "neighbours", "both")
DEPTHS = (1, 2, 3)  # Traces from the known file on.


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def trace(source: str, target: str, likelihood: float) -> rp.Trace:
    key = f"{source}>{target}"
    return rp.Trace(key=key, from_=source, to=target, type="depends_on", likelihood=likelihood, share=1.0)


class Set:
    """One set: its code files, who calls whom, and which files implement which requirement."""

    def __init__(self, folder: Path) -> None:
        kinds = ("code_class", "code_file")
        self.files = sorted(row["id"] for row in read(folder / "artifacts.csv") if row["kind"] in kinds)
        known = set(self.files)
        self.gold: dict[str, set[str]] = defaultdict(set)
        for row in read(folder / "links.csv"):
            if row["relation"] == "implemented_by" and row["target"] in known:
                self.gold[row["source"]].add(row["target"])
        pairs = {(row["callee"], row["caller"]) for row in read(folder / "calls.csv")}
        self.calls = sorted((a, b) for a, b in pairs if a in known and b in known and a != b)

    def plan(self, asked: str, rule: str) -> rp.Plan:
        """The graph without what is known of `asked`; before each of its files stands a need."""
        edit = rp.Edit("import")
        shift = [rp.Shift(from_=8 * 3600, to=16 * 3600)]
        edit.put(rp.Calendar(key="week", week=[shift] * 5 + [[], []]))
        edit.put(rp.Subproject(key="P", planned_start="2027-01-04T08:00", calendar="week"))
        edit.put(rp.Activity(key="A", subproject="P", duration="8h"))
        for file in self.files:
            edit.put(rp.Deliverable(key=file))
        for file in self.gold[asked]:
            edit.put(rp.Requirement(key=f"known {file}"))
            edit.put(trace(f"requirement:known {file}", f"deliverable:{file}", 1.0))
        if rule != "neighbours":
            for callee, caller in self.calls:
                edit.put(trace(f"deliverable:{callee}", f"deliverable:{caller}", 0.5))
        if rule != "calls":
            for key, files in self.gold.items():
                if key == asked:
                    continue
                edit.put(rp.Requirement(key=key))
                for file in files:
                    edit.put(trace(f"deliverable:{file}", f"requirement:{key}", 0.5))
                    edit.put(trace(f"requirement:{key}", f"deliverable:{file}", 0.5))
        project = rp.Project()
        project.apply(edit, by="trace_evidence")
        return project.schedule()


def score(one: Set, rule: str) -> dict[int, tuple[int, int, int]]:
    """By depth: how many were predicted, how many of these rightly, and how many there were to find."""
    sums = {depth: [0, 0, 0] for depth in DEPTHS}
    for asked, files in sorted(one.gold.items()):
        if len(files) < 2:
            continue
        plan = one.plan(asked, rule)
        for known in sorted(files):
            reach = plan.assess(rp.Change("CR-1 change").requirement(f"known {known}")).reach
            found = {
                row["key"]: row["depth"] - 1
                for row in reach.rows()
                if row["kind"] == "deliverable" and row["key"] != known
            }
            for depth, total in sums.items():
                predicted = {key for key, at in found.items() if at <= depth}
                total[0] += len(predicted)
                total[1] += len(predicted & files)
                total[2] += len(files) - 1
    return {depth: (total[0], total[1], total[2]) for depth, total in sums.items()}


def main() -> None:
    corpus = os.environ.get("RAPPORT_CORPUS")
    if not corpus:
        sys.exit("set RAPPORT_CORPUS to the folder that holds trace/eTour and the other sets")
    print("| set | rule | depth | predicted a question | precision | recall | precision of all files |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in SETS:
        one = Set(Path(corpus) / "trace" / name)
        asked = [len(files) for files in one.gold.values() if len(files) > 1]
        questions = sum(asked)
        base = sum(n * (n - 1) for n in asked) / (questions * (len(one.files) - 1))
        for rule in RULES:
            for depth, (predicted, right, all_) in score(one, rule).items():
                precision = f"{right / predicted:.2f}" if predicted else "–"
                print(
                    f"| {name} | {rule} | {depth} | {predicted / questions:.1f} | {precision} "
                    f"| {right / all_:.2f} | {base:.2f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
