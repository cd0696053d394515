"""Points by what they say: the shape comes from the rule, the colour from better or worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.theme import DESK, OPEN_SYMBOL_LINE, SYMBOL_SIZE, ChartSize, Theme
from pipelines.vocabulary import PointType, Rule

#: Rules drawn as a ring: a disc of the page's colour with a thick edge, so that no line shows through.
RINGS = (Rule.SHIFT, Rule.LONG_RUN)

#: The columns of chart_point that a mark follows from.
COLUMNS = ("point_type", "rule", "is_running")

#: From so many points in view dots shrink, so that neighbours stay apart.
MANY_POINTS = 60
SHRUNK = 0.75


@dataclass(frozen=True)
class Mark:
    """How one point is drawn."""

    symbol: str
    size: float
    fill: str
    edge: str
    edge_width: float


def signal_colour(point_type: str, theme: Theme) -> str | None:
    """Return the colour of a signal, or None for a point that fires no rule."""
    if point_type not in list(PointType) or point_type == PointType.COMMON_CAUSE:
        return None
    return theme.of_point(point_type)


def mark(point: Mapping[Any, Any], rises: bool, many: bool, theme: Theme, size: ChartSize = DESK) -> Mark:
    """Return the mark of one row of chart_point.

    Parameters
    ----------
    point
        A row with `point_type` and `rule` (the rule that wins by precedence, or missing).
    rises
        Whether the value is above the one before it: which way a trend's triangle points.
    many
        Whether marks are drawn small.
    theme
        Colours.
    size
        How large the chart is drawn.
    """
    colour = signal_colour(point["point_type"], theme)
    rule = point["rule"]
    scale = size.marks * (SHRUNK if many else 1.0)
    if point.get("is_running"):  # hollow: no point yet
        return Mark("circle", SYMBOL_SIZE["circle"] * scale, theme.page, theme.data_line, size.marks)
    if colour is None or pd.isna(rule):
        return Mark("circle", SYMBOL_SIZE["circle"] * scale, theme.data, theme.data, 0.0)
    if rule in RINGS:
        return Mark(
            "circle", SYMBOL_SIZE["circle-open"] * scale, theme.page, colour, OPEN_SYMBOL_LINE * scale
        )
    symbol = {Rule.BEYOND_LIMITS: "diamond", Rule.TWO_OF_THREE: "square"}.get(rule, "circle")
    if rule == Rule.TREND:
        symbol = "triangle-up" if rises else "triangle-down"
    return Mark(symbol, SYMBOL_SIZE[symbol] * scale, colour, theme.page, 0.8)


#: A row without a value draws nothing, yet keeps its place in plotly's lists.
NOTHING = Mark("circle", 0.0, "rgba(0,0,0,0)", "rgba(0,0,0,0)", 0.0)


def marker(rows: pd.DataFrame, theme: Theme, size: ChartSize = DESK) -> dict[str, Any]:
    """Return plotly's marker for the rows of a chart, one entry a row; rows without a value draw nothing."""
    valued = rows[rows["value"].notna()]
    rises = dict(zip(valued.index, valued["value"].diff() > 0, strict=True))
    many = len(rows) > MANY_POINTS
    told = rows[[name for name in COLUMNS if name in rows]].to_dict("records")
    marks = [
        mark(row, rises[at], many, theme, size) if at in rises else NOTHING
        for at, row in zip(rows.index, told, strict=True)
    ]
    return {
        "symbol": [m.symbol for m in marks],
        "size": [m.size for m in marks],
        "color": [m.fill for m in marks],
        "opacity": 1,  # plotly fades points of mixed sizes to 0.7 otherwise
        "line": {"color": [m.edge for m in marks], "width": [m.edge_width for m in marks]},
    }
