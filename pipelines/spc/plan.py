"""The arguments of a chart, resolved to arrays of one entry a point, and cut into phases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc.limits import Kind, Phase
from pipelines.spc.series import ZERO_DENOMINATOR, Points, mask_of

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """What `chart` was asked, one entry a point: the rows, their phase (0, 1 ...), the baseline, and the options."""

    points: Points
    phase: IntArray
    is_excluded: BoolArray
    window: BoolArray
    centre_line: float | None
    factor: float
    screen: bool
    sigma_z_floor: float

    def phase_of(self, spec: Kind, rows: IntArray) -> Phase:
        """Cut one phase out."""
        value = _values(self.points)[rows]
        if spec.plotted is not None:
            value = spec.plotted(value)
        window = window_or_all(self.window[rows], np.isfinite(value) & ~self.is_excluded[rows])
        in_window = window & ~self.is_excluded[rows]
        return Phase(
            value=value,
            numerator=self.points.total[rows],
            denominator=self.points.denominator[rows],
            window=window,
            base=in_window & np.isfinite(value),
            in_window=in_window,
            excluded=self.is_excluded[rows],
            given_centre=self.centre_line,
            factor=self.factor,
            screen=self.screen,
            sigma_z_floor=self.sigma_z_floor,
            is_ordered=self.points.is_ordered,
        )


def _values(points: Points) -> FloatArray:
    """Return the plotted values: single values, or sums over sums with a gap where the denominator is zero or negative."""
    if not points.has_denominator:
        return points.single
    has_any = points.denominator > ZERO_DENOMINATOR
    return np.divide(points.total, points.denominator, out=np.full(len(points), np.nan), where=has_any)


def window_or_all(window: BoolArray, known: BoolArray) -> BoolArray:
    """Return the baseline of a phase, or all of the phase where the baseline holds no known point of it."""
    return window.copy() if np.any(window & known) else np.ones(window.shape, dtype=bool)


def phase_numbers(k: int, phases: Sequence[int]) -> IntArray:
    """Return the number of each point's phase, shape (k,), from the indices at which phases begin."""
    starts = np.zeros(k, dtype=np.int64)
    for index in sorted({int(start) for start in phases}):
        if index < 0:
            raise ChartError(f"A phase cannot begin at {index}. Count from 0, after sorting by x.")
        if 0 < index < k:
            starts[index] = 1
    return np.cumsum(starts)


def baseline_window(baseline: int | ArrayLike | None, points: Points, phase: IntArray) -> BoolArray:
    """Return the baseline as a mask, shape (k,): a count holds in each phase; None marks nothing."""
    if baseline is None:
        return np.zeros(len(points), dtype=bool)
    chosen = np.asarray(baseline)
    if chosen.ndim:
        return mask_of(chosen.astype(bool) if chosen.dtype == object else chosen, points, "baseline")
    first = np.searchsorted(phase, phase)
    return np.arange(len(points)) - first < int(chosen)
