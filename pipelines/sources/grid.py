"""Files as sheets of cells: what stands in them, before anybody knows what it means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa


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


def read_book(content: bytes, name: str) -> Book:
    """Read any table file into sheets of text.

    Parameters
    ----------
    content
        The bytes of the file. They are looked at, not the name.
    name
        The name of the file, for the faults only.

    Returns
    -------
    Book
        Every line of the file is in a grid's rows or among its broken ones.

    Raises
    ------
    UnreadableFileError
        Where no table can be had from the bytes: what was found and how to mend it.
    """
    raise NotImplementedError
