"""What is told by row, by point or by index, brought to points: masks, targets, places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from pipelines.errors import ChartError
from pipelines.spc.groups import BoolArray, FloatArray, IntArray
from pipelines.spc.points import Points, floats


def mask_of(chosen: Sequence[int] | ArrayLike | None, points: Points, name: str) -> BoolArray:
    """Return a mask over points from indices in each series (0-based, after sorting), or from a mask over rows or points.

    A mask with one entry a row travels with its row; a point is chosen when any of its rows is.
    """
    entries = np.asarray([] if chosen is None else chosen)
    if entries.dtype == object and all(isinstance(one, bool | np.bool_) for one in entries):
        entries = entries.astype(bool)
    if entries.dtype == bool and entries.ndim:
        return _mask_of_entries(entries, points, name)
    mask = np.zeros(len(points), dtype=bool)
    if entries.size == 0:
        return mask
    longest = int(points.series.size.max(initial=0))
    indices = whole_numbers(entries, name)
    if np.any((indices < 0) | (indices >= longest)):
        raise ChartError(
            f"{name} must hold whole numbers from 0 to {longest - 1}, counted after sorting by x."
        )
    for index in np.unique(indices):
        mask[points.series.start[points.series.size > index] + index] = True
    return mask


def whole_numbers(entries: ArrayLike, name: str) -> IntArray:
    """Return whole numbers as integers.

    Raises
    ------
    ChartError
        When something is no whole number.
    """
    numbers = floats(entries, name)
    if not np.all(numbers == np.round(numbers)):
        raise ChartError(f"{name} must hold whole numbers, counted after sorting by x.")
    return numbers.astype(np.int64)


def _mask_of_entries(entries: BoolArray, points: Points, name: str) -> BoolArray:
    if entries.size == points.n_rows:
        by_row = points.of_rows(entries)
        return by_row if points.rows is None else points.rows.count(by_row) > 0
    if entries.size == len(points):
        return entries
    raise ChartError(
        f"{name} is a mask of {entries.size} entries for {len(points)} points. Give one entry a point."
    )


def per_point(value: float | ArrayLike | None, points: Points, name: str) -> FloatArray:
    """Spread one number over all points, or bring one number a row to its point (the last row of a point speaks)."""
    if value is None:
        return np.broadcast_to(np.nan, points.x.shape)
    numbers = floats(value, name)
    if numbers.size == 1:
        return np.broadcast_to(numbers[0], points.x.shape)
    if numbers.size == points.n_rows:
        by_row = points.of_rows(numbers)
        return by_row if points.rows is None else by_row[points.rows.last]
    if numbers.size == len(points):
        return numbers
    raise ChartError(f"{name} has {numbers.size} entries for {len(points)} points. Give one, or one a point.")
