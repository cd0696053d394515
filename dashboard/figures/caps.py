"""Olive caps over the cycles of a chart that stands alone, each with its name; stacked charts share a ribbon instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.plain import figure_text
from dashboard.figures.ribbon import Bar, bars
from dashboard.theme import ChartSize, Theme

#: Height of a row of caps over the size of a label, and the mean width of a bold letter over it.
ROW, LETTER = 1.5, 0.58

#: Between one cap and the next that begins where it ends, px.
GAP = 3


@dataclass(frozen=True)
class CapName:
    """A name over a cap: its words, the row from 0, and its two ends as shares of the plot."""

    words: str
    row: int
    start: float
    end: float


def rows_height(request: ChartRequest, size: ChartSize) -> int:
    """Return how much room the caps need above the plot, px; 0 for a chart that does not stand alone."""
    return _step(size) * (1 + max((bar.row for bar in _bars(request, size)), default=-1))


def cap_shapes(request: ChartRequest, theme: Theme, size: ChartSize) -> list[dict[str, Any]]:
    """Return the caps: a thick line from the first to the last day of Do; overlapping cycles stand on rows of their own."""
    line = {"color": theme.cycle_edge, "width": size.cap}
    common = {"type": "line", "xref": "paper", "yref": "paper", "line": line, "name": "cap"}
    shapes = []
    for bar in _bars(request, size):
        height = 1 + bar.row * _step(size) / size.plot_height
        right = bar.left + bar.width - GAP / size.plot_width
        ends = {"x0": bar.left, "x1": max(right, bar.left), "y0": height, "y1": height}
        shapes.append(common | ends)
    return shapes


def cap_notes(request: ChartRequest, theme: Theme, size: ChartSize) -> list[dict[str, Any]]:
    """Return the names over the caps."""
    font = {"size": size.label, "color": theme.cycle_text}
    common = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "font": font}
    return [
        common
        | {"x": name.start, "xanchor": "left", "yshift": name.row * _step(size) + size.cap / 2}
        | {"text": f"<b>{figure_text(name.words)}</b>"}
        for name in cap_names(_bars(request, size), size)
    ]


def cap_names(placed: Sequence[Bar], size: ChartSize) -> list[CapName]:
    """Return the names that can be written: whole where there is room, else the number alone, else none.

    A name ends before the next cap of its row begins. One that would run past the plot ends with it.
    """
    names: list[CapName] = []
    for bar in sorted(placed, key=lambda one: one.left):
        later = [other.left for other in placed if other.row == bar.row and other.left > bar.left]
        before = [name.end for name in names if name.row == bar.row]
        room_from, room_to = max(before, default=0.0), min(later, default=1.0)
        for words in (bar.cycle.name, bar.cycle.name.rpartition(" ")[2]):
            width = LETTER * size.label * (len(words) + 1) / size.plot_width
            start = min(bar.left, room_to - width)
            # Only at the right end may a name begin before its cap: elsewhere it would seem to name the one before.
            if start >= room_from and (start == bar.left or not later):
                names.append(CapName(words, bar.row, start, start + width))
                break
    return names


def _bars(request: ChartRequest, size: ChartSize) -> list[Bar]:
    return bars(request.cycles, request.axis) if size.is_alone else []


def _step(size: ChartSize) -> int:
    return round(ROW * size.label)
