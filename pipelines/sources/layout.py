"""Where the table lies on a sheet: which rows are titles, headings, blanks, totals and notes, and which are records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from pipelines.sources.grid import Grid


@dataclass(frozen=True, slots=True)
class Layout:
    """The table on a sheet.

    Parameters
    ----------
    headings
        One a column, on one line; '' where a column has none; 'Food in: kg' of two merged rows.
    heading_line
        1-based line of the (first) heading row.
    body
        int64, positions of the rows that hold records, rising.
    furniture
        Position of every other row and what it is: 'title', 'heading', 'blank', 'total' or 'note'.
    """

    headings: tuple[str, ...]
    heading_line: int
    body: np.ndarray
    furniture: dict[int, str]


def find_layout(grid: Grid, known: Collection[str] = ()) -> Layout | None:
    """Find the table of a sheet; None where no row looks like a heading.

    Parameters
    ----------
    grid
        The sheet.
    known
        Headings that a mapping names; compared with `headings.plain`. The row that holds most of them wins.
    """
    raise NotImplementedError
