"""From records to sessions: the care that a whole record needs, whatever the log.

Records that need judgement are found by columns; only they are looked at one by one. Test submissions, sessions that
were not held, doubles, corrections and doubtful dates are taken out, and the numbers of the rest are read. Nothing is
dropped without a reason in the ledger, and what may hide a true number leaves a held record behind.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from pipelines.sources import personal
from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.amounts import Amounts
from pipelines.sources.logs.columns import constant
from pipelines.sources.logs.context import Context
from pipelines.sources.logs.doubtful_dates import find_doubtful, judge_date
from pipelines.sources.logs.impossible import take_out_impossible
from pipelines.sources.logs.records import Records
from pipelines.sources.logs.repeats import judge_repeats
from pipelines.sources.logs.same_day import NOT_HELD, TEST
from pipelines.sources.logs.sessions import LINES, Sessions
from pipelines.sources.tables import Effect, HeldRecord

HELD, NOT_RECORDED = "held", "not recorded"

_EFFECTS = {
    "noted": Effect.NOTED,
    "approximate": Effect.NOTED,
    "interval": Effect.NOTED,
    "transfer": Effect.NOTED,
    "missing": Effect.CELL_MISSING,
    "suppressed": Effect.CELL_MISSING,
    "unreadable": Effect.CELL_MISSING,
    "impossible": Effect.CELL_MISSING,
    "held": Effect.HELD,
}
_DOUBTS = {
    "missing": NOT_RECORDED,
    "suppressed": HELD,
    "unreadable": HELD,
    "impossible": HELD,
    "held": HELD,
}


def settle(records: Records, ledger: Ledger, context: Context) -> Sessions:
    """Give every record its fate and return the sessions that count."""
    held = [_held(ledger, line, prototype_id, day) for line, prototype_id, day in ledger.doubtful]
    _refuse_tests(records, ledger)
    held += _hold_doubtful_dates(records, ledger, context)
    _refuse_not_held(records, ledger)
    held += _judge_repeats(records, ledger, context)
    return _keep(records, held, ledger, context)


def _held(
    ledger: Ledger, line: int, prototype_id: str, day: dt.date, item: str | None = None, doubt: str = HELD
) -> HeldRecord:
    return HeldRecord(ledger.load_id, ledger.file, line, prototype_id, day, item, doubt, ledger.sheet)


def _refuse_tests(records: Records, ledger: Ledger) -> None:
    reason = "The record says that it is a test of the form. It is not counted."
    for record in records.open_where(records.any_word(TEST.search)):
        ledger.refuse(int(records.lines[record]), None, None, reason)
        records.is_open[record] = False


def _hold_doubtful_dates(records: Records, ledger: Ledger, context: Context) -> list[HeldRecord]:
    """Hold each record whose date cannot be believed near the day that it most likely means."""
    held = []
    for record in records.open_where(find_doubtful(records, context.today)):
        doubt = judge_date(records, record)
        shown, line = personal.mask(records.date[record]), int(records.lines[record])
        ledger.refuse(line, records.date.heading, shown, doubt.reason, doubt.effect)
        records.is_open[record] = False
        if doubt.presumed is not None:
            held.append(_held(ledger, line, records.prototype[record], doubt.presumed))
    for record, note in records.dates.notes.items():
        if records.is_open[record]:
            shown = personal.mask(records.date[record])
            ledger.tell(int(records.lines[record]), records.date.heading, shown, note, Effect.NOTED)
    return held


def _refuse_not_held(records: Records, ledger: Ledger) -> None:
    for record in records.open_where(records.any_word(NOT_HELD.search)):
        line = int(records.lines[record])
        if any(
            amounts.value[record] > 0 or amounts.has("held", "interval")[record]
            for amounts in records.amounts.values()
        ):
            reason = (
                "The words say that a session was called off, but people were counted. Counted; check it."
            )
            ledger.tell(line, None, None, reason, Effect.NOTED)
        else:
            reason = "The record says that the session was not held. The period is a gap, not 0."
            ledger.refuse(line, None, None, reason)
            records.is_open[record] = False


def _judge_repeats(records: Records, ledger: Ledger, context: Context) -> list[HeldRecord]:
    held = []
    for record, verdict in judge_repeats(records, ledger, context.seen).items():
        line = int(records.lines[record])
        if verdict.effect is Effect.NOTED:
            ledger.tell(line, None, None, verdict.reason, Effect.NOTED)
            continue
        ledger.refuse(line, None, None, verdict.reason, verdict.effect)
        records.is_open[record] = False
        if verdict.effect is Effect.HELD:
            held.append(_held(ledger, line, records.prototype[record], records.days[record].item()))
    return held


def _keep(records: Records, held: list[HeldRecord], ledger: Ledger, context: Context) -> Sessions:
    """Load the records that are still open, and tell what is doubtful about each number."""
    _tell_early(records, ledger, context)
    take_out_impossible(records, context.shares)
    kept = np.flatnonzero(records.is_open)
    ledger.load_all(records.lines[kept])
    told: set[tuple[int, str, str]] = set()
    for item, amounts in records.amounts.items():
        held += _tell_numbers(item, amounts, records, ledger, told)
    cells = {item: amounts.table(kept) for item, amounts in records.amounts.items()}
    return Sessions(_lines(records, kept, ledger), cells, tuple(held), ledger.load_id)


def _tell_early(records: Records, ledger: Ledger, context: Context) -> None:
    """Tell of sessions before their prototype began."""
    began = [
        getattr(context.prototypes.get(text), "started_on", None) or dt.date.min
        for text in records.prototype.texts
    ]
    starts = records.prototype.take(np.array(began, dtype="datetime64[D]"), "datetime64[D]")
    for record in records.open_where(records.days < starts):
        reason = f"The session is before the prototype began ({starts[record]}). Counted; check the date or started_on."
        shown = personal.mask(records.date[record])
        ledger.tell(int(records.lines[record]), records.date.heading, shown, reason, Effect.NOTED)


def _tell_numbers(
    item: str, amounts: Amounts, records: Records, ledger: Ledger, told: set[tuple[int, str, str]]
) -> list[HeldRecord]:
    """Tell of every cell that is not a plain number, once (145/92 is two items); those that may hide one are held."""
    held = []
    for flag, effect in _EFFECTS.items():
        for record in records.open_where(amounts.has(flag)):
            line, heading, reason = int(records.lines[record]), amounts.column.heading, amounts.reason(record)
            if (record, heading, reason) not in told:
                told.add((record, heading, reason))
                shown = personal.mask_amount(amounts.column[record])
                ledger.tell(line, heading, shown, reason, effect)
                ledger.cells_missing += flag in _DOUBTS
            if flag in _DOUBTS:
                day = records.days[record].item()
                held.append(_held(ledger, line, records.prototype[record], day, item, _DOUBTS[flag]))
    return held


def _lines(records: Records, kept: np.ndarray, ledger: Ledger) -> pa.Table:
    size = len(kept)
    texts = {key: column.as_arrow(clean, kept) for key, (column, clean) in records.kept.items()}
    columns = {
        "load_id": constant(ledger.load_id, size),
        "file": constant(ledger.file, size),
        "sheet": constant(ledger.sheet, size),
        "line": pa.array(records.lines[kept]),
        "prototype_id": records.prototype.as_arrow(records.prototype.texts, kept),
        "tested_on": pa.array(records.days[kept]),
        **{key: texts.get(key, constant(None, size)) for key in ("place", "place_type", "cycle_no")},
    }
    return pa.table(columns).cast(LINES)
