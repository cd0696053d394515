"""Published figures of a borough, its region and its country, with intervals and without limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.layers import rgba
from dashboard.figures.layout import common_layout
from dashboard.figures.numbers import NumberStyle, value_axis
from dashboard.figures.plain import figure_text
from dashboard.figures.trace import Trace, quiet, scatter
from dashboard.theme import DESK, PHONE, Theme

HEIGHT = 300
ABOVE, BELOW = 12, 46

#: How the areas are told apart without colour: the borough as dots with intervals, the others as lines.
DASHES = ("solid", "solid", "8px,5px")


def locality_figure(
    rows: pd.DataFrame,
    areas: Sequence[str],
    theme: Theme,
    *,
    scale: pd.DataFrame | None = None,
    narrow: bool = False,
) -> go.Figure:
    """Draw one indicator of several areas over time.

    Parameters
    ----------
    rows
        Rows of locality_value of one indicator.
    areas
        Area codes in the order to tell of them; the first is drawn as dots with 95 % intervals, the rest as lines
        with a pale interval band. Successive figures of the first are not joined: their years overlap.
    theme
        Colours; all ink, since nothing here is a signal.
    scale
        Rows that the value axis must hold, so that two charts side by side share it; the rows themselves where None.
    narrow
        On a phone, every third period is labelled.
    """
    figure = go.Figure()
    held_by = [rows[rows["area_code"] == area].sort_values("period_start") for area in areas]
    figure.add_traces([_band(held, theme) for held in held_by[1:] if len(held)])  # below every line
    for order, held in reversed(list(enumerate(held_by))):
        if len(held):
            figure.add_traces(
                _lead(held, theme) if order == 0 else _other(held, DASHES[min(order, 2)], theme)
            )
    figure.update_layout(_layout(rows, drawn_numbers(rows if scale is None else scale), theme, narrow))
    return figure


def drawn_numbers(rows: pd.DataFrame) -> list[float]:
    """Return every value and interval end of the rows."""
    return [float(number) for name in ("value", "lower_95", "upper_95") for number in rows[name].dropna()]


def period_text(start: Any, end: Any) -> str:
    """Return the years of a figure: 2021 to 2023, or one year."""
    first, last = pd.Timestamp(start).year, pd.Timestamp(end).year
    return str(first) if first == last else f"{first} to {last}"


def _middles(rows: pd.DataFrame) -> list[str]:
    start, end = pd.to_datetime(rows["period_start"]), pd.to_datetime(rows["period_end"])
    return [moment.isoformat() for moment in start + (end - start) / 2]


def _hover(rows: pd.DataFrame) -> list[str]:
    words = []
    for row in rows.to_dict("records"):
        told = f"{figure_text(row['area_name'])}, {period_text(row['period_start'], row['period_end'])}: {row['value']:.1f} years"
        if pd.notna(row["lower_95"]):
            told += f"<br>95% interval {row['lower_95']:.1f} to {row['upper_95']:.1f}"
        words.append(told)
    return words


def _lead(rows: pd.DataFrame, theme: Theme) -> list[Trace]:
    upper = [_gap(high - value) for high, value in zip(rows["upper_95"], rows["value"], strict=True)]
    lower = [_gap(value - low) for low, value in zip(rows["lower_95"], rows["value"], strict=True)]
    bars = {
        "type": "data", "array": upper, "arrayminus": lower, "color": theme.data, "thickness": 1.3, "width": 5,
    }  # fmt: skip
    return [
        scatter(
            x=_middles(rows),
            y=[float(value) for value in rows["value"]],
            mode="markers",
            name=str(rows["area_name"].iloc[0]),
            error_y=bars,
            marker={"size": 10, "color": theme.data, "opacity": 1, "line": {"color": theme.page, "width": 1}},
            customdata=_hover(rows),
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
            cliponaxis=False,
        )
    ]


def _band(rows: pd.DataFrame, theme: Theme) -> Trace:
    known = rows[rows["lower_95"].notna() & rows["upper_95"].notna()]
    there = _middles(known)
    low, high = ([float(value) for value in known[name]] for name in ("lower_95", "upper_95"))
    return quiet(
        x=there + there[::-1],
        y=low + high[::-1],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=rgba(theme.range_fill, 0.85),
        name=f"{rows['area_name'].iloc[0]} interval",
    )


def _other(rows: pd.DataFrame, dash: str, theme: Theme) -> list[Trace]:
    return [
        scatter(
            x=_middles(rows),
            y=[float(value) for value in rows["value"]],
            mode="lines",
            name=str(rows["area_name"].iloc[0]),
            line={"color": theme.data_line, "width": 1.8, "dash": dash},
            customdata=_hover(rows),
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
        )
    ]


def _layout(rows: pd.DataFrame, drawn: list[float], theme: Theme, narrow: bool) -> dict[str, Any]:
    values = value_axis(drawn, NumberStyle(), most=6)
    periods = rows.drop_duplicates("period_start").sort_values("period_start")
    keep = periods.iloc[:: -(math.ceil(len(periods) / (4 if narrow else 7)) or 1)]
    font = {"size": DESK.label, "color": theme.muted}
    room = pd.Timedelta(days=200)
    middles = pd.to_datetime(_middles(periods))
    start, end = middles.min() - room, middles.max() + room
    common = {"ticks": "outside", "ticklen": 4, "tickcolor": theme.line_strong, "tickfont": font, "showgrid": False,
              "zeroline": False, "showline": False, "fixedrange": True, "tickmode": "array"}  # fmt: skip
    text = [
        period_text(a, b).replace(" to ", "<br>to ")
        for a, b in zip(keep["period_start"], keep["period_end"], strict=True)
    ]
    return common_layout(theme) | {
        "height": ABOVE + HEIGHT + BELOW,
        "margin": {"l": DESK.left, "r": PHONE.right, "t": ABOVE, "b": BELOW, "pad": 0},
        "xaxis": common
        | {
            "type": "date",
            "range": [start.isoformat(), end.isoformat()],
            "tickvals": _middles(keep),
            "ticktext": text,
        },
        "yaxis": common
        | {
            "range": [values.low, values.high],
            "tickvals": list(values.ticks),
            "ticktext": list(values.labels),
        },
    }


def _gap(width: float) -> float | None:
    return None if pd.isna(width) else float(width)
