"""Has a chart changed since a day: the p-value of the points after it against those before, for many days at once.

The model is that of a cycle's interval (`learning.model`): a level, a step at the day, a season, residuals whose
neighbours are linked, Student's t. Counts and shares are taken on the scale on which chance spreads them alike at every
level (square root, arcsine of the square root: Anscombe 1948), so that every sum has a closed form, and all days of all
charts are summed together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.interval import family_of
from pipelines.measures import Measure
from pipelines.news.signals import is_point
from pipelines.news.steps import Steps

Column = NDArray[Any]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

#: Charts summed together: few enough to stay near the processor.
AT_ONCE = 64


@dataclass(frozen=True)
class Series:
    """A chart's points on the scale of the test, shape (k,) each, in time order.

    Attributes
    ----------
    value
        On the scale on which the spread is the same at every level.
    weight
        In units in which chance alone gives a variance of 1 where `is_counted`; 1 for single values.
    first_day, last_day
        Of the period, in days since 1970.
    phase
        Stretch of the chart that a point belongs to.
    is_counted
        Whether chance alone gives a least variance.
    """

    value: FloatArray
    weight: FloatArray
    first_day: FloatArray
    last_day: FloatArray
    phase: IntArray
    is_counted: bool

    def __len__(self) -> int:
        return len(self.value)

    @classmethod
    def of(cls, columns: Mapping[str, Column], measure: Measure) -> Series:
        """Take the points out of the columns of chart_point."""
        known = is_point(columns)
        first, last = (
            columns[name][known].astype("datetime64[D]").astype(float)
            for name in ("period_start", "period_end")
        )
        figures = (columns[name][known].astype(float) for name in ("value", "numerator", "denominator"))
        family = family_of(measure)
        value, weight = _on_scale(*figures, family=family)
        return cls(value, weight, first, last, columns["phase"][known].astype(int), family != "gaussian")


@dataclass(frozen=True)
class Windows:
    """What each day to look back to shows: `n_before` points at most that day, with the p-value and the direction.

    Shape (s,) each. `p_value` is NaN where the two sides cannot be compared; `direction` is -1, 0 or 1.
    """

    n_before: IntArray
    p_value: FloatArray
    direction: IntArray


def _on_scale(
    value: FloatArray, numerator: FloatArray, denominator: FloatArray, *, family: str
) -> tuple[FloatArray, FloatArray]:
    if family == "gaussian":
        return value, np.ones(value.shape)
    has_exposure = np.isfinite(denominator).all()
    counted = numerator if has_exposure else value
    exposure = denominator if has_exposure else np.ones(value.shape)
    if family == "binomial":
        share = (counted + 3 / 8) / (exposure + 3 / 4)
        return np.arcsin(np.sqrt(np.clip(share, 0, 1))), 4 * exposure + 2
    return np.sqrt((counted + 3 / 8) / exposure), 4 * exposure


def windows_of(series: Sequence[Series], since: float) -> list[Windows]:
    """Return for each chart every way to part its points at a day from `since` on.

    Points before are those of the stretch of the chart that was in force on the day, POINTS_FOR_LIMITS or more; points
    after are all the others.

    Parameters
    ----------
    series
        The charts.
    since
        The first day to look back to, in days since 1970.

    Returns
    -------
    list of Windows
        One a chart, in order: for a day with n points until then, the entry with that `n_before`.
    """
    found: list[Windows] = []
    for start in range(0, len(series), AT_ONCE):
        found += _together(series[start : start + AT_ONCE], since)
    return found


def _together(series: Sequence[Series], since: float) -> list[Windows]:
    parts = [np.arange(int((one.last_day <= since).sum()), len(one) + 1) for one in series]
    size, most = max(map(len, series), default=0), max(map(len, parts), default=0)
    if not size:
        return [Windows(n, np.full(n.shape, np.nan), np.zeros(n.shape, dtype=int)) for n in parts]
    n_before = np.stack([_filled(n, most, -1) for n in parts])
    lined_up = {
        name: np.stack([_filled(getattr(one, name), size, -1 if name == "phase" else 0) for one in series])
        for name in ("value", "weight", "first_day", "last_day", "phase")
    }
    steps = Steps(n_before=n_before, is_counted=np.array([one.is_counted for one in series]), **lined_up)
    p_value, direction = steps.tested()
    return [Windows(n, p_value[at, : len(n)], direction[at, : len(n)]) for at, n in enumerate(parts)]


def _filled(values: Column, size: int, filler: int) -> Column:
    return np.concatenate([values, np.full(size - len(values), filler, dtype=values.dtype)])
