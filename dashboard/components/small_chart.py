"""A chart made small, as SVG without text: several of them stand on one scale, so that places can be compared by eye.

Unlike the wall's sparklines, heights are values: the same height is the same number in every picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.components.sparkline import Mark, shape
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.labels import has_limits
from dashboard.figures.marks import signal_colour
from dashboard.figures.numbers import ValueAxis
from dashboard.theme import RANGE_OPACITY, RANGE_OPACITY_PROVISIONAL, Theme
from pipelines.vocabulary import LimitsState

#: Up to so many points each has its dot; of more only signals and the latest, so that the line can be seen.
EVERY_DOT = 30

#: Columns of chart_point that a picture is drawn from.
DRAWN = ["value", "lower_limit", "upper_limit", "centre_line", "target", "phase", "point_type", "rule"]

#: Room at both ends, px, so that a mark there is whole.
EDGE = 7.0


@dataclass(frozen=True)
class Ground:
    """A picture's size in px, and what turns moments and values into places."""

    request: ChartRequest
    values: ValueAxis
    width: float
    height: float

    def x(self, moments: pd.Series) -> np.ndarray:
        """Return the places of moments, held inside the picture."""
        start, end = (moment.to_datetime64() for moment in (self.request.axis.start, self.request.axis.end))
        shares = (pd.to_datetime(moments).to_numpy() - start) / (end - start)
        return EDGE + shares.clip(0.0, 1.0) * (self.width - 2 * EDGE)

    def y(self, value: float) -> float:
        """Return the place of a value, held inside the picture."""
        share = (self.values.high - value) / (self.values.high - self.values.low)
        return min(max(share, 0.0), 1.0) * self.height


def small_chart(request: ChartRequest, values: ValueAxis, theme: Theme, size: tuple[int, int]) -> str:
    """Return the SVG of a series.

    Parameters
    ----------
    request
        Rows, time axis and cycles; nothing of a hidden row is drawn.
    values
        The value axis that all pictures of a set share.
    theme
        Colours.
    size
        Width and height in px.
    """
    ground = Ground(request, values, *size)
    rows = _placed(ground)
    valued = rows[rows["value"].notna()]
    parts = [*_cycles(ground, theme), *_lines(ground, valued, theme), _target(ground, valued, theme)]
    parts += [_path(ground, rows, theme), *_dots(ground, valued, theme)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" '
        f'fill="none">{"".join(parts)}</svg>'
    )


def _placed(ground: Ground) -> pd.DataFrame:
    """Return the rows in view with their places `x`, and `left` and `right` of their period; only the columns drawn."""
    rows = ground.request.rows()
    rows = rows[rows["middle"] <= ground.request.axis.end]
    left, right = ground.x(rows["period_start"]), ground.x(rows["period_end"])
    return rows[DRAWN].assign(x=ground.x(rows["middle"]), left=left, right=right)


def _cycles(ground: Ground, theme: Theme) -> list[str]:
    axis = ground.request.axis
    spans = [span for cycle in ground.request.cycles if (span := cycle.span(axis))]
    ends = [[EDGE + axis.fraction(day) * (ground.width - 2 * EDGE) for day in span] for span in spans]
    return [
        f'<rect x="{left:.1f}" width="{right - left:.1f}" height="{ground.height}" fill="{theme.cycle_a}"/>'
        for left, right in ends
    ]


def _lines(ground: Ground, rows: pd.DataFrame, theme: Theme) -> list[str]:
    """Return the usual range of each phase with its average; of a chart without one the median."""
    summary, parts = ground.request.summary, []
    if not has_limits(summary):
        median = summary.get("median")
        if len(rows) > 1 and median is not None and not pd.isna(median):
            parts.append(_stepped(ground, _steps(rows), [float(median)] * len(rows), theme.centre, 1.3))
        return parts
    paler = summary.get("limits_state") in (LimitsState.PROVISIONAL, LimitsState.TRIAL)
    opacity = RANGE_OPACITY_PROVISIONAL if paler else RANGE_OPACITY
    for _, phase in rows[rows["lower_limit"].notna()].groupby("phase"):
        low, high = (
            [ground.request.style.clip(value) for value in phase[name].tolist()]
            for name in ("lower_limit", "upper_limit")
        )
        steps = _steps(phase)
        top, bottom = _corners(ground, steps, high), _corners(ground, steps, low)
        outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*top, *reversed(bottom)])
        parts.append(f'<polygon points="{outline}" fill="{theme.range_fill}" fill-opacity="{opacity}"/>')
        dash = ' stroke-dasharray="4 4"' if paler else ""
        parts += [_stepped(ground, steps, edge, theme.range_edge, 1, dash) for edge in (low, high)]
        parts.append(_stepped(ground, steps, phase["centre_line"].tolist(), theme.centre, 1.3))
    return parts


def _steps(rows: pd.DataFrame) -> list[tuple[float, float]]:
    """Return from where to where each row's line goes: the start and the end of its period."""
    return list(zip(rows["left"].tolist(), rows["right"].tolist(), strict=True))


def _corners(
    ground: Ground, steps: Sequence[tuple[float, float]], values: Sequence[float]
) -> list[tuple[float, float]]:
    heights = [ground.y(value) for value in values]
    return [(x, y) for step, y in zip(steps, heights, strict=True) for x in step]


def _stepped(
    ground: Ground,
    steps: Sequence[tuple[float, float]],
    values: Sequence[float],
    colour: str,
    width: float,
    dash: str = "",
) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in _corners(ground, steps, values))
    return f'<polyline points="{points}" stroke="{colour}" stroke-width="{width}"{dash}/>'


def _target(ground: Ground, rows: pd.DataFrame, theme: Theme) -> str:
    known = rows[rows["target"].notna()]
    if known.empty:
        return ""
    return _stepped(
        ground, _steps(known), known["target"].tolist(), theme.target, 1.6, ' stroke-dasharray="8 5"'
    )


def _path(ground: Ground, rows: pd.DataFrame, theme: Theme) -> str:
    """Return the line through the points; a gap or a hidden cell breaks it."""
    path, pen_down = [], False
    for x, value in zip(rows["x"].tolist(), rows["value"].tolist(), strict=True):
        if not math.isnan(value):
            path.append(f"{'L' if pen_down else 'M'}{x:.1f} {ground.y(value):.1f}")
        pen_down = not math.isnan(value)
    return (
        f'<path d="{"".join(path)}" stroke="{theme.data_line}" stroke-width="1.6" stroke-linejoin="round"/>'
    )


def _dots(ground: Ground, rows: pd.DataFrame, theme: Theme) -> list[str]:
    """Return the signals in their shapes, the latest point larger, and every other dot where there are few."""
    dots, before = [], None
    columns = (rows[name].tolist() for name in ("x", "value", "point_type", "rule"))
    for at, (x, value, point_type, named) in enumerate(zip(*columns, strict=True)):
        last = at == len(rows) - 1
        rule = None if pd.isna(named) else str(named)
        mark = Mark(x, ground.y(value), str(point_type), rule)
        colour = signal_colour(mark.point_type, theme)
        if colour is not None and rule is not None:
            dots.append(shape(mark, colour, theme.page, last, before is not None and value < before))
        elif last or len(rows) <= EVERY_DOT:
            dots.append(
                f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{5 if last else 3}" fill="{theme.data}"/>'
            )
        before = value
    return dots
