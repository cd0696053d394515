"""Points whose number was not written exactly: a thin line from the least to the most it can be, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.figures.trace import Trace, scatter
from dashboard.theme import DESK, ChartSize, Theme

#: The dashes of one without an upper end; the line itself is as thin as a centre line.
OPEN_DASH = "2px,3px"

#: The columns of chart_point; a series that has none of them was written exactly.
LOW, HIGH = "value_low", "value_high"


def has_interval(point: Mapping[Any, Any]) -> bool:
    """Whether a point's value is the middle of an interval; False for a gap and for what is held back."""
    value, low, high = (point.get(name) for name in ("value", LOW, HIGH))
    if pd.isna(value) or pd.isna(low):
        return False
    return bool(pd.isna(high) or float(high) > float(low))


def interval_text(point: Mapping[Any, Any], style: NumberStyle) -> str:
    """Return between what a point's value lies: ``10 to 12``, ``at least 20``; empty where it was written exactly."""
    if not has_interval(point):
        return ""
    low = style.value_text(float(point[LOW]))
    if pd.isna(point[HIGH]):
        return f"at least {low}"
    return f"{low.removesuffix('%')} to {style.value_text(float(point[HIGH]))}"


def interval_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose value is the middle of an interval."""
    if LOW not in rows or HIGH not in rows or not rows[LOW].notna().any():
        return rows.iloc[:0]
    hidden = rows["is_hidden"].astype(bool)
    inexact = rows[HIGH].isna() | (rows[HIGH].astype(float) > rows[LOW].astype(float))
    return rows[rows["value"].notna() & rows[LOW].notna() & inexact & ~hidden]


def ends(rows: pd.DataFrame, style: NumberStyle) -> list[float]:
    """Return the ends that the value axis has to hold; an upper end that is not known asks for no room."""
    found = interval_rows(rows)
    return [style.clip(float(end)) for name in (LOW, HIGH) if len(found) for end in found[name].dropna()]


def whisker_traces(
    rows: pd.DataFrame, values: ValueAxis, style: NumberStyle, theme: Theme, size: ChartSize = DESK
) -> list[Trace]:
    """Return the thin lines behind the points; one without an upper end is dashed, up to the top of the plot.

    Parameters
    ----------
    rows
        Rows in view, each with its `moment`.
    values
        The value axis.
    style
        How values are written; ends are clipped to what can be.
    theme
        Colours.
    size
        How large the chart is drawn.
    """
    found = interval_rows(rows)
    if found.empty:
        return []
    closed, open_ = found[found[HIGH].notna()], found[found[HIGH].isna()]
    traces = []
    for name, part, dash in (("whisker", closed, "solid"), ("whisker without end", open_, OPEN_DASH)):
        if len(part):
            tops = [
                values.high if pd.isna(high) else style.clip(float(high)) for high in part[HIGH].astype(float)
            ]
            lows = [style.clip(float(low)) for low in part[LOW]]
            traces.append(_trace(name, list(part["moment"]), lows, tops, _line(theme, dash, size)))
    return traces


def whisker_words(points: pd.DataFrame, style: NumberStyle) -> str:
    """Return for the alternative text how many points are not exact and between what the latest lies; or nothing."""
    found = interval_rows(points)
    if found.empty:
        return ""
    between = interval_text(found.iloc[-1].to_dict(), style)
    many = "One point is" if len(found) == 1 else f"{len(found)} points are"
    return f"{many} not exact, shown by a thin line{'' if len(found) == 1 else '; the latest'}: {between}."


def _line(theme: Theme, dash: str, size: ChartSize) -> dict[str, Any]:
    return {"color": theme.data, "width": size.centre, "dash": dash}


def _trace(
    name: str, moments: list[Any], lows: list[float], tops: list[float], line: dict[str, Any]
) -> Trace:
    x = [part for moment in moments for part in (moment, moment, None)]
    y = [part for low, top in zip(lows, tops, strict=True) for part in (low, top, None)]
    return scatter(
        x=x, y=y, mode="lines", name=name, line=line, hoverinfo="skip", showlegend=False, cliponaxis=False
    )
