"""Sheets of cells: what stands in a file, before anybody knows what it means; and how large a file may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

#: Bytes of a file. A log of a million lines has about 60 million. What reads one of these stays below half a gigabyte.
MAX_BYTES = 80_000_000

#: Lines of a text: as many as a worksheet holds.
MAX_ROWS = 1_048_576

#: Columns of a sheet. The widest public table that is read has under 200.
MAX_COLUMNS = 500

#: Rows times columns of a sheet.
MAX_CELLS = 20_000_000

#: Characters of a cell: what a worksheet cell holds.
MAX_CHARACTERS = 32_767

TOO_MANY_COLUMNS = (
    f"The line has far more cells than the table has columns, or more than {MAX_COLUMNS}. A text with a comma needs "
    "quotes; a table so wide has to be split."
)
TOO_MANY_CHARACTERS = f"A cell holds more than {MAX_CHARACTERS:,} characters. Shorten it."
HOLDS_NUL = "A cell holds a character that is no text (NUL). The file is damaged here: save it again from where it came."


#: Rows that `Grid.rows` turns into texts together: a sheet may have 500 columns.
ROWS_AT_A_TIME = 4_096


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of cells as text.

    Parameters
    ----------
    sheet
        Name of the sheet; None for delimited text.
    is_hidden
        Whether a reader of the workbook does not see it.
    lines
        int64, 1-based line of the text, or row of the sheet, on which each row begins; rising.
    cells
        One array a column, all of one length, without nulls; '' is an empty cell; not stripped.
    merged
        Merged ranges: first row position, first column, last row position, last column; all 0-based.
    broken
        Line and reason of each record that cannot be split or kept; they are not in `cells`.
    """

    sheet: str | None
    is_hidden: bool
    lines: np.ndarray
    cells: tuple[pa.StringArray, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    broken: tuple[tuple[int, str], ...] = ()

    @property
    def n_rows(self) -> int:
        """Rows that could be split, blank ones too."""
        return len(self.lines)

    @property
    def n_columns(self) -> int:
        """Columns of the widest row."""
        return len(self.cells)

    def row(self, position: int) -> tuple[str, ...]:
        """Return the cells of a row, a text a column."""
        return tuple(column[position].as_py() for column in self.cells)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield every row in order, as `row` has it; some thousands at a time are in memory."""
        for start in range(0, self.n_rows if self.cells else 0, ROWS_AT_A_TIME):
            block = [column.slice(start, ROWS_AT_A_TIME).to_pylist() for column in self.cells]
            yield from zip(*block, strict=True)


@dataclass(frozen=True, slots=True)
class Book:
    """A file as sheets.

    Parameters
    ----------
    grids
        One a sheet, hidden ones too, in the order of the file; delimited text has one.
    format
        'csv', 'xlsx', 'xls' or 'ods': what the content is, whatever the name says.
    notes
        Sentences on how it was read: encoding, delimiter, sheets that hold no cells.
    """

    grids: tuple[Grid, ...]
    format: str
    notes: tuple[str, ...] = ()


def text_array(cells: Sequence[str]) -> pa.StringArray:
    """Return texts as a column."""
    encoded = [cell.encode() for cell in cells]
    return packed_array(np.fromiter(map(len, encoded), np.int32, len(encoded)), b"".join(encoded))


def packed_array(lengths: np.ndarray, encoded: bytes) -> pa.StringArray:
    """Return cells as a column, from their lengths in bytes and their UTF-8 one after another."""
    offsets = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return pa.StringArray.from_buffers(len(lengths), pa.py_buffer(offsets), pa.py_buffer(encoded))


def offsets_of(column: pa.StringArray) -> np.ndarray:
    """Return the byte at which each cell of a column begins, and the one after the last; int32."""
    if not len(column):
        return np.zeros(1, np.int32)
    return np.frombuffer(column.buffers()[1], np.int32, len(column) + 1, 4 * column.offset)


def bytes_of(column: pa.StringArray) -> np.ndarray:
    """Return the UTF-8 of a column's cells one after another, as `offsets_of` counts them; uint8."""
    data = column.buffers()[2]
    return np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
