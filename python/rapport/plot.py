"""Pictures with matplotlib (``pip install librapport[plot]``)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

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


def trail(trail: Trail, *, ax: Axes | None = None, limit: int = 40) -> Axes:
    """The way from a change to a figure: what led to what, each step below the one it follows from.

    A step says its key and name, and what it adds: delay (red when later), money, work, or a figure of
    quality. Of more than ``limit`` steps the last ones with the smallest amounts are left out and counted.
    """
    import matplotlib.pyplot as plt

    steps = trail.steps
    kept, left_out = most_of(steps, limit)
    below: dict[int | None, list[int]] = {}
    for at in kept:
        below.setdefault(steps[at]["from"], []).append(at)
    rows: list[tuple[int, int]] = []  # step, depth
    open_ends = [(at, 0) for at in reversed(below.get(None, []))]
    while open_ends:
        at, depth = open_ends.pop()
        rows.append((at, depth))
        # A way without branches goes straight down.
        more = below.get(at, [])
        open_ends += [(child, depth + (len(more) > 1)) for child in reversed(more)]
    row_of = {at: row for row, (at, _) in enumerate(rows)}
    width, indent = 10.0, 0.25
    if ax is None:
        height = 0.5 + 0.3 * (len(rows) + bool(left_out))
        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    for row, (at, depth) in enumerate(rows):
        step, x = steps[at], indent * depth
        if step["from"] is not None:
            above = row_of[step["from"]]
            left = indent * rows[above][1]
            ax.plot([left, left, x], [-above, -row, -row], color=BEFORE, linewidth=1, zorder=1)
        delay = step["delay"]
        later = delay is not None and delay.total_seconds() > 0
        colour = CRITICAL if later else AFTER
        ax.plot([x], [-row], marker="o", markersize=6, color=colour, zorder=2)
        ax.text(x + 0.15, -row, shortened(name_of(step)), va="center", fontsize=9)
        ax.text(width, -row, added_by(step), va="center", ha="right", fontsize=9, color=colour)
    if left_out:
        ax.text(0.15, -len(rows), f"… {left_out} smaller", va="center", fontsize=9, color=BEFORE)
    ax.set_xlim(-0.15, width)
    ax.set_ylim(-len(rows) - bool(left_out) + 0.5, 0.6)
    ax.set_title(f"what leads to the {trail.about}", loc="left")
    ax.axis("off")
    return ax


def most_of(steps: list[dict[str, Any]], limit: int) -> tuple[list[int], int]:
    """The steps to show, in order, and how many ends are left out: those with the smallest amounts."""
    leads_on = {step["from"] for step in steps}
    ends = [at for at in range(len(steps)) if at not in leads_on]
    ends.sort(key=lambda at: -abs(steps[at]["cost"].minor) if steps[at]["cost"] else 0)
    kept: set[int] = set()
    for end in ends:
        way = []
        at: int | None = end
        while at is not None and at not in kept:
            way.append(at)
            at = steps[at]["from"]
        if kept and len(kept) + len(way) > limit:
            continue
        kept.update(way)
    return sorted(kept), sum(end not in kept for end in ends)


def name_of(step: dict[str, Any]) -> str:
    key = step["node"].split(":", 1)[1] if step["node"] else ""
    label = step["label"]
    return f"{key}  {label}" if key and key != label and not label.startswith(key) else label


def shortened(name: str, most: int = 84) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def added_by(step: dict[str, Any]) -> str:
    """What a step adds, as "+13 days", "+1,500.00 EUR"."""
    if step["cost"]:
        return f"{step['cost'].amount:+,} {step['cost'].currency}".replace("-", "\N{MINUS SIGN}")
    if step["figure"] is not None:
        return f"{step['figure']:.3g}"
    if step["delay"]:
        days = round(step["delay"].total_seconds() / 86400, 1)
        return f"{days:+g} {'day' if abs(days) == 1 else 'days'}".replace("-", "\N{MINUS SIGN}")
    if step["work"]:
        hours = step["work"].total_seconds() / 3600
        return f"{hours:+g} h of work".replace("-", "\N{MINUS SIGN}")
    return ""
