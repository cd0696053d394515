"""The points that a cycle is judged on: the frozen baseline and Do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.learning.result import CycleLike
from pipelines.measures import Measure

FloatArray = NDArray[np.float64]

#: Lines of the chart, frozen over Do.
LINES = ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")


@dataclass(frozen=True)
class Segment:
    """Points with a value, in time order: shape (k,) each; denominators NaN where the value has none."""

    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    day: FloatArray

    def __len__(self) -> int:
        return len(self.value)

    def total(self, *, is_ratio: bool, is_sum: bool) -> tuple[float | None, float | None, float | None]:
        """Return the value over all points with its numerator and denominator: sums' quotient, or the mean."""
        if not len(self):
            return None, None, None
        if is_ratio:
            x, n = float(self.numerator.sum()), float(self.denominator.sum())
            return (x / n if n else None), x, n
        return float(self.value.mean()), float(self.numerator.sum()) if is_sum else None, None


@dataclass(frozen=True)
class Segments:
    """One cycle's points. `lines` are the frozen lines at each Do point, NaN where not shown."""

    before: Segment
    during: Segment
    lines: dict[str, FloatArray]
    n_planned: int
    n_missing: int

    @property
    def span_days(self) -> float:
        """Days from the first baseline point to the last Do point."""
        days = np.concatenate([self.before.day, self.during.day])
        return float(days.max() - days.min()) if days.size else 0.0


def segments_of(points: pd.DataFrame, cycle: CycleLike, measure: Measure) -> Segments:
    """Cut the baseline and Do out of a chart.

    Only periods that lie wholly inside Do count, after the measure's stated lag; a baseline counts only as far as
    it ended before Do. Hidden points are neither missing nor seen.
    """
    start, end = (points[name].to_numpy("datetime64[D]") for name in ("period_start", "period_end"))
    known = np.isfinite(points["value"].to_numpy(float))
    first = np.datetime64(cycle.do_start or dt.date.max, "D")
    last = np.datetime64(cycle.do_end or dt.date.max, "D")
    in_do = (start >= first + np.timedelta64(measure.lag_days, "D")) & (end <= last)
    is_hidden = points["is_hidden"].to_numpy(bool)
    baseline = points["is_baseline"].to_numpy(bool) & (end < first) & known
    planned = in_do & ~is_hidden
    return Segments(
        before=_segment(points, start, baseline),
        during=_segment(points, start, in_do & known),
        lines={name: points[name].to_numpy(float)[in_do & known] for name in LINES},
        n_planned=int(planned.sum()),
        n_missing=int((planned & ~known).sum()),
    )


def _segment(points: pd.DataFrame, start: NDArray[np.datetime64], rows: NDArray[np.bool_]) -> Segment:
    value, numerator, denominator = (
        points[n].to_numpy(float)[rows] for n in ("value", "numerator", "denominator")
    )
    return Segment(value, numerator, denominator, start[rows].astype("datetime64[D]").astype(float))
