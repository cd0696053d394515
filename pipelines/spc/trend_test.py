"""Mann-Kendall: does a series rise or fall with time, whatever the shape?

Sources: Mann, Econometrica 1945;13:245; Kendall, Rank Correlation Methods, 4th ed., chapters 4 (ties) and 5 (exact).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Without ties the exact null distribution is used up to this many points, the normal one beyond.
EXACT_UP_TO = 60


class MannKendall(NamedTuple):
    """`s` is concordant minus discordant pairs, `tau` Kendall's tau-b, `p_value` two-sided; nan when undefined."""

    tau: float
    s: int
    p_value: float
    n: int


def mann_kendall(y: ArrayLike) -> MannKendall:
    """Test the known values of a series, in time order, for a monotone trend.

    Parameters
    ----------
    y
        Values, shape (k,); nan for missing, left out.

    Returns
    -------
    MannKendall
        Exact without ties up to 60 points; else normal with the variance corrected for ties and for continuity.
        With fewer than two values or all equal, tau is nan and p 1.
    """
    values = np.asarray(y, dtype=float)
    values = values[np.isfinite(values)]
    n = values.size
    pairs = n * (n - 1) // 2
    later, earlier = np.tril_indices(n, -1)
    s = int(np.sign(values[later] - values[earlier]).sum())
    _, ties = np.unique(values, return_counts=True)
    tied = int((ties * (ties - 1)).sum() // 2)
    if tied == pairs:
        return MannKendall(math.nan, 0, 1.0, n)
    tau = s / math.sqrt(pairs * (pairs - tied))
    p_value = _exact(s, n) if tied == 0 and n <= EXACT_UP_TO else _normal(s, n, ties)
    return MannKendall(tau, s, p_value, n)


def _normal(s: int, n: int, ties: NDArray[np.int64]) -> float:
    tied = float((ties * (ties - 1) * (2 * ties + 5)).sum())
    variance = (n * (n - 1) * (2 * n + 5) - tied) / 18
    return math.erfc(max(abs(s) - 1, 0) / math.sqrt(2 * variance))


def _exact(s: int, n: int) -> float:
    """Return the two-sided chance of a score at least as far from 0, from the counts of inversions."""
    counts = _inversion_counts(n)
    discordant = (n * (n - 1) // 2 - abs(s)) // 2
    return min(1.0, 2 * sum(counts[: discordant + 1]) / math.factorial(n))


@lru_cache(maxsize=EXACT_UP_TO + 1)
def _inversion_counts(n: int) -> tuple[int, ...]:
    """Return how many of the n! orders have 0, 1, 2 ... inversions."""
    counts = [1]
    for size in range(2, n + 1):
        wider = len(counts) + size - 1
        sums = [0, *np.cumsum(np.array(counts, dtype=object)).tolist()]
        counts = [sums[min(k + 1, len(counts))] - sums[max(k - size + 1, 0)] for k in range(wider)]
    return tuple(counts)
