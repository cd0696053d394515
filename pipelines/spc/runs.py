"""Runs analysis: unusually long runs, and unusually few or many crossings of the centre line.

Sources: Anhøj & Olesen, PLoS ONE 2014;9(11):e113825: signal if the longest run exceeds round(log2 n) + 3 (Schilling
2012) or the crossings fall below the 5th percentile of Binomial(n - 1, 1/2) (Chen 2010). Swed & Eisenhart, Ann Math
Stat 1943;14:66, as Perla, Provost & Murray (BMJ Qual Saf 2011;20:46) use it: too few or too many runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from pipelines.spc.boxes import LARGEST, SMALLEST, box
from pipelines.spc.groups import BoolArray, Groups, IntArray
from pipelines.spc.rules import Signs, runs_in, side

#: A run chart gives no verdict on fewer useful points than this (docs/method.md, Charts 4).
MIN_USEFUL_FOR_VERDICT = 10
#: Chance of too few, and of too many, runs among points in random order (Swed & Eisenhart).
TAIL = 0.025
#: Up to here quantiles of crossings are counted exactly; beyond, scipy's binomial is as good and faster.
COUNTED_EXACTLY = 1_000


@dataclass(frozen=True)
class Runs:
    """What the runs of m phases show, shape (m,); counts are of useful points, those off the centre line.

    `longest_run_max` and `n_crossings_min` are Anhøj's whatever the method; `signal` is what the method says at any
    number of points, a verdict needs `MIN_USEFUL_FOR_VERDICT`.
    """

    n_useful: IntArray
    longest_run: IntArray
    longest_run_max: IntArray
    n_crossings: IntArray
    n_crossings_min: IntArray
    signal: BoolArray

    @property
    def verdict(self) -> BoolArray:
        """Whether the runs signal on enough useful points."""
        return self.signal & (self.n_useful >= MIN_USEFUL_FOR_VERDICT)


def longest_run_max(n_useful: ArrayLike) -> IntArray:
    """Return the longest run that is no signal among n useful points: round(log2 n) + 3; 0 for none."""
    n = np.asarray(n_useful)
    return np.where(n > 0, np.round(np.log2(np.maximum(n, 1))) + 3, 0).astype(np.int64)


def n_crossings_min(n_useful: ArrayLike) -> IntArray:
    """Return the fewest crossings that are no signal: the 5th percentile of Binomial(n - 1, 1/2)."""
    n, place = np.unique(np.asarray(n_useful), return_inverse=True)
    return np.array([_fewest(int(one)) for one in n], dtype=np.int64)[place]


def runs(y: ArrayLike, centre: ArrayLike, method: str = "anhoej", *, phases: Groups | None = None) -> Runs:
    """Return the runs analysis of each phase.

    Parameters
    ----------
    y
        Values in time order, shape (k,); nan for missing. Missing points and points on the centre line are left out
        and the rest joined.
    centre
        One centre line or one a point.
    method
        `anhoej`; `bestbox` or `cutbox` (Anhøj & Wentzel-Larsen 2020; 10 to 100 useful points, else anhoej); `ihi`.
    phases
        The phases of the points; None: all are one.
    """
    values = np.asarray(y, dtype=float)
    phases = phases or Groups.one(values.size)
    return runs_of_signs(side(values, centre, phases=phases), phases, method)


def runs_of_signs(signs: Signs, phases: Groups, method: str = "anhoej") -> Runs:
    """Return the runs analysis of each phase from the sides of its points: +1, -1, or 0 for points left out."""
    is_useful = signs != 0
    useful = phases
    if not is_useful.all():
        signs, useful = signs[is_useful], phases.kept(is_useful)
    found = runs_in(signs, useful)
    number = useful.count_of(found)
    crossings = np.maximum(number - 1, 0)
    longest = Groups(number).largest(found.size)
    return Runs(
        n_useful=useful.size,
        longest_run=longest,
        longest_run_max=longest_run_max(useful.size),
        n_crossings=crossings,
        n_crossings_min=n_crossings_min(useful.size),
        signal=is_signal(useful.size, crossings, longest, method),
    )


def is_signal(n_useful: ArrayLike, crossings: ArrayLike, longest: ArrayLike, method: str) -> BoolArray:
    """Return whether crossings and longest run signal among n useful points, by the method named, element by element."""
    n, c, run = np.broadcast_arrays(*(np.atleast_1d(one) for one in (n_useful, crossings, longest)))
    if method == "ihi":
        fewest, most = _runs_allowed(n)
        return (n > 0) & ((c + 1 < fewest) | (c + 1 > most))
    by_anhoej = (run > longest_run_max(n)) | (c < n_crossings_min(n))
    if method == "anhoej":
        return by_anhoej
    found = by_anhoej.copy()
    for one in np.unique(n[(n >= SMALLEST) & (n <= LARGEST)]):
        rows = n == one
        found[rows] = run[rows] > box(int(one), method).longest_allowed[c[rows]]
    return found


def _runs_allowed(n_useful: IntArray) -> tuple[IntArray, IntArray]:
    n, place = np.unique(n_useful, return_inverse=True)
    table = np.array([runs_allowed(int(one)) for one in n], dtype=np.int64).reshape(-1, 2)[place]
    return table[:, 0], table[:, 1]


@lru_cache(maxsize=4096)
def _fewest(n_useful: int) -> int:
    if n_useful < 2:
        return 0
    steps = n_useful - 1
    if steps > COUNTED_EXACTLY:
        from scipy.stats import binom

        return int(binom.ppf(0.05, steps, 0.5))
    cumulative = 0
    for crossings in range(steps + 1):
        cumulative += math.comb(steps, crossings)
        if 20 * cumulative >= 2**steps:
            return crossings
    raise AssertionError("a cumulative distribution reaches 1")


@lru_cache(maxsize=4096)
def runs_allowed(n_useful: int) -> tuple[int, int]:
    """Return the fewest and the most runs that are no signal among n useful points, half of them on either side.

    Of all orders of the points at most 2.5 % have fewer runs, and at most 2.5 % have more.
    """
    above, below = (n_useful + 1) // 2, n_useful // 2
    chance = [_chance_of_runs(runs, above, below) for runs in range(n_useful + 1)]
    fewest = next((r for r in range(n_useful + 1) if sum(chance[: r + 1]) > TAIL), 0)
    most = next((r for r in range(n_useful, -1, -1) if sum(chance[r:]) > TAIL), n_useful)
    return fewest, most


def _chance_of_runs(runs: int, above: int, below: int) -> float:
    """Return the chance of exactly so many runs among all orders of two kinds of points (Swed & Eisenhart, eq. 1)."""
    if below == 0 or above == 0:
        return float(runs == min(above + below, 1))
    if runs < 2:
        return 0.0
    half = runs // 2
    if runs % 2 == 0:
        ways = 2 * math.comb(above - 1, half - 1) * math.comb(below - 1, half - 1)
    else:
        ways = math.comb(above - 1, half) * math.comb(below - 1, half - 1)
        ways += math.comb(above - 1, half - 1) * math.comb(below - 1, half)
    return ways / math.comb(above + below, below)
