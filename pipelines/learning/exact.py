"""Two single totals compared without a chart: what a cycle with one Do total has.

Sources: the exact conditional comparison of two Poisson rates, Przyborowski & Wilenski, Biometrika 1940;31:313, its
interval by way of Clopper & Pearson (Gu et al., Biometrical Journal 2008;50:283, give the worked numbers); the
difference of two shares, Newcombe, Statistics in Medicine 1998;17:873, method 10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEVEL = 0.95


@dataclass(frozen=True)
class RateRatio:
    """The first rate over the second with its exact interval; `high` is infinite where the second counts nothing."""

    ratio: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True)
class ShareDifference:
    """The first share less the second, -1 to 1, with its interval."""

    difference: float
    low: float
    high: float


def exact_rate_ratio(x1: float, t1: float, x2: float, t2: float, level: float = LEVEL) -> RateRatio:
    """Compare two rates, each known by one count.

    Given both counts' sum, the first is binomial with share π, and the ratio of rates is π / (1 - π) · t2 / t1: the
    interval is that of Clopper & Pearson, so turned; p is two-sided and exact.

    Parameters
    ----------
    x1, x2
        Events, whole numbers, 0 or more; not both 0.
    t1, t2
        Exposure in one unit: weeks, or people asked; above 0.
    level
        Of the interval, 0 to 1.

    Raises
    ------
    ValueError
        Where a count is below 0 or not whole, nothing was counted on either side, or an exposure is not above 0.
    """
    from statsmodels.stats.proportion import proportion_confint
    from statsmodels.stats.rates import test_poisson_2indep

    _check_counts(x1, x2)
    if not (t1 > 0 and t2 > 0):
        raise ValueError(f"An exposure must be above 0, not {min(t1, t2)}.")
    if x1 + x2 == 0:
        raise ValueError("Nothing was counted on either side: there is no ratio.")
    share = np.array([x1 / (x1 + x2), *proportion_confint(x1, x1 + x2, alpha=1 - level, method="beta")])
    with np.errstate(divide="ignore"):
        ratio, low, high = (float(one) for one in share / (1 - share) * (t2 / t1))
        p_value = float(test_poisson_2indep(x1, t1, x2, t2, method="exact-cond").pvalue)
    return RateRatio(ratio, low, high, min(p_value, 1.0))


def newcombe_difference(x1: float, n1: float, x2: float, n2: float, level: float = LEVEL) -> ShareDifference:
    """Compare two shares, each known by one count among so many.

    Parameters
    ----------
    x1, x2
        Counts, whole numbers, 0 to n.
    n1, n2
        Among how many, above 0.
    level
        Of the interval, 0 to 1.

    Raises
    ------
    ValueError
        Where a count is below 0, not whole, or larger than what it is among.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    _check_counts(x1, x2)
    if not (0 < n1 >= x1 and 0 < n2 >= x2):
        raise ValueError(f"{x1} of {n1} and {x2} of {n2}: a count is larger than what it is among.")
    low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=1 - level)
    return ShareDifference(x1 / n1 - x2 / n2, float(low), float(high))


def _check_counts(*counts: float) -> None:
    for count in counts:
        if not (count >= 0 and float(count).is_integer()):
            raise ValueError(f"A count is a whole number, 0 or more, not {count}.")
