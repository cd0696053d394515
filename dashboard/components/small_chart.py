"""A chart made small, as SVG without text: several of them stand on one scale, so that places can be compared by eye.

Unlike the wall's sparklines, heights are values: the same height is the same number in every picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

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

#: Room at both ends, px, so that a mark there is whole.
EDGE = 7.0


class Place(NamedTuple):
    """One row of chart_point in the picture: its middle, start and end, px, and its columns as they are; nan where empty.

    A picture has few rows, and a page many pictures: plain numbers are drawn several times as fast as a frame.
    """

    x: float
    left: float
    right: float
    value: float
    lower_limit: float
    upper_limit: float
    centre_line: float
    target: float
    phase: int
    point_type: str
    rule: str | None


@dataclass(frozen=True)
class Ground:
    """A picture's size in px, and what turns moments and values into places."""

    request: ChartRequest
    values: ValueAxis
    width: float
    height: float

    def x(self, moments: pd.Series) -> list[float]:
        """Return the places of moments, held inside the picture."""
        start, end = (moment.to_datetime64() for moment in (self.request.axis.start, self.request.axis.end))
        shares = (pd.to_datetime(moments).to_numpy() - start) / (end - start)
        return [self.across(share) for share in shares.clip(0.0, 1.0).tolist()]

    def across(self, share: float) -> float:
        """Return the place of a share of the time axis."""
        return EDGE + share * (self.width - 2 * EDGE)

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
    places = _places(ground)
    valued = [place for place in places if not math.isnan(place.value)]
    parts = [*_cycles(ground, theme), *_lines(ground, valued, theme), _target(ground, valued, theme)]
    parts += [_path(ground, places, theme), *_dots(ground, valued, theme)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" '
        f'fill="none">{"".join(parts)}</svg>'
    )


def _places(ground: Ground) -> list[Place]:
    """Return the rows in view, in time order."""
    rows = ground.request.rows()
    across = [ground.x(rows[name]) for name in ("middle", "period_start", "period_end")]
    drawn = [rows[name].tolist() for name in Place._fields[len(across) :]]
    is_in_view = (rows["middle"] <= ground.request.axis.end).tolist()
    return [Place(*cells) for held, *cells in zip(is_in_view, *across, *drawn, strict=True) if held]


def _cycles(ground: Ground, theme: Theme) -> list[str]:
    axis = ground.request.axis
    spans = [span for cycle in ground.request.cycles if (span := cycle.span(axis))]
    ends = [[ground.across(axis.fraction(day)) for day in span] for span in spans]
    return [
        f'<rect x="{left:.1f}" width="{right - left:.1f}" height="{ground.height}" fill="{theme.cycle_a}"/>'
        for left, right in ends
    ]


def _lines(ground: Ground, places: Sequence[Place], theme: Theme) -> list[str]:
    """Return the usual range of each phase with its average; of a chart without one the median."""
    summary, parts = ground.request.summary, []
    if not has_limits(summary):
        median = summary.get("median")
        if len(places) > 1 and median is not None and not pd.isna(median):
            parts.append(_stepped(ground, places, [float(median)] * len(places), theme.centre, 1.3))
        return parts
    paler = summary.get("limits_state") in (LimitsState.PROVISIONAL, LimitsState.TRIAL)
    opacity = RANGE_OPACITY_PROVISIONAL if paler else RANGE_OPACITY
    clip = ground.request.style.clip
    limited = [place for place in places if not math.isnan(place.lower_limit)]
    for _, held in groupby(limited, lambda place: place.phase):
        phase = list(held)
        low, high = [clip(place.lower_limit) for place in phase], [clip(place.upper_limit) for place in phase]
        top, bottom = _corners(ground, phase, high), _corners(ground, phase, low)
        outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*top, *reversed(bottom)])
        parts.append(f'<polygon points="{outline}" fill="{theme.range_fill}" fill-opacity="{opacity}"/>')
        dash = ' stroke-dasharray="4 4"' if paler else ""
        parts += [_stepped(ground, phase, edge, theme.range_edge, 1, dash) for edge in (low, high)]
        parts.append(_stepped(ground, phase, [place.centre_line for place in phase], theme.centre, 1.3))
    return parts


def _corners(ground: Ground, places: Sequence[Place], values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the corners of a line that goes from the start to the end of each period."""
    heights = [ground.y(value) for value in values]
    return [(x, y) for place, y in zip(places, heights, strict=True) for x in (place.left, place.right)]


def _stepped(
    ground: Ground,
    places: Sequence[Place],
    values: Sequence[float],
    colour: str,
    width: float,
    dash: str = "",
) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in _corners(ground, places, values))
    return f'<polyline points="{points}" stroke="{colour}" stroke-width="{width}"{dash}/>'


def _target(ground: Ground, places: Sequence[Place], theme: Theme) -> str:
    known = [place for place in places if not math.isnan(place.target)]
    if not known:
        return ""
    values = [place.target for place in known]
    return _stepped(ground, known, values, theme.target, 1.6, ' stroke-dasharray="8 5"')


def _path(ground: Ground, places: Sequence[Place], theme: Theme) -> str:
    """Return the line through the points; a gap or a hidden cell breaks it."""
    path, pen_down = [], False
    for place in places:
        is_there = not math.isnan(place.value)
        if is_there:
            path.append(f"{'L' if pen_down else 'M'}{place.x:.1f} {ground.y(place.value):.1f}")
        pen_down = is_there
    return (
        f'<path d="{"".join(path)}" stroke="{theme.data_line}" stroke-width="1.6" stroke-linejoin="round"/>'
    )


def _dots(ground: Ground, places: Sequence[Place], theme: Theme) -> list[str]:
    """Return the signals in their shapes, the latest point larger, and every other dot where there are few."""
    dots, before = [], None
    for at, place in enumerate(places, start=1):
        is_last = at == len(places)
        rule = None if pd.isna(place.rule) else str(place.rule)
        mark = Mark(place.x, ground.y(place.value), str(place.point_type), rule)
        colour = signal_colour(mark.point_type, theme)
        if colour is not None and rule is not None:
            falls = before is not None and place.value < before
            dots.append(shape(mark, colour, theme.page, is_last, falls))
        elif is_last or len(places) <= EVERY_DOT:
            dots.append(
                f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{5 if is_last else 3}" fill="{theme.data}"/>'
            )
        before = place.value
    return dots
