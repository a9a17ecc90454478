"""Pictures with matplotlib (``pip install librapport[plot]``)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rapport._rapport import Impact

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
