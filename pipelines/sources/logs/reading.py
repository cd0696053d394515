"""Test logs, whatever their format: every line of every sheet gets a fate, every doubt a reason.

One reader for all. A log of the contract (``neighbourhood_id, prototype_id, tested_on, place, place_type, [cycle_no],
<item>...``) is read with a mapping of its own names; forms and workbooks with the mapping beside them. Only items that
the mapping names are loaded; every other column is looked at (does it call the session off?), never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells.grid import Book, Grid, read_book
from pipelines.sources.cells.layout import Layout, find_layout
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.context import Context
from pipelines.sources.logs.mapping import ID_COLUMNS, ItemSpec, Mapping
from pipelines.sources.logs.mapping.fitting import word
from pipelines.sources.logs.sessions import Sessions
from pipelines.sources.logs.settling import settle
from pipelines.sources.logs.sheet_records import read_records
from pipelines.sources.logs.sheets import TOO_MANY_TEXTS, Sheet, members_of, nearest
from pipelines.sources.logs.votes import settled_by_all
from pipelines.sources.tables import Effect

REQUIRED = (*ID_COLUMNS, "tested_on")
OPTIONAL = ("place", "place_type", "cycle_no")

_HIDDEN = "The sheet is hidden and was not read. Show it in the file, or write read_hidden = true for it in the mapping."
_NOT_READ = "The file could not be read; its first fault says why."


def contract(context: Context) -> Mapping:
    """Return the mapping of a log that goes by the words of the contract."""
    columns: dict[str, tuple[str, ...]] = {key: (key,) for key in (*REQUIRED, *OPTIONAL)}
    items = {item: ItemSpec((item,)) for item in sorted(context.items)}
    return Mapping(None, None, columns, items, by_name=True)


def read_log(
    content: bytes, file: str, mapping: Mapping | None, mapping_bytes: bytes, context: Context
) -> list[tuple[Ledger, Sessions]]:
    """Read a log.

    Parameters
    ----------
    content
        The bytes of the file.
    file
        Its path below the data folder.
    mapping
        What its columns mean; None for a log of the contract. One that goes by name only overrules how dates and
        sheets of such a log are read.
    mapping_bytes
        The mapping as it stands beside the file; part of the load's id.
    context
        What the log is checked against; the records met are added to it.

    Returns
    -------
    list
        For each sheet the ledger, every line with a fate, and the sessions that count. Never raises for what the
        file holds.
    """
    mapping = _complete(mapping, context)
    try:  # the book is handed over, not kept: its cells go as soon as they are read
        reader = _LogReader(read_book(content, file), content, file, mapping, mapping_bytes, context)
    except UnreadableFileError as error:
        ledger = Ledger(file, _reader(mapping), content, mapping_bytes)
        ledger.tell(None, None, None, str(error), Effect.LINE_REFUSED)
        return [(ledger, Sessions())]
    return reader.read()


def _reader(mapping: Mapping) -> str:
    """Return the word for the kind of file, as the load log shows it."""
    return "test log" if mapping.by_name else mapping.form or "mapped log"


def _complete(mapping: Mapping | None, context: Context) -> Mapping:
    own = contract(context)
    if mapping is None:
        return own
    if not mapping.by_name:
        return mapping
    return replace(mapping, columns=own.columns | mapping.columns, items=own.items)


@dataclass(slots=True)
class _Tab:
    """A sheet on its way: its ledger, and its table where it has one."""

    grid: Grid
    ledger: Ledger
    sheet: Sheet | None = None
    is_left_out: bool = False


class _LogReader:
    """Reads the sheets of one file: first where everything stands on all of them, then their records."""

    def __init__(
        self,
        book: Book,
        content: bytes,
        file: str,
        mapping: Mapping,
        mapping_bytes: bytes,
        context: Context,
    ):
        self.mapping = mapping
        self.context = context
        self.settled: dict[str, str] = {}
        reader = _reader(mapping)
        self.tabs = [
            _Tab(grid, Ledger(file, reader, content, mapping_bytes, grid.sheet)) for grid in book.grids
        ]
        for tab in self.tabs:
            for line, reason in tab.grid.broken:
                tab.ledger.refuse(line, None, None, reason)
        if self.tabs:
            for note in book.notes:
                self.tabs[0].ledger.tell(None, None, None, note, Effect.NOTED)

    def read(self) -> list[tuple[Ledger, Sessions]]:
        """Read every sheet that is there to be read."""
        for tab in self.tabs:
            tab.sheet = self._find(tab)
        found = [tab.sheet for tab in self.tabs if tab.sheet]
        members = set().union(*(members_of(sheet) for sheet in found))
        self.mapping, self.settled = settled_by_all(self.mapping, found)
        return [(tab.ledger, self._sessions(tab, found, members)) for tab in self.tabs]

    def _find(self, tab: _Tab) -> Sheet | None:
        """Find the table of a sheet; None where it is not to be read, which is then told."""
        own = self.mapping.sheets.get(tab.grid.sheet or "")
        if own and own.skip:
            if not _holds_sentences(
                tab.grid
            ):  # a guide holds no record that could be left out: its rows are notes
                _left_out(tab, "The mapping says to leave this sheet out.")
            return None
        if tab.grid.is_hidden and not (own and own.read_hidden):
            _left_out(tab, _HIDDEN)
            return None
        layout = find_layout(tab.grid, self._known())
        if layout is None:
            return None
        sheet = Sheet.of(tab.grid, layout, self.mapping)
        if sheet is None:
            _left_out(tab, TOO_MANY_TEXTS)
        tab.grid = replace(tab.grid, cells=())  # as large as the file, and not needed any more
        return sheet

    def _known(self) -> tuple[str, ...]:
        """Return the headings to look for; a log of the contract may write ``Tested on``."""
        named = self.mapping.headings
        return (*named, *(name.replace("_", " ") for name in named)) if self.mapping.by_name else named

    def _sessions(self, tab: _Tab, found: Sequence[Sheet], members: set[str]) -> Sessions:
        if not tab.is_left_out and self._is_beside(tab, found):
            return _take_for_notes(tab)
        if tab.sheet is None or not self._has_all(tab, tab.sheet, found):
            _refuse_rest(tab)
            return Sessions()
        ledger = tab.ledger
        furniture = tab.sheet.layout.furniture
        ledger.furniture_all(tab.grid.lines[np.fromiter(furniture, np.int64, len(furniture))])
        records = read_records(tab.sheet, self.mapping, members, ledger, self.context, self.settled)
        return settle(records, ledger, self.context)

    def _is_beside(self, tab: _Tab, found: Sequence[Sheet]) -> bool:
        """Whether a sheet is no log at all (a guide, a list), while another sheet of the file is one."""
        is_log = {id(sheet): self._looks_like_log(sheet) for sheet in found}
        if not any(is_log.values()):
            return False
        return not is_log[id(tab.sheet)] if tab.sheet else _holds_sentences(tab.grid)

    def _looks_like_log(self, sheet: Sheet) -> bool:
        """Whether a sheet has a date and an item, or most of what it needs: then what is missing is an error."""
        n_required = len(set(REQUIRED) & set(sheet.columns))
        if self.mapping.by_name:
            return n_required >= 2
        return bool(sheet.items) and (
            "tested_on" in sheet.columns or 2 * len(sheet.items) >= len(self.mapping.items)
        )

    def _has_all(self, tab: _Tab, sheet: Sheet, found: Sequence[Sheet]) -> bool:
        """Whether a sheet has the columns it needs; what is missing is told."""
        missing = sheet.missing(self.mapping)
        if self.mapping.by_name:
            return self._has_names(tab.ledger, sheet.layout, set(missing), sheet)
        elsewhere = set().union(*({*other.columns, *other.items} for other in found if other is not sheet))
        fatal = False
        for key, headings in missing.items():
            is_needed = key in REQUIRED or key not in elsewhere
            reason = "The mapping asks for this heading and the sheet does not have it."
            reason += (
                f"{nearest(sheet, headings)} Correct the mapping." if is_needed else " It stays missing here."
            )
            effect = Effect.LINE_REFUSED if is_needed else Effect.NOTED
            tab.ledger.tell(sheet.layout.heading_line, headings[0], None, reason, effect)
            fatal |= is_needed
        return not fatal

    def _has_names(self, ledger: Ledger, layout: Layout, missing: set[str], sheet: Sheet) -> bool:
        """Whether a log of the contract has its columns, each once."""
        lacking = [key for key in REQUIRED if key in missing and getattr(self.mapping, key, None) is None]
        if lacking:
            return _lacks(ledger, layout.heading_line, lacking)
        wanted = {**sheet.columns, **sheet.items}
        names = [word(heading) for heading in layout.headings]
        twice = sorted(name for name in wanted if names.count(name) > 1)
        if twice:
            reason = f"Two columns are called {', '.join(twice)}. Rename or remove one of them."
            ledger.tell(layout.heading_line, twice[0], None, reason, Effect.LINE_REFUSED)
            return False
        if not sheet.items:
            reason = "No column is an item that a measure uses, so that nothing can be counted. Compare with data/measures/."
            ledger.tell(layout.heading_line, None, None, reason, Effect.NOTED)
        return True


def _holds_sentences(grid: Grid) -> bool:
    """Whether no row has two cells; rows of several without a heading may be a log that goes on, and are refused."""
    n_cells = sum((np.asarray(pc.not_equal(cells, "")) for cells in grid.cells), np.zeros(grid.n_rows, int))
    return bool(np.all(n_cells <= 1))


def _take_for_notes(tab: _Tab) -> Sessions:
    """Count the rows of a sheet as notes, and say so."""
    reason = "The sheet has no column of the log; its rows are taken for notes and were not read."
    tab.ledger.tell(None, None, None, reason, Effect.NOTED)
    tab.ledger.furniture_all(tab.grid.lines)
    return Sessions()


def _left_out(tab: _Tab, reason: str) -> None:
    """Refuse a sheet that is not to be read."""
    tab.is_left_out = True
    tab.ledger.tell(None, None, None, reason, Effect.LINE_REFUSED)
    tab.ledger.refuse_all(tab.grid.lines, reason)


def _refuse_rest(tab: _Tab) -> None:
    """Refuse every line that has no fate yet; a sheet without a table is told so first."""
    if tab.sheet is None and not tab.ledger.faults:
        headings = ", ".join(REQUIRED)
        reason = (
            f"No heading line was found. A log needs one with {headings}, or a mapping beside the file "
            "(data/README.md, Forms)."
        )
        tab.ledger.tell(None, None, None, reason, Effect.LINE_REFUSED)
    if tab.sheet:
        for position, what in tab.sheet.layout.furniture.items():
            if what == "blank":
                tab.ledger.furniture(int(tab.grid.lines[position]))
    tab.ledger.refuse_all(tab.grid.lines, _NOT_READ)


def _lacks(ledger: Ledger, line: int, lacking: Sequence[str]) -> bool:
    reason = (
        f"No heading line with the columns {', '.join(REQUIRED)} was found (missing: {', '.join(lacking)}). "
        "Add them, or put a mapping beside the file (data/README.md, Forms)."
    )
    ledger.tell(line, None, None, reason, Effect.LINE_REFUSED)
    return False
