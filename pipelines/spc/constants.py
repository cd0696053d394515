"""Constants of control charts: how ranges and standard deviations of samples from a normal process relate to sigma.

Source: Montgomery, Introduction to Statistical Quality Control, appendix VI and section 6.3.1 (c4, A3, B3, B4), here
from their definitions instead of the printed three decimals; checked against tests/oracle/expected/constants.csv.
"""

from __future__ import annotations

from math import exp, lgamma, sqrt

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: Mean moving range of normal values in standard deviations (d2 for two values).
D2_OF_TWO = 1.128
#: Upper limit of a moving range in mean moving ranges (D4 for two values), also the screen of Nelson 1982.
D4_OF_TWO = 3.267
#: Two numbers closer than this, relative to their size, are equal: a mean of equal values must lie on them.
RELATIVE_TOLERANCE = 1e-12


def c4(size: NDArray[np.int64]) -> FloatArray:
    """Return the mean standard deviation of samples of a normal process in sigma; nan for fewer than two values."""
    sizes, place = np.unique(size, return_inverse=True)
    found = [_c4(int(n)) if n > 1 else np.nan for n in sizes]
    return np.array(found, dtype=np.float64)[place]


def a3(size: NDArray[np.int64]) -> FloatArray:
    """Return 3 sigma of a mean of `size` values, in mean standard deviations."""
    return 3 / (c4(size) * np.sqrt(size))


def b_reach(size: NDArray[np.int64]) -> FloatArray:
    """Return 3 sigma of a standard deviation, in mean standard deviations: B4 is 1 plus it, B3 1 less it, from 0."""
    factor = c4(size)
    return 3 * np.sqrt(1 - factor**2) / factor


def _c4(n: int) -> float:
    return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))
