"""One published file: its columns by name, what lies beside it, and the fate of each of its lines.

A line gets exactly one fate. Lines that are sound but not wanted here (other practices, a region that a file repeats
once per parent) are set aside: counted with the furniture, and told with their number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import InitVar, dataclass, field
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from pipelines.sources.published.origin import Origin
from pipelines.sources.published.telling import MOST_TOLD, Telling
from pipelines.sources.tables import Effect, Load, RowFault

T = TypeVar("T")

#: Positions of rows.
Rows = Sequence[int] | np.ndarray

OPEN, LOADED, REFUSED, FURNITURE, SET_ASIDE = range(5)

#: Codes of the Organisation Data Service; those of networks begin with U, and no practice's does.
PCN = re.compile(r"U\d{5}$", re.ASCII)
PRACTICE = re.compile(r"[A-TV-Z]\d{5}$", re.ASCII)

#: Said of practices and networks that are set aside, with the cure.
NOT_ASKED_FOR = (
    "of practices or networks that this data folder does not speak of. To have them, put a list with the headings "
    "PRACTICE_CODE, PRACTICE_NAME and PCN_ODS_CODE into localities/, and write the networks into neighbourhoods.csv."
)

#: Rows that may come of one file: each takes nearly a kilobyte. A best-fit table of output areas has 189,000.
MOST_ROWS = 200_000

TOO_MANY_ROWS = (
    f"The file holds more than {MOST_ROWS:,} lines that this data folder could use, so that nothing of it was loaded. "
    "Download fewer areas, indicators or periods, or split the file into several."
)

#: Lines read at a time by a reader that can: what is made of them lives no longer.
BLOCK = 25_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which areas a data folder speaks of. None: not known, so that nothing is left out for it.

    `practices` are names by code.
    """

    practices: Mapping[str, str] | None = None
    pcns: frozenset[str] | None = None

    def keeps(self, area_code: str) -> bool:
        """Whether figures of an area are wanted: all but practices and networks that the folder does not speak of."""
        if PCN.match(area_code):
            return self.pcns is None or area_code in self.pcns
        if PRACTICE.match(area_code):
            return self.practices is None or area_code in self.practices
        return True


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: told apart by headings that a file must have, never by the file's name.

    `needs` are headings as `publication_text.heading_word` writes them. `read` gives a fate to every line of the publication that
    has none yet and returns rows: `LocalityValue`, or rows whose class names its table in `TABLE`. Files of a lower
    `order` are read first, since others are judged by them. Where headings carry a year, no set of them can be named:
    then `knows` decides in place of `needs`. A file of more than `most_lines` is refused,
    unless `by_block` says that its lines may be read some after others; `finish` then looks at all that came of them.
    """

    name: str
    needs: frozenset[str]
    read: Callable[[Publication, Asked], Sequence[Any]]
    order: int = 1
    knows: Callable[[Collection[str]], bool] | None = None
    most_lines: int = MOST_ROWS
    by_block: bool = False
    finish: Callable[[Publication, Sequence[Any]], None] | None = None

    def fits(self, headings: frozenset[str]) -> bool:
        """Whether a file of these headings is of this format."""
        return self.knows(headings) if self.knows else self.needs <= headings


@dataclass(slots=True)
class Publication:
    """The lines of one published file, a column at a time.

    `columns` are texts by plain heading, stripped, '' where empty. `lines` are 1-based lines of the file on which each
    row begins (of JSON: the number of the record). `known` holds the figures of all files read so far, by a digest of what
    they are about, so that none is counted twice: line, load and figure.
    """

    file: str
    content: InitVar[bytes]
    columns: Mapping[str, pa.StringArray]
    lines: np.ndarray
    origin: Origin
    known: dict[bytes, tuple[int, str, float | None]] = field(default_factory=dict)
    reader: str = "published figures"
    fates: np.ndarray = field(init=False)
    other_lines: dict[str, int] = field(default_factory=lambda: {"refused": 0, "furniture": 0})
    sha256: str = field(init=False)
    load_id: str = field(init=False)
    telling: Telling = field(init=False)

    def __post_init__(self, content: bytes) -> None:
        digest = hashlib.sha256(content)
        digest.update(self.origin.written)
        self.fates = np.zeros(len(self.lines), dtype=np.int8)
        self.sha256 = digest.hexdigest()
        self.load_id = hashlib.sha256(f"{self.file}\n{self.sha256}".encode()).hexdigest()[:16]
        self.telling = Telling(self.load_id, self.file)

    def blocks(self) -> Iterator[Publication]:
        """Yield the rows some at a time, each as a publication whose fates and faults are those of this one."""
        for begin in range(0, max(self.n_rows, 1), BLOCK):
            block = copy(self)
            part = slice(begin, begin + BLOCK)
            block.columns = {name: column[part] for name, column in self.columns.items()}
            block.lines, block.fates = self.lines[part], self.fates[part]
            yield block

    def refuse_whole(self, reason: str) -> None:
        """Refuse the file as a whole, whatever was made of some of its rows."""
        self.fates[:] = REFUSED
        for key in [key for key, (_, load_id, _) in self.known.items() if load_id == self.load_id]:
            del self.known[key]
        self.telling.clear()
        self.tell(None, None, None, reason, Effect.LINE_REFUSED)

    @property
    def faults(self) -> list[RowFault]:
        """What there is to tell."""
        return self.telling.faults()

    @property
    def n_rows(self) -> int:
        """Rows below the heading."""
        return len(self.lines)

    @property
    def stem(self) -> str:
        """Name of the file without folder and ending."""
        return self.file.rpartition("/")[2].rpartition(".")[0] or self.file

    def texts(self, name: str) -> list[str]:
        """Return a column, '' in every row where the file has no such column."""
        column = self.columns.get(name)
        return [""] * self.n_rows if column is None else column.to_pylist()

    def each(self, name: str, parse: Callable[[str], T]) -> list[T]:
        """Return what `parse` makes of each row, asked once for each distinct text."""
        column = self.columns.get(name)
        if column is None:
            return [parse("")] * self.n_rows
        encoded = column.dictionary_encode()
        parsed = [parse(text) for text in encoded.dictionary.to_pylist()]
        return [parsed[position] for position in encoded.indices.to_pylist()]

    def taken(self, name: str, rows: Rows) -> list[str]:
        """Return a column's texts in some rows."""
        column = self.columns.get(name)
        return (
            [""] * len(rows) if column is None else column.take(pa.array(rows, type=pa.int64())).to_pylist()
        )

    def open_rows(self) -> list[int]:
        """Return positions of rows without a fate."""
        return np.flatnonzero(self.fates == OPEN).tolist()

    def load(self, rows: Rows) -> None:
        """Count rows as loaded."""
        self._mark(rows, LOADED)

    def refuse(self, rows: Rows, column: str | None, reason: str) -> None:
        """Refuse rows, telling the first of them one by one and the others by their number."""
        self._mark(rows, REFUSED)
        self._tell_rows(rows, column, reason, Effect.LINE_REFUSED)

    def set_aside(self, rows: Rows, reason: str) -> None:
        """Set sound rows aside; `reason` follows their number: "lines of other practices."."""
        if len(rows):
            self._mark(rows, SET_ASIDE)
            first = int(self.lines[np.asarray(rows).min()])

            def words(n: int) -> str:
                return (
                    f"Set aside: {n:,} {reason} The first is line {first}. They are not counted as refused."
                )

            self.telling.count(reason, len(rows), None, None, None, words)

    def count(self, rows: Rows, column: str | None, words: Callable[[int], str], name: str) -> None:
        """Tell once of rows that stand, with their number; `name` tells them from other such rows."""
        if len(rows):
            line, value = int(self.lines[rows[0]]), self._value(int(rows[0]), column)
            self.telling.count(name, len(rows), line, column, value, words)

    def missing(self, rows: Rows, column: str, reason: str) -> None:
        """Leave a cell out of rows that stand."""
        self.telling.cells_missing += len(rows)
        self._tell_rows(rows, column, reason, Effect.CELL_MISSING)

    def note(self, rows: Rows, column: str | None, reason: str) -> None:
        """Tell of rows that are loaded as they stand."""
        self._tell_rows(rows, column, reason, Effect.NOTED)

    def tell(
        self,
        row: int | None,
        column: str | None,
        value: str | None,
        reason: str,
        effect: Effect = Effect.NOTED,
    ) -> None:
        """Add a fault; the cell is masked."""
        self.telling.tell(None if row is None else int(self.lines[row]), column, value, reason, effect)

    def refuse_lines(self, lines: Sequence[int], reason: str) -> None:
        """Refuse lines that could not be split into cells, so that they are no rows."""
        self.other_lines["refused"] += len(lines)
        self.telling.tell_lines(lines, None, lambda _: None, reason, Effect.LINE_REFUSED)

    def _mark(self, rows: Rows, fate: int) -> None:
        self.fates[np.asarray(rows, dtype=np.int64)] = fate

    def _tell_rows(self, rows: Rows, column: str | None, reason: str, effect: Effect) -> None:
        lines = [int(self.lines[row]) for row in rows[:MOST_TOLD]]
        self.telling.tell_lines(
            lines, column, lambda n: self._value(int(rows[n]), column), reason, effect, len(rows) - len(lines)
        )

    def _value(self, row: int, column: str | None) -> str | None:
        cells = self.columns.get(column or "")
        return None if cells is None else cells[row].as_py()

    def close(self) -> Load:
        """Return the counts of the file: read = loaded + refused + furniture."""
        loaded, refused = int((self.fates == LOADED).sum()), int((self.fates == REFUSED).sum())
        refused += self.other_lines["refused"]
        furniture = int(np.isin(self.fates, (FURNITURE, SET_ASIDE)).sum()) + self.other_lines["furniture"]
        return Load(
            load_id=self.load_id,
            file=self.file,
            reader=self.reader,
            sha256=self.sha256,
            lines_read=self.n_rows + sum(self.other_lines.values()),
            lines_loaded=loaded,
            lines_refused=refused,
            lines_furniture=furniture,
            cells_missing=self.telling.cells_missing,
            personal_cells_dropped=0,
        )
