"""Are we missing by less? A run chart of how far each result lay from the middle of its range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.components.icons import image
from dashboard.components.learning.marks import across, mark_html, marks_class
from dashboard.components.wording import missing
from dashboard.figures.labels import EndLabel, heights
from dashboard.figures.numbers import NumberStyle, ValueAxis, value_axis
from dashboard.theme import DESK, Theme

Row = Mapping[str, Any]

#: Height of the plot, px; the style sheet has the same.
HEIGHT = 180

#: Cycles whose errors set the median that later ones are seen against (pipelines/learning/calibration.py).
FIRST = 12

WHAT = "How far each result fell from the middle of its range; the edge of the range is 1."


def errors_html(rows: Sequence[Row], sentence: str, theme: Theme, *, n_all: int, narrow: bool) -> str:
    """Return the chart of errors.

    Parameters
    ----------
    rows
        Of prediction_error in order, those in view; at least one.
    sentence
        The error sentence of calibration: the alternative text.
    theme
        Colours.
    n_all
        Scored cycles in all, of which a phone shows the last.
    narrow
        On a phone the labels stand above the plot.
    """
    values = [float(row["value"]) for row in rows]
    axis = value_axis([0.0, *values], NumberStyle(starts_at_zero=True))
    labels = _labels(rows, theme)
    marks = "".join(
        mark_html(row, at, len(rows), _top(value, axis), "dot small", tab=False)
        for at, (row, value) in enumerate(zip(rows, values, strict=True))
    )
    ticks = "".join(
        f'<span style="top:{_top(tick, axis):.1f}%">{label}</span>'
        for tick, label in zip(axis.ticks, axis.labels, strict=True)
    )
    side = "" if narrow else _at_the_right(labels, axis)
    return (
        f"{_folded(labels) if narrow else ''}"
        f'<div class="errors" role="group" aria-label="{escape(sentence)}"><p class="values" aria-hidden="true">{ticks}</p>'
        f'<div class="{marks_class(rows)}">{_lines(rows, axis)}{_joined(values, axis, theme)}{marks}</div>{side}'
        f"{_who_set_the_median(len(rows), n_all)}</div>"
    )


def _top(value: float, axis: ValueAxis) -> float:
    return (axis.high - value) / (axis.high - axis.low) * 100


def _median(rows: Sequence[Row]) -> float | None:
    value = rows[-1]["median"]
    return None if missing(value) else float(value)


def _labels(rows: Sequence[Row], theme: Theme) -> list[EndLabel]:
    """Return what stands at the right: the latest error, the edge of a range, the median."""
    size, latest = DESK.label, float(rows[-1]["value"])
    labels = [
        EndLabel(f"latest {latest:.1f}", latest, theme.data, DESK.last_value, bold=True),
        EndLabel("edge of the range 1", 1.0, theme.prediction, size),
    ]
    median = _median(rows)
    return (
        labels if median is None else [*labels, EndLabel(f"median {median:.1f}", median, theme.muted, size)]
    )


def _lines(rows: Sequence[Row], axis: ValueAxis) -> str:
    """Return the median, and the edge of every range."""
    edge = f'<i class="edge" style="top:{_top(1.0, axis):.2f}%"></i>'
    median = _median(rows)
    return edge if median is None else f'{edge}<i class="median" style="top:{_top(median, axis):.2f}%"></i>'


def _joined(values: Sequence[float], axis: ValueAxis, theme: Theme) -> str:
    """Return the line through the points, as a picture without words of its own."""
    points = " ".join(
        f"{across(at, len(values)):.2f},{_top(value, axis):.2f}" for at, value in enumerate(values)
    )
    return image(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none">'
        f'<polyline points="{points}" fill="none" stroke="{theme.data_line}" stroke-width="{DESK.data_line}" '
        'vector-effect="non-scaling-stroke"/></svg>',
        "",
        "joined",
    )


def _at_the_right(labels: Sequence[EndLabel], axis: ValueAxis) -> str:
    parts = "".join(
        f'<span style="top:{top:.0f}px;color:{label.colour};font-size:{label.size}px;font-weight:{600 if label.bold else 400}">'
        f"{escape(label.text)}</span>"
        for label, top in zip(labels, heights(labels, axis, HEIGHT), strict=True)
    )
    return f'<p class="right" aria-hidden="true">{parts}</p>'


def _folded(labels: Sequence[EndLabel]) -> str:
    parts = "".join(
        f'<span style="color:{label.colour};font-weight:{600 if label.bold else 400}">{escape(label.text)}</span>'
        for label in labels
    )
    return f'<p class="folded-labels">{parts}</p>'


def _who_set_the_median(n_shown: int, n_all: int) -> str:
    """Return the bracket under the cycles that set the median; words alone where some of them are out of view."""
    if n_shown < n_all:
        return f'<p class="first-ones"><span>the first {FIRST} cycles set the median</span></p>'
    share = min(FIRST / n_shown, 1.0) * 100
    counted = f"first {FIRST} cycles set" if n_all >= FIRST else f"{n_all} of the {FIRST} cycles that set"
    return f'<p class="first-ones"><i style="width:{share:.2f}%"></i><span>{counted} the median</span></p>'
