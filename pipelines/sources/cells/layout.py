"""Where the table lies on a sheet: which rows are titles, headings, blanks, totals and notes, and which are records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.sources.cells.furniture import find_furniture
from pipelines.sources.cells.grid import Grid
from pipelines.sources.cells.headings import plain, tidy
from pipelines.sources.cells.looks import Look, look

#: Rows within which the heading is looked for, below titles and notes.
HEADING_WITHIN = 50

#: Rows below the heading by which the columns in use are told.
SAMPLE = 200

#: Share of the columns in use that a heading names, and of its cells that are words.
NAMED, WORDS = 0.5, 0.75

Rows = Sequence[Sequence[str]]


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


@dataclass(frozen=True, slots=True)
class _Heading:
    """A row, or two, that may be the heading."""

    first: int
    n_rows: int
    names: tuple[str, ...]


def find_layout(grid: Grid, known: Collection[str] = ()) -> Layout | None:
    """Find the table of a sheet; None where no row looks like a heading.

    Parameters
    ----------
    grid
        The sheet.
    known
        Headings that a mapping names; compared with `headings.plain`. The row that holds most of them wins.
    """
    head = min(grid.n_rows, HEADING_WITHIN + SAMPLE)
    columns = (column.slice(0, head).to_pylist() for column in grid.cells)
    rows: Rows = list(zip(*columns, strict=True))
    found = [_heading(rows, n, grid) for n in range(min(head, HEADING_WITHIN))]
    heading = _known(found, known) or next((one for one in found if _is_heading(one, rows)), None)
    if heading is None:
        return None
    heading_rows = range(heading.first, heading.first + heading.n_rows)
    furniture = find_furniture(grid, heading.names, heading_rows)
    furniture.update((n, "title" if any(map(str.strip, rows[n])) else "blank") for n in range(heading.first))
    furniture.update(dict.fromkeys(heading_rows, "heading"))
    is_record = np.ones(grid.n_rows, bool)
    is_record[np.fromiter(furniture, np.int64, len(furniture))] = False
    return Layout(heading.names, int(grid.lines[heading.first]), np.flatnonzero(is_record), furniture)


def _heading(rows: Rows, n: int, grid: Grid) -> _Heading:
    """Return the heading that a row would be, with the row below where the two belong together."""
    upper = rows[n]
    lower = rows[n + 1] if n + 1 < len(rows) else ()
    groups = _groups(upper, lower, n, grid) if _may_pair(upper, lower) else None
    if groups is None:
        return _Heading(n, 1, tuple(map(tidy, upper)))
    return _Heading(n, 2, tuple(_joined(group, name) for group, name in zip(groups, lower, strict=True)))


def _may_pair(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower of two rows holds words only, and the upper several."""
    below = [look(cell) for cell in lower if cell.strip()]
    above = [look(cell) for cell in upper if cell.strip()]
    return len(above) > 1 and len(below) > 1 and {*below, *above} == {Look.WORDS}


def _groups(upper: Sequence[str], lower: Sequence[str], n: int, grid: Grid) -> list[str] | None:
    """Return the upper name over each column, or None where the two rows are not one heading.

    They are where cells of the upper one are merged over several columns or into the lower one. Text has no merged
    cells; there the two must fill each other's gaps.
    """
    merged = [one for one in grid.merged if one[0] == n and one[2] <= n + 1]
    if merged:
        groups = list(upper)
        for _, left, _, right in merged:
            groups[left : right + 1] = [upper[left]] * (min(right, len(upper) - 1) - left + 1)
        return groups
    is_upper, is_lower = ([bool(cell.strip()) for cell in row] for row in (upper, lower))
    pairs = list(zip(is_upper, is_lower, strict=True))
    if (True, False) not in pairs or (False, True) not in pairs:
        return None
    groups, carried = [], ""
    for cell, name in zip(upper, lower, strict=True):
        carried = cell if cell.strip() else carried if name.strip() else ""
        groups.append(carried)
    return groups


def _joined(group: str, name: str) -> str:
    """Join the names of two rows: 'Food in' over 'kg' is 'Food in: kg'."""
    upper, lower = tidy(group), tidy(name)
    if not upper or not lower or plain(upper) == plain(lower):
        return upper or lower
    return f"{upper.rstrip(':')}: {lower}"


def _known(found: Sequence[_Heading], known: Collection[str]) -> _Heading | None:
    """Return the heading that holds most of the names that a mapping knows, if it holds some."""
    wanted = {plain(name) for name in known}
    held = [len(wanted & set(map(plain, one.names))) for one in found]
    most = max(held, default=0)
    return found[held.index(most)] if most and most >= min(2, len(wanted)) else None


def _is_heading(one: _Heading, rows: Rows) -> bool:
    """Whether a row reads as a heading: words, over at least half of the columns that are used below it."""
    named = {n for n, name in enumerate(one.names) if name}
    end = one.first + one.n_rows
    used = {n for row in rows[end : end + SAMPLE] for n, cell in enumerate(row) if cell.strip()}
    if len(named) < min(2, len(used or named)) or not named:
        return False
    looks = [look(one.names[n]) for n in named]
    # "Total people" is a heading among others: only a row of nothing else is one of totals.
    n_words = sum(seen in (Look.WORDS, Look.TOTAL) for seen in looks) if Look.WORDS in looks else 0
    return n_words >= WORDS * len(named) and len(named & used) >= NAMED * len(used)
