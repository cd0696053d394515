"""Sessions typed in, judged by the rules of the logs: the same amounts, doubles, words and days make the same faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipelines.recorded.fitting import far_day
from pipelines.records import Entry, Record, Recorded
from pipelines.records.kinds import SessionLogged
from pipelines.sources import personal
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.amounts import read_amounts
from pipelines.sources.logs.columns import Column
from pipelines.sources.logs.context import Context
from pipelines.sources.logs.identities import unknown_id
from pipelines.sources.logs.mapping import ItemSpec
from pipelines.sources.logs.records import Records
from pipelines.sources.logs.sessions import Sessions
from pipelines.sources.logs.settling import settle
from pipelines.sources.logs.texts import clean_texts
from pipelines.sources.tables import Effect
from pipelines.sources.written.dates import DatesRead
from pipelines.sources.written.row_texts import RowTexts

KEPT = ("place", "place_type", "cycle_no")
Typed = Entry[SessionLogged]


@dataclass(frozen=True)
class NotHeld:
    """A test that was planned for a day and not held, and why."""

    prototype_id: str
    planned_on: dt.date
    reason: str


def sessions_of(
    records: Sequence[Record], recorded: Recorded, ledger: Ledger, context: Context
) -> tuple[tuple[Sessions, ...], tuple[NotHeld, ...]]:
    """Return the sessions that count, one entry a prototype, and the tests that were planned and not held.

    Each prototype is judged by itself, so that what is saved of one never changes another.
    """
    for record in records:
        if isinstance(record.body, SessionLogged) and not recorded.stands(record.record_id):
            ledger.furniture(record.number)
    known = [entry for entry in recorded.sessions if _has_a_place(entry, ledger, context)]
    not_held = [entry for entry in known if not entry.body.was_held]
    for entry in not_held:
        ledger.refuse(
            entry.record.number, None, None, "The test was planned and not held. The period is a gap, not 0."
        )
    held = [entry for entry in known if entry.body.was_held]
    ids = dict.fromkeys(entry.body.prototype_id for entry in held)
    judged = [
        _judged([one for one in held if one.body.prototype_id == name], ledger, context) for name in ids
    ]
    return tuple(judged), tuple(_not_held(entry.body) for entry in not_held)


def _has_a_place(entry: Typed, ledger: Ledger, context: Context) -> bool:
    """Whether a session is of a known prototype and of a day that can be meant; what is wrong is told."""
    value, known = entry.body.prototype_id, tuple(context.prototypes)
    if words := far_day(entry.body):
        ledger.refuse(entry.record.number, *words)
        return False
    if value in known:
        return True
    reason = unknown_id(value, known, "the list of prototypes")
    ledger.refuse(entry.record.number, "prototype_id", personal.mask_id(value, known), reason)
    return False


def _not_held(body: SessionLogged) -> NotHeld:
    reason = body.why_not_held or "no reason was given"
    return NotHeld(body.prototype_id, body.tested_on, personal.scrub(personal.printable(reason))[0])


def _judged(entries: list[Typed], ledger: Ledger, context: Context) -> Sessions:
    """Judge the sessions of one prototype as a log's."""
    for entry in entries:
        _tell_unused(entry, ledger, context)
    _tell_alike(entries, ledger)
    return settle(_as_records(entries, ledger, context), ledger, context)


def _tell_unused(entry: Typed, ledger: Ledger, context: Context) -> None:
    for item in sorted(set(entry.body.counts) - context.items):
        ledger.cells_missing += 1
        shown = personal.mask_id(item, ())
        ledger.tell(
            entry.record.number,
            shown,
            None,
            "No measure uses this number; it is not loaded.",
            Effect.CELL_MISSING,
        )


def _tell_alike(entries: list[Typed], ledger: Ledger) -> None:
    """Tell of sessions that say what another says: each was saved on purpose, so both count."""
    first: dict[str, int] = {}
    for entry in entries:
        body, number = entry.body, entry.record.number
        said = repr((body.tested_on, sorted(body.counts.items()), body.place, body.place_type, body.cycle_no))
        if said in first:
            reason = f"Record {first[said]} says the same of this day. Both count; take one back if it was saved twice."
            ledger.tell(number, None, None, reason, Effect.NOTED)
        first.setdefault(said, number)


def _as_records(entries: list[Typed], ledger: Ledger, context: Context) -> Records:
    """Return sessions as the columns that logs are judged by.

    The time of saving is not taken for the time at which a form was sent: two different sessions of a day that are
    typed one after the other are two, since a correction says itself which record it takes the place of. Two that say the
    same are two for the same reason: the number of the record tells them apart.
    """
    size = len(entries)
    bodies = [entry.body for entry in entries]
    lines = np.array([entry.record.number for entry in entries], np.int64)
    days = np.array([body.tested_on for body in bodies], "datetime64[D]")
    kept = {key: _column(key, entries, lambda body, key=key: getattr(body, key)) for key in KEPT}  # type: ignore[misc]
    items = sorted({item for body in bodies for item in body.counts} & context.items)
    return Records(
        lines=lines,
        prototype=_column("prototype_id", entries, lambda body: body.prototype_id),
        date=_column("tested_on", entries, lambda body: body.tested_on.isoformat()),
        dates=DatesRead(days, RowTexts(size), RowTexts(size), np.zeros(size, bool), (), RowTexts(size)),
        days=days,
        amounts={
            item: read_amounts(_column(item, entries, _amount_of(item)), ItemSpec((item,))) for item in items
        },
        kept={key: (column, clean_texts(column, key, lines, ledger)) for key, column in kept.items()},
        parties=(_column("record", entries, None),),
        words=(_column("note", entries, lambda body: body.note),),
        entered=np.full(size, np.datetime64("NaT"), "datetime64[s]"),
        sender=None,
        is_open=np.ones(size, bool),
        may_count=np.zeros(size, bool),
    )


def _amount_of(item: str) -> Callable[[SessionLogged], str | None]:
    def written(body: SessionLogged) -> str | None:
        count = body.counts.get(item)
        return None if count is None else f"{float(count):.15g}"

    return written


def _column(heading: str, entries: list[Typed], text: Callable[[SessionLogged], str | None] | None) -> Column:
    """Return a text of each session as a column; without one, the numbers of their records."""
    texts = [str(entry.record.number) if text is None else text(entry.body) or "" for entry in entries]
    cells = pa.array(texts, pa.string())
    return Column.of(heading, cells.dictionary_encode())
