"""Sparklines of the wall as SVG without text; the words are the alt of the `<img>` they stand in.

Heights are in units of the point's own usual range: 0 at its centre line, 1 at its upper limit, -1 at its lower. So
the band is as high in every cell, and the eye asks one question everywhere: inside or outside?
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.components.wording import date, missing
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import Theme
from pipelines.vocabulary import POINTS_FOR_ICON, LimitsState, Period, PointType, Rule, Variation

#: Half-widths of the usual range that the picture reaches to; points beyond are drawn at the edge.
REACH = 1.75

#: Room kept free round the line, so that a mark at the edge is whole.
EDGE = 7.0

#: Days that the picture looks back, by period of the series.
SPAN = {
    Period.SESSION: 182,
    Period.WEEK: 182,
    Period.FOUR_WEEKS: 504,
    Period.MONTH: 548,
    Period.THIRTEEN_WEEKS: 1092,
    Period.WHOLE: 1092,
}

SIGNALS = {state for state in Variation if state.startswith(("improvement", "concern", "neutral"))}


@dataclass(frozen=True)
class Mark:
    """A place in the picture: x and y in px from top left, y None where nothing was counted."""

    x: float
    y: float | None
    point_type: str
    rule: str | None


@dataclass(frozen=True)
class Box:
    """Width and height of a sparkline in px, and the days at its left and right edge."""

    width: float
    height: float
    first: dt.date
    last: dt.date

    def x(self, on: dt.date) -> float:
        """Return the place of a day."""
        share = (on - self.first).days / max((self.last - self.first).days, 1)
        return EDGE + share * (self.width - 2 * EDGE)

    def y(self, height: float) -> float:
        """Return the place of a height in half-widths of the usual range, held inside the picture."""
        held = max(-REACH, min(REACH, height))
        middle = self.height / 2
        return middle - held / REACH * (middle - EDGE)


def sparkline(
    points: pd.DataFrame,
    summary: Mapping[str, Any],
    theme: Theme,
    until: dt.date,
    size: tuple[int, int] = (190, 62),
) -> str:
    """Return the SVG of a series.

    Parameters
    ----------
    points
        Rows of ``chart_point`` of one series, in time order; gaps and hidden rows stay empty places.
    summary
        Its row of ``chart_summary``: limits_state, target, variation, period, median.
    until
        The day at the right edge, so that every picture of the wall ends on the same day.
    size
        Width and height in px.
    """
    first = until - dt.timedelta(days=SPAN[Period(summary["period"])])
    box = Box(*size, first, until)
    shown = points[pd.to_datetime(points["period_start"]) >= pd.Timestamp(first)] if len(points) else points
    has_limits = summary["limits_state"] != LimitsState.NONE
    clipped = _clipped(NumberStyle.of_row(summary))
    marks = _by_limits(shown, box, clipped) if has_limits else _by_range(shown, box)
    layers = []
    if has_limits:
        layers += [
            _band(box, theme, summary["limits_state"] == LimitsState.PROVISIONAL),
            _target(box, summary, theme, clipped),
        ]
    elif not missing(summary.get("median")) and summary["variation"] == Variation.NONE and marks:
        layers.append(_median(box, shown, float(summary["median"]), theme))
    few = sum(mark.y is not None for mark in marks) < POINTS_FOR_ICON
    layers += [_line(marks, theme), *_dots(marks, summary, theme, every=few and not has_limits)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" fill="none">'
        f"{''.join(layers)}</svg>"
    )


def current_run(marks: list[Mark]) -> list[Mark]:
    """Return the marks at the end that say the same as the last one, gaps passed over; none where it says nothing."""
    seen = [mark for mark in marks if mark.y is not None]
    if not seen or seen[-1].point_type == PointType.COMMON_CAUSE:
        return []
    run: list[Mark] = []
    for mark in reversed(seen):
        if mark.point_type != seen[-1].point_type:
            break
        run.append(mark)
    return run[::-1]


def _marks(rows: pd.DataFrame, box: Box, heights: list[float | None]) -> list[Mark]:
    columns = (rows[name].tolist() for name in ("period_start", "point_type", "rule"))
    places = zip(*columns, heights, strict=True)
    return [
        Mark(
            x=box.x(date(start) or box.first),
            y=None if height is None else box.y(height),
            point_type=str(point_type),
            rule=None if missing(rule) else str(rule),
        )
        for start, point_type, rule, height in places
    ]


def _clipped(style: NumberStyle) -> Callable[[Any], Any]:
    """Return what clips a limit to what can be, so that the band means the same as on the chart in full."""
    return lambda limit: limit if missing(limit) else style.clip(float(limit))


def _by_limits(rows: pd.DataFrame, box: Box, clipped: Callable[[Any], Any]) -> list[Mark]:
    """Place each point against its own limits, which differ from point to point on a p or u chart."""
    names = ("value", "centre_line", "lower_limit", "upper_limit")
    columns = zip(*(rows[name].tolist() for name in names), strict=True)
    heights = [
        relative(value, centre, clipped(lower), clipped(upper)) for value, centre, lower, upper in columns
    ]
    return _marks(rows, box, heights)


def relative(value: Any, centre: Any, lower: Any, upper: Any) -> float | None:
    """Return a value in half-widths of its usual range, e.g. 1 at the upper limit; None where there is none.

    Above the centre line the upper half is the unit and below it the lower, as some charts are not symmetric. A range
    of no width has its points on the centre line or at the edge of the picture.
    """
    if missing(value) or missing(centre):
        return None
    edge = upper if value >= centre else lower
    half = 0.0 if missing(edge) else abs(edge - centre)
    if half == 0:
        return 0.0 if value == centre else REACH * (1 if value > centre else -1)
    return float((value - centre) / half)


def _by_range(rows: pd.DataFrame, box: Box) -> list[Mark]:
    """Place points without limits between their own lowest and highest."""
    return _marks(rows, box, [_within(value, rows["value"]) for value in rows["value"]])


def _within(value: Any, values: pd.Series) -> float | None:
    low, high = values.min(), values.max()
    if missing(value):
        return None
    return 0.0 if high == low else float((value - low) / (high - low) * 2 - 1)


def _band(box: Box, theme: Theme, provisional: bool) -> str:
    top, bottom, middle = box.y(1), box.y(-1), box.y(0)
    fill, dash = (0.45, ' stroke-dasharray="4 4"') if provisional else (1, "")
    edges = (
        f'<path d="M0 {top:.1f}H{box.width}M0 {bottom:.1f}H{box.width}" stroke="{theme.range_edge}"{dash}/>'
    )
    return (
        f'<rect y="{top:.1f}" width="{box.width}" height="{bottom - top:.1f}" fill="{theme.range_fill}" '
        f'fill-opacity="{fill}"/>{edges if provisional else ""}'
        f'<path d="M0 {middle:.1f}H{box.width}" stroke="{theme.centre}" stroke-width="1.2"/>'
    )


def _target(box: Box, summary: Mapping[str, Any], theme: Theme, clipped: Callable[[Any], Any]) -> str:
    lower, upper = clipped(summary["lower_limit"]), clipped(summary["upper_limit"])
    place = relative(summary["target"], summary["centre_line"], lower, upper)
    if place is None:
        return ""
    y = box.y(place)
    return (
        f'<path d="M0 {y:.1f}H{box.width}" stroke="{theme.target}" stroke-width="2" stroke-dasharray="8 5"/>'
    )


def _median(box: Box, rows: pd.DataFrame, median: float, theme: Theme) -> str:
    place = _within(median, rows["value"])
    y = box.y(place if place is not None else 0.0)
    return f'<path d="M0 {y:.1f}H{box.width}" stroke="{theme.centre}" stroke-width="1.2"/>'


def _line(marks: list[Mark], theme: Theme) -> str:
    path, pen_down = [], False
    for mark in marks:
        if mark.y is not None:
            path.append(f"{'L' if pen_down else 'M'}{mark.x:.1f} {mark.y:.1f}")
        pen_down = mark.y is not None
    return f'<path d="{"".join(path)}" stroke="{theme.data_line}" stroke-width="2" stroke-linejoin="round"/>'


def _dots(marks: list[Mark], summary: Mapping[str, Any], theme: Theme, every: bool) -> list[str]:
    """Draw the current run of a signal in its colour and shape, and the last point larger."""
    seen = [mark for mark in marks if mark.y is not None]
    if not seen:
        return []
    run = current_run(marks) if summary["variation"] in SIGNALS else []
    dots = [f'<circle cx="{m.x:.1f}" cy="{m.y:.1f}" r="3" fill="{theme.data}"/>' for m in seen[:-1] if every]
    colour = theme.of_variation(summary["variation"])
    falling = str(summary["variation"]).endswith("low")
    dots += [shape(mark, colour, theme.page, mark is seen[-1], falling) for mark in run]
    if not run:
        dots.append(f'<circle cx="{seen[-1].x:.1f}" cy="{seen[-1].y:.1f}" r="5" fill="{theme.data}"/>')
    return dots


def shape(mark: Mark, colour: str, ground: str, large: bool, falling: bool) -> str:
    """Return a point that fires a rule: the shape tells which rule, the colour which way."""
    x, y, r = mark.x, mark.y or 0.0, 6.0 if large else 4.2
    if mark.rule == Rule.BEYOND_LIMITS:
        r += 1
        return (
            f'<path d="M{x:.1f} {y - r:.1f}l{r} {r}l-{r} {r}l-{r}-{r}z" fill="{colour}" stroke="{ground}"/>'
        )
    if mark.rule == Rule.TREND:
        tip = r if falling else -r
        path = f"M{x:.1f} {y + tip:.1f}L{x + r:.1f} {y - tip:.1f}H{x - r:.1f}z"
        return f'<path d="{path}" fill="{colour}" stroke="{ground}"/>'
    if mark.rule == Rule.TWO_OF_THREE:
        place = f'x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r}" height="{2 * r}"'
        return f'<rect {place} fill="{colour}" stroke="{ground}"/>'
    place = f'cx="{x:.1f}" cy="{y:.1f}" r="{r - 0.8:.1f}"'
    return f'<circle {place} fill="{ground}" stroke="{colour}" stroke-width="2.4"/>'
