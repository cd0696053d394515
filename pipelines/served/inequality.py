"""Slope and relative index of inequality: how far shares differ from the one end of an ordered population to the other.

Each group stands at the middle of its stretch of the population, in order of deprivation; a straight line is fitted to
the shares there, weighted by the people. The slope index is the difference between the two ends of the line, the
relative index their ratio (Low & Low, J Public Health 2004;26:387; the Office for Health Improvement and Disparities'
technical guide). Their intervals come from the groups' own intervals: each end of a sum is the root of the squares of
the parts' distances to the ends that matter (Zou & Donner, Stat Med 2008;27:1693), of which Newcombe's interval of a
difference is the plainest case. With symmetric intervals that is the normal interval which simulation comes to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

#: Groups that a line through them needs to say more than the gap does.
MIN_GROUPS = 3
#: Ratios between which the end of an interval is looked for, and halvings of that stretch.
RATIOS = (1e-6, 1e6)
HALVINGS = 50


@dataclass(frozen=True)
class Inequality:
    """The line through ordered groups.

    Attributes
    ----------
    slope, slope_low, slope_high
        The end of the line at the last group less the end at the first, in the unit of the values, and its interval.
    relative, relative_low, relative_high
        The last end over the first, and its interval; nan where the line does not stay above 0, and infinite where the
        first end cannot be told from 0.
    """

    slope: float
    slope_low: float
    slope_high: float
    relative: float
    relative_low: float
    relative_high: float


def inequality(values: ArrayLike, lower: ArrayLike, upper: ArrayLike, people: ArrayLike) -> Inequality | None:
    """Return slope and relative index of groups in order, most deprived first.

    Parameters
    ----------
    values
        One a group, shape (k,), 0 or more, e.g. shares from 0 to 1.
    lower, upper
        The interval of each, independent of the others; the result has the same level.
    people
        How many people each group holds, above 0.

    Returns
    -------
    Inequality or None
        None for fewer than three groups or where one has no value.
    """
    y, low, high, n = (np.asarray(one, dtype=np.float64) for one in (values, lower, upper, people))
    if y.size < MIN_GROUPS or not np.all(np.isfinite(y + low + high)) or not np.all(n > 0):
        return None
    first, last = ends_of_line(n)
    below, above = y - low, high - y
    slope = weighted_sum(last - first, y, below, above)
    bottom, top = float(first @ y), float(last @ y)
    if min(bottom, top) <= 0:
        return Inequality(*slope, np.nan, np.nan, np.nan)
    return Inequality(*slope, top / bottom, *_ratio_ends(first, last, y, below, above))


def ends_of_line(people: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what each group's value counts for in the first and in the last end of the fitted line, shape (k,)."""
    weight = people / people.sum()
    rank = np.cumsum(weight) - weight / 2
    middle = weight @ rank
    tilt = weight * (rank - middle) / (weight @ (rank - middle) ** 2)
    return weight - middle * tilt, weight + (1 - middle) * tilt


def weighted_sum(
    parts: FloatArray, y: FloatArray, below: FloatArray, above: FloatArray
) -> tuple[float, float, float]:
    """Return a weighted sum and its interval from the distances to both ends of each value's own.

    With parts 1 and -1 and Wilson's intervals it is Newcombe's interval of a difference (Stat Med 1998;17:873, method
    10).
    """
    total = float(parts @ y)
    down = np.where(parts > 0, below, above)
    up = np.where(parts > 0, above, below)
    return (
        total,
        total - float(np.sqrt(np.sum((parts * down) ** 2))),
        total + float(np.sqrt(np.sum((parts * up) ** 2))),
    )


def _ratio_ends(
    first: FloatArray, last: FloatArray, y: FloatArray, below: FloatArray, above: FloatArray
) -> tuple[float, float]:
    """Return between which ratios r the difference `last - r first` cannot be told from 0 (Fieller's argument)."""

    def end(which: int) -> float:
        low, high = np.log(RATIOS)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            is_left = weighted_sum(last - np.exp(middle) * first, y, below, above)[which] > 0
            low, high = (middle, high) if is_left else (low, middle)
        return float(np.exp(low))

    lower, upper = end(1), end(2)
    return (lower if lower > RATIOS[0] * 2 else 0.0), (upper if upper < RATIOS[1] / 2 else np.inf)
