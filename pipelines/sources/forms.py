"""Exports of online forms: the headings are questions, the time stamp is not the session."""

from __future__ import annotations

import datetime as dt
import difflib
import re

from pipelines.errors import Fault
from pipelines.sources.csv_lines import Record, Text
from pipelines.sources.dates import read_date
from pipelines.sources.headings import plain
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs import HEADING_WITHIN, count_personal, keep_text, refuse_rest
from pipelines.sources.mapping import Mapping
from pipelines.sources.mapping.fitting import heading_places
from pipelines.sources.personal import scrub
from pipelines.sources.sessions import Context, Draft, Item, Sessions, settle
from pipelines.sources.tables import Effect

_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?", re.I | re.ASCII)

_KEPT = ("place", "place_type", "cycle_no")


def read_form(
    content: bytes, file: str, mapping: Mapping, mapping_bytes: bytes, context: Context
) -> tuple[Ledger, Sessions]:
    """Read a form's export with its mapping.

    Returns
    -------
    tuple
        The ledger, every record with a fate, and the sessions that count. Never raises for what the file holds.
    """
    ledger = Ledger(file, "form", content, mapping_bytes)
    text = ledger.split(content)
    at = _places(text, mapping, ledger)
    if at is None:
        refuse_rest(ledger, text)
        return ledger, Sessions()
    heading, columns = at
    reader = _FormReader(heading, columns, mapping, ledger)
    drafts = [draft for record in ledger.open_records(text) if (draft := reader.draft(record))]
    return ledger, settle(drafts, ledger, context)


def check_ids(mapping: Mapping, file: str, context: Context) -> list[Fault]:
    """Return the faults of a mapping that names ids which are not known."""
    faults = []
    prototype = context.prototypes.get(mapping.prototype_id or "")
    if mapping.neighbourhood_id not in context.neighbourhood_ids:
        reason = (
            f'"{mapping.neighbourhood_id}" is not in neighbourhoods.csv. Add it there, or correct it here.'
        )
        faults.append(Fault(file, None, "neighbourhood_id", reason))
    if prototype is None:
        reason = f'"{mapping.prototype_id}" is not in prototypes.csv. Add it there, or correct it here.'
        faults.append(Fault(file, None, "prototype_id", reason))
    elif prototype.neighbourhood_id != mapping.neighbourhood_id:
        reason = f"{prototype.prototype_id} belongs to {prototype.neighbourhood_id} in prototypes.csv. Correct one."
        faults.append(Fault(file, None, "neighbourhood_id", reason))
    return faults


def _wanted(mapping: Mapping) -> list[str]:
    return [
        *(headings[0] for headings in mapping.columns.values()),
        *(spec.headings[0] for spec in mapping.items.values()),
    ]


def _places(text: Text, mapping: Mapping, ledger: Ledger) -> tuple[tuple[str, ...], dict[str, int]] | None:
    """Find the heading line and where each wanted heading stands; None where one is missing."""
    records = ledger.open_records(text)[:HEADING_WITHIN]
    wanted = {plain(heading) for heading in _wanted(mapping)}
    if not records:
        ledger.tell(None, None, None, "The file is empty.", Effect.LINE_REFUSED)
        return None
    best = max(records, key=lambda record: len(wanted & set(heading_places(record.cells))))
    at = heading_places(best.cells)
    missing = [heading for heading in dict.fromkeys(_wanted(mapping)) if plain(heading) not in at]
    for heading in missing:
        near = difflib.get_close_matches(plain(heading), list(at), 1)
        hint = f' The nearest is "{scrub(best.cells[at[near[0]]].strip())[0]}".' if near else ""
        reason = (
            f"The mapping asks for this heading and the file does not have it.{hint} Correct the mapping."
        )
        ledger.tell(best.line, heading, None, reason, Effect.LINE_REFUSED)
    if missing:
        return None
    for record in records[: records.index(best) + 1]:
        ledger.furniture(record.line)
    return best.cells, at


class _FormReader:
    """Turns the records of one export into drafts."""

    def __init__(self, heading: tuple[str, ...], at: dict[str, int], mapping: Mapping, ledger: Ledger):
        self.heading = heading
        self.at = at
        self.mapping = mapping
        self.ledger = ledger
        used = [self._at(heading) for heading in _wanted(mapping)]
        self.words = tuple(n for n, name in enumerate(heading) if n not in used and name.strip())

    def draft(self, record: Record) -> Draft | None:
        """Return a record as a draft; None where it is refused."""
        cells = record.cells + ("",) * (len(self.heading) - len(record.cells))
        if any(cell.strip() for cell in cells[len(self.heading) :]):
            reason = f"The line has {len(record.cells)} cells, the heading {len(self.heading)}. A text with a comma needs quotes."
            self.ledger.refuse(record.line, None, None, reason)
            entered = read_time(self._cell(cells, "submitted_at"), _is_day_first(self.mapping))
            self.ledger.doubt(
                record.line, self.mapping.prototype_id or "", entered.date() if entered else None
            )
            return None
        words = tuple((self.heading[n], cells[n]) for n in self.words if cells[n].strip())
        count_personal(self.ledger, record.line, list(words))
        sender = self._cell(cells, "sender").strip().casefold()
        self.ledger.personal_cells_dropped += bool(sender)
        written = self._cell(cells, "tested_on")
        place, place_type, cycle_no = (
            keep_text(self.ledger, record.line, k, self._cell(cells, k)) for k in _KEPT
        )
        return Draft(
            record.line,
            self.mapping.prototype_id or "",
            read_date(written, _is_day_first(self.mapping)),
            self.mapping.columns["tested_on"][0],
            written,
            self._items(cells),
            place,
            place_type,
            cycle_no,
            words,
            read_time(self._cell(cells, "submitted_at"), _is_day_first(self.mapping)),
            sender,
        )

    def _at(self, heading: str) -> int:
        return self.at[plain(heading)]

    def _cell(self, cells: tuple[str, ...], key: str) -> str:
        headings = self.mapping.columns.get(key)
        return cells[self._at(headings[0])] if headings else ""

    def _items(self, cells: tuple[str, ...]) -> tuple[Item, ...]:
        counted = []
        for item, spec in self.mapping.items.items():
            heading = spec.headings[0]
            written = cells[self._at(heading)]
            counted.append(Item(item, heading, is_ticked(written, spec.option) if spec.option else written))
        return tuple(counted)


def _is_day_first(mapping: Mapping) -> bool:
    return mapping.dates != "month-first"


def is_ticked(written: str, ticked: str) -> str:
    """Return "1" where an option was ticked, "0" where only others were, "" where nothing was.

    Options are joined by a comma and may hold commas themselves, so that the cell cannot simply be split.
    """
    text, option = plain(written), plain(ticked)
    if not text:
        return ""
    return "1" if f", {option}, " in f", {text.replace(';', ', ').replace('  ', ' ')}, " else "0"


def read_time(text: str, day_first: bool) -> dt.datetime | None:
    """Return the time stamp of a form, or None where it cannot be read; a zone is set aside."""
    day, clock = read_date(text, day_first).day, _TIME.search(text)
    if day is None:
        return None
    if clock is None:
        return dt.datetime.combine(day, dt.time())
    hour = int(clock[1]) % 12 + 12 * (clock[4].lower() == "pm") if clock[4] else int(clock[1])
    try:
        return dt.datetime.combine(day, dt.time(hour, int(clock[2]), int(clock[3] or 0)))
    except ValueError:
        return None
