"""The chart of one measure: dots, usual range or median, prediction, target, cycles, what is unknown."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures import caps, layers, notes
from dashboard.figures.axis import x_layout
from dashboard.figures.base_line import base_traces
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.hover import hover_words
from dashboard.figures.labels import has_limits
from dashboard.figures.layout import common_layout, value_layout
from dashboard.figures.marks import marker
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.figures.trace import Trace, scatter
from dashboard.figures.whiskers import whisker_traces
from dashboard.theme import DESK, ChartSize, Theme


def control_chart(
    request: ChartRequest, theme: Theme, *, months: bool = True, size: ChartSize = DESK
) -> go.Figure:
    """Draw one chart by the chart grammar.

    Parameters
    ----------
    request
        Rows and choices.
    theme
        Colours.
    months
        Whether the months stand below; the last of stacked charts carries them.
    size
        How large it is drawn: `DESK`, `PHONE`, `MEETING`, or one of them with a height of its own.

    Returns
    -------
    go.Figure
        A trace `value` with one dot a valued point; the other traces are named after what they are.
    """
    rows, values = request.rows(), request.values()
    front = _front_layers(request, rows, values, theme, size)
    traces = [*_back_layers(request, rows, values, theme, size), *front]
    layout = _layout(request, theme, months=months, size=size)
    layout["yaxis"] = value_layout(values, theme, size)
    layout["annotations"] = notes.every_note(request, rows, values, theme, size)
    return go.Figure(traces, layout)


def _front_layers(
    request: ChartRequest, rows: pd.DataFrame, values: ValueAxis, theme: Theme, size: ChartSize
) -> list[Trace]:
    if rows.empty:
        return []
    whiskers = whisker_traces(rows, values, request.style, theme, size)
    dots = _value_trace(rows, request.style, theme, size)
    return [*whiskers, dots, *base_traces(rows, request.axis, theme, size)]


def _back_layers(
    request: ChartRequest, rows: pd.DataFrame, values: ValueAxis, theme: Theme, size: ChartSize
) -> list[Trace]:
    traces: list[Trace | None] = []
    traces += _range_layers(request, rows, theme, size)
    median = request.summary.get("median")
    if not has_limits(request.summary) and rows["value"].notna().sum() > 1 and pd.notna(median):
        first = rows["period_start"].iloc[0]
        traces.append(layers.median_trace(float(str(median)), request.axis, first, theme, size))
    for cycle in request.predictions():
        traces += layers.prediction_traces(cycle, request.axis, theme, size)
    traces.append(layers.target_trace(rows, request.axis, theme, size))
    traces.append(layers.flag_trace(request.flags, request.axis, values, theme, size))
    return [trace for trace in traces if trace is not None]


def _range_layers(request: ChartRequest, rows: pd.DataFrame, theme: Theme, size: ChartSize) -> list[Trace]:
    """Return every phase's usual range; the lines before the last rebase go on as dots."""
    if not has_limits(request.summary):
        return []
    axis, style = request.axis, request.style
    traces: list[Trace] = []
    latest = int(rows["phase"].max()) if len(rows) else 0
    for phase in sorted({int(number) for number in rows["phase"]}):
        part = rows[rows["phase"] == phase]
        state = request.states.get(phase, str(request.summary["limits_state"]))
        last = phase == latest
        traces += layers.range_traces(part, axis, style, theme, state=state, to_the_end=last, size=size)
    if request.has_old_lines:
        traces += layers.old_line_traces(rows, axis, style, theme, size)
    return traces


def _value_trace(rows: pd.DataFrame, style: NumberStyle, theme: Theme, size: ChartSize) -> Trace:
    """Return line and dots in one trace; a gap or hidden cell is a missing y, which breaks the line."""
    return scatter(
        x=list(rows["moment"]),
        y=[None if pd.isna(value) else float(value) for value in rows["value"]],
        mode="lines+markers",
        name="value",
        connectgaps=False,
        line={"color": theme.data_line, "width": size.data_line},
        marker=marker(rows, theme, size),
        customdata=[hover_words(point, style) for point in rows.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _layout(request: ChartRequest, theme: Theme, *, months: bool, size: ChartSize) -> dict[str, Any]:
    below = size.months_below if months else size.below
    above = notes.room_above(request, size)
    moves = [move.day for move in request.moves]
    return {
        "height": above + size.plot_height + below,
        "margin": {"l": size.left, "r": size.right, "t": above, "b": below, "pad": 0},
        "shapes": [
            *layers.cycle_shapes(request.cycles, request.axis, theme),
            *caps.cap_shapes(request, theme, size),
            *layers.move_shapes(moves, request.axis, theme),
        ],
        "xaxis": x_layout(request.axis, theme, months=months, size=size),
        "yaxis2": {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True, "anchor": "x"},
        **common_layout(theme, size),
    }
