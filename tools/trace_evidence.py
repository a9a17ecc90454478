#!/usr/bin/env python3
"""tools/trace_evidence.py: how well reach finds what people linked to a requirement, as Markdown tables.

Reads the sets in $RAPPORT_CORPUS/trace. Three questions, none of whose answers is in the graph:

1. eTour, SMOS, eANCI, albergate: code files that implement a requirement. One of them is known, each in
   turn; a change begins there. Does reach find the others? By rule the graph holds
   calls       callee → caller, likelihood 0.5
   neighbours  file → another requirement that it implements → its other files, likelihood 0.5 each
   both        all of these
2. bigbluebutton, mediastore, teastore: a sentence of the architecture text changes. Does reach find the
   code that people linked to the sentence, through the architecture model? By rule
   components  sentence → component it describes → code that implements it
   neighbours  the same, and on from a component to those that require its interfaces
3. strictdoc: a requirement changes. Does reach find the files that implement it, through its parents and
   children and the files that implement those?

nasa_cFE links requirements to components and parts only, by their numbers; there is nothing to predict.
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
ARCHITECTURES = ("bigbluebutton", "mediastore", "teastore")


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

    def graph(self, asked: str, rule: str) -> rp.ChangeGraph:
        """The graph without what is known of `asked`."""
        edit = rp.Edit("import")
        for file in self.files:
            edit.put(rp.Deliverable(key=file))
        if rule != "neighbours":
            for callee, caller in self.calls:
                edit.put(trace(f"deliverable:{callee}", f"deliverable:{caller}", 0.5))
        # The known file is a node even where nothing leads on from it.
        edit.put(rp.Requirement(key="known"))
        for file in self.gold[asked]:
            edit.put(trace("requirement:known", f"deliverable:{file}", 1.0))
        if rule != "calls":
            for key, files in self.gold.items():
                if key == asked:
                    continue
                edit.put(rp.Requirement(key=key))
                for file in files:
                    edit.put(trace(f"deliverable:{file}", f"requirement:{key}", 0.5))
                    edit.put(trace(f"requirement:{key}", f"deliverable:{file}", 0.5))
        return graph(edit)


def graph(edit: rp.Edit) -> rp.ChangeGraph:
    project = rp.Project()
    project.apply(edit, by="trace_evidence")
    return project.change_graph()


def found(graph: rp.ChangeGraph, node: str, depth: int) -> dict[str, int]:
    """The deliverables within `depth` traces downstream, with their depths."""
    rows = graph.certain(node, follow="downstream", depth=depth).rows()
    return {row["key"]: row["depth"] for row in rows if row["kind"] == "deliverable" and row["depth"] > 0}


Score = tuple[
    int, int, int
]  # How many were predicted, how many of these rightly, how many there were to find.


def score(one: Set, rule: str) -> dict[int, Score]:
    sums = {depth: [0, 0, 0] for depth in DEPTHS}
    for asked, files in sorted(one.gold.items()):
        if len(files) < 2:
            continue
        graph = one.graph(asked, rule)
        for known in sorted(files):
            reached = found(graph, f"deliverable:{known}", max(DEPTHS))
            for depth, total in sums.items():
                predicted = {key for key, at in reached.items() if at <= depth}
                total[0] += len(predicted)
                total[1] += len(predicted & files)
                total[2] += len(files) - 1
    return {depth: (total[0], total[1], total[2]) for depth, total in sums.items()}


class Architecture:
    """A text, a component model and code: the gold links lead from sentences straight to code."""

    def __init__(self, folder: Path) -> None:
        artifacts = read(folder / "artifacts.csv")
        self.files = {row["id"] for row in artifacts if row["kind"] == "code_file"}
        self.elements = {row["id"] for row in artifacts if row["kind"].startswith("model_")}
        links: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in read(folder / "links.csv"):
            links[row["relation"]].append((row["source"], row["target"]))
        self.gold: dict[str, set[str]] = defaultdict(set)
        for sentence, target in links["documents"]:
            self.gold[sentence] |= self.below(target)
        self.describes = [pair for pair in links["describes"] if pair[1] in self.elements]
        self.implemented = [(a, file) for a, b in links["implemented_by"] for file in self.below(b)]
        self.needs: list[tuple[str, str]] = []
        for row in read(folder / "dependencies.csv"):
            component, interface = row["source"], row["target"]
            provided = row["relation"] == "provides"
            self.needs.append((component, interface) if provided else (interface, component))

    def below(self, target: str) -> set[str]:
        """A link to a folder covers every file below it."""
        return (
            {f for f in self.files if f.startswith(target)} if target.endswith("/") else {target} & self.files
        )

    def graph(self, rule: str) -> rp.ChangeGraph:
        edit = rp.Edit("import")
        for key in sorted({a for a, _ in self.describes} | set(self.gold)):
            edit.put(rp.Requirement(key=key))
        for key in sorted(self.files | self.elements):
            edit.put(rp.Deliverable(key=key))
        for sentence, element in sorted(set(self.describes)):
            edit.put(trace(f"requirement:{sentence}", f"deliverable:{element}", 0.5))
        for element, file in sorted(set(self.implemented)):
            edit.put(trace(f"deliverable:{element}", f"deliverable:{file}", 0.5))
        if rule == "neighbours":
            for a, b in sorted(set(self.needs)):
                edit.put(trace(f"deliverable:{a}", f"deliverable:{b}", 0.5))
        return graph(edit)

    def score(self, rule: str, depth: int) -> Score:
        one, total = self.graph(rule), [0, 0, 0]
        for sentence, files in self.gold.items():
            node = f"requirement:{sentence}"
            predicted = set(found(one, node, depth)) & self.files if node in one else set()
            total = [total[0] + len(predicted), total[1] + len(predicted & files), total[2] + len(files)]
        return total[0], total[1], total[2]


def family(folder: Path) -> dict[int, Score]:
    """strictdoc: the files of a requirement through its parents and children."""
    links: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in read(folder / "links.csv"):
        links[row["relation"]].add((row["source"], row["target"]))
    implemented, parents = links["implemented_in"], links["parent"]
    sums = {depth: [0, 0, 0] for depth in (2, 3)}
    for asked in sorted({a for a, _ in implemented}):
        edit = rp.Edit("import")
        for key in sorted({key for pair in parents for key in pair} | {a for a, _ in implemented}):
            edit.put(rp.Requirement(key=key))
        for file in sorted({b for _, b in implemented}):
            edit.put(rp.Deliverable(key=file))
        for child, parent in sorted(parents):
            edit.put(trace(f"requirement:{parent}", f"requirement:{child}", 0.5))
            edit.put(trace(f"requirement:{child}", f"requirement:{parent}", 0.5))
        for key, file in sorted(implemented):
            if key != asked:
                edit.put(trace(f"requirement:{key}", f"deliverable:{file}", 0.5))
        one, files = graph(edit), {b for a, b in implemented if a == asked}
        for depth, total in sums.items():
            node = f"requirement:{asked}"
            predicted = set(found(one, node, depth)) if node in one else set()
            total[0] += len(predicted)
            total[1] += len(predicted & files)
            total[2] += len(files)
    return {depth: (total[0], total[1], total[2]) for depth, total in sums.items()}


def line(name: str, rule: str, depth: int, score: Score, questions: int, base: float) -> None:
    predicted, right, wanted = score
    precision = f"{right / predicted:.2f}" if predicted else "–"
    print(
        f"| {name} | {rule} | {depth} | {predicted / questions:.1f} | {precision} "
        f"| {right / wanted:.2f} | {base:.2f} |",
        flush=True,
    )


def head() -> None:
    print("| set | rule | depth | predicted a question | precision | recall | precision of all files |")
    print("| --- | --- | --- | --- | --- | --- | --- |")


def main() -> None:
    corpus = os.environ.get("RAPPORT_CORPUS")
    if not corpus:
        sys.exit("set RAPPORT_CORPUS to the folder that holds trace/eTour and the other sets")
    head()
    for name in SETS:
        one = Set(Path(corpus) / "trace" / name)
        asked = [len(files) for files in one.gold.values() if len(files) > 1]
        questions = sum(asked)
        base = sum(n * (n - 1) for n in asked) / (questions * (len(one.files) - 1))
        for rule in RULES:
            for depth, result in score(one, rule).items():
                line(name, rule, depth, result, questions, base)
    print()
    head()
    for name in ARCHITECTURES:
        model = Architecture(Path(corpus) / "trace" / name)
        wanted = sum(len(files) for files in model.gold.values())
        base = wanted / (len(model.gold) * len(model.files))
        for rule, depth in (("components", 2), ("neighbours", 4), ("neighbours", 6)):
            line(name, rule, depth, model.score(rule, depth), len(model.gold), base)
    folder = Path(corpus) / "trace" / "strictdoc"
    pairs = {
        (r["source"], r["target"]) for r in read(folder / "links.csv") if r["relation"] == "implemented_in"
    }
    asked_of, files = {a for a, _ in pairs}, {b for _, b in pairs}
    for depth, result in family(folder).items():
        line("strictdoc", "family", depth, result, len(asked_of), len(pairs) / (len(asked_of) * len(files)))


if __name__ == "__main__":
    main()
