#!/usr/bin/env python3
"""tools/generate_changes.py PLAN COUNT [SEED]: change requests for a plan as JSON Lines, to try batches with.

One to three edits each on random unfinished activities: more work, longer waiting, another duration, an extra
cost, a link less. The same seed gives the same changes.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

import rapport as rp


def generate(plan: rp.Plan, count: int, seed: int) -> list[dict[str, Any]]:
    """`count` documents."""
    draw = random.Random(seed)
    project = plan.project
    open_keys = {
        row["key"]
        for row in plan.activities.rows()
        if row["kind"] == "task" and row["total_float_minutes"] is not None
    }
    links = [
        link for link in project.facts("links") if isinstance(link, rp.Link) and link.successor in open_keys
    ]
    activities = sorted(open_keys)
    currency = project.currency if project.currency != "XXX" else "EUR"
    changes = []
    for number in range(1, count + 1):
        edits: list[dict[str, Any]] = []
        for _ in range(draw.randint(1, 3)):
            key = draw.choice(activities)
            kind = draw.randrange(5)
            if kind == 0:
                edits.append({"activity": key, "add_work": f"{draw.randint(1, 15)}d"})
            elif kind == 1:
                edits.append({"activity": key, "add_duration": f"{draw.randint(1, 10)}d"})
            elif kind == 2:
                edits.append({"activity": key, "scale_duration": round(draw.uniform(0.5, 2), 2)})
            elif kind == 3:
                edits.append({"activity": key, "add_cost": f"{draw.randint(100, 20000)}.00 {currency}"})
            elif links:
                link = draw.choice(links)
                gone = {"predecessor": link.predecessor, "successor": link.successor, "type": link.type}
                edits.append({"remove_link": gone})
        changes.append({"id": f"G-{number}", "title": f"generated change {number}", "edits": edits})
    return changes


def main() -> None:
    """Writes to standard output."""
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    project, _ = rp.read(sys.argv[1])
    seed = int(sys.argv[3]) if len(sys.argv) == 4 else 1
    for change in generate(project.schedule(), int(sys.argv[2]), seed):
        print(json.dumps(change, ensure_ascii=False))


if __name__ == "__main__":
    main()
