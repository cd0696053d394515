"""The chart of one measure: dots, usual range or median, prediction, target, cycles, what is unknown."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures import layers
from dashboard.figures.axis import FOLDED_RIGHT, LEFT, RIGHT, x_layout
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.labels import end_labels, has_limits, heights
from dashboard.figures.layout import common_layout, value_layout
from dashboard.figures.marks import marker
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.figures.places import base_traces
from dashboard.figures.plain import figure_text, hover_text
from dashboard.figures.whiskers import hover_words, whisker_traces
from dashboard.theme import DESK_CHART, Theme

#: Height of the plot itself in px, and of what stands above and below it.
PLOT_HEIGHT = 132
ABOVE, ABOVE_WITH_WORDS, BELOW, MONTHS_BELOW = 10, 22, 12, 30

#: Share of the axis from which the words of a flag stand at its left.
MIDDLE = 0.5

#: Most month labels on a desk and on a phone.
MONTHS, MONTHS_NARROW = 12, 5


def control_chart(
    request: ChartRequest, theme: Theme, *, months: bool = True, labels: bool = True, narrow: bool = False
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
    labels
        Whether the words at the right and in the corners are part of the figure; a phone has them above it.
    narrow
        Whether the chart stands on a phone: fewer months.

    Returns
    -------
    go.Figure
        A trace `value` with one dot a valued point; the other traces are named after what they are.
    """
    rows, values = request.rows(), request.values()
    front = _front_layers(request, rows, values, theme)
    figure = go.Figure([*_back_layers(request, rows, values, theme), *front])
    figure.update_layout(_layout(request, theme, months=months, labels=labels, narrow=narrow))
    figure.update_layout(yaxis=value_layout(values, theme))
    notes = _move_notes(request, theme, with_words=labels)
    if labels:
        notes += [*_corner_notes(request, theme), *_not_due_notes(request, theme)]
        notes += _label_notes(request, rows, values, theme)
    figure.update_layout(annotations=notes)
    return figure


def _front_layers(
    request: ChartRequest, rows: pd.DataFrame, values: ValueAxis, theme: Theme
) -> list[go.Scatter]:
    if rows.empty:
        return []
    whiskers = whisker_traces(rows, values, request.style, theme)
    return [*whiskers, _value_trace(rows, request.style, theme), *base_traces(rows, request.axis, theme)]


def _back_layers(
    request: ChartRequest, rows: pd.DataFrame, values: ValueAxis, theme: Theme
) -> list[go.Scatter]:
    traces: list[go.Scatter | None] = []
    traces += _range_layers(request, rows, theme)
    median = request.summary.get("median")
    if not has_limits(request.summary) and rows["value"].notna().sum() > 1 and pd.notna(median):
        traces.append(
            layers.median_trace(float(str(median)), request.axis, rows["period_start"].iloc[0], theme)
        )
    for cycle in request.predictions():
        traces += layers.prediction_traces(cycle, request.axis, theme)
    traces.append(layers.target_trace(rows, request.axis, theme))
    traces.append(layers.flag_trace(request.flags, request.axis, values, theme))
    return [trace for trace in traces if trace is not None]


def _range_layers(request: ChartRequest, rows: pd.DataFrame, theme: Theme) -> list[go.Scatter]:
    """Return every phase's usual range; the lines before the last rebase go on as dots."""
    if not has_limits(request.summary):
        return []
    traces: list[go.Scatter] = []
    latest = int(rows["phase"].max()) if len(rows) else 0
    for phase in sorted({int(number) for number in rows["phase"]}):
        part = rows[rows["phase"] == phase]
        state = request.states.get(phase, str(request.summary["limits_state"]))
        last = phase == latest
        traces += layers.range_traces(part, request.axis, request.style, theme, state=state, to_the_end=last)
    if request.has_old_lines:
        traces += layers.old_line_traces(rows, request.axis, request.style, theme)
    return traces


def _value_trace(rows: pd.DataFrame, style: NumberStyle, theme: Theme) -> go.Scatter:
    """Return line and dots in one trace; a gap or hidden cell is a missing y, which breaks the line."""
    said = [hover_words(point, style) for point in rows.to_dict("records")]
    return go.Scatter(
        x=list(rows["moment"]),
        y=[None if pd.isna(value) else float(value) for value in rows["value"]],
        mode="lines+markers",
        name="value",
        connectgaps=False,
        line={"color": theme.data_line, "width": DESK_CHART.data_line},
        marker=marker(rows, theme),
        customdata=[hover_text(words) for words in said],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )


def _layout(
    request: ChartRequest, theme: Theme, *, months: bool, labels: bool, narrow: bool
) -> dict[str, Any]:
    below = MONTHS_BELOW if months else BELOW
    moves = [move.day for move in request.moves]
    is_told = any(request.axis.holds(day) for day in moves) or (labels and any(request.corner_words()))
    above = ABOVE_WITH_WORDS if is_told else ABOVE
    room = MONTHS_NARROW if narrow else MONTHS
    return {
        "height": above + PLOT_HEIGHT + below,
        "margin": {"l": LEFT, "r": RIGHT if labels else FOLDED_RIGHT, "t": above, "b": below, "pad": 0},
        "shapes": [
            *layers.cycle_shapes(request.cycles, request.axis, theme),
            *layers.move_shapes(moves, request.axis, theme),
        ],
        "xaxis": x_layout(request.axis, theme, months=months, room=room),
        "yaxis2": {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True, "anchor": "x"},
        **common_layout(theme),
    }


def _corner_notes(request: ChartRequest, theme: Theme) -> list[dict[str, Any]]:
    font = {"size": DESK_CHART.label, "color": theme.muted}
    common = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "font": font}
    left, right = request.corner_words()
    notes = []
    if left:
        notes.append(common | {"x": 0, "xanchor": "left", "xshift": 4, "text": figure_text(left)})
    if right:
        notes.append(common | {"x": 1, "xanchor": "right", "xshift": -4, "text": figure_text(right)})
    return notes


def _move_notes(request: ChartRequest, theme: Theme, *, with_words: bool) -> list[dict[str, Any]]:
    """Return a square flag with an R on each day from which the usual range was moved, and who moved it."""
    common = {"xref": "x", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    ink = {"bgcolor": theme.text, "borderpad": 1, "width": 15, "height": 15, "xanchor": "center"}
    notes = []
    for move in request.moves:
        if not request.axis.holds(move.day):
            continue
        at = common | {"x": pd.Timestamp(move.day).isoformat()}
        font = {"size": DESK_CHART.label, "color": theme.page}
        notes.append(at | ink | {"text": "<b>R</b>", "font": font})
        if with_words:
            side = {"xanchor": "left", "xshift": 12}
            if request.axis.fraction(move.day) > MIDDLE:
                side = {"xanchor": "right", "xshift": -12}
            font = {"size": DESK_CHART.label, "color": theme.text}
            notes.append(at | side | {"text": figure_text(move.words), "font": font})
    return notes


def _not_due_notes(request: ChartRequest, theme: Theme) -> list[dict[str, Any]]:
    """Return the words inside the bands of cycles that cannot show here yet."""
    font = {"size": DESK_CHART.label, "color": theme.cycle_text}
    common = {"yref": "paper", "y": 1, "yanchor": "top", "xanchor": "right", "showarrow": False, "font": font}
    notes = []
    for cycle, words in request.not_due():
        span = cycle.span(request.axis)
        if span is not None:
            notes.append(common | {"x": span[1].isoformat(), "xshift": -4, "text": figure_text(words)})
    return notes


def _label_notes(
    request: ChartRequest, rows: pd.DataFrame, values: ValueAxis, theme: Theme
) -> list[dict[str, Any]]:
    labels = end_labels(rows, request.summary, request.style, theme)
    common = {"xref": "paper", "yref": "paper", "x": 1, "xshift": 8, "xanchor": "left", "yanchor": "middle"}
    return [
        common
        | {
            "y": 1 - below / PLOT_HEIGHT,
            "showarrow": False,
            "font": {"size": label.size, "color": label.colour},
            "text": f"<b>{figure_text(label.text)}</b>" if label.bold else figure_text(label.text),
        }
        for label, below in zip(labels, heights(labels, values, PLOT_HEIGHT), strict=True)
    ]
