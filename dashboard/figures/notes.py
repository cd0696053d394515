"""Every word on a chart: at its right end, in its corners, in its bands and at the flags of moved ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.figures import caps
from dashboard.figures.chart_request import ChartRequest, Move
from dashboard.figures.labels import LETTER, end_labels, heights
from dashboard.figures.numbers import ValueAxis
from dashboard.figures.plain import figure_text
from dashboard.theme import ChartSize, Theme

#: Share of the axis from which the words of a flag stand at its left.
MIDDLE = 0.5

#: Side of the square flag over the size of its letter.
SQUARE = 15 / 13

Note = dict[str, Any]

#: Two ends, as shares of the plot.
Span = tuple[float, float]


def every_note(
    request: ChartRequest, rows: pd.DataFrame, values: ValueAxis, theme: Theme, size: ChartSize
) -> list[Note]:
    """Return the annotations of a chart; a size without labels keeps the flags alone."""
    told = [*caps.cap_notes(request, theme, size), *move_notes(request, theme, size)]
    if size.has_labels:
        told += [*corner_notes(request, theme, size), *not_due_notes(request, theme, size)]
        told += label_notes(request, rows, values, theme, size)
    return told


def room_above(request: ChartRequest, size: ChartSize) -> int:
    """Return the margin above the plot, px: for caps, and over them for flags and corner words where there are any."""
    moved = any(request.axis.holds(move.day) for move in request.moves)
    told = moved or (size.has_labels and any(request.corner_words()))
    return caps.rows_height(request, size) + (size.above_with_words if told else size.above)


def corner_notes(request: ChartRequest, theme: Theme, size: ChartSize) -> list[Note]:
    """Return the words above the plot, left and right."""
    common = _above(request, size) | {"font": {"size": size.label, "color": theme.muted}, "xref": "paper"}
    left, right = request.corner_words()
    notes = []
    if left:
        notes.append(common | {"x": 0, "xanchor": "left", "xshift": 4, "text": figure_text(left)})
    if right:
        notes.append(common | {"x": 1, "xanchor": "right", "xshift": -4, "text": figure_text(right)})
    return notes


def move_notes(request: ChartRequest, theme: Theme, size: ChartSize) -> list[Note]:
    """Return a square flag with an R on each day from which the usual range was moved, and who moved it.

    The words stand on whichever side is free; where neither is, the line under the chart has them alone.
    """
    moves = [move for move in request.moves if request.axis.holds(move.day)]
    side = round(SQUARE * size.label)
    ink = {"bgcolor": theme.text, "borderpad": 1, "width": side, "height": side, "xanchor": "center"}
    letter = {"text": "<b>R</b>", "font": {"size": size.label, "color": theme.page}}
    places = [
        _above(request, size) | {"xref": "x", "x": pd.Timestamp(move.day).isoformat()} for move in moves
    ]
    words = {"font": {"size": size.label, "color": theme.text}}
    shift, written = round(0.9 * size.label), []
    for place, move, anchor in zip(places, moves, _free_sides(request, moves, size), strict=True):
        if anchor:
            at = {"xanchor": anchor, "xshift": shift if anchor == "left" else -shift}
            written.append(place | words | at | {"text": figure_text(move.words)})
    return [*(place | ink | letter for place in places), *written]


def _free_sides(request: ChartRequest, moves: Sequence[Move], size: ChartSize) -> list[str]:
    """Return on which side of its flag the words of each move stand: "left" is anchored left; empty where neither is free."""
    if not size.has_labels:
        return [""] * len(moves)
    unit = 1 / size.plot_width
    spots = [request.axis.fraction(move.day) for move in moves]
    flag = SQUARE * size.label * unit
    left, right = (LETTER * size.label * len(words) * unit for words in request.corner_words())
    taken = [(-1.0, left), (1 - right, 2.0)]
    chosen = []
    for spot, move in zip(spots, moves, strict=True):
        width = flag + LETTER * size.label * len(move.words) * unit
        ends = {"left": (spot, spot + width), "right": (spot - width, spot)}
        others = taken + [(at - flag / 2, at + flag / 2) for at in spots if at != spot]
        order = ("right", "left") if spot > MIDDLE else ("left", "right")
        free = [side for side in order if not _touches(ends[side], others)]
        chosen.append(free[0] if free else "")
        taken += [ends[free[0]]] if free else []
    return chosen


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def not_due_notes(request: ChartRequest, theme: Theme, size: ChartSize) -> list[Note]:
    """Return the words inside the bands of cycles that cannot show here yet."""
    font = {"size": size.label, "color": theme.cycle_text}
    common = {"yref": "paper", "y": 1, "yanchor": "top", "xanchor": "right", "showarrow": False, "font": font}
    notes = []
    for cycle, words in request.not_due():
        span = cycle.span(request.axis)
        if span is not None:
            notes.append(common | {"x": span[1].isoformat(), "xshift": -4, "text": figure_text(words)})
    return notes


def label_notes(
    request: ChartRequest, rows: pd.DataFrame, values: ValueAxis, theme: Theme, size: ChartSize
) -> list[Note]:
    """Return the words at the right end of what they name."""
    labels = end_labels(rows, request.summary, request.style, theme, size)
    common = {"xref": "paper", "yref": "paper", "x": 1, "xshift": 8, "xanchor": "left", "yanchor": "middle"}
    return [
        common
        | {
            "y": 1 - below / size.plot_height,
            "showarrow": False,
            "font": {"size": label.size, "color": label.colour},
            "text": f"<b>{figure_text(label.text)}</b>" if label.bold else figure_text(label.text),
        }
        for label, below in zip(labels, heights(labels, values, size.plot_height), strict=True)
    ]


def _above(request: ChartRequest, size: ChartSize) -> Note:
    """Return the place of words above the plot: over the caps, where it has any."""
    shift = caps.rows_height(request, size)
    return {"yref": "paper", "y": 1, "yanchor": "bottom", "yshift": shift, "showarrow": False}
