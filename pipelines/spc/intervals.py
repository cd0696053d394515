"""Intervals of a share or a rate from one total.

Sources: Wilson, JASA 1927;22:209; Clopper & Pearson, Biometrika 1934;26:404 (exact, shares); Garwood, Biometrika
1936;28:437 (exact, counts); Byar's approximation, Breslow & Day, Statistical Methods in Cancer Research II, 1987,
section 2.3 (the method of the Office for Health Improvement and Disparities for counts of 10 and more).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError

FloatArray = NDArray[np.float64]


class Interval(NamedTuple):
    """Lower and upper end, the shape of what was asked; nan where nothing was counted."""

    lower: FloatArray
    upper: FloatArray


def wilson(events: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Interval:
    """Return Wilson's score interval of a share.

    Parameters
    ----------
    events, trials
        Counts, events at most trials; nan for missing. No trials give nan.
    level
        0 to 1.

    Returns
    -------
    Interval
        Shares, 0 to 1.
    """
    return _share(events, trials, level, "wilson")


def clopper_pearson(events: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Interval:
    """Return the exact interval of a share; arguments as in `wilson`."""
    return _share(events, trials, level, "beta")


def byar(count: ArrayLike, level: float = 0.95) -> Interval:
    """Return Byar's interval of a Poisson count; divide by the exposure for a rate.

    Parameters
    ----------
    count
        Events, 0 or more; nan for missing. The lower end of none is 0.
    level
        0 to 1.

    Returns
    -------
    Interval
        In events.
    """
    events = _counts(count, "count")
    z = _normal_quantile(level)
    above = events + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
        upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return Interval(np.where(events == 0, 0.0, np.maximum(lower, 0.0)), upper)


def exact_poisson(count: ArrayLike, level: float = 0.95) -> Interval:
    """Return the exact interval of a Poisson count (Garwood); arguments as in `byar`."""
    from scipy.special import chdtri

    events = _counts(count, "count")
    tail = (1 - _checked(level)) / 2
    some = np.where(events > 0, events, 1.0)
    lower = np.where(events == 0, 0.0, chdtri(2 * some, 1 - tail) / 2)
    return Interval(np.where(np.isfinite(events), lower, np.nan), chdtri(2 * (events + 1), tail) / 2)


def _share(events: ArrayLike, trials: ArrayLike, level: float, method: str) -> Interval:
    from statsmodels.stats.proportion import proportion_confint

    above, below = np.broadcast_arrays(_counts(events, "events"), _counts(trials, "trials"))
    if np.any(above > below):
        raise ChartError("There are more events than trials. Count every event among its trials.")
    known = np.isfinite(above) & np.isfinite(below) & (below > 0)
    ends = proportion_confint(
        np.where(known, above, 0.0), np.where(known, below, 1.0), alpha=1 - _checked(level), method=method
    )
    lower, upper = (np.where(known, np.clip(np.asarray(end, dtype=float), 0, 1), np.nan) for end in ends)
    return Interval(lower, upper)


def _counts(values: ArrayLike, name: str) -> FloatArray:
    counts = np.asarray(values, dtype=np.float64)
    if np.any(counts < 0):
        raise ChartError(f"{name} holds a number below 0. Counts start at 0.")
    return counts


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise ChartError(
            f"The level of an interval lies between 0 and 1, not at {level}. Write 0.95 for 95 %."
        )
    return level


def _normal_quantile(level: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf((1 + _checked(level)) / 2)
