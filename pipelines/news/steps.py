"""A step at many days in many series at once: the sums of the model of a change (`learning.model`), in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.interval import SPAN_FOR_SEASON
from pipelines.learning.link import shrunk
from pipelines.learning.model import DAYS_A_YEAR, ROUNDING, SEASON_VARIANCE
from pipelines.vocabulary import POINTS_FOR_LIMITS

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

#: Level, step, and the sine and cosine of the year.
N_COLUMNS = 4
#: Points that must be left over.
FEWEST_LEFT = 3
#: Columns that share all but this part of one another cannot be told apart.
NO_RANK = 1e-10


@dataclass(frozen=True)
class Steps:
    """Series (c), days (s) and points (k) side by side.

    Attributes
    ----------
    value, weight, first_day, last_day, phase
        Shape (c, k): points in time order, shorter series filled up with points of phase -1.
    n_before
        Shape (c, s): points until each day; -1 where a series has fewer days.
    is_counted
        Shape (c,): whether chance alone gives a point a variance of 1/weight at least.
    """

    value: FloatArray
    weight: FloatArray
    first_day: FloatArray
    last_day: FloatArray
    phase: IntArray
    n_before: IntArray
    is_counted: BoolArray

    def tested(self) -> tuple[FloatArray, IntArray]:
        """Return the p-value of each step, two-sided, NaN where it cannot be told, and its sign; shape (c, s) each."""
        from scipy.stats import t

        with np.errstate(all="ignore"):
            size, error, df, residual = self._fitted()
            is_real = residual > ROUNDING * np.abs(self._values).max(axis=2)
            may = self._may_test & is_real & (self._n - N_COLUMNS >= FEWEST_LEFT) & np.isfinite(size / error)
            p_value = np.where(may, 2 * t.sf(np.abs(size) / error, df), np.nan)
        return p_value, np.where(may, np.sign(size), 0).astype(int)

    def _fitted(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return the size of the step, its standard error, its degrees of freedom, and the largest residual."""
        u = self._columns
        plain = u.swapaxes(2, 3) @ u
        precision = self._precision(plain)
        whole = plain + precision[..., None, None] * _SEASON
        inverse = np.linalg.inv(np.where(self._may_test[..., None, None], whole, np.eye(N_COLUMNS)))
        params = inverse @ (u.swapaxes(2, 3) @ self._values[..., None])
        residuals = self._values - (u @ params)[..., 0]
        squares = (residuals**2).sum(axis=2)
        shrinks = inverse @ plain @ inverse
        taken = 2 * inverse - shrinks
        left = self._n - _trace(taken, plain)
        phi = self._phi(residuals, squares, taken, left)
        linked = self._linked(plain, phi)
        df = self._n - _trace(inverse, plain)
        dispersion = squares / (df * (self._n - _trace(taken, linked)) / left)
        dispersion = np.where(self.is_counted[:, None], np.maximum(dispersion, 1.0), dispersion)
        spread = (inverse @ linked @ inverse)[..., 1, 1]
        allowed = np.maximum(inverse[..., 1, 1] - shrinks[..., 1, 1], 0) * (precision > 0)
        return params[..., 1, 0], np.sqrt((spread + allowed) * dispersion), df, np.abs(residuals).max(axis=2)

    @cached_property
    def _is_after(self) -> BoolArray:
        return np.arange(self.value.shape[1]) >= self.n_before[:, :, None]

    @cached_property
    def _is_used(self) -> BoolArray:
        """Points of the stretch in force on the day, and all after it."""
        in_force = np.take_along_axis(self.phase, np.clip(self.n_before - 1, 0, None), axis=1)
        of_it = self.phase[:, None, :] == in_force[:, :, None]
        used: BoolArray = (self._is_after | of_it) & (self.phase[:, None, :] >= 0)
        return used

    @cached_property
    def _n(self) -> IntArray:
        n: IntArray = self._is_used.sum(axis=2)
        return n

    @cached_property
    def _may_test(self) -> BoolArray:
        before = (self._is_used & ~self._is_after).sum(axis=2)
        may: BoolArray = (before >= POINTS_FOR_LIMITS) & (self._n > before) & (self.n_before >= 0)
        return may

    @cached_property
    def _root(self) -> FloatArray:
        root: FloatArray = np.sqrt(self.weight)[:, None, :] * self._is_used
        return root

    @cached_property
    def _columns(self) -> FloatArray:
        angle = 2 * np.pi * self.first_day / DAYS_A_YEAR
        yearly = (np.sin(angle)[:, None, :], np.cos(angle)[:, None, :])
        return np.stack([self._root * part for part in (1.0, self._is_after, *yearly)], axis=3)

    @cached_property
    def _values(self) -> FloatArray:
        values: FloatArray = self._root * self.value[:, None, :]
        return values

    def _precision(self, plain: FloatArray) -> FloatArray:
        """Return what shrinks the season: nothing where the points span a year and it can be told from the step."""
        first = np.where(self._is_used, self.first_day[:, None, :], np.inf).min(axis=2)
        last = np.where(self._is_used, self.last_day[:, None, :], -np.inf).max(axis=2)
        apart = np.linalg.det(plain) / np.prod(np.diagonal(plain, axis1=2, axis2=3), axis=2)
        is_known = (last - first + 1 >= SPAN_FOR_SEASON) & (apart > NO_RANK)
        return np.where(is_known, 0.0, (self._root**2).sum(axis=2) / self._n / SEASON_VARIANCE)

    def _phi(self, residuals: FloatArray, squares: FloatArray, taken: FloatArray, left: Any) -> FloatArray:
        """Return the lag-1 autocorrelation of the residuals, corrected and shrunk as in `learning.link`."""
        u = self._columns
        raw = (residuals[..., 1:] * residuals[..., :-1]).sum(axis=2) / squares
        by_fit = -_trace(taken, u[:, :, :-1].swapaxes(2, 3) @ u[:, :, 1:]) / left
        phi = np.nan_to_num(raw - by_fit + 3 * raw / self._n)
        return shrunk(phi, np.maximum(self._n, 1).astype(float))

    def _linked(self, plain: FloatArray, phi: FloatArray) -> FloatArray:
        """Return U'RU, R holding phi^d for points d apart: one pass along the points, then both triangles."""
        u = self._columns
        passed = np.empty_like(u)
        state = np.zeros_like(u[:, :, 0])
        for at in range(u.shape[2]):
            state = u[:, :, at] + phi[..., None] * state
            passed[:, :, at] = state
        lower = u.swapaxes(2, 3) @ passed
        linked: FloatArray = lower + lower.swapaxes(2, 3) - plain
        return linked


#: Which columns are shrunk.
_SEASON = np.diag([0.0, 0.0, 1.0, 1.0])


def _trace(one: Any, other: Any) -> FloatArray:
    """Return the trace of the product of symmetric matrices, or of a symmetric one and any."""
    total: FloatArray = (one * other).sum(axis=(-2, -1))
    return total
