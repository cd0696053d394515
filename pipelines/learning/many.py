"""Many charts at once: which headlines to keep, and what chance alone would show (docs/method.md, Many charts)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Share of false ones accepted among the headlines.
FALSE_DISCOVERY_RATE = 0.10


@dataclass(frozen=True)
class ByChance:
    """What chance alone gives on one page: of `n_charts`, `expected` signal although nothing changed.

    `at_least_one` is the chance of one or more, were the charts independent. `n_without_rate` charts are too short to
    signal at all and count among neither.
    """

    n_charts: int
    n_without_rate: int
    expected: float
    at_least_one: float


def expected_by_chance(false_alarm_rates: ArrayLike) -> ByChance:
    """Return how many of the charts of a page would signal if nothing had changed anywhere.

    Parameters
    ----------
    false_alarm_rates
        One a chart, the column `false_alarm_rate` of chart_summary: 0 to 1; NaN where a chart cannot signal yet.

    Raises
    ------
    ValueError
        Where a rate is no chance.
    """
    rates = np.asarray(false_alarm_rates, dtype=float).ravel()
    known = rates[np.isfinite(rates)]
    if ((known < 0) | (known > 1)).any():
        raise ValueError("A false alarm rate is a chance, 0 to 1.")
    without = int(rates.size - known.size)
    return ByChance(int(known.size), without, float(known.sum()), float(1 - np.prod(1 - known)))


def headlines(
    p_values: Sequence[float], rate: float = FALSE_DISCOVERY_RATE, *, dependent: bool = False
) -> NDArray[np.bool_]:
    """Return which primary measures may be headlines.

    Parameters
    ----------
    p_values
        One a cycle, 0 to 1; NaN is never a headline and does not count.
    rate
        False discovery rate.
    dependent
        False: Benjamini & Hochberg (1995), which holds for independent or positively dependent measures. True:
        Benjamini & Yekutieli (2001), which holds for any, and keeps fewer: for a list in which one measure's rise is
        another's fall.
    """
    from statsmodels.stats.multitest import multipletests

    values = np.asarray(p_values, dtype=float)
    known = np.isfinite(values)
    kept = np.zeros(values.shape, dtype=bool)
    if known.any():
        kept[known] = multipletests(values[known], alpha=rate, method="fdr_by" if dependent else "fdr_bh")[0]
    return kept
