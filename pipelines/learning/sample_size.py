"""How many people or events it takes: the plain sizes of textbooks, for two periods compared once."""

from __future__ import annotations

import math

import numpy as np

#: The chance with which a change is to be found, and the level of the interval it is found by.
POWER, LEVEL = 0.8, 0.95


def two_proportions_size(before: float, after: float, *, power: float = POWER, level: float = LEVEL) -> int:
    """Return how many people each of two periods needs to tell two shares apart, two-sided (Fleiss 1981, eq. 3.14).

    Raises
    ------
    ValueError
        Where the shares are equal or not between 0 and 1.
    """
    from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

    if before == after or not (0 < before < 1 and 0 < after < 1):
        raise ValueError("Two different shares between 0 and 1 are needed.")
    size = samplesize_proportions_2indep_onetail(
        after - before, before, power, alpha=1 - level, alternative="two-sided"
    )
    return math.ceil(float(size))


def paired_mean_size(difference: float, sd: float, *, power: float = POWER, level: float = LEVEL) -> int:
    """Return how many people measured twice show a mean change, `sd` being that of the changes, two-sided t test.

    Raises
    ------
    ValueError
        Where the difference is 0 or the spread not above 0.
    """
    from statsmodels.stats.power import TTestPower

    if difference == 0 or not sd > 0:
        raise ValueError("A difference other than 0 and a spread above 0 are needed.")
    size = TTestPower().solve_power(effect_size=abs(difference) / sd, alpha=1 - level, power=power)
    return math.ceil(float(np.asarray(size).item()))


def poisson_ratio_events(ratio: float, *, power: float = POWER, level: float = LEVEL) -> int:
    """Return how many events the first of two equal periods needs to show that the second has `ratio` times as many.

    (z + z)² (1 + 1 / ratio) / (ln ratio)²: the variance of a log rate ratio (Armitage & Berry, section 4.10).

    Raises
    ------
    ValueError
        Where the ratio is 1 or not above 0.
    """
    from scipy.stats import norm

    if ratio == 1 or not ratio > 0:
        raise ValueError("A ratio above 0 other than 1 is needed.")
    reach = float(norm.ppf(0.5 + level / 2) + norm.ppf(power))
    return math.ceil(reach**2 * (1 + 1 / ratio) / math.log(ratio) ** 2)
