"""The small chart of "when will we know?": how far a value must move, by how long the cycle lasts, to be told from chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.layout import common_layout, value_layout
from dashboard.figures.numbers import NumberStyle, ValueAxis, value_axis
from dashboard.figures.plain import figure_text
from dashboard.figures.trace import Trace, quiet
from dashboard.theme import DESK, PREDICTION_DASH, Theme

HEIGHT = 230
MARGIN = {"l": 46, "r": 118, "t": 14, "b": 40, "pad": 0}
MARGIN_NARROW = MARGIN | {"r": 14}


def when_will_we_know(
    periods: Sequence[int],
    needed: Sequence[float],
    before: float,
    style: NumberStyle,
    theme: Theme,
    *,
    predicted: float | None = None,
    planned: int | None = None,
    unit: str = "weeks",
    narrow: bool = False,
) -> go.Figure:
    """Draw the value that a cycle of each length must reach before it can be told from chance.

    Parameters
    ----------
    periods, needed
        Lengths of a cycle in points, and the value each needs, in the stored unit; nan where none would do.
    before
        Where the measure stands now.
    style, theme
        How values are written; colours.
    predicted
        The value that the group predicts.
    planned
        The length that is planned.
    unit
        What one point is, in the plural.
    narrow
        On a phone the lines' names stand inside the plot.
    """
    drawn = [value for value in (*needed, before, predicted) if value is not None and not math.isnan(value)]
    values = value_axis(drawn, style)
    x = (min(periods) - 1, max(periods) + 1)
    figure = go.Figure([*_lines(periods, needed, before, x, theme), *_predicted(predicted, x, theme)])
    figure.update_layout(_layout(periods, values, planned, x, unit, theme, narrow))
    figure.update_layout(
        annotations=_names(needed, before, predicted, planned, x, values, style, theme, narrow)
    )
    return figure


def _lines(
    periods: Sequence[int], needed: Sequence[float], before: float, x: tuple[int, int], theme: Theme
) -> list[Trace]:
    """Return the curve, what lies between it and today's level, and that level."""
    known = [(n, value) for n, value in zip(periods, needed, strict=True) if not math.isnan(value)]
    across, up = [n for n, _ in known], [value for _, value in known]
    level = quiet(
        x=list(x), y=[before, before], mode="lines", line={"color": theme.centre, "width": 1.6}, name="before"
    )
    if not known:
        return [level]
    area = quiet(
        x=[*across, *across[::-1]],
        y=[*up, *[before] * len(up)],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=theme.range_fill,
        name="too small to tell",
    )
    marks = {"size": 7, "color": theme.data, "opacity": 1}
    curve = quiet(
        x=across,
        y=up,
        mode="lines+markers",
        line={"color": theme.data_line, "width": 1.6},
        marker=marks,
        name="needed",
    )
    return [area, level, curve]


def _predicted(predicted: float | None, x: tuple[int, int], theme: Theme) -> list[Trace]:
    if predicted is None:
        return []
    line = {"color": theme.prediction, "width": 2.2, "dash": PREDICTION_DASH}
    return [quiet(x=list(x), y=[predicted] * 2, mode="lines", line=line, name="prediction point")]


def _layout(
    periods: Sequence[int],
    values: ValueAxis,
    planned: int | None,
    x: tuple[int, int],
    unit: str,
    theme: Theme,
    narrow: bool,
) -> dict[str, Any]:
    ticks = list(periods)[:: 4 if narrow else 2]
    small = {"size": DESK.label, "color": theme.muted}
    shapes = []
    if planned is not None and x[0] <= planned <= x[1]:
        shapes.append(
            {"type": "line", "x0": planned, "x1": planned, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
             "line": {"color": theme.cycle_edge, "width": 2}, "name": "planned"}
        )  # fmt: skip
    return common_layout(theme) | {
        "height": HEIGHT,
        "margin": MARGIN_NARROW if narrow else MARGIN,
        "hovermode": False,
        "shapes": shapes,
        "xaxis": {
            "range": list(x), "tickmode": "array", "tickvals": ticks, "ticktext": [str(tick) for tick in ticks],
            "title": {"text": figure_text(f"{unit} of testing"), "font": small, "standoff": 6},
            "ticks": "outside", "ticklen": 5, "tickcolor": theme.line_strong, "showgrid": False, "zeroline": False,
            "tickfont": small, "fixedrange": True,
        },
        "yaxis": value_layout(values, theme),
    }  # fmt: skip


def _names(
    needed: Sequence[float],
    before: float,
    predicted: float | None,
    planned: int | None,
    x: tuple[int, int],
    values: ValueAxis,
    style: NumberStyle,
    theme: Theme,
    narrow: bool,
) -> list[dict[str, Any]]:
    """Return the names of the lines, at the right end of what they name; on a phone inside the plot."""
    last = next((value for value in reversed(needed) if not math.isnan(value)), None)
    told = [(f"average {style.text(before)}", before, theme.muted)]
    told += [("could be told", last, theme.text)] if last is not None and not narrow else []
    told += (
        [(f"you predict {style.text(predicted)}", predicted, theme.prediction)]
        if predicted is not None
        else []
    )
    side = (
        {"xanchor": "right", "xshift": 0, "yanchor": "bottom"} if narrow else {"xanchor": "left", "xshift": 8}
    )
    heights = _apart([value for _, value, _ in told], values, narrow)
    notes: list[dict[str, Any]] = [
        {"x": x[1], "y": y, "yanchor": "middle", "showarrow": False, "text": words}
        | {"font": {"size": DESK.label, "color": ink}}
        | side
        for (words, _, ink), y in zip(told, heights, strict=True)
    ]
    if planned is not None and x[0] <= planned <= x[1]:
        words = {
            "x": planned,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "showarrow": False,
            "text": "your plan",
        }
        notes.append(words | {"font": {"size": DESK.label, "color": theme.cycle_text}, "yshift": -2})
    return [*notes, *_inside(needed, before, x, theme, narrow)]


def _inside(
    needed: Sequence[float], before: float, x: tuple[int, int], theme: Theme, narrow: bool
) -> list[dict[str, Any]]:
    """Return the words inside the area: what lies there is no more than chance may show."""
    last = next((value for value in reversed(needed) if not math.isnan(value)), None)
    if last is None:
        return []
    words = "too small to tell" if narrow else "too small to be told from chance"
    place = {"x": x[0] + 2, "y": before + (last - before) * 0.45, "xanchor": "left", "yanchor": "middle"}
    font = {"size": DESK.label, "color": theme.muted}
    return [place | {"text": words, "showarrow": False, "font": font}]


#: Least distance of two names, as a share of the plot's height.
APART = 0.1


def _apart(heights: Sequence[float], values: ValueAxis, narrow: bool) -> list[float]:
    """Return the heights pushed apart, so that no name covers another; their order stays."""
    least = 0 if narrow else APART * (values.high - values.low)
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for low, high in pairwise(order):
        placed[high] = max(placed[high], placed[low] + least)
    return placed
