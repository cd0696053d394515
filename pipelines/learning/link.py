"""What neighbouring points share: their lag-1 autocorrelation φ, and what it does to a variance.

Neighbours are taken to follow an AR(1) process, so that points k apart are correlated φ^k.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: φ is taken as at most this, so that variances stay finite.
GREATEST_PHI = 0.95


def lag_one(residuals: FloatArray, maker: FloatArray | None = None) -> float:
    """Return the lag-1 autocorrelation, corrected for its bias in short series.

    Parameters
    ----------
    residuals
        Shape (k,), in time order; 0.0 is returned below four or where none differs.
    maker
        What turns values into these residuals, shape (k, k): without autocorrelation the raw figure is on average
        tr(LM'M)/tr(M'M), L taking each point to its neighbour. None: the mean alone was taken out, -1/k (Marriott &
        Pope 1954, whose 3φ/k is added in either case).
    """
    centred = residuals - residuals.mean() if maker is None else residuals
    total = float(centred @ centred)
    if len(centred) < 4 or total <= 0:
        return 0.0
    raw = float(centred[1:] @ centred[:-1]) / total
    expected = -1 / len(centred)
    if maker is not None:
        shared = maker @ maker.T
        expected = float(np.trace(shared, offset=1) / np.trace(shared))
    return raw - expected + 3 * raw / len(centred)


def shrunk(phi: FloatArray | float, size: FloatArray | int) -> FloatArray:
    """Return the φ to reckon with: 0 to `GREATEST_PHI`, less what chance alone would give.

    Of `size` independent points chance gives φ a variance of 1/size, and (1+3/size)²/size once corrected, so that an
    interval widened by every chance φ is too wide on average. The positive part of James and Stein (1961) leaves a φ
    that stands out all but as it is, and takes one within a standard error of nothing for nothing.
    """
    seen = np.clip(np.asarray(phi, dtype=float), 0.0, GREATEST_PHI)
    by_chance = (1 + 3 / size) ** 2 / size
    kept = 1 - by_chance / np.maximum(seen**2, by_chance)
    return np.asarray(seen * kept, dtype=float)


def by_distance(form: FloatArray) -> FloatArray:
    """Return the sums of a symmetric matrix over pairs of points 0, 1, ... apart, shape (k,)."""
    sums = np.array([np.trace(form, offset=apart) for apart in range(len(form))], dtype=float)
    sums[1:] *= 2
    return sums


def linked(sums: FloatArray, phi: FloatArray | float) -> FloatArray:
    """Return tr(AR), R holding φ^k for points k apart, from the sums of A `by_distance`; of the shape of φ.

    With A = cc' this is the variance of the linear combination c of points of variance 1, exactly: for a mean of few
    points it is well below the (1+φ)/(1-φ) that long stretches come to.
    """
    return np.asarray(np.polynomial.polynomial.polyval(np.asarray(phi, dtype=float), sums), dtype=float)
