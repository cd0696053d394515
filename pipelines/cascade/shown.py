"""Charts of the cascade found by what they count, and their points as worked notes read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.cascade.quarter import Quarter, is_shown, quarter_of
from pipelines.charts import SeriesChart
from pipelines.measures import Measure

#: What a chart counts: its numerator and its denominator.
Counted = tuple[str, str | None]


@dataclass(frozen=True)
class Point:
    """One point as it is shown; of a mean the numerator is the value times the denominator."""

    start: dt.date
    end: dt.date
    numerator: float
    denominator: float

    @property
    def value(self) -> float:
        """Share or mean."""
        return self.numerator / self.denominator


@dataclass(frozen=True)
class ShownCharts:
    """Charts of one audience, by place and by what they count; where two prototypes count the same, the longer one."""

    charts: Mapping[tuple[str, Counted], SeriesChart]

    @classmethod
    def of(cls, charts: Sequence[tuple[str, SeriesChart]], measures: Mapping[str, Measure]) -> ShownCharts:
        """Return charts, each with its place, for looking up."""
        found: dict[tuple[str, Counted], SeriesChart] = {}
        for place, chart in charts:
            measure = measures[str(chart.summary["measure_id"])]
            key = place, (measure.numerator, measure.denominator)
            if key not in found or is_shown(chart).sum() > is_shown(found[key]).sum():
                found[key] = chart
        return cls(found)

    def points(self, place: str, counted: Counted) -> list[Point]:
        """Return the points shown, in time order; none where there is no such chart."""
        chart = self.charts.get((place, counted))
        if chart is None:
            return []
        names = ("period_start", "period_end", "value", "numerator", "denominator")
        rows = zip(*(chart.columns[name][is_shown(chart)] for name in names), strict=True)
        return [
            Point(start, end, value * n if np.isnan(x) else x, n)
            for start, end, value, x, n in rows
            if np.isfinite(n) and n > 0
        ]

    def quarter(self, counted: Counted) -> Quarter | None:
        """Return the latest quarter of a figure in any place."""
        return quarter_of([chart for key, chart in self.charts.items() if key[1] == counted])


def in_quarter(points: Sequence[Point], quarter: Quarter | None) -> Point | None:
    """Return the points within a quarter as one; None without any."""
    if quarter is None or not points:
        return None
    starts, ends = (np.array([getattr(point, name) for point in points], object) for name in ("start", "end"))
    held = [point for point, is_in in zip(points, quarter.holds(starts, ends), strict=True) if is_in]
    if not held:
        return None
    x, n = sum(point.numerator for point in held), sum(point.denominator for point in held)
    return Point(held[0].start, held[-1].end, x, n)


def latest_and_year_before(points: Sequence[Point]) -> tuple[Point | None, Point | None]:
    """Return the latest point and the one of the same month a year before, where each is shown."""
    if not points:
        return None, None
    last = points[-1]
    before = [
        point
        for point in points
        if (point.start.year + 1, point.start.month) == (last.start.year, last.start.month)
    ]
    return last, before[0] if before else None
