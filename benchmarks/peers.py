"""Rapport against its peers: the same plans, one run, one process.

    build/venv/bin/pip install mpxj JPype1 networkx igraph trueppm-scheduler
    (and for MPXJ a Java machine: Debian default-jre-headless; for GLPK libglpk40)
    build/venv/bin/python benchmarks/peers.py hotel.xer [other.xer …] [--activities 10000]

Real plans: MPXJ reads and schedules them after a warm-up. A random network of whole days, finish to start:
networkx and igraph sort it and Python passes go over it; trueppm-scheduler schedules it; GLPK's glp_cpp finds
its critical path, the graph being built outside the clock, for that is Python's work. A peer that is not
installed is named, not skipped in silence. Wall-clock medians.

A project that has not changed since it was last scheduled is not compiled again. MPXJ and GLPK are compared
with that, for their sides start from a plan in memory, too. Peers that build and sort a graph are compared
with scheduling "afresh", after an edit.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import datetime
import importlib
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import rapport

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def median_seconds(work: Callable[[], object], at_least: float = 1.0, warm_up: float = 0.0) -> float:
    """Median over as many runs as fit into `at_least` seconds, three or more, after `warm_up` seconds."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < warm_up:
        work()
    times: list[float] = []
    begin = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - begin < at_least:
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def peer(name: str) -> Any:
    """The module, or None with a line that says so."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"{name}: not installed here, not compared ({error})")
        return None


def show(what: str, ours: float, theirs: float, agree: str) -> None:
    print(
        f"{what:<44} rapport {ours * 1e3:10.3f} ms  peer {theirs * 1e3:10.3f} ms  "
        f"{theirs / ours:8.1f} x  {agree}",
        flush=True,
    )


def start_mpxj() -> Any:
    """jpype with a running Java machine and MPXJ on its path, or None."""
    mpxj, jpype = peer("mpxj"), peer("jpype")
    if mpxj is None or jpype is None:
        return None
    try:
        if not jpype.isJVMStarted():
            jpype.startJVM()
    except (OSError, jpype.JVMNotFoundException) as error:
        print(f"mpxj: no Java machine starts, not compared ({error}); install default-jre-headless")
        return None
    return jpype


def against_mpxj(path: str, jpype: Any) -> None:
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")
    scheduler = jpype.JClass(
        "org.mpxj.cpm.PrimaveraScheduler" if path.endswith(".xer") else "org.mpxj.cpm.MicrosoftScheduler"
    )
    project, _ = rapport.read(path)
    read = [median_seconds(lambda: rapport.read(path)), median_seconds(lambda: reader().readAll(path), 2, 2)]
    theirs: list[Any] = []

    def schedule_theirs() -> float:
        """Seconds; on a plan read afresh, for scheduling changes it. Only plans with logic to schedule."""
        nonlocal theirs
        theirs = [file for file in reader().readAll(path) if file.getProjectProperties().getStartDate()]
        before = time.perf_counter()
        for file in theirs:
            scheduler().schedule(file, file.getProjectProperties().getStartDate())
        return time.perf_counter() - before

    ours = project.schedule()
    try:
        schedule = [
            median_seconds(lambda: project.schedule()),
            statistics.median([schedule_theirs() for _ in range(5)][2:]),
        ]
    except jpype.JException as error:
        print(f"MPXJ does not schedule {path}: {error}")
        schedule = []
    finish = {
        str(task.getUniqueID()): str(task.getEarlyFinish())[:16]
        for file in theirs
        for task in file.getTasks()
    }
    both = same = 0
    dates = ours.activities
    for key, early in zip(dates["source_id"], dates["early_finish"], strict=True):
        if (found := finish.get(key, "None")) != "None":
            both += 1
            same += found == early.strftime("%Y-%m-%dT%H:%M")
    name = path.rsplit("/", 1)[-1]
    show(f"{name}: read, MPXJ", read[0], read[1], "")
    if schedule:
        show(f"{name}: schedule, MPXJ", schedule[0], schedule[1], f"early finishes equal: {same} of {both}")


class Steps:
    """Layers of √n activities of 1 … 10 days, each after 2 or 3 of the layer before it."""

    def __init__(self, count: int) -> None:
        draw = random.Random(1)
        width = max(1, int(count**0.5))
        self.days = [draw.randint(1, 10) for _ in range(count)]
        self.links: list[tuple[int, int]] = []
        for i in range(width, count):
            first = (i // width - 1) * width
            self.links += [
                (p, i) for p in sorted(draw.sample(range(first, first + width), draw.randint(2, 3)))
            ]

    def passes(self, order: Sequence[int]) -> int:
        """All dates and floats in plain Python, over an order that a graph library found."""
        n = len(self.days)
        before: list[list[int]] = [[] for _ in range(n)]
        after: list[list[int]] = [[] for _ in range(n)]
        for p, s in self.links:
            before[s].append(p)
            after[p].append(s)
        early = [0] * n
        for i in order:
            early[i] = max((early[p] for p in before[i]), default=0) + self.days[i]
        finish = max(early)
        late = [finish] * n
        for i in reversed(order):
            late[i] = min((late[s] - self.days[s] for s in after[i]), default=finish)
        floats = [last - first for last, first in zip(late, early, strict=True)]
        return finish if min(floats) == 0 else -1

    def project(self) -> rapport.Project:
        facts: dict[str, Any] = {
            "subprojects": [{"key": "P", "data_date": "2027-01-01T00:00", "calendar": "clock"}],
            "calendars": [{"key": "clock", "week": {day: [["00:00", "24:00"]] for day in WEEKDAYS}}],
            "activities": [
                {"key": f"A{i}", "subproject": "P", "duration": f"{days * 24}h"}
                for i, days in enumerate(self.days)
            ],
            "links": [
                {"key": f"A{p}>A{s}", "predecessor": f"A{p}", "successor": f"A{s}"} for p, s in self.links
            ],
        }
        return rapport.Project.from_json(json.dumps(facts))


def finish_in_days(plan: Any) -> int:
    return int((plan.finish - datetime.datetime(2027, 1, 1)).days)


def seconds_afresh(project: Any, at_least: float = 1.0) -> float:
    """Median of scheduling right after an edit, which is not counted: everything is compiled again."""
    activity = project.activity("A0")
    times: list[float] = []
    while len(times) < 3 or sum(times) < at_least:
        project.apply(rapport.Edit("again").put(activity), by="peers")
        before = time.perf_counter()
        project.schedule()
        times.append(time.perf_counter() - before)
    return statistics.median(times)


class GlpkVertex(ctypes.Structure):
    _fields_ = [
        ("i", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("entry", ctypes.c_void_p),
        ("data", ctypes.c_void_p),
    ]


class GlpkGraph(ctypes.Structure):
    _fields_ = [
        ("pool", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("nv_max", ctypes.c_int),
        ("nv", ctypes.c_int),
        ("na", ctypes.c_int),
        ("v", ctypes.POINTER(ctypes.POINTER(GlpkVertex))),
    ]


def against_glpk(steps: Steps, project: Any) -> None:
    name = ctypes.util.find_library("glpk")
    if name is None:
        print("GLPK: not installed here, not compared; install libglpk40")
        return
    glpk = ctypes.CDLL(name)
    glpk.glp_create_graph.restype = ctypes.POINTER(GlpkGraph)
    glpk.glp_add_arc.restype = ctypes.c_void_p
    glpk.glp_cpp.restype = ctypes.c_double
    graph = glpk.glp_create_graph(24, 0)  # duration, earliest and latest start of each vertex
    glpk.glp_add_vertices(graph, len(steps.days))
    for i, days in enumerate(steps.days):
        ctypes.c_double.from_address(graph.contents.v[i + 1].contents.data).value = days
    for p, s in steps.links:
        glpk.glp_add_arc(graph, p + 1, s + 1)

    def critical_path() -> int:
        return int(glpk.glp_cpp(graph, 0, 8, 16))

    finish = finish_in_days(project.schedule())
    same = "same finish" if critical_path() == finish else f"OTHER FINISH {critical_path()}, not {finish}"
    ours = median_seconds(lambda: project.schedule())
    show(f"{len(steps.days)} steps: schedule again, GLPK", ours, median_seconds(critical_path), same)
    glpk.glp_delete_graph(graph)


def against_graphs(steps: Steps, project: Any) -> None:
    ours = seconds_afresh(project)
    finish = finish_in_days(project.schedule())
    nodes = len(steps.days)
    networkx, igraph = peer("networkx"), peer("igraph")

    def by_networkx() -> int:
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from(steps.links)
        return steps.passes(list(networkx.topological_sort(graph)))

    def by_igraph() -> int:
        return steps.passes(igraph.Graph(nodes, steps.links, directed=True).topological_sorting())

    for name, module, work in (("networkx", networkx, by_networkx), ("igraph", igraph, by_igraph)):
        if module is not None:
            same = "same finish" if work() == finish else f"OTHER FINISH {work()}, not {finish}"
            show(f"{nodes} steps: schedule afresh, {name}", ours, median_seconds(work), same)


def against_trueppm(steps: Steps, project: Any) -> None:
    if (trueppm := peer("trueppm_scheduler")) is None:
        return

    def make() -> Any:
        tasks = [
            trueppm.Task(id=f"A{i}", name="", duration=datetime.timedelta(days=days))
            for i, days in enumerate(steps.days)
        ]
        links = [trueppm.Dependency(f"A{p}", f"A{s}") for p, s in steps.links]
        calendar = trueppm.Calendar(working_days=127)
        return trueppm.Project("P", "", datetime.date(2027, 1, 1), tasks, links, calendar)

    given = make()
    finish = (trueppm.schedule(given).project_finish - datetime.date(2027, 1, 1)).days + 1
    same = "same finish" if finish == finish_in_days(project.schedule()) else f"other finish: {finish} days"
    ours = seconds_afresh(project)
    theirs = median_seconds(lambda: trueppm.schedule(given))
    show(f"{len(steps.days)} steps: schedule afresh, trueppm", ours, theirs, same)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("plans", nargs="*", help="XER or MSPDI files")
    parser.add_argument("--activities", type=int, default=10000, help="of the random network")
    chosen = parser.parse_args()
    jpype = start_mpxj() if chosen.plans else None
    for path in chosen.plans if jpype else []:
        against_mpxj(path, jpype)
    steps = Steps(chosen.activities)
    project = steps.project()
    against_graphs(steps, project)
    against_trueppm(steps, project)
    against_glpk(steps, project)
    return 0


if __name__ == "__main__":
    sys.exit(main())
