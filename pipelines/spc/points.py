"""From rows to points: sorted by series and x, rows of the same x joined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc.groups import BoolArray, FloatArray, Groups, IntArray, quotient

#: A denominator up to this is zero: a quotient by it would drown every other value in rounding.
ZERO_DENOMINATOR = 1e-12

AGGREGATES = ("mean", "median", "sum", "sd")


@dataclass(frozen=True)
class Points:
    """The points of charts, series end to end, each in order of x; shape (k,).

    `total` is the sum of the values of a point, `single` their mean, median, sum or sd as asked, `spread` their
    standard deviation; `denominator` is nan throughout where the chart has none. `is_ordered` is False where x is a
    category, so that no rule about order may fire. `order` sorts the rows, `rows` says how many of the sorted rows
    make each point, `counted` how many of their values are known; `n_rows` counts what was given.
    """

    x: NDArray[Any]
    total: FloatArray
    single: FloatArray
    spread: FloatArray
    denominator: FloatArray
    has_denominator: bool
    is_ordered: bool
    series: Groups
    order: IntArray | None
    rows: Groups | None
    n_rows: int
    counted: IntArray | None

    @cached_property
    def size(self) -> IntArray:
        """How many values each point joins."""
        return np.isfinite(self.total).astype(np.int64) if self.counted is None else self.counted

    def __len__(self) -> int:
        return len(self.x)

    @property
    def ratio(self) -> FloatArray:
        """Sums over sums, a gap where the denominator is zero or negative; `single` where there is none."""
        if not self.has_denominator:
            return self.single
        is_some = self.denominator > ZERO_DENOMINATOR
        if is_some.all():
            return self.total / self.denominator
        return quotient(self.total, np.where(is_some, self.denominator, 0.0))

    def of_rows(self, entries: NDArray[Any]) -> NDArray[Any]:
        """Return entries told one a row in the order of the sorted rows."""
        return entries if self.order is None else entries[self.order]

    def part(self, first: int, last: int) -> Points:
        """Return the points of the series `first` to `last` - 1, without their rows."""
        if first == 0 and last == len(self.series):
            return self
        starts = np.append(self.series.start, self.series.k)
        cut = slice(starts[first], starts[last])
        arrays = {
            name: getattr(self, name)[cut] for name in ("x", "total", "single", "spread", "denominator")
        }
        return Points(
            **arrays,
            has_denominator=self.has_denominator,
            is_ordered=self.is_ordered,
            series=Groups(self.series.size[first:last]),
            order=None,
            rows=None,
            n_rows=0,
            counted=None if self.counted is None else self.counted[cut],
        )


def points_of(
    y: ArrayLike,
    n: ArrayLike | None,
    x: ArrayLike | None,
    aggregate: str,
    series: IntArray | Groups | None = None,
) -> Points:
    """Sort rows by series and x, and join rows of the same x.

    Parameters
    ----------
    y, n
        Values (or numerators) and denominators, one a row; nan for missing; n None where there is none, or one
        number for all rows. A row that lacks y or n loses both.
    x
        Dates, numbers or categories, one a row; rows without x are left out; None counts the rows from 0.
    aggregate
        How several values of one x become one: mean, median, sum or sd. With n, sums are divided by sums instead.
    series
        Number of the series of each row, from 0, or the series as groups of rows that follow one another; None: all
        rows are one series.

    Raises
    ------
    ChartError
        When lengths differ or a word is unknown.
    """
    if aggregate not in AGGREGATES:
        raise ChartError(f'"{aggregate}" does not join values. Choose one of: {", ".join(AGGREGATES)}.')
    values = floats(y, "y")
    denominators = None if n is None else _beside(floats(n, "n"), values)
    labels = np.arange(len(values)) if x is None else np.asarray(x)
    if len(labels) != len(values):
        raise ChartError(f"x has {len(labels)} entries and y has {len(values)}. Give one x a value.")
    if denominators is not None:
        whole = np.isfinite(values) & np.isfinite(denominators)
        if not whole.all():
            values, denominators = np.where(whole, values, np.nan), np.where(whole, denominators, np.nan)
    n_series = 1 if series is None else _how_many(series)
    order, series_of, is_first = _order(labels, series)
    if order is not None:
        values, labels = values[order], labels[order]
        denominators = None if denominators is None else denominators[order]
    return _joined(
        values,
        denominators,
        labels,
        aggregate,
        series_of,
        is_first,
        order=order,
        n_rows=np.size(y),
        n_series=n_series,
    )


def floats(values: ArrayLike, name: str) -> FloatArray:
    """Return a float vector in which everything infinite or missing is nan.

    Raises
    ------
    ChartError
        When something is neither a number nor missing.
    """
    numbers = np.array(values, ndmin=1, copy=None)
    if numbers.ndim > 1:
        raise ChartError(f"{name} is a table of {numbers.shape} entries. Give one list of numbers.")
    if numbers.dtype != np.float64:
        try:
            numbers = np.array(pd.to_numeric(numbers, errors="raise"), dtype=np.float64, ndmin=1)
        except (TypeError, ValueError) as error:
            raise ChartError(
                f"{name} holds something that is not a number ({error}). Leave it empty."
            ) from None
    if np.isinf(numbers).any():
        numbers = np.where(np.isinf(numbers), np.nan, numbers)
    return numbers


def _beside(denominators: FloatArray, values: FloatArray) -> FloatArray:
    if denominators.size not in (1, values.size):
        raise ChartError(f"n has {denominators.size} entries and y has {values.size}. Give one n a value.")
    return np.broadcast_to(denominators, values.shape)


def _order(
    labels: NDArray[Any], series: IntArray | Groups | None
) -> tuple[IntArray | None, IntArray | Groups | None, BoolArray | None]:
    """Return what sorts the rows, the series of the sorted rows, and which begin a point.

    Sorted rows of distinct x, the usual case, need neither sorting nor joining: then order and beginnings are None.
    """
    is_missing = pd.isna(labels)
    if not is_missing.any() and _rises(labels, series):
        return None, series, None
    of = series.of.astype(np.int64) if isinstance(series, Groups) else series
    order = np.flatnonzero(~is_missing)
    try:
        order = sorted_by(order, _ranks(labels[order]))
    except TypeError as error:
        raise ChartError(
            f"x mixes things that have no order ({error}). Use dates, numbers or words."
        ) from None
    if of is not None:
        order = sorted_by(order, of[order])
        of = of[order]
    labels = labels[order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = labels[1:] != labels[:-1]
    if of is not None:
        is_first[1:] |= of[1:] != of[:-1]
    return order, of, is_first


def _ranks(labels: NDArray[Any]) -> IntArray:
    """Return the place of each label among the distinct ones, from 0."""
    codes, levels = pd.factorize(labels)
    rank = np.empty(len(levels), dtype=np.int64)
    rank[np.argsort(levels, kind="stable")] = np.arange(len(levels))
    return rank[codes]


def sorted_by(entries: IntArray, keys: IntArray) -> IntArray:
    """Sort entries by whole numbers from 0, equal ones left in order, 16 bits at a time.

    numpy sorts 16 bits by counting them, which takes a quarter of the time of comparing whole numbers.
    """
    while True:
        order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
        entries, keys = entries[order], keys[order] >> 16
        if not keys.any():
            return entries


def _rises(labels: NDArray[Any], series: IntArray | Groups | None) -> bool:
    """Return whether series follow one another and x rises strictly in each."""
    try:
        rises = labels[1:] > labels[:-1]
    except TypeError:
        return False
    if isinstance(series, Groups):
        return bool((rises | series.is_first[1:]).all())
    if series is None:
        return bool(rises.all())
    steps = np.diff(series)
    return bool((steps >= 0).all() and (rises | (steps > 0)).all())


def _joined(
    values: FloatArray,
    denominators: FloatArray | None,
    labels: NDArray[Any],
    aggregate: str,
    series_of: IntArray | Groups | None,
    is_first: BoolArray | None,
    *,
    order: IntArray | None,
    n_rows: int,
    n_series: int,
) -> Points:
    rows = None if is_first is None or is_first.all() else Groups.beginning(is_first)
    if rows is not None:
        labels = labels[rows.start]
        series_of = None if series_of is None else np.asarray(series_of)[rows.start]
    series = Groups.one(len(labels)) if series_of is None else _series(series_of, n_series)
    total, size, single, spread = _figures(values, aggregate, rows)
    nothing = np.broadcast_to(np.nan, labels.shape)
    return Points(
        x=labels,
        total=total,
        single=single,
        spread=spread,
        denominator=nothing if denominators is None else _total(denominators, rows),
        has_denominator=denominators is not None,
        is_ordered=not _is_category(labels),
        series=series,
        order=order,
        rows=rows,
        n_rows=n_rows,
        counted=size,
    )


def _how_many(series: IntArray | Groups) -> int:
    return len(series) if isinstance(series, Groups) else int(series.max(initial=-1)) + 1


def _series(series_of: IntArray | Groups, n_series: int) -> Groups:
    """Return the series as groups of points; one whose rows all lack x keeps its place with no point."""
    if isinstance(series_of, Groups):
        return series_of
    return Groups(np.bincount(series_of, minlength=n_series).astype(np.int64))


def _figures(
    values: FloatArray, aggregate: str, rows: Groups | None
) -> tuple[FloatArray, IntArray | None, FloatArray, FloatArray]:
    """Return total, number, joined value and standard deviation of the values of each point."""
    if rows is None:
        nothing = np.broadcast_to(np.nan, values.shape)
        return values, None, nothing if aggregate == "sd" else values, nothing
    known = np.isfinite(values)
    size = rows.count(known)
    total = _total(values, rows)
    mean = quotient(total, size)
    squares = rows.sum((values - rows.spread(mean)) ** 2, known)
    spread = np.sqrt(np.divide(squares, size - 1, out=np.full(len(rows), np.nan), where=size > 1))
    single = {"mean": mean, "sum": total, "sd": spread}.get(aggregate)
    return total, size, rows.median(values) if single is None else single, spread


def _total(values: FloatArray, rows: Groups | None) -> FloatArray:
    """Return the sum of the known values a point; nan where none is known."""
    if rows is None:
        return values
    known = np.isfinite(values)
    total: FloatArray = np.where(rows.count(known) > 0, rows.sum(values, known), np.nan)
    return total


def _is_category(labels: NDArray[Any]) -> bool:
    return labels.dtype.kind in "US" or (
        labels.dtype.kind == "O" and any(isinstance(label, str) for label in labels)
    )
