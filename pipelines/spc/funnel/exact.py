"""Exact limits: how far a count can stray from a centre by chance, from the distribution itself.

Of a share (binomial), of a count against what was expected (Poisson) and of a ratio of two counts (binomial given the
two together). A limit is the count at which the tail beyond it, itself included, has exactly the wanted probability,
read off the incomplete beta and gamma functions, so that it moves smoothly with size. Whoever lies beyond it had at
most that probability: a point lies above the 95 % limit just where the lower end of its exact 95 % interval (Clopper &
Pearson, Biometrika 1934;26:404; Garwood, Biometrika 1936;28:437) lies above the centre.

Sources: Spiegelhalter, Stat Med 2005;24:1185, appendix A.1, for funnel limits from quantiles of the distribution;
Johnson, Kemp & Kotz, Univariate Discrete Distributions, 3.4 and 4.4, for the two functions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: Halvings of a bracket: enough to exhaust a double.
HALVINGS = 64


def share_ends(trials: FloatArray, centre: float, tail: float) -> tuple[FloatArray, FloatArray]:
    """Return the least and greatest share of so many trials that chance alone gives.

    Parameters
    ----------
    trials
        Shape (k,), above 0; nan for missing.
    centre
        Share, 0 to 1.
    tail
        Probability beyond each end, e.g. 0.025.

    Returns
    -------
    tuple
        Lower and upper ends, shape (k,), 0 to 1; 0 or 1 where nothing so few or many would be surprising.
    """
    sizes = tuple(trials.tolist())
    above = np.array(_most_of(sizes, centre, tail))
    below = trials - np.array(_most_of(sizes, 1 - centre, tail))
    return below / trials, above / trials


@lru_cache(maxsize=4096)
def _most_of(sizes: tuple[float, ...], centre: float, tail: float) -> tuple[float, ...]:
    """Return x with P(X >= x) = tail; the trials where even all of them have more than that.

    Remembered, since whoever draws the same places again after a save asks for the same limits.
    """
    from scipy.special import betainc

    trials = np.array(sizes)

    def at_least(x: FloatArray) -> FloatArray:
        return np.asarray(betainc(x, trials - x + 1, centre))

    return tuple(_falls_to(tail, at_least, np.zeros(trials.shape), trials)[1].tolist())


def expected_ends(expected: FloatArray, centre: float, tail: float) -> tuple[FloatArray, FloatArray]:
    """Return the least and greatest ratio of a Poisson count to what was expected; arguments as in `share_ends`.

    `expected` is what a centre of 1 would give. The upper end has no bound.
    """
    from scipy.special import gammainc, gammaincc

    mean = expected * centre
    far = mean + 40 * (np.sqrt(mean) + 1)
    nothing = np.zeros(mean.shape)
    _, above = _falls_to(tail, lambda x: np.asarray(gammainc(x, mean)), nothing, far)
    below, _ = _falls_to(-tail, lambda x: -np.asarray(gammaincc(x + 1, mean)), nothing, far)
    return below / expected, above / expected


def ratio_ends(second: FloatArray, centre: float, tail: float) -> tuple[FloatArray, FloatArray]:
    """Return the least and greatest ratio of a first count to a second, given the two together.

    `second` is the count below the line, shape (k,); given both together the first is binomial with the share
    centre / (1 + centre).
    """
    from scipy.special import betainc

    share = centre / (1 + centre)
    mean = second * centre
    far = mean + 40 * (1 + centre) * (np.sqrt(mean + second) + 1)
    nothing = np.zeros(mean.shape)
    _, above = _falls_to(tail, lambda x: np.asarray(betainc(x, second + 1, share)), nothing, far)
    below, _ = _falls_to(-tail, lambda x: -np.asarray(betainc(second, x + 1, 1 - share)), nothing, far)
    return below / second, above / second


def _falls_to(
    level: float, falling: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return where a falling function reaches a level, from both sides, by halving.

    Where it is below the level everywhere the first is still `low`, where above it the second is still `high`: at such
    an end nothing lies beyond.
    """
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_left = falling(middle) > level
        low, high = np.where(is_left, middle, low), np.where(is_left, high, middle)
    return low, high
