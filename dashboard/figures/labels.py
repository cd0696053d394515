"""Words at the right end of what they name, pushed apart where they would touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.figures.marks import signal_colour
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.theme import DESK, ChartSize, Theme

#: Labels closer than this many lines are pushed apart.
APART = 1.14

#: Mean width of a letter over its size.
LETTER = 0.52


@dataclass(frozen=True)
class EndLabel:
    """One label at the right of a chart: its text, the value it names, and how it is written."""

    text: str
    value: float
    colour: str
    size: float
    bold: bool = False


def end_labels(
    points: pd.DataFrame, summary: Mapping[str, Any], style: NumberStyle, theme: Theme, size: ChartSize = DESK
) -> list[EndLabel]:
    """Return a chart's labels: latest value, target, usual range, average or median; nothing not drawn."""
    labels: list[EndLabel] = []
    valued = points[points["value"].notna() & ~points["is_hidden"]]
    if len(valued):
        last = valued.iloc[-1]
        colour = signal_colour(last["point_type"], theme) or theme.data
        words = latest_words(float(last["value"]), summary, style, size)
        labels.append(EndLabel(words, float(last["value"]), colour, size.last_value, bold=True))
    target = _number(summary.get("target"))
    if target is not None:
        labels.append(EndLabel(f"target {style.text(target)}", target, theme.target, size.label, bold=True))
    if has_limits(summary):
        upper, centre = style.clip(float(summary["upper_limit"])), float(summary["centre_line"])
        labels.append(EndLabel(range_words(summary, style, size), upper, theme.muted, size.label))
        labels.append(EndLabel(f"average {style.text(centre)}", centre, theme.muted, size.label))
    elif _known(summary.get("median")) and len(valued) > 1:
        median = float(summary["median"])
        labels.append(EndLabel(f"median {style.text(median)}", median, theme.muted, size.label))
    return labels


def latest_words(value: float, summary: Mapping[str, Any], style: NumberStyle, size: ChartSize) -> str:
    """Return the latest value; a chart alone on the screen says what it counts too, where there is room."""
    written = style.value_text(value)
    unit = summary.get("unit")
    if not size.is_alone or style.is_share or not isinstance(unit, str) or written == "1":
        return written
    return _fitting(f"{written} {unit.partition(' a ')[0].strip()}", written, size.last_value, size)


def range_words(summary: Mapping[str, Any], style: NumberStyle, size: ChartSize) -> str:
    """Return the name of the usual range, with its two ends where there is room."""
    between = range_text(float(summary["lower_limit"]), float(summary["upper_limit"]), style)
    return _fitting(f"usual range {between}", "usual range", size.label, size)


def range_text(low: float, high: float, style: NumberStyle) -> str:
    """Return two limits as words, clipped to what can happen: ``6 to 19``, ``30 to 60%``."""
    first, last = (style.text(style.clip(limit)) for limit in (low, high))
    return f"{first.removesuffix('%')} to {last}"


def _fitting(words: str, shorter: str, letters: float, size: ChartSize) -> str:
    return words if LETTER * letters * len(words) <= size.right else shorter


def has_limits(summary: Mapping[str, Any]) -> bool:
    """Whether the latest phase has a usual range to draw."""
    return (
        summary.get("limits_state") not in (None, "none")
        and _known(summary.get("lower_limit"))
        and _known(summary.get("upper_limit"))
    )


def heights(labels: Sequence[EndLabel], axis: ValueAxis, height: float) -> list[float]:
    """Return how far each label's middle stands below the top, in px, none closer than APART lines.

    Parameters
    ----------
    labels
        In any order; the answer keeps it.
    axis
        The value axis.
    height
        Of the plot, px.
    """
    wanted = [height * (axis.high - label.value) / (axis.high - axis.low) for label in labels]
    order = sorted(range(len(labels)), key=lambda index: (wanted[index], index))
    placed = list(wanted)
    for above, index in pairwise(order):
        placed[index] = max(placed[index], placed[above] + _apart(labels[above], labels[index]))
    floor = height
    for place, index in enumerate(reversed(order)):
        if place:
            below = order[len(order) - place]
            floor = placed[below] - _apart(labels[index], labels[below])
        placed[index] = min(placed[index], floor)
    return placed


def _apart(above: EndLabel, below: EndLabel) -> float:
    return APART * (above.size + below.size) / 2


def _number(value: Any) -> float | None:
    return float(value) if _known(value) else None


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)
