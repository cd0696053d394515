"""The points that a cycle is judged on: the frozen baseline and Do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.learning.due import planned_until, reach_of
from pipelines.learning.result import CycleLike
from pipelines.measures import Measure

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
DateArray = NDArray[np.datetime64]

#: Lines of the chart, frozen over Do.
LINES = ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")


@dataclass(frozen=True)
class Segment:
    """Points with a value, in time order: shape (k,) each; denominators NaN where the value has none.

    `first_day` and `last_day` are those of each point's period, in days since 1970.
    """

    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    first_day: FloatArray
    last_day: FloatArray

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
class Places:
    """Every charted place of Do in time order, shape (m,): NaN where nothing may signal.

    A gap keeps its place, since it breaks a run of points, and so does a point that helped to set the lines, since
    points inside the baseline never signal. `first_day` is that of each place's period, in days since 1970; `is_seen`
    marks the places of the points of Do, in their order.
    """

    value: FloatArray
    lines: dict[str, FloatArray]
    first_day: FloatArray
    is_seen: BoolArray


@dataclass(frozen=True)
class Segments:
    """One cycle's points. `n_planned` counts what was planned in Do and is not held back."""

    before: Segment
    during: Segment
    places: Places
    n_planned: int
    n_missing: int
    n_hidden: int

    @property
    def span_days(self) -> float:
        """Days from the first to the last day of all points together, both counted; 0 without points."""
        both = (self.before, self.during)
        first = np.concatenate([part.first_day for part in both])
        last = np.concatenate([part.last_day for part in both])
        return float(last.max() - first.min() + 1) if first.size else 0.0


def in_time_order(points: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by their periods, and sessions of a day by their numbers; as they are where they stand so."""
    by = [name for name in ("period_start", "period_end", "session_no") if name in points]
    if points["period_start"].is_monotonic_increasing and points["period_start"].is_unique:
        return points
    return points.sort_values(by, kind="stable", ignore_index=True)


def segments_of(
    points: pd.DataFrame, cycle: CycleLike, measure: Measure, data_until: dt.date | None = None
) -> Segments:
    """Cut the baseline and Do out of a chart.

    Only periods that lie wholly inside Do count, after the measure's stated lag; a baseline counts only as far as
    it ended before Do, and where the usual range was moved, only the last one frozen before Do. Hidden points are
    neither missing nor seen, whatever stands in their cells. Tests planned after the last one on the chart are missing
    as far as the data reach.
    """
    start, end = (points[name].to_numpy("datetime64[D]") for name in ("period_start", "period_end"))
    is_hidden = points["is_hidden"].to_numpy(bool)
    has_ended = ~points["is_running"].to_numpy(bool) if "is_running" in points else np.ones(len(points), bool)
    known = np.isfinite(points["value"].to_numpy(float)) & ~is_hidden & has_ended
    do_start = np.datetime64(cycle.do_start or dt.date.max, "D")
    do_end = np.datetime64(cycle.do_end or dt.date.max, "D")
    first = do_start + np.timedelta64(measure.lag_days, "D") if cycle.do_start else do_start
    in_do = (start >= first) & (end <= do_end) & has_ended
    is_baseline = points["is_baseline"].to_numpy(bool)
    is_before = _of_its_phase(points, is_baseline & (end < do_start) & known)
    trailing = _planned_after(start, end, first, cycle, measure, reach_of(points, data_until))
    return Segments(
        before=_segment(points, start, end, is_before),
        during=_segment(points, start, end, in_do & known),
        places=_places(points, start, in_do, known, is_baseline),
        n_planned=int((in_do & ~is_hidden).sum()) + trailing,
        n_missing=int((in_do & ~is_hidden & ~known).sum()) + trailing,
        n_hidden=int((in_do & is_hidden).sum()),
    )


def _of_its_phase(points: pd.DataFrame, is_before: BoolArray) -> BoolArray:
    """Return the baseline points of the last phase that has any: the lines before a rebase are no yardstick after it."""
    if "phase" not in points or not is_before.any():
        return is_before
    phase = points["phase"].to_numpy(int)
    return is_before & (phase == phase[is_before].max())


def _planned_after(
    start: DateArray,
    end: DateArray,
    first: np.datetime64,
    cycle: CycleLike,
    measure: Measure,
    reach: dt.date | None,
) -> int:
    """Count the tests of Do planned after the last charted one, in the series' own steps."""
    if cycle.do_start is None or reach is None or measure.planned_every == "session" or len(start) < 2:
        return 0
    step = float(np.median(np.diff(start).astype(float)))
    last = max(end.max(), first - np.timedelta64(1, "D"))
    days = (np.datetime64(planned_until(cycle, reach), "D") - last).astype(int)
    return max(int(days // step), 0) if step > 0 else 0


def _segment(points: pd.DataFrame, start: DateArray, end: DateArray, rows: BoolArray) -> Segment:
    figures = (points[name].to_numpy(float)[rows] for name in ("value", "numerator", "denominator"))
    days = (day[rows].astype("datetime64[D]").astype(float) for day in (start, end))
    return Segment(*figures, *days)


def _places(
    points: pd.DataFrame, start: DateArray, in_do: BoolArray, known: BoolArray, is_baseline: BoolArray
) -> Places:
    value = np.where(known & ~is_baseline, points["value"].to_numpy(float), np.nan)[in_do]
    lines = {name: points[name].to_numpy(float)[in_do] for name in LINES}
    return Places(value, lines, start[in_do].astype("datetime64[D]").astype(float), known[in_do])
