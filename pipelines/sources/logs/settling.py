"""From records to sessions: the care that a whole record needs, whatever the log.

Records that need judgement are found by columns; only they are looked at one by one. Test submissions, sessions that
were not held, doubles, corrections and doubtful dates are taken out, and the numbers of the rest are read. Nothing is
dropped without a reason in the ledger, and what may hide a true number leaves a held record behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from pipelines.sources import personal
from pipelines.sources.ledger import Ledger, Words
from pipelines.sources.logs.amounts import Amounts
from pipelines.sources.logs.columns import constant
from pipelines.sources.logs.context import Context
from pipelines.sources.logs.doubtful_dates import judge_dates
from pipelines.sources.logs.held import Held
from pipelines.sources.logs.impossible import take_out_impossible
from pipelines.sources.logs.records import Records
from pipelines.sources.logs.repeats import judge_repeats
from pipelines.sources.logs.same_day import NOT_HELD, TEST
from pipelines.sources.logs.sessions import LINES, Sessions
from pipelines.sources.tables import Effect

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
    held = Held(records, ledger)
    _hold_refused(records, held)
    _refuse_tests(records, ledger)
    _hold_doubtful_dates(records, held, ledger, context)
    _refuse_not_held(records, ledger)
    _refuse_repeats(records, held, ledger, context)
    return _keep(records, held, ledger, context)


def _hold_refused(records: Records, held: Held) -> None:
    """Hold what was refused where it may be a session of a known prototype: on the day of entry, else its own."""
    at = np.flatnonzero(records.may_count)
    entered = records.entered[at].astype("datetime64[D]")
    held.add(at, np.where(np.isnat(entered), records.days[at], entered), HELD)


def _refuse(
    records: Records, at: np.ndarray, ledger: Ledger, words: Callable[[int], Words], effect: Effect
) -> None:
    """Refuse some records; `words` by the place among them."""
    ledger.refuse_each(records.lines[at], words, effect)
    records.is_open[at] = False


def _refuse_tests(records: Records, ledger: Ledger) -> None:
    words = Words(None, None, "The record says that it is a test of the form. It is not counted.")
    at = records.open_where(records.any_word(TEST.search))
    _refuse(records, at, ledger, lambda _: words, Effect.LINE_REFUSED)


def _hold_doubtful_dates(records: Records, held: Held, ledger: Ledger, context: Context) -> None:
    """Hold each record whose date cannot be believed near the day that it most likely means."""

    def words_of(at: np.ndarray, reason: Callable[[int], str]) -> Callable[[int], Words]:
        heading = records.date.heading
        return lambda n: Words(heading, personal.mask(records.date[at[n]]), reason(int(at[n])))

    for some in judge_dates(records, context.today):
        _refuse(records, some.at, ledger, words_of(some.at, some.reason), some.effect)
        held.add(some.at, some.presumed, HELD)
    notes = records.dates.notes
    noted = notes.rows()
    noted = noted[records.is_open[noted]]
    ledger.tell_each(records.lines[noted], words_of(noted, notes.__getitem__), Effect.NOTED)


def _refuse_not_held(records: Records, ledger: Ledger) -> None:
    at = records.open_where(records.any_word(NOT_HELD.search))
    is_counted = np.zeros(len(at), dtype=bool)
    for amounts in records.amounts.values():
        is_counted |= (amounts.value[at] > 0) | amounts.has("held", "interval")[at]
    counted = "The words say that a session was called off, but people were counted. Counted; check it."
    ledger.tell_each(records.lines[at[is_counted]], lambda _: Words(None, None, counted), Effect.NOTED)
    reason = "The record says that the session was not held. The period is a gap, not 0."
    _refuse(records, at[~is_counted], ledger, lambda _: Words(None, None, reason), Effect.LINE_REFUSED)


def _refuse_repeats(records: Records, held: Held, ledger: Ledger, context: Context) -> None:
    for some in judge_repeats(records, ledger, context.seen):
        words = _worded(some.reason)
        if some.effect is Effect.NOTED:
            ledger.tell_each(records.lines[some.at], words, Effect.NOTED)
            continue
        _refuse(records, some.at, ledger, words, some.effect)
        if some.effect is Effect.HELD:
            held.add(some.at, records.days[some.at], HELD)


def _worded(reason: Callable[[int], str]) -> Callable[[int], Words]:
    return lambda n: Words(None, None, reason(n))


def _keep(records: Records, held: Held, ledger: Ledger, context: Context) -> Sessions:
    """Load the records that are still open, and tell what is doubtful about each number."""
    _tell_early(records, ledger, context)
    take_out_impossible(records, context.shares)
    kept = np.flatnonzero(records.is_open)
    ledger.load_all(records.lines[kept])
    told: dict[str, list[Amounts]] = {}
    for item, amounts in records.amounts.items():
        same = told.setdefault(amounts.column.heading, [])
        _tell_numbers(item, amounts, records, held, ledger, same)
        same.append(amounts)
    cells = {item: amounts.table(kept) for item, amounts in records.amounts.items()}
    return Sessions(_lines(records, kept, ledger), cells, held, ledger.load_id)


def _tell_early(records: Records, ledger: Ledger, context: Context) -> None:
    """Tell of sessions before their prototype began."""
    began = [
        getattr(context.prototypes.get(text), "started_on", None) or dt.date.min
        for text in records.prototype.texts
    ]
    starts = records.prototype.take(np.array(began, dtype="datetime64[D]"), "datetime64[D]")
    at = records.open_where(records.days < starts)

    def words(n: int) -> Words:
        reason = f"The session is before the prototype began ({starts[at[n]]}). Counted; check the date or started_on."
        return Words(records.date.heading, personal.mask(records.date[at[n]]), reason)

    ledger.tell_each(records.lines[at], words, Effect.NOTED)


def _tell_numbers(
    item: str, amounts: Amounts, records: Records, held: Held, ledger: Ledger, same: Sequence[Amounts]
) -> None:
    """Tell of every cell that is not a plain number, once (145/92 is two items); those that may hide one are held.

    `same` are the items of this heading that were told already.
    """
    for flag, effect in _EFFECTS.items():
        at = records.open_where(amounts.has(flag))
        new = _not_told(at, amounts, same)
        ledger.tell_each(records.lines[new], _of_numbers(new, amounts), effect)
        if flag in _DOUBTS:
            ledger.cells_missing += len(new)
            held.add(at, records.days[at], _DOUBTS[flag], item)


def _not_told(at: np.ndarray, amounts: Amounts, same: Sequence[Amounts]) -> np.ndarray:
    """Return the records of which an item before, of the same cells, did not tell the same."""
    if not same:
        return at
    is_new = [all(other.reason(n) != amounts.reason(n) for other in same) for n in at.tolist()]
    return at[np.array(is_new, dtype=bool)]


def _of_numbers(at: np.ndarray, amounts: Amounts) -> Callable[[int], Words]:
    column = amounts.column
    return lambda n: Words(column.heading, personal.mask_amount(column[at[n]]), amounts.reason(int(at[n])))


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
