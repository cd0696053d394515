"""What is told of the rows of a column: few different sentences, perhaps a million times."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence

import numpy as np


class RowTexts(MutableMapping[int, str]):
    """A text for some of the rows of a column, each different text kept once.

    Parameters
    ----------
    n_rows
        Rows of the column.
    """

    def __init__(self, n_rows: int):
        self._texts: list[str] = []
        self._place: dict[str, int] = {}
        self._of_row = np.full(n_rows, -1, np.int32)

    def fill(self, rows: np.ndarray, texts: Sequence[str], which: np.ndarray) -> None:
        """Give each of some rows that has no text yet the one of `texts` at its place in `which`."""
        is_free = self._of_row[rows] < 0
        places = np.array([self._add(text) for text in texts], np.int32)
        self._of_row[rows[is_free]] = places[which[is_free]]

    def _add(self, text: str) -> int:
        place = self._place.setdefault(text, len(self._texts))
        if place == len(self._texts):
            self._texts.append(text)
        return place

    def __setitem__(self, row: int, text: str) -> None:
        self._of_row[row] = self._add(text)

    def __getitem__(self, row: int) -> str:
        if not 0 <= row < len(self._of_row) or self._of_row[row] < 0:
            raise KeyError(row)
        return self._texts[self._of_row[row]]

    def __delitem__(self, row: int) -> None:
        self[row]
        self._of_row[row] = -1

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows().tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(self._of_row >= 0))

    def rows(self) -> np.ndarray:
        """Return the rows that have a text, rising."""
        return np.flatnonzero(self._of_row >= 0)
