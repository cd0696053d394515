"""Blocks of rows gathered into a grid, with little more memory than the grid itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
import pyarrow as pa

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.types import MAX_CELLS, MAX_ROWS, Grid, bytes_of, offsets_of

#: Broken records after which the file as a whole is given up.
MAX_BROKEN = 10_000


class _Column:
    """One column's cells, one after another, and the length of each."""

    def __init__(self, n_rows: int):
        self.encoded = bytearray()
        # The leading 0 makes a running sum of this the offsets.
        self.lengths = bytearray(4 * (n_rows + 1))

    def add(self, lengths: np.ndarray, encoded: bytes | memoryview) -> None:
        self.lengths += lengths.astype(np.int32, copy=False).data.cast("B") if len(lengths) else b""
        self.encoded += encoded

    def array(self) -> pa.StringArray:
        offsets = np.frombuffer(self.lengths, np.int32)
        np.cumsum(offsets, out=offsets)
        return pa.StringArray.from_buffers(
            len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(self.encoded)
        )


class Gathered:
    """The rows of a text as they are split, and the records that could not be."""

    def __init__(self) -> None:
        self.broken: list[tuple[int, str]] = []
        self._lines: list[np.ndarray] = []
        self._columns: list[_Column] = []
        self._n_rows = 0

    def add_arrays(self, lines: np.ndarray, columns: Sequence[pa.ChunkedArray]) -> None:
        """Take a block that was split at once."""
        self._begin(lines, len(columns))
        for column, cells in zip(self._columns, columns, strict=False):
            for chunk in cells.chunks:
                offsets = offsets_of(chunk)
                column.add(np.diff(offsets), bytes_of(chunk)[offsets[0] : offsets[-1]].data)
        self._end(lines, len(columns))

    def add_records(self, lines: Sequence[int], records: Sequence[Sequence[str]]) -> None:
        """Take records of any widths; those of fewer cells get empty ones."""
        if not records:
            return
        columns = list(zip_longest(*(cells or ("",) for cells in records), fillvalue=""))
        self._begin(np.array(lines, np.int64), len(columns))
        for column, cells in zip(self._columns, columns, strict=False):
            column.add(*_encoded(cells))
        self._end(np.array(lines, np.int64), len(columns))

    def check(self, n_lines: int) -> None:
        """Stop reading beyond a limit.

        Raises
        ------
        UnreadableFileError
            Where the text has more lines or cells than are read, or nearly nothing in it can be split.
        """
        if n_lines > MAX_ROWS or len(self._columns) * self._n_rows > MAX_CELLS:
            raise UnreadableFileError(
                f"The file has more than {MAX_ROWS:,} lines or {MAX_CELLS:,} cells. Split it into several files."
            )
        if len(self.broken) > MAX_BROKEN:
            line, reason = self.broken[0]
            raise UnreadableFileError(
                f"More than {MAX_BROKEN:,} lines cannot be split. Line {line}: {reason}"
            )

    def grid(self) -> Grid:
        """Return all that was gathered.

        Raises
        ------
        UnreadableFileError
            Where no row could be split.
        """
        if self.broken and not self._n_rows:
            line, reason = self.broken[0]
            raise UnreadableFileError(f"No line can be read. Line {line}: {reason}")
        lines = np.concatenate([np.zeros(0, np.int64), *self._lines])
        return Grid(None, False, lines, tuple(one.array() for one in self._columns), (), tuple(self.broken))

    def _begin(self, lines: np.ndarray, width: int) -> None:
        """Make columns that are met here for the first time, empty in all rows above."""
        self._columns += [_Column(self._n_rows) for _ in range(width - len(self._columns))]
        self._lines.append(lines)

    def _end(self, lines: np.ndarray, width: int) -> None:
        """Leave empty the columns that these rows do not reach."""
        for column in self._columns[width:]:
            column.lengths += bytes(4 * len(lines))
        self._n_rows += len(lines)


def _encoded(cells: Sequence[str]) -> tuple[np.ndarray, bytes]:
    """Return the lengths in bytes of some cells and their UTF-8 one after another."""
    joined = "".join(cells)
    encoded = joined.encode()
    if len(encoded) == len(joined):
        return np.fromiter(map(len, cells), np.int32, len(cells)), encoded
    return np.fromiter((len(cell.encode()) for cell in cells), np.int32, len(cells)), encoded
