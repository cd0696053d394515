"""Totals without a label: a row of figures alone that are the sums of the rows above, as a formula leaves them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from pipelines.sources.cells.looks import Look, look
from pipelines.sources.cells.types import Grid

#: Rows of a sheet beyond which nobody adds up by hand.
MOST_ROWS = 20_000

#: Rows that a sum is of, at least: fewer may come to the same by chance.
FEWEST = 3

_FIGURE = re.compile(r"\D{0,3}?(-?\d[\d,]*\.?\d*)")


def sum_rows(grid: Grid, begin: int, dates: Collection[int], named: Collection[int]) -> list[int]:
    """Return the rows without date or words whose every figure is the sum of its column above.

    Parameters
    ----------
    grid
        The sheet.
    begin
        Position of the first row below the heading.
    dates
        Columns of dates; without any, no row can be told from a record.
    named
        Positions known to be no records; a sum may be of all records above, or of those since one of these.
    """
    if not dates or grid.n_rows > MOST_ROWS:
        return []
    columns = [column.to_pylist() for column in grid.cells]
    found: list[int] = []
    above: list[int] = []
    since = 0
    for at in range(begin, grid.n_rows):
        row = [column[at] for column in columns]
        if at in named:
            since = len(above)
        elif _is_bare(row, dates) and any(_is_sum(row, columns, rows) for rows in (above, above[since:])):
            found.append(at)
            since = len(above)
        else:
            above.append(at)
    return found


def _is_bare(row: Sequence[str], dates: Collection[int]) -> bool:
    """Whether a row holds figures, no date and nothing else."""
    looks = {look(cell) for cell in row}
    return looks == {Look.NUMBER, Look.BLANK} and all(not row[n].strip() for n in dates)


def _is_sum(row: Sequence[str], columns: Sequence[Sequence[str]], rows: Sequence[int]) -> bool:
    if len(rows) < FEWEST:
        return False
    figures = [n for n, cell in enumerate(row) if cell.strip()]
    return all(abs(_figure(row[n]) - _sum(columns[n][at] for at in rows)) < 0.01 for n in figures)


def _sum(cells: Iterable[str]) -> float:
    return sum(map(_figure, cells))


def _figure(cell: str) -> float:
    """Return the first number in a cell, 0 where there is none: what a formula would add."""
    found = _FIGURE.match(cell.strip())
    return float(found[1].replace(",", "")) if found else 0.0
