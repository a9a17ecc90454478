"""Pictures with matplotlib (``pip install librapport[plot]``)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rapport._rapport import Impact, Trail

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEFORE, AFTER, CRITICAL = "#9aa5b1", "#2f6f9f", "#b3403a"


def gantt(impact: Impact, *, ax: Axes | None = None, limit: int = 25) -> Axes:
    """What moved: each activity's dates before (grey) and after (blue; red when critical).

    Shows the ``limit`` activities whose finish moves most, in order of their new start.
    """
    import matplotlib.dates as mdates
    import matplotlib.pyplot as plt

    rows = [row for row in impact.activities().rows() if row["early_finish_after"] is not None]
    rows.sort(key=lambda row: abs(row["early_finish_delta_minutes"] or 0), reverse=True)
    rows = sorted(rows[:limit], key=lambda row: row["early_start_after"], reverse=True)
    if ax is None:
        _, ax = plt.subplots(figsize=(10, 1.2 + 0.32 * max(1, len(rows))), layout="constrained")

    def bar(y: float, start: datetime, finish: datetime, colour: str) -> None:
        left, right = mdates.date2num(start), mdates.date2num(finish)
        ax.barh(y, max(right - left, 0.15), left=left, height=0.3, color=colour)

    for y, row in enumerate(rows):
        if row["early_start_before"] is not None:
            bar(y + 0.2, row["early_start_before"], row["early_finish_before"], BEFORE)
        colour = CRITICAL if row["critical_after"] else AFTER
        bar(y - 0.15, row["early_start_after"], row["early_finish_after"], colour)
    ax.set_yticks(range(len(rows)), [f"{row['key']}  {row['name'][:40]}" for row in rows])
    ax.xaxis_date()
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.set_title(f"{impact.change.key}: what moved", loc="left")
    ax.grid(axis="x", alpha=0.3)
    ax.set_axisbelow(True)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    return ax


def trail(trail: Trail, *, ax: Axes | None = None) -> Axes:
    """The way from a change to a figure as a graph: what led to what, from left to right.

    Steps stand in the column of how many steps led to them; the words are what each adds.
    """
    import matplotlib.pyplot as plt

    steps = trail.steps
    columns: list[int] = []
    for step in steps:
        columns.append(0 if step["from"] is None else columns[step["from"]] + 1)
    rows: list[int] = []
    filled: dict[int, int] = {}
    for column in columns:
        rows.append(filled.get(column, 0))
        filled[column] = rows[-1] + 1
    # A long chain goes on below: eight columns are what a page holds.
    width = 8
    height = max(filled.values(), default=1)
    place = [(c % width, -(r + (c // width) * (height + 0.6))) for c, r in zip(columns, rows, strict=True)]
    bands = max(columns, default=0) // width + 1
    if ax is None:
        size = (1.9 * min(width, max(columns, default=0) + 1) + 0.6, 0.4 + bands * (height + 0.6) * 0.85)
        _, ax = plt.subplots(figsize=size, layout="constrained")
    for step, (x, y) in zip(steps, place, strict=True):
        if step["from"] is not None:
            start = place[step["from"]]
            ax.annotate(
                "",
                (x, y),
                start,
                arrowprops={"arrowstyle": "->", "color": BEFORE, "shrinkA": 22, "shrinkB": 22},
            )
    for step, (x, y) in zip(steps, place, strict=True):
        name = step["node"].split(":", 1)[1] if step["node"] else step["label"]
        delay = step["delay"]
        colour = CRITICAL if delay is not None and delay.total_seconds() > 0 else AFTER
        box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": colour}
        ax.text(
            x, y, name if len(name) <= 18 else name[:17] + "…", ha="center", va="center", fontsize=8, bbox=box
        )
    ax.set_xlim(-0.6, min(width, max(columns, default=0) + 1) - 0.4)
    ax.set_ylim(min((y for _, y in place), default=0) - 0.6, 0.6)
    ax.set_title(f"what leads to the {trail.about}", loc="left")
    ax.axis("off")
    return ax
