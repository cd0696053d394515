"""Scales on which shares and ratios are nearly normal, with a scatter that hardly depends on them.

Sources: Spiegelhalter, Stat Med 2005;24:1185, appendix A.2 and A.3 (arcsine, square root, log; the ratio of two counts
with a half added to each); NHS Digital, Summary Hospital-level Mortality Indicator, methodology (log of observed over
expected).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """A way there and back, and the scatter there that chance gives.

    Attributes
    ----------
    unit
        Numerator and denominator of a unit, shape (k,), to its place on the scale and the standard deviation there.
    there
        A ratio to its place.
    scatter
        Denominator and centre to the standard deviation of a limit there.
    back
        A place to a ratio.
    """

    unit: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
    there: Callable[[ArrayLike], FloatArray]
    scatter: Callable[[FloatArray, float], FloatArray]
    back: Callable[[FloatArray], FloatArray]


def _arcsine(ratio: ArrayLike) -> FloatArray:
    return np.arcsin(np.sqrt(np.asarray(ratio, dtype=np.float64)))


def _from_arcsine(place: FloatArray) -> FloatArray:
    # Beyond a quarter turn the sine comes back: a limit there is 0 or 1.
    return np.asarray(np.sin(np.clip(place, 0, np.pi / 2)) ** 2)


def _root(ratio: ArrayLike) -> FloatArray:
    return np.sqrt(np.asarray(ratio, dtype=np.float64))


def _log(ratio: ArrayLike) -> FloatArray:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.asarray(ratio, dtype=np.float64)))


def _half_root(denominator: FloatArray, _centre: float) -> FloatArray:
    return np.asarray(1 / (2 * np.sqrt(denominator)))


def _whole_root(denominator: FloatArray, _centre: float) -> FloatArray:
    return np.asarray(1 / np.sqrt(denominator))


def _two_counts(numerator: FloatArray, denominator: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the log of a ratio of two counts and its scatter, a half added to each so that none gives no infinity."""
    first, second = numerator + 0.5, denominator + 0.5
    return _log(first / second), np.sqrt(numerator / first**2 + denominator / second**2)


def _of_two_counts(denominator: FloatArray, centre: float) -> FloatArray:
    return np.sqrt((1 + 1 / centre) / denominator)


ARCSINE = Scale(lambda x, n: (_arcsine(x / n), _half_root(n, 0)), _arcsine, _half_root, _from_arcsine)
ROOT = Scale(
    lambda x, n: (_root(x / n), _half_root(n, 0)),
    _root,
    _half_root,
    lambda place: np.asarray(np.maximum(place, 0) ** 2),
)
LOG = Scale(lambda x, n: (_log(x / n), _whole_root(n, 0)), _log, _whole_root, lambda place: np.exp(place))
LOG_OF_COUNTS = Scale(_two_counts, _log, _of_two_counts, lambda place: np.exp(place))
