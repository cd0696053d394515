"""Reference tables read line by line: each cell by its column's name, each fault with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from pipelines.errors import UnreadableFileError
from pipelines.sources import personal
from pipelines.sources.cells.grid import Grid, read_book
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.identities import unknown_id
from pipelines.sources.logs.mapping.fitting import word
from pipelines.sources.logs.texts import keep_text
from pipelines.sources.tables import Effect
from pipelines.sources.written.dates import read_date

T = TypeVar("T")

#: Lines of a reference table: neighbourhoods, prototypes and cycles are counted in tens, and each is read by itself.
MOST_LINES = 20_000

_TOO_LONG = (
    "The file has more than {:,} lines, so that it is no such table. Perhaps a log lies here under its name."
)

_TWICE = "Several columns have this heading; the last of them was read. Keep the right one, and take the others out."

_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")
_ID_SHAPE = "An id has letters, digits, _ . or -, no spaces."
_NUMBER = re.compile(r"^-?\d{1,9}(\.\d{1,9})?$", re.ASCII)
_PER_CENT = re.compile(r"^(\d{1,3}(?:\.\d{1,6})?) ?%$", re.ASCII)


@dataclass(slots=True)
class Row:
    """One line of a reference table, read column by column; faults go to the ledger."""

    line: int
    cells: dict[str, str]
    ledger: Ledger
    is_refused: bool = False

    def refuse(self, column: str, value: str | None, reason: str) -> None:
        """Refuse the line."""
        self.is_refused = True
        self.ledger.refuse(self.line, column, value, reason)

    def missing(self, column: str, reason: str, value: str | None = None) -> None:
        """Leave the cell out and say why."""
        self.ledger.cells_missing += 1
        self.ledger.tell(
            self.line, column, value or personal.mask(self.cells[column]), reason, Effect.CELL_MISSING
        )

    def written(self, column: str) -> str:
        """Return a cell without white space round it; '' where the column is missing."""
        return self.cells.get(column, "")

    def text(self, column: str) -> str | None:
        """Return a text without personal data."""
        return keep_text(self.ledger, self.line, column, self.written(column))

    def code(self, column: str) -> str | None:
        """Return a public code of up to 12 letters and digits, e.g. U60176."""
        value = self.written(column)
        if value and not re.fullmatch(r"[A-Z]{1,3}\d{2,9}", value):
            self.missing(column, "This is not a code. Write it as U60176.")
            return None
        return value or None

    def new_id(self, column: str, taken: Collection[str]) -> str:
        """Return an id that no earlier line has."""
        value = self.written(column)
        if not _ID.match(value) or personal.find(value):
            self.refuse(
                column,
                personal.mask_id(value, ()),
                "This is not an id. " + _ID_SHAPE if value else "The id is missing.",
            )
        elif value in taken:
            self.refuse(
                column, personal.mask_id(value, ()), "An earlier line has this id. Give each line its own."
            )
        return value

    def known_id(self, column: str, known: Collection[str], where: str) -> str:
        """Return an id that another table has."""
        value, ids = self.written(column), tuple(known)
        if value not in known:
            self.refuse(column, personal.mask_id(value, ids), unknown_id(value, ids, where))
        return value

    def date(self, column: str, refuses: bool = False) -> dt.date | None:
        """Return a date; a bad one refuses the line or leaves the cell out."""
        if not self.written(column):
            return None
        day = read_date(self.written(column))
        if day.day is None and refuses:
            self.refuse(column, personal.mask(self.written(column)), day.reason or "")
        elif day.day is None:
            self.missing(column, day.reason or "")
        return day.day

    def year(self, column: str) -> int | None:
        """Return a year of four digits."""
        value = self.written(column)
        if value and not re.fullmatch(r"(19|20)\d\d", value, re.ASCII):
            self.missing(column, "This is not a year. Write it in four digits, e.g. 2022.")
            return None
        return int(value) if value else None

    def choice(self, column: str, words: Sequence[str]) -> str | None:
        """Return one of a list of words."""
        value = self.written(column).lower()
        if value and value not in words:
            self.missing(column, f"This word is not known. Write one of: {', '.join(words)}.")
            return None
        return value or None

    def number(self, column: str, is_share: bool = False) -> float | None:
        """Return a number; for shares 0 to 1, or per cent with the sign."""
        value = self.written(column)
        if not value:
            return None
        per_cent = _PER_CENT.match(value)
        if is_share and per_cent:
            value = str(float(per_cent[1]) / 100)
        if not _NUMBER.match(value):
            self.missing(column, "This is not a number. Write it in digits, e.g. 0.45.")
        elif is_share and not 0 <= float(value) <= 1:
            self.missing(column, "This is a share, 0 to 1. Write 45 per cent as 0.45 or 45%.")
        else:
            return float(value)
        return None


def read_table(
    content: bytes,
    file: str,
    reader: str,
    required: Sequence[str],
    make: Callable[[Row], T],
    most_lines: int = MOST_LINES,
) -> tuple[Ledger, list[T], list[str]]:
    """Read a reference table; one of more than `most_lines` lines is refused as a whole.

    Returns
    -------
    tuple
        The ledger, the rows that stand, and the needed columns that are missing (then there are no rows).
    """
    ledger = Ledger(file, reader, content)
    try:
        grid = read_book(content, file).grids[0]
    except UnreadableFileError as error:
        ledger.tell(None, None, None, str(error), Effect.LINE_REFUSED)
        return ledger, [], list(required)
    if grid.n_rows > most_lines:
        too_long = _TOO_LONG.format(most_lines)
        ledger.tell(None, None, None, too_long, Effect.LINE_REFUSED)
        ledger.refuse_all(
            np.concatenate([grid.lines, [line for line, _ in grid.broken]]).astype(np.int64), too_long
        )
        return ledger, [], list(required)
    rows = _open_rows(grid, ledger)
    heading = [word(cell) for cell in grid.row(rows[0])] if rows else []
    missing = [column for column in required if column not in heading]
    if missing:
        ledger.refuse_all(grid.lines, "The file could not be read; a column that it needs is missing.")
        return ledger, [], missing
    ledger.furniture(int(grid.lines[rows[0]]))
    for name in [name for name, n in Counter(heading).items() if name and n > 1]:
        ledger.tell(int(grid.lines[rows[0]]), name, None, _TWICE, Effect.NOTED)
    n_columns = 1 + max(n for n, name in enumerate(heading) if name)
    return ledger, _made(grid, rows[1:], heading[:n_columns], ledger, make), []


def _open_rows(grid: Grid, ledger: Ledger) -> list[int]:
    """Return the rows that hold something; broken, blank and delimiter lines get their fate here."""
    for line, reason in grid.broken:
        ledger.refuse(line, None, None, reason)
    rows = []
    for position, cells in enumerate(grid.rows()):
        text = "".join(cells).strip().lower()
        if text and text not in ("sep=", "sep=,", "sep=;"):
            rows.append(position)
        else:
            ledger.furniture(int(grid.lines[position]))
    return rows


def _made(
    grid: Grid, positions: Sequence[int], heading: list[str], ledger: Ledger, make: Callable[[Row], T]
) -> list[T]:
    """Return what is made of the rows at some positions; those that were not refused are counted as loaded."""
    wanted, lines = set(positions), grid.lines.tolist()
    named = [(n, name) for n, name in enumerate(heading) if name]
    found, loaded = [], []
    for position, cells in enumerate(grid.rows()):
        if position not in wanted:
            continue
        line = lines[position]
        if any(cell.strip() for cell in cells[len(heading) :]):
            reason = f"The line has more cells than the heading, which has {len(heading)}. A text with a comma needs quotes."
            ledger.refuse(line, None, None, reason)
            continue
        row = Row(line, {name: cells[n].strip() for n, name in named}, ledger)
        made = make(row)
        if not row.is_refused:
            loaded.append(line)
            found += [] if made is None else [made]
    ledger.load_all(np.array(loaded, np.int64))
    return found
