"""The layers behind the points, back to front: cycles, usual range, centre, prediction, target, flags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from dashboard.figures.axis import DAY, TimeAxis
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.figures.trace import Trace, quiet
from dashboard.theme import (
    DESK,
    FLAG_OPACITY,
    HATCH_OPACITY,
    OLD_LIMITS_DASH,
    PREDICTION_DASH,
    PROVISIONAL_DASH,
    RANGE_OPACITY,
    RANGE_OPACITY_PROVISIONAL,
    TARGET_DASH,
    ChartSize,
    Theme,
)
from pipelines.vocabulary import LimitsState

#: What the lines before a rebase are called.
OLD_NAMES = {
    "old_lower_limit": "old lower limit",
    "old_upper_limit": "old upper limit",
    "old_centre_line": "old centre line",
}


def rgba(colour: str, opacity: float) -> str:
    """Return `#RRGGBB` at an opacity as plotly writes it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def cycle_shapes(cycles: Iterable[CycleBand], axis: TimeAxis, theme: Theme) -> list[dict[str, Any]]:
    """Return the pale sand bands, from the first to the last day of Do."""
    spans = [span for cycle in cycles if (span := cycle.span(axis)) is not None]
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": start.isoformat(),
            "x1": end.isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": theme.cycle_b,
            "line": {"width": 0},
            "layer": "below",
            "name": "cycle",
        }
        for start, end in spans
    ]


def range_traces(
    points: pd.DataFrame,
    axis: TimeAxis,
    style: NumberStyle,
    theme: Theme,
    *,
    state: str,
    to_the_end: bool,
    size: ChartSize = DESK,
) -> list[Trace]:
    """Return the usual range of one phase: lower edge, upper edge filled down to it, centre line.

    Rows that hold no value take the limits of the row before, so that a withheld denominator cannot be
    read back from the width of the range.
    """
    rows = points[points["lower_limit"].notna() & points["value"].notna() & ~points["is_hidden"]]
    if rows.empty:
        return []
    provisional = state in (LimitsState.PROVISIONAL, LimitsState.TRIAL)
    x = _steps(rows, points, axis, to_the_end)
    edge = {
        "color": theme.range_edge,
        "width": size.range_edge,
        "dash": PROVISIONAL_DASH if provisional else "solid",
        "shape": "hvh",
    }
    fill = rgba(theme.range_fill, RANGE_OPACITY_PROVISIONAL if provisional else RANGE_OPACITY)
    low, high, centre = (
        _ends([float(v) for v in rows[name]]) for name in ("lower_limit", "upper_limit", "centre_line")
    )
    return [
        quiet(x=x, y=[style.clip(v) for v in low], mode="lines", line=edge, name="lower limit"),
        quiet(
            x=x,
            y=[style.clip(v) for v in high],
            mode="lines",
            line=edge,
            fill="tonexty",
            fillcolor=fill,
            name="upper limit",
        ),
        quiet(
            x=x,
            y=centre,
            mode="lines",
            line={"color": theme.centre, "width": size.centre, "shape": "hvh"},
            name="centre line",
        ),
    ]


def old_line_traces(
    rows: pd.DataFrame, axis: TimeAxis, style: NumberStyle, theme: Theme, size: ChartSize = DESK
) -> list[Trace]:
    """Return the lines before the last rebase, going on as dots beside the new ones."""
    if "old_upper_limit" not in rows:
        return []
    latest = rows[rows["phase"] == rows["phase"].max()]
    known = latest[latest["old_upper_limit"].notna() & latest["value"].notna()]
    if known.empty:
        return []
    x = _steps(known, latest, axis, to_the_end=True)
    line = {"color": theme.range_edge, "width": size.centre, "dash": OLD_LIMITS_DASH, "shape": "hvh"}
    return [
        quiet(x=x, y=_ends([style.clip(float(v)) for v in known[name]]), mode="lines", line=line, name=words)
        for name, words in OLD_NAMES.items()
    ]


def move_shapes(days: Iterable[dt.date], axis: TimeAxis, theme: Theme) -> list[dict[str, Any]]:
    """Return the ink lines on the days from which the usual range was moved."""
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": pd.Timestamp(day).isoformat(),
            "x1": pd.Timestamp(day).isoformat(),
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.text, "width": 1},
            "name": "rebase",
        }
        for day in days
        if axis.holds(day)
    ]


def median_trace(median: float, axis: TimeAxis, first: Any, theme: Theme, size: ChartSize = DESK) -> Trace:
    """Return the median of a run chart: a line and never a band, so that it cannot be mistaken for limits."""
    x = [max(pd.Timestamp(first), axis.start).isoformat(), axis.end.isoformat()]
    return quiet(
        x=x,
        y=[median, median],
        mode="lines",
        line={"color": theme.centre, "width": size.centre},
        name="median",
    )


def prediction_traces(cycle: CycleBand, axis: TimeAxis, theme: Theme, size: ChartSize = DESK) -> list[Trace]:
    """Return a prediction over its cycle's weeks: hatch, two edges, dotted guess; alike if held or missed."""
    span = cycle.span(axis)
    if span is None or not cycle.has_range:
        return []
    low, high = float(cycle.predicted_low or 0), float(cycle.predicted_high or 0)
    x0, x1 = (moment.isoformat() for moment in span)
    pattern = {
        "shape": "/",
        "solidity": 0.15,
        "size": 7 * size.marks,
        "fgcolor": rgba(theme.prediction, HATCH_OPACITY),
        "bgcolor": "rgba(0,0,0,0)",
    }
    edge = {"color": theme.prediction, "width": size.prediction_edge}
    traces = [
        quiet(
            x=[x0, x1, x1, x0, x0],
            y=[low, low, high, high, low],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor="rgba(0,0,0,0)",
            fillpattern=pattern,
            name="prediction",
        ),
        quiet(
            x=[x0, x1, None, x0, x1],
            y=[low, low, None, high, high],
            mode="lines",
            line=edge,
            name="prediction edge",
        ),
    ]
    if cycle.predicted_value is not None:
        dots = {"color": theme.prediction, "width": size.target, "dash": PREDICTION_DASH}
        traces.append(
            quiet(x=[x0, x1], y=[cycle.predicted_value] * 2, mode="lines", line=dots, name="prediction point")
        )
    return traces


def target_trace(points: pd.DataFrame, axis: TimeAxis, theme: Theme, size: ChartSize = DESK) -> Trace | None:
    """Return the target, dashed 9-5, a step where it changed; None where there is none."""
    rows = points[points["target"].notna()]
    if rows.empty:
        return None
    x = [pd.Timestamp(day).isoformat() for day in rows["period_start"]] + [axis.end.isoformat()]
    y = [float(value) for value in rows["target"]]
    line = {"color": theme.target, "width": size.target, "dash": TARGET_DASH, "shape": "hv"}
    return quiet(x=x, y=[*y, y[-1]], mode="lines", line=line, name="target")


def flag_trace(
    flags: Sequence[dt.date], axis: TimeAxis, values: ValueAxis, theme: Theme, size: ChartSize = DESK
) -> Trace | None:
    """Return the thin lines under the numbered flags; None where none lies on the axis."""
    days = [day for day in flags if axis.holds(day)]
    if not days:
        return None
    x = [
        part for day in days for part in (pd.Timestamp(day).isoformat(), pd.Timestamp(day).isoformat(), None)
    ]
    y = [values.low, values.high, None] * len(days)
    line = {"color": rgba(theme.text, FLAG_OPACITY), "width": size.flag_line}
    return quiet(x=x, y=y, mode="lines", line=line, name="flags")


def _steps(rows: pd.DataFrame, points: pd.DataFrame, axis: TimeAxis, to_the_end: bool) -> list[str]:
    """Return x of a stepped line: the phase's left end, the middle of each row's period, the right end."""
    left = max(pd.Timestamp(points["period_start"].iloc[0]), axis.start)
    right = axis.end if to_the_end else pd.Timestamp(points["period_end"].iloc[-1]) + DAY
    return [left.isoformat(), *rows["moment"], right.isoformat()]


def _ends(values: list[float]) -> list[float]:
    return [values[0], *values, values[-1]]
