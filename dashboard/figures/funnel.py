"""A funnel plot: each place's share against how many people it counted, inside the limits that chance alone would give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.layers import rgba
from dashboard.figures.layout import common_layout, value_layout
from dashboard.figures.names_apart import sides
from dashboard.figures.numbers import NumberStyle, ValueAxis, value_axis
from dashboard.figures.plain import figure_text, hover_text
from dashboard.figures.trace import Trace, quiet, scatter
from dashboard.theme import DESK, PHONE, PROVISIONAL_DASH, RANGE_OPACITY, Theme

HEIGHT = 300
ABOVE, BELOW, RIGHT = 12, 44, 112

#: About how wide the plot is on a desk and on a phone, px: names are kept apart at these.
WIDTH, WIDTH_NARROW = 520, 300

SHARE = NumberStyle(is_share=True, never_negative=True)
PEOPLE = NumberStyle(starts_at_zero=False, never_negative=True)

#: Diameter of a place's mark, px; one outside the limits is a diamond.
DOT, DIAMOND = 10, 14

#: Columns of the limits: the outer pair, then the inner one.
OUTER, INNER = ("lower_998", "upper_998"), ("lower_95", "upper_95")


def funnel_figure(
    points: pd.DataFrame, lines: pd.DataFrame, here: str | None, theme: Theme, narrow: bool
) -> go.Figure:
    """Draw every place of one measure.

    Parameters
    ----------
    points
        Rows of funnel_point with `neighbourhood`; those held back have no share and are not drawn.
    lines
        Rows of funnel_line of the same measure, by size.
    here
        neighbourhood_id whose name is bold; None where all are alike.
    theme
        Colours; all ink: a place outside the limits is told by its shape and its words.
    narrow
        On a phone fewer sizes are labelled.
    """
    drawn = points[points["share"].notna() & points["n_before"].notna()]
    values = value_axis(_heights(drawn, lines), SHARE, most=5)
    people = _people(drawn, lines, narrow)
    figure = go.Figure(_limits(lines, theme))
    if len(drawn):
        names = [str(name) for name in drawn["neighbourhood"]]
        figure.add_trace(_places(drawn, here, theme, sides(names, _spots(drawn, people, values, narrow))))
    figure.update_layout(_layout(people, values, theme, narrow))
    return figure


def _heights(points: pd.DataFrame, lines: pd.DataFrame) -> list[float]:
    limits = [float(value) for name in OUTER for value in lines[name]] if len(lines) else []
    return [*(float(value) for value in points["share"]), *limits]


def _limits(lines: pd.DataFrame, theme: Theme) -> list[Trace]:
    """Return the band of 95 %, the lines of 99.8 %, and the share of all together."""
    if lines.empty:
        return []
    x = [float(value) for value in lines["n_before"]]
    edge = {"color": theme.range_edge, "width": DESK.range_edge}
    low, high = ([float(value) for value in lines[name]] for name in INNER)
    traces = [
        quiet(x=x, y=low, mode="lines", line=edge, name="lower 95"),
        quiet(
            x=x,
            y=high,
            mode="lines",
            line=edge,
            fill="tonexty",
            fillcolor=rgba(theme.range_fill, RANGE_OPACITY),
            name="upper 95",
        ),
    ]
    for name in OUTER:
        y = [float(value) for value in lines[name]]
        traces.append(quiet(x=x, y=y, mode="lines", line=edge | {"dash": PROVISIONAL_DASH}, name=name))
    centre = {"color": theme.centre, "width": DESK.centre}
    traces.append(
        quiet(
            x=x,
            y=[float(value) for value in lines["centre_line"]],
            mode="lines",
            line=centre,
            name="all together",
        )
    )
    return traces


def _places(points: pd.DataFrame, here: str | None, theme: Theme, stands: list[str]) -> Trace:
    rows = points.to_dict("records")
    outside = [is_outside(row["beyond"]) for row in rows]
    names = [
        f"<b>{figure_text(row['neighbourhood'])}</b>"
        if row["neighbourhood_id"] == here
        else figure_text(row["neighbourhood"])
        for row in rows
    ]
    return scatter(
        x=[float(row["n_before"]) for row in rows],
        y=[float(row["share"]) for row in rows],
        mode="markers+text",
        name="places",
        text=names,
        textposition=stands,
        textfont={"size": DESK.label, "color": theme.text},
        marker={
            "symbol": ["diamond" if out else "circle" for out in outside],
            "size": [DIAMOND if out else DOT for out in outside],
            "color": theme.data,
            "opacity": 1,
            "line": {"color": theme.page, "width": 1},
        },
        customdata=[hover_text(place_words(row)) for row in rows],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _spots(
    points: pd.DataFrame, people: ValueAxis, values: ValueAxis, narrow: bool
) -> list[tuple[float, float]]:
    """Return about where each mark stands, px; a page may be wider, which only sets names further apart."""
    wide = WIDTH_NARROW if narrow else WIDTH
    return [
        (
            wide * (float(row["n_before"]) - people.low) / (people.high - people.low),
            HEIGHT * (values.high - float(row["share"])) / (values.high - values.low),
        )
        for row in points.to_dict("records")
    ]


def is_outside(beyond: Any) -> bool:
    """Whether a place lies outside a limit: ``above 95``, ``below 99.8``."""
    return isinstance(beyond, str) and beyond.startswith(("above", "below"))


def place_words(row: Any) -> str:
    """Return a place in a sentence: its share, of how many, and where it lies."""
    counted = f"{float(row['n_reached']):,.0f} of {float(row['n_before']):,.0f}"
    return (
        f"{row['neighbourhood']}: {SHARE.text(float(row['share']))}, {counted}; {beyond_words(row['beyond'])}"
    )


def beyond_words(beyond: Any) -> str:
    """Return where a place lies: what chance alone would do to a share like everyone's."""
    if not isinstance(beyond, str):
        return "cannot be compared"
    side, _, limit = beyond.partition(" ")
    if side not in ("above", "below"):
        return "within what chance alone would give"
    return f"{side} what chance alone would give ({limit}% limits)"


def _people(points: pd.DataFrame, lines: pd.DataFrame, narrow: bool) -> ValueAxis:
    """Return the axis of sizes, as far as the limits are drawn."""
    sizes = [float(value) for rows in (points, lines) for value in rows["n_before"]]
    axis = value_axis(sizes, PEOPLE, most=4 if narrow else 6)
    if lines.empty:
        return axis
    return replace(axis, low=float(lines["n_before"].min()), high=float(lines["n_before"].max()))


def _layout(people: ValueAxis, values: ValueAxis, theme: Theme, narrow: bool) -> dict[str, Any]:
    axis = value_layout(people, theme)
    return common_layout(theme) | {
        "height": ABOVE + HEIGHT + BELOW,
        "margin": {"l": DESK.left, "r": PHONE.right if narrow else RIGHT, "t": ABOVE, "b": BELOW, "pad": 0},
        "xaxis": axis
        | {"title": {"text": "people counted", "font": {"size": DESK.label, "color": theme.muted}}},
        "yaxis": value_layout(values, theme),
    }
