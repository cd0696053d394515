"""Dots with intervals over time on one scale: what is counted twice a year, or published and never judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.components.dot_rows import SHARE
from dashboard.components.icons import image
from dashboard.figures.numbers import NumberStyle, ValueAxis, value_axis
from dashboard.theme import DESK, Theme

#: Most labels under the picture; of more, every second or third is written.
MOST_LABELS = 6


@dataclass(frozen=True)
class TimeDot:
    """One point: its time in words, its value and interval (None: held back, or not published), and a sentence."""

    when: str
    value: float | None
    low: float | None = None
    high: float | None = None
    hover: str = ""


def time_html(
    dots: Sequence[TimeDot], label: str, theme: Theme, style: NumberStyle = SHARE, joined: bool = True
) -> str:
    """Return the picture; a missing point is a star on the base line and breaks the line.

    Parameters
    ----------
    dots
        In time order, evenly spaced.
    label
        What the picture shows, for a reader who hears it.
    theme
        Colours.
    style
        How the scale is written.
    joined
        Whether a thin line joins neighbours.
    """
    axis = value_axis([number for dot in dots for number in (dot.value, dot.low, dot.high)], style)
    ticks = "".join(
        f'<span style="top:{_top(tick, axis):.1f}%">{escape(words)}</span>'
        for tick, words in zip(axis.ticks, axis.labels, strict=True)
    )
    marks = "".join(_mark(dot, at, len(dots), axis) for at, dot in enumerate(dots))
    line = _line(dots, axis, theme) if joined else ""
    return (
        f'<div class="time-dots" role="group" aria-label="{escape(label)}"><p class="values" aria-hidden="true">{ticks}</p>'
        f'<div class="plot">{line}{marks}</div>{_whens(dots)}</div>'
    )


def _across(at: int, size: int) -> float:
    return (at + 0.5) / size * 100


def _top(value: float, axis: ValueAxis) -> float:
    return (axis.high - value) / (axis.high - axis.low) * 100


def _mark(dot: TimeDot, at: int, size: int, axis: ValueAxis) -> str:
    left, hover = f"left:{_across(at, size):.2f}%", escape(dot.hover)
    if dot.value is None:
        return f'<span class="held" style="{left}" title="{hover}" role="img" aria-label="{hover}">*</span>'
    whisker = ""
    if dot.low is not None and dot.high is not None:
        top, bottom = _top(dot.high, axis), _top(dot.low, axis)
        whisker = f'<i class="whisker" style="{left};top:{top:.2f}%;height:{bottom - top:.2f}%"></i>'
    spot = f"{left};top:{_top(dot.value, axis):.2f}%"
    return (
        f'{whisker}<span class="dot" style="{spot}" title="{hover}" role="img" aria-label="{hover}"></span>'
    )


def _line(dots: Sequence[TimeDot], axis: ValueAxis, theme: Theme) -> str:
    """Return the line through neighbouring points, broken where one is missing; a picture without words."""
    runs: list[list[str]] = [[]]
    for at, dot in enumerate(dots):
        if dot.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{_across(at, len(dots)):.2f},{_top(dot.value, axis):.2f}")
    lines = "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{theme.data_line}" stroke-width="{DESK.data_line}" '
        'vector-effect="non-scaling-stroke"/>'
        for run in runs
        if len(run) > 1
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none">{lines}</svg>'
    return image(svg, "", "joined")


def _whens(dots: Sequence[TimeDot]) -> str:
    every = -(-len(dots) // MOST_LABELS)
    shown = [(at, dot) for at, dot in enumerate(dots) if (len(dots) - 1 - at) % every == 0]
    words = "".join(
        f'<span style="left:{_across(at, len(dots)):.2f}%">{escape(dot.when)}</span>' for at, dot in shown
    )
    return f'<p class="whens" aria-hidden="true">{words}</p>'
