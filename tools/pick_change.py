#!/usr/bin/env python3
"""pick_change.py SCHEDULE.csv CHANGE.json: a change request on an activity that matters, for the demo.

The activity is an unfinished task in the middle of those with the least total float; it takes a week more.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path


def pick(rows: list[dict[str, str]]) -> dict[str, str] | None:
    tasks = [row for row in rows if row["kind"] == "task" and row["total_float_minutes"]]
    if not tasks:
        return None
    least = min(float(row["total_float_minutes"]) for row in tasks)
    critical = [row for row in tasks if float(row["total_float_minutes"]) == least]
    return sorted(critical, key=lambda row: (row["early_start"], row["key"]))[len(critical) // 2]


def main(schedule: Path, change: Path) -> int:
    with schedule.open(encoding="utf-8", newline="") as lines:
        row = pick(list(csv.DictReader(lines)))
    if row is None:
        print("every task of this plan is done: there is nothing left to change", file=sys.stderr)
        return 1
    request = {
        "id": "CR-DEMO",
        "title": f"{row['name']} takes a week of work more",
        "edits": [{"activity": row["key"], "add_work": "40h"}],
    }
    change.write_text(json.dumps(request, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
