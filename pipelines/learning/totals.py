"""Two single totals against one another, where there are no points to model: exact ratio, Newcombe difference.

For a figure that has been summed once before and once after (a quarter, a whole prototype); a cycle with points is
judged by `pipelines.learning.interval` instead, since totals cannot show how far points scatter or follow one another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

#: Coverage of every interval here.
LEVEL = 0.95


@dataclass(frozen=True)
class Comparison:
    """After against before. `scale` is ratio or difference; low and high bound 95 %; p_value None where not defined."""

    estimate: float
    low: float
    high: float
    scale: str
    p_value: float | None


def rate_ratio(after: int, exposure_after: float, before: int, exposure_before: float) -> Comparison | None:
    """Return the exact ratio of two Poisson rates.

    Parameters
    ----------
    after, before
        Events counted, from 0.
    exposure_after, exposure_before
        What they were counted over, above 0, in one unit (weeks, people, sessions).

    Returns
    -------
    Comparison or None
        The Clopper-Pearson interval of the share of events that fell after, turned into a ratio, and the exact
        conditional p-value (Gu, Ng, Tang & Schucany 2008); `high` is infinite where nothing was counted before. None
        where nothing was counted at all.

    Raises
    ------
    ValueError
        Where a count is negative or an exposure is not above 0.
    """
    from statsmodels.stats.proportion import proportion_confint
    from statsmodels.stats.rates import test_poisson_2indep

    if min(after, before) < 0 or not (exposure_after > 0 and exposure_before > 0):
        raise ValueError("Counts start at 0 and exposures above 0.")
    if after + before == 0:
        return None
    per_exposure = exposure_before / exposure_after
    shares = (after / (after + before), *proportion_confint(after, after + before, 1 - LEVEL, method="beta"))
    ratio, low, high = (_odds(float(share)) * per_exposure for share in shares)
    with np.errstate(divide="ignore"):  # it divides by the earlier rate for its own report, which is not used
        tested = test_poisson_2indep(after, exposure_after, before, exposure_before, method="exact-cond")
    return Comparison(ratio, low, high, "ratio", float(tested.pvalue))


def share_difference(x_after: int, n_after: int, x_before: int, n_before: int) -> Comparison | None:
    """Return the difference of two shares with Newcombe's interval (1998, method 10); None without both denominators.

    Raises
    ------
    ValueError
        Where a count is negative or above its denominator.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    for x, n in ((x_after, n_after), (x_before, n_before)):
        if not 0 <= x <= n:
            raise ValueError(f"{x} of {n} is not a share.")
    if not (n_after and n_before):
        return None
    low, high = confint_proportions_2indep(
        x_after, n_after, x_before, n_before, method="newcomb", compare="diff", alpha=1 - LEVEL
    )
    estimate = x_after / n_after - x_before / n_before
    return Comparison(estimate, float(low), float(high), "difference", None)


def _odds(share: float) -> float:
    return math.inf if share >= 1 else share / (1 - share)
