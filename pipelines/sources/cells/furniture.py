"""Rows of a sheet below its heading that are no records: blanks, the heading once more, totals and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.sources.cells.headings import plain
from pipelines.sources.cells.looks import Look, is_label, is_pure_total, look
from pipelines.sources.cells.sum_rows import sum_rows
from pipelines.sources.cells.types import Grid, bytes_of, offsets_of

#: Rows by which it is told what a column holds.
SAMPLE = 300

#: Share of rows that may be totals, a total for every row and a grand total; and how many may always.
MOST_TOTALS, FEW_TOTALS = 0.55, 5

#: White space around a heading that is repeated.
MOST_SPACES = 10

#: Rows looked at as rows, at a time.
BATCH = 1_000

#: Bytes of a column searched at a time.
STEP = 1 << 22

#: Mean length of a cell beyond which a column of words is free text.
LONG_TEXT = 25

#: One of these stands in every label of a total. Looked for in small letters.
_SUMMARY = (b"total", b"sum", b"average", b"mean", b"overall")
_COMMENT = re.compile(
    r"\b(comments?|notes?|remarks?|feedback|observations?|anything|describe|details?|why|learn\w*|story|quotes?)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(date|day|when|timestamp|time|week|month|tested on|submitted|start|end)\b", re.IGNORECASE
)

#: Days of a spreadsheet's calendar between 1982 and 2064.
_SERIALS = range(30_000, 60_000)


def find_furniture(grid: Grid, names: Sequence[str], heading_rows: range) -> dict[int, str]:
    """Return the position of every row below the heading that is no record, and what it is.

    Parameters
    ----------
    grid
        The sheet.
    names
        Heading of each column.
    heading_rows
        Positions of the heading.
    """
    begin = heading_rows.stop
    columns = _Columns(grid, names, begin)
    found: dict[int, str] = {}
    # Where two fit, the later one stands: a blank is never a note.
    found.update(zip(_note_rows(grid, begin, columns), repeat("note")))
    found.update(zip(_total_rows(grid, begin, columns), repeat("total")))
    for heading in heading_rows:
        found.update(zip(_rows_like(grid, heading, begin).tolist(), repeat("heading")))
    found.update(zip(_blank_rows(grid, begin).tolist(), repeat("blank")))
    found.update(zip(sum_rows(grid, begin, columns.dates, found), repeat("total")))
    return found


class _Columns:
    """Which columns hold dates and which free text, by their headings and their first rows."""

    def __init__(self, grid: Grid, names: Sequence[str], begin: int):
        self.dates: set[int] = set()
        self.comments: set[int] = set()
        self.used: list[int] = []
        for n, column in enumerate(grid.cells):
            cells = [cell for cell in column.slice(begin, SAMPLE).to_pylist() if cell.strip()]
            if not cells:
                continue
            self.used.append(n)
            if _holds_dates(cells, names[n]):
                self.dates.add(n)
            elif _COMMENT.search(names[n]) or _is_free_text(cells):
                self.comments.add(n)


def _holds_dates(cells: Sequence[str], name: str) -> bool:
    looks = [look(cell) for cell in cells]
    if looks.count(Look.DATE) > len(cells) / 2:
        return True
    n_serials = sum(
        bool(re.fullmatch(r"\d{5}(\.\d+)?", cell)) and int(cell[:5]) in _SERIALS for cell in cells
    )
    return bool(_WHEN.search(name)) and n_serials + looks.count(Look.DATE) > len(cells) / 2


def _is_free_text(cells: Sequence[str]) -> bool:
    words = [cell for cell in cells if look(cell) is Look.WORDS]
    return len(words) > len(cells) / 2 and sum(map(len, words)) > LONG_TEXT * len(words)


def _blank_rows(grid: Grid, begin: int) -> np.ndarray:
    """Return the rows in which nothing but white space stands."""
    rows = np.arange(begin, grid.n_rows)
    for column in grid.cells:
        rows = rows[_may_be_blank(column)[rows]]
        cells = pc.utf8_trim_whitespace(column.take(pa.array(rows)))
        rows = rows[np.diff(offsets_of(cells)) == 0]
    return rows


def _may_be_blank(column: pa.StringArray) -> np.ndarray:
    """Return which cells are empty or begin with something other than a letter, figure or sign of ASCII."""
    offsets, data = offsets_of(column), bytes_of(column)
    if not len(data):
        return np.ones(len(column), bool)
    first = data[np.minimum(offsets[:-1], len(data) - 1)]
    return (np.diff(offsets) == 0) | (first <= ord(" ")) | (first > ord("~"))


def _rows_like(grid: Grid, heading: int, begin: int) -> np.ndarray:
    """Return the rows that repeat a row of the heading, as a sheet of several pages has them."""
    rows = np.arange(begin, grid.n_rows)
    for column in grid.cells:
        wanted = column[heading].as_py().strip()
        lengths = np.diff(offsets_of(column))[rows]
        rows = rows[(lengths >= len(wanted)) & (lengths < len(wanted.encode()) + MOST_SPACES)]
        cells = pc.utf8_trim_whitespace(column.take(pa.array(rows)))
        rows = rows[pc.equal(cells, wanted).to_numpy(zero_copy_only=False)]
    return rows


def _rows(grid: Grid, positions: Sequence[int]) -> Iterable[tuple[int, tuple[str, ...]]]:
    """Yield the cells of some rows, gathered a column and some rows at a time."""
    for begin in range(0, len(positions), BATCH):
        some = positions[begin : begin + BATCH]
        at = pa.array(some, pa.int64())
        columns = [column.take(at).to_pylist() for column in grid.cells]
        yield from zip(some, zip(*columns, strict=True), strict=True)


def _total_rows(grid: Grid, begin: int, columns: _Columns) -> list[int]:
    """Return the rows that sum others up."""
    candidates: set[int] = set()
    for column in grid.cells:
        labelled = [row for row in _label_cells(column) if row >= begin]
        if len(labelled) < max(FEW_TOTALS, MOST_TOTALS * (grid.n_rows - begin)):
            candidates.update(labelled)  # else a column of kinds, one of which is called total
    at = sorted(candidates)
    dated = (row for _, row in _rows(grid, at) if _has_date(row, columns))
    called = {plain(cell) for row in dated for cell in row if is_label(cell) and not is_pure_total(cell)}
    return [position for position, row in _rows(grid, at) if _is_total(row, columns, called)]


def _label_cells(column: pa.StringArray) -> Iterable[int]:
    """Yield the rows in which a column holds the label of a total."""
    offsets, data = offsets_of(column), bytes_of(column)
    steps = np.searchsorted(offsets, np.arange(offsets[0] + STEP, offsets[-1], STEP))
    for top, bottom in pairwise([0, *steps.tolist(), len(column)]):
        block = data[offsets[top] : offsets[bottom]].tobytes().lower()
        words = [word for word in _SUMMARY if word in block]
        if not words:
            continue
        starts = [match.start() + offsets[top] for match in re.finditer(b"|".join(words), block)]
        rows = np.unique(np.searchsorted(offsets[top : bottom + 1], starts, side="right") - 1) + top
        cells = column.take(pa.array(rows)).to_pylist()
        yield from (row for row, cell in zip(rows.tolist(), cells, strict=True) if is_label(cell))


def _has_date(row: Sequence[str], columns: _Columns) -> bool:
    """Whether a row says when: a date anywhere, or anything but a label in a column of dates."""
    return any(
        look(cell) is Look.DATE or (n in columns.dates and look(cell) is Look.NUMBER)
        for n, cell in enumerate(row)
    )


def _is_total(row: Sequence[str], columns: _Columns, called: set[str]) -> bool:
    """Whether a row with a label is a total, and not a record that speaks of one.

    A record says when and who; a total has its label and figures. What dated rows bear too ("Total Wellbeing",
    "Average") is a name or an answer, no label. In a comment a label counts only where it says nothing else.
    """
    labels = {n for n, cell in enumerate(row) if is_label(cell) and plain(cell) not in called}
    outside = labels - columns.comments
    says_total = any(is_pure_total(row[n]) for n in outside)
    if _has_date(row, columns):
        return says_total
    n_others = sum(look(cell) is Look.WORDS and n not in columns.comments for n, cell in enumerate(row))
    if n_others:
        return says_total and n_others == 1
    return bool(outside) or any(is_pure_total(row[n]) for n in labels)


def _note_rows(grid: Grid, begin: int, columns: _Columns) -> list[int]:
    """Return the rows of a single cell of words that stands where rows begin, or runs on: notes and captions."""
    if len(columns.used) < 3:
        return []
    n_filled = np.zeros(grid.n_rows, np.int16)
    for column in grid.cells:
        n_filled += np.diff(offsets_of(column)) > 0
    candidates = np.flatnonzero((n_filled > 0) & (n_filled < 3))
    starts = {columns.used[0], *columns.dates}
    found = []
    for at, row in _rows(grid, candidates[candidates >= begin].tolist()):
        filled = [n for n, cell in enumerate(row) if cell.strip()]
        if len(filled) == 1 and look(row[filled[0]]) is Look.WORDS:
            text = row[filled[0]]
            if filled[0] in starts or (filled[0] not in columns.comments and len(text) > LONG_TEXT):
                found.append(at)
    return found
