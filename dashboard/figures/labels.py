"""Words at the right end of what they name, pushed apart where they would touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.figures.marks import signal_colour
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.theme import DESK_CHART, Theme

#: Labels closer than this many lines are pushed apart.
APART = 1.14


@dataclass(frozen=True)
class EndLabel:
    """One label at the right of a chart: its text, the value it names, and how it is written."""

    text: str
    value: float
    colour: str
    size: float
    bold: bool = False


def end_labels(
    points: pd.DataFrame, summary: Mapping[str, Any], style: NumberStyle, theme: Theme
) -> list[EndLabel]:
    """Return a chart's labels: latest value, target, usual range, average or median; nothing not drawn."""
    size = DESK_CHART.label
    labels: list[EndLabel] = []
    valued = points[points["value"].notna() & ~points["is_hidden"]]
    if len(valued):
        last = valued.iloc[-1]
        colour = signal_colour(last["point_type"], theme) or theme.data
        labels.append(
            EndLabel(
                style.value_text(last["value"]),
                float(last["value"]),
                colour,
                DESK_CHART.last_value,
                bold=True,
            )
        )
    target = _number(summary.get("target"))
    if target is not None:
        labels.append(EndLabel(f"target {style.text(target)}", target, theme.target, size, bold=True))
    if has_limits(summary):
        labels.append(EndLabel("usual range", style.clip(float(summary["upper_limit"])), theme.muted, size))
        labels.append(
            EndLabel(
                f"average {style.text(summary['centre_line'])}",
                float(summary["centre_line"]),
                theme.muted,
                size,
            )
        )
    elif _known(summary.get("median")) and len(valued) > 1:
        labels.append(
            EndLabel(f"median {style.text(summary['median'])}", float(summary["median"]), theme.muted, size)
        )
    return labels


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
