"""Runs analysis: unusually long runs and unusually few crossings of the centre line.

Source: Anhøj & Olesen, PLoS ONE 2014;9(11):e113825: signal if the longest run exceeds round(log2 n) + 3 (Schilling
2012) or the crossings fall below the 5th percentile of Binomial(n - 1, 1/2) (Chen 2010).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: A run chart gives no verdict on fewer useful points than this (docs/method.md, Charts 4).
MIN_USEFUL_FOR_VERDICT = 10


@dataclass(frozen=True)
class Runs:
    """What the runs of a series show; counts are of useful points, those off the centre line.

    `signal` is what the rule says at any n; a verdict needs `MIN_USEFUL_FOR_VERDICT` useful points.
    """

    n_useful: int
    longest_run: int
    longest_run_max: int
    n_crossings: int
    n_crossings_min: int
    signal: bool

    @property
    def is_long_run(self) -> bool:
        """Whether the longest run is longer than chance allows."""
        return self.longest_run > self.longest_run_max

    @property
    def is_few_crossings(self) -> bool:
        """Whether the centre line is crossed less often than chance allows."""
        return self.n_crossings < self.n_crossings_min


def longest_run_max(n_useful: int) -> int:
    """Return the longest run that is no signal among n useful points: round(log2 n) + 3."""
    return round(math.log2(n_useful)) + 3 if n_useful > 0 else 0


@lru_cache(maxsize=4096)
def n_crossings_min(n_useful: int) -> int:
    """Return the fewest crossings that are no signal: the 5th percentile of Binomial(n - 1, 1/2), exactly."""
    if n_useful < 2:
        return 0
    steps = n_useful - 1
    cumulative = 0
    for crossings in range(steps + 1):
        cumulative += math.comb(steps, crossings)
        if 20 * cumulative >= 2**steps:
            return crossings
    raise AssertionError("a cumulative distribution reaches 1")


def runs(y: ArrayLike, centre: ArrayLike, method: str = "anhoej") -> Runs:
    """Return the runs analysis of a series.

    Parameters
    ----------
    y
        Values in time order, shape (k,); nan for missing. Missing points and points on the centre line are left out
        and the rest joined.
    centre
        One centre line or one a point.
    method
        `anhoej`, `bestbox` or `cutbox` (Anhøj & Wentzel-Larsen 2020; 10 to 100 useful points, else anhoej). The
        limits in the result are Anhøj's whatever the method; `signal` follows the method.
    """
    from pipelines.spc.rules import side

    signs = side(y, centre)
    return runs_of_signs(signs[signs != 0], method)


def runs_of_signs(signs: NDArray[np.int64], method: str = "anhoej") -> Runs:
    """Return the runs analysis of useful points already told apart as +1 and -1, shape (n_useful,)."""
    n_useful = int(signs.size)
    edges = np.flatnonzero(signs[1:] != signs[:-1]) + 1
    lengths = np.diff(np.concatenate(([0], edges, [n_useful])))
    longest = int(lengths.max()) if n_useful else 0
    crossings = len(edges)
    limit, fewest = longest_run_max(n_useful), n_crossings_min(n_useful)
    return Runs(
        n_useful=n_useful,
        longest_run=longest,
        longest_run_max=limit,
        n_crossings=crossings,
        n_crossings_min=fewest,
        signal=is_signal(n_useful, crossings, longest, method),
    )


def is_signal(n_useful: int, crossings: int, longest: int, method: str = "anhoej") -> bool:
    """Return whether crossings and longest run signal among n useful points, by the method named."""
    if method == "anhoej" or not 10 <= n_useful <= 100:
        return longest > longest_run_max(n_useful) or crossings < n_crossings_min(n_useful)
    from pipelines.spc.boxes import box

    return box(n_useful, method).is_signal(crossings, longest)
