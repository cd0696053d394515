"""Over-dispersion: how much further apart units lie than chance puts them, and the spread between them.

Sources: Spiegelhalter, Stat Med 2005;24:1185, section 3 (z-scores, winsorised, and their mean square phi);
Spiegelhalter et al., J R Stat Soc A 2012;175:1 (truncated ones); DerSimonian & Laird, Control Clin Trials 1986;7:177
(tau squared by moments).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Dispersion:
    """How far units lie from the centre, and what of it chance does not explain.

    Attributes
    ----------
    z
        Distance of each unit in its own standard deviations, shape (k,); infinite for none on a log scale.
    trimmed
        The same with the tails pulled in, or nan where they were dropped.
    phi
        Mean square of these: 1 where chance explains all.
    tau2
        Variance between units, on the scale; 0 where phi is about 1 or less.
    """

    z: FloatArray
    trimmed: FloatArray
    phi: float
    tau2: float


def winsorised(z: FloatArray, by: float) -> FloatArray:
    """Return z with what lies beyond its `by` and 1 - `by` quantiles pulled in to them; nan stays."""
    known = z[~np.isnan(z)]
    if not known.size:
        return z
    low, high = np.quantile(known, [by, 1 - by])
    return np.clip(z, low, high)


def truncated(z: FloatArray, by: float) -> FloatArray:
    """Return z with the lowest and the highest `by` of it dropped (nan), by mean rank; nan stays."""
    from scipy.stats import rankdata

    known = ~np.isnan(z)
    parts = 1 / by
    part = np.floor(rankdata(z[known]) * parts / (known.sum() + 1))
    kept = np.full(z.shape, np.nan)
    kept[known] = np.where((part > 0) & (part < parts - 1), z[known], np.nan)
    return kept


TRIMS: dict[str, Callable[[FloatArray, float], FloatArray]] = {
    "winsorise": winsorised,
    "truncate": truncated,
}


def dispersion(place: FloatArray, scatter: FloatArray, centre: float, trim: str, by: float) -> Dispersion:
    """Return how dispersed units are.

    Parameters
    ----------
    place, scatter
        Of each unit on the scale, shape (k,); nan for a unit that is not there.
    centre
        Its place.
    trim, by
        A word of `TRIMS`, and how much of each tail, above 0 and below 0.5.
    """
    z = (place - centre) / scatter
    trimmed = TRIMS[trim](z, by)
    kept = ~np.isnan(trimmed)
    number = int(kept.sum())
    if not number:
        return Dispersion(z, trimmed, np.nan, 0.0)
    phi = float(np.mean(trimmed[kept] ** 2))
    return Dispersion(z, trimmed, phi, _between(number, phi, scatter[kept]))


def _between(number: int, phi: float, scatter: FloatArray) -> float:
    """Return tau squared by DerSimonian and Laird's moments."""
    weight = 1 / scatter**2
    spare = weight.sum() - (weight**2).sum() / weight.sum()
    if not spare > 0:
        return 0.0
    return max(0.0, float((number * phi - (number - 1)) / spare))
