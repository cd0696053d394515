"""The records of one sheet as columns: found and read, but not yet judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines.sources.logs.amounts import Amounts
from pipelines.sources.logs.columns import Column
from pipelines.sources.written.dates import DatesRead


@dataclass(slots=True)
class Records:
    """One entry a record, in the order of the file.

    Attributes
    ----------
    lines
        int64, where each record begins.
    prototype
        Ids; only those in use belong to an open record.
    date, dates
        The cells of the day, and how they were read.
    days
        datetime64[D], NaT where there is none.
    amounts
        The items.
    kept
        ``place``, ``place_type`` and ``cycle_no`` where the log has them, and their clean texts (None: empty).
    parties
        ``member`` and ``source`` where the log has them: compared, never kept.
    words
        Columns that nothing counts: looked at, never kept.
    entered
        datetime64[s], when a form was sent; NaT where not known.
    sender
        Who sent it, compared to find doubles, never kept; None where the log does not say.
    is_open
        Which records have no fate yet.
    may_count
        Which of the refused may hold sessions of a known prototype: their periods are not whole.
    """

    lines: np.ndarray
    prototype: Column
    date: Column
    dates: DatesRead
    days: np.ndarray
    amounts: dict[str, Amounts]
    kept: dict[str, tuple[Column, tuple[str | None, ...]]]
    parties: tuple[Column, ...]
    words: tuple[Column, ...]
    entered: np.ndarray
    sender: Column | None
    is_open: np.ndarray
    may_count: np.ndarray

    def __len__(self) -> int:
        return len(self.lines)

    def open_where(self, mask: np.ndarray) -> np.ndarray:
        """Return the open records of which something is true."""
        return np.flatnonzero(mask & self.is_open)

    def any_word(self, says: Callable[[str], Any]) -> np.ndarray:
        """Return a flag a record: whether any of its words say something."""
        found = np.zeros(len(self), dtype=bool)
        for column in self.words:
            found |= column.where(says)
        return found

    def contents(self) -> np.ndarray:
        """Return a number (uint64) a record that is the same for the same contents.

        Everything that a person typed, but not who sent it and when. Two records of a million alike by chance: less
        than one time in ten million.
        """
        total = _mixed(self.days.astype(np.int64).view(np.uint64), "tested_on")
        named = [("prototype_id", self.prototype), *((key, column) for key, (column, _) in self.kept.items())]
        named += [(column.heading.casefold().strip(), column) for column in (*self.parties, *self.words)]
        named += [(item, amounts.column) for item, amounts in self.amounts.items()]
        for name, column in named:
            total = total + _mixed(column.hashes(), name)
        return total


def _mixed(numbers: np.ndarray, name: str) -> np.ndarray:
    """Return numbers stirred with the name of their column, so that the sum over columns tells them apart; 0 stays 0."""
    salt = pd.util.hash_array(np.array([name], dtype=object), categorize=False)[0] | np.uint64(1)
    with np.errstate(over="ignore"):
        stirred = numbers * salt
        stirred ^= stirred >> np.uint64(29)
        stirred *= np.uint64(0xBF58476D1CE4E5B9)
        stirred ^= stirred >> np.uint64(32)
    return stirred
