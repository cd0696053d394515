"""From rows to the points of one chart: sorted by x, rows of the same x joined, indices resolved to masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

#: A denominator up to this is zero: a quotient by it would drown every other value in rounding.
ZERO_DENOMINATOR = 1e-12

AGGREGATES = ("mean", "median", "sum", "sd")


@dataclass(frozen=True)
class Points:
    """The points of a chart in order of x, shape (k,) each.

    `total` and `size` are sum and count of the values of a point, `single` their mean, median, sum or sd as asked;
    `denominator` is nan throughout where the chart has none. `is_ordered` is False where x is a category, so that
    no rule about order may fire. `row_point` tells to which point each sorted row belongs, `order` sorts the rows.
    """

    x: NDArray[Any]
    total: FloatArray
    size: NDArray[np.int64]
    single: FloatArray
    denominator: FloatArray
    has_denominator: bool
    is_ordered: bool
    order: NDArray[np.int64]
    row_point: NDArray[np.int64]
    n_rows: int

    def __len__(self) -> int:
        return len(self.x)


def points_of(y: ArrayLike, n: ArrayLike | None, x: ArrayLike | None, aggregate: str) -> Points:
    """Sort rows by x and join rows of the same x.

    Parameters
    ----------
    y, n
        Values (or numerators) and denominators, one a row; nan for missing; n None where there is none, or one
        number for all rows. A row that lacks y or n loses both.
    x
        Dates, numbers or categories, one a row; rows without x are left out; None counts the rows from 0.
    aggregate
        How several values of one x become one: mean, median, sum or sd. With n, sums are divided by sums instead.

    Raises
    ------
    ChartError
        When lengths differ or a word is unknown.
    """
    if aggregate not in AGGREGATES:
        raise ChartError(f'"{aggregate}" does not join values. Choose one of: {", ".join(AGGREGATES)}.')
    values = _floats(y, "y")
    denominators = np.full(values.shape, np.nan) if n is None else _floats(n, "n")
    if denominators.size not in (1, values.size):
        raise ChartError(f"n has {denominators.size} entries and y has {values.size}. Give one n a value.")
    denominators = np.broadcast_to(denominators, values.shape)
    labels = np.arange(len(values)) if x is None else np.asarray(x)
    if len(labels) != len(values):
        raise ChartError(f"x has {len(labels)} entries and y has {len(values)}. Give one x a value.")
    if n is not None:
        whole = np.isfinite(values) & np.isfinite(denominators)
        values, denominators = np.where(whole, values, np.nan), np.where(whole, denominators, np.nan)
    order = np.flatnonzero(~pd.isna(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    codes, levels = pd.factorize(labels[order])
    total, size = _sums(values[order], codes, len(levels))
    return Points(
        x=np.asarray(levels),
        total=total,
        size=size,
        single=_joined(values[order], codes, len(levels), aggregate),
        denominator=_sums(denominators[order], codes, len(levels))[0],
        has_denominator=n is not None,
        is_ordered=not _is_category(labels),
        order=order,
        row_point=codes.astype(np.int64),
        n_rows=len(values),
    )


def _floats(values: ArrayLike, name: str) -> FloatArray:
    """Return a float vector in which everything infinite or unreadable as missing is nan."""
    try:
        numbers = np.array(pd.to_numeric(np.asarray(values), errors="raise"), dtype=np.float64, ndmin=1)
    except (TypeError, ValueError) as error:
        raise ChartError(f"{name} holds something that is not a number ({error}). Leave it empty.") from None
    known: FloatArray = np.where(np.isfinite(numbers), numbers, np.nan)
    return known


def _is_category(labels: NDArray[Any]) -> bool:
    return labels.dtype.kind in "US" or (
        labels.dtype.kind == "O" and any(isinstance(label, str) for label in labels)
    )


def _sums(values: FloatArray, codes: NDArray[Any], k: int) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return sum and count of the known values a point; nan where none is known."""
    known = np.isfinite(values)
    size = np.bincount(codes[known], minlength=k).astype(np.int64)
    total = np.bincount(codes[known], weights=values[known], minlength=k).astype(float)
    return np.where(size > 0, total, np.nan), size


def _joined(values: FloatArray, codes: NDArray[Any], k: int, aggregate: str) -> FloatArray:
    total, size = _sums(values, codes, k)
    if aggregate == "sum":
        return total
    if aggregate == "mean" or (aggregate == "median" and size.max(initial=0) <= 1):
        return np.divide(total, size, out=np.full(k, np.nan), where=size > 0)
    known = pd.Series(values).groupby(codes)
    joined = known.median() if aggregate == "median" else known.std(ddof=1)
    spread: FloatArray = np.asarray(joined.reindex(range(k)), dtype=np.float64)
    return spread


def mask_of(chosen: Sequence[int] | ArrayLike | None, points: Points, name: str) -> BoolArray:
    """Return a mask over points from indices (0-based, after sorting), or from a mask over rows or points.

    A mask with one entry a row travels with its row; a point is chosen when any of its rows is.
    """
    k = len(points)
    mask = np.zeros(k, dtype=bool)
    entries = np.asarray([] if chosen is None else chosen)
    if entries.dtype == bool:
        if entries.size == points.n_rows:
            mask[points.row_point[entries[points.order]]] = True
        elif entries.size == k:
            mask |= entries
        else:
            raise ChartError(
                f"{name} is a mask of {entries.size} entries for {k} points. Give one entry a point."
            )
        return mask
    indices = entries.astype(int)
    if np.any((indices < 0) | (indices >= k)) or np.any(indices != entries.astype(float)):
        raise ChartError(f"{name} must hold whole numbers from 0 to {k - 1}, counted after sorting by x.")
    mask[indices] = True
    return mask


def per_point(value: float | ArrayLike | None, points: Points, name: str) -> FloatArray:
    """Spread one number over all points, or bring one number a row to its point (the last known row of a point)."""
    if value is None:
        return np.full(len(points), np.nan)
    numbers = _floats(value, name)
    if numbers.size == 1:
        return np.full(len(points), numbers[0])
    if numbers.size not in (points.n_rows, len(points)):
        raise ChartError(
            f"{name} has {numbers.size} entries for {len(points)} points. Give one, or one a point."
        )
    if numbers.size != points.n_rows:
        return numbers
    spread = np.full(len(points), np.nan)
    spread[points.row_point] = numbers[points.order]
    return spread
