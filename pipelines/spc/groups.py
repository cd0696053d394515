"""Many series at once: flat arrays that lie end to end in groups, and sums, means and medians of each group.

A group is whatever follows one another and belongs together: the rows of a point, the points of a phase, the phases
of a series. All arithmetic of the engine goes through here, so that one series and a hundred thousand take the same
path and none needs a loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """Consecutive groups of a flat array of k entries.

    `size` holds the entries of each of the m groups, 0 allowed; their sum is k.
    """

    size: IntArray

    @classmethod
    def one(cls, k: int) -> Groups:
        """Return a single group of k entries."""
        return cls(np.array([k], dtype=np.int64))

    @classmethod
    def beginning(cls, is_first: BoolArray) -> Groups:
        """Return the groups that begin where `is_first` says, shape (k,); the first entry always begins one."""
        start = np.flatnonzero(is_first)
        if start.size == 0 or start[0] != 0:
            start = np.insert(start, 0, 0)
        groups = cls(np.diff(start, append=is_first.size))
        groups.__dict__["start"] = start  # known already; the property would add the sizes up again
        return groups

    def __len__(self) -> int:
        return self.size.size

    @cached_property
    def k(self) -> int:
        """Entries in all."""
        return int(self.size.sum())

    @cached_property
    def start(self) -> IntArray:
        """Index at which each group begins, shape (m,)."""
        return np.cumsum(self.size) - self.size

    @cached_property
    def last(self) -> IntArray:
        """Index of the last entry of each group, shape (m,); of an empty group the one before it."""
        return np.cumsum(self.size) - 1

    @cached_property
    def of(self) -> NDArray[np.int32]:
        """Number of the group of each entry, shape (k,)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.size)

    @cached_property
    def is_first(self) -> BoolArray:
        """Whether an entry begins a group, shape (k,)."""
        first = np.zeros(self.k, dtype=bool)
        first[self.start[self.size > 0]] = True
        return first

    @cached_property
    def _is_filled(self) -> bool:
        return bool((self.size > 0).all())

    def spread(self, figures: NDArray[Any]) -> NDArray[Any]:
        """Give every entry the figure of its group: shape (m,) to (k,)."""
        return np.repeat(figures, self.size)

    def kept(self, mask: BoolArray) -> Groups:
        """Return the groups that remain when only the entries in `mask` are kept; they may be empty."""
        return Groups(self.count(mask))

    def count(self, mask: BoolArray) -> IntArray:
        """Return how many entries of each group are in `mask`, shape (m,)."""
        missing = mask.size - np.count_nonzero(mask)
        if not missing:
            return self.size
        if missing == len(self) and self._is_filled and not mask[self.start].any():
            return self.size - 1  # steps between neighbours: all but the first of each group
        return self._reduced(np.add, mask.view(np.int8), dtype=np.int64)

    def count_of(self, inner: Groups) -> IntArray:
        """Return how many groups of a finer cut of the same entries each group holds, shape (m,)."""
        return np.diff(np.searchsorted(inner.start, np.append(self.start, self.k)))

    def sum(self, values: FloatArray, mask: BoolArray | None = None) -> FloatArray:
        """Return the sum of each group over `mask`, shape (m,); 0 where it holds nothing."""
        if mask is not None and not mask.all():
            values = values.copy()
            values[~mask] = 0.0
        return self._reduced(np.add, values)

    def mean(self, values: FloatArray, mask: BoolArray | None = None) -> FloatArray:
        """Return the mean of each group over `mask`, shape (m,); nan where it holds nothing."""
        number = self.size if mask is None else self.count(mask)
        return quotient(self.sum(values, mask), number)

    def largest(self, values: NDArray[Any], nothing: float = 0) -> NDArray[Any]:
        """Return the largest known value of each group, shape (m,); `nothing` for an empty group or one of nan."""
        found = self._reduced(np.fmax if values.dtype.kind == "f" else np.maximum, values)
        return np.where((self.size > 0) & (found == found), found, nothing)

    def smallest(self, values: FloatArray, nothing: float = 0) -> FloatArray:
        """Return the smallest known value of each group, shape (m,); `nothing` for an empty group or one of nan."""
        found = self._reduced(np.fmin, values)
        return np.where((self.size > 0) & (found == found), found, nothing)

    def median(self, values: FloatArray) -> FloatArray:
        """Return the median of the known values of each group, shape (m,); nan where there is none."""
        ordered, number = self.ordered(values)
        middle = np.full(len(self), np.nan)
        some = number > 0
        low = self.start[some] + (number[some] - 1) // 2
        middle[some] = (ordered[low] + ordered[self.start[some] + number[some] // 2]) / 2
        return middle

    def ordered(self, values: FloatArray) -> tuple[FloatArray, IntArray]:
        """Return the values sorted inside each group, missing ones last, and how many each group knows.

        Groups of like size are sorted together as the rows of a table: much faster than one sort of everything.
        """
        filled = self.size[self.size > 0]
        known = self.count(np.isfinite(values))
        if filled.size and (filled == filled[0]).all():
            return np.sort(values.reshape(filled.size, filled[0]), axis=1).ravel(), known
        ordered = np.empty(self.k)
        widths = np.ceil(np.log2(np.maximum(self.size, 1))).astype(np.int64)
        for width in np.unique(widths[self.size > 0]):
            chosen = np.flatnonzero((widths == width) & (self.size > 0))
            columns = np.arange(int(self.size[chosen].max()))
            at = self.start[chosen, None] + columns
            inside = columns < self.size[chosen, None]
            table = np.where(inside, values[np.minimum(at, self.k - 1)], np.nan)
            table.sort(axis=1)
            ordered[at[inside]] = table[inside]
        return ordered, known

    def before(self, values: FloatArray) -> FloatArray:
        """Return the entry before each one, shape (k,); nan for the first of a group."""
        shifted = np.empty(self.k)
        shifted[1:] = values[:-1]
        shifted[self.is_first] = np.nan
        return shifted

    def steps(self, values: FloatArray) -> FloatArray:
        """Return each entry less the one before it, shape (k,); nan for the first of a group."""
        apart = np.empty(self.k)
        np.subtract(values[1:], values[:-1], out=apart[1:])
        apart[self.is_first] = np.nan
        return apart

    def _reduced(self, operation: np.ufunc, values: NDArray[Any], dtype: Any = None) -> NDArray[Any]:
        dtype = dtype or values.dtype
        if self.k and self._is_filled:
            return np.asarray(operation.reduceat(values, self.start, dtype=dtype))
        found = np.zeros(len(self), dtype=dtype)
        filled = self.size > 0
        if filled.any():
            found[filled] = operation.reduceat(values, self.start[filled], dtype=dtype)
        return found


def quotient(above: NDArray[Any], below: NDArray[Any]) -> FloatArray:
    """Divide; nan where there is nothing above zero to divide by."""
    divides = np.asarray(below) > 0
    if divides.all():
        return np.asarray(above / below, dtype=np.float64)
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=divides)
