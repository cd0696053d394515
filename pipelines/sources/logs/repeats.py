"""Which records of a sheet stand there, or elsewhere, already: found by columns, judged one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.sources.ledger import Ledger
from pipelines.sources.logs.context import Seen
from pipelines.sources.logs.records import Records
from pipelines.sources.logs.same_day import CORRECTS, MOST_A_DAY, Entry, Finding, judge_day
from pipelines.sources.tables import Effect

#: A log with this many records a day, on average, is kept by person or by visit: records that follow one another
#: closely are then its nature, not a slip.
MANY_A_DAY = 3.0

#: Stirs the second and third of records alike, so that they can be told apart.
_ANOTHER = np.uint64(0x9E3779B97F4A7C15)

_TWICE = "The same record stands in {}. Counted once; a true second session needs another place."


@dataclass(frozen=True, slots=True)
class Judged:
    """Records of one verdict, and its words by their place."""

    at: np.ndarray
    effect: Effect
    reason: Callable[[int], str]


def judge_repeats(records: Records, ledger: Ledger, seen: Seen) -> list[Judged]:
    """Judge the open records of a sheet against one another and against those of all logs before.

    Returns
    -------
    list
        Verdicts; a record without one counts without a word. What counts or is held is added to `seen`.
    """
    order = _order_of_entry(records)
    judged = _judge_alike(order, records, ledger, seen)
    is_left = np.ones(len(records), dtype=bool)
    is_left[judged.at] = False
    return [judged, *_same_days(order[is_left[order]], records)]


def _judge_alike(order: np.ndarray, records: Records, ledger: Ledger, seen: Seen) -> Judged:
    """Refuse the records that stand there already; the others are added to `seen`."""
    keys = records.contents()[order]
    by_key = np.argsort(keys, kind="stable")
    keys = keys[by_key]
    first = _first_of_run(keys)
    if _is_by_answers(records) and (first != np.arange(len(keys))).any():
        _tell_alike(int((first != np.arange(len(keys))).sum()), ledger)
        keys = keys + (np.arange(len(keys)) - first).astype(np.uint64) * _ANOTHER
        again = np.argsort(keys, kind="stable")
        by_key, keys = by_key[again], keys[again]
        first = _first_of_run(keys)
    lines = records.lines[order[by_key]]
    sheets, where = seen.find(keys)
    is_here = sheets < 0
    stands = ~is_here | (first != np.arange(len(keys)))
    where[is_here] = lines[first[is_here]]
    twice = order[by_key[stands]]
    by_record = np.argsort(twice)
    seen.add(keys[~stands], lines[~stands], _where(ledger))
    return _twice(twice[by_record], sheets[stands][by_record], where[stands][by_record], ledger, seen)


def _twice(records: np.ndarray, sheets: np.ndarray, lines: np.ndarray, ledger: Ledger, seen: Seen) -> Judged:
    """Refuse records of which the same stands elsewhere: in a sheet met before by its number, -1: in this one."""

    def reason(n: int) -> str:
        name = _where(ledger) if sheets[n] < 0 else seen.name(int(sheets[n]))
        return _TWICE.format(f"{name}, line {lines[n]}")

    return Judged(records, Effect.LINE_REFUSED, reason)


def _is_by_answers(records: Records) -> bool:
    """Whether each record is a few answers without a number, a time or a place: two alike are then two calls."""
    return (
        bool(records.amounts)
        and all(amounts.is_ticked for amounts in records.amounts.values())
        and not records.kept
        and np.isnat(records.entered).all()
    )


def _tell_alike(n_alike: int, ledger: Ledger) -> None:
    reason = (
        f"{n_alike:,} records say word for word what another of the same day says. They hold a few answers and no number, so "
        "each is counted. If rows were pasted twice, take them out."
    )
    ledger.tell(None, None, None, reason, Effect.NOTED)


def _first_of_run(keys: np.ndarray) -> np.ndarray:
    """Return for each of some sorted keys the place of the first that is equal to it."""
    begins = np.ones(len(keys), dtype=bool)
    begins[1:] = keys[1:] != keys[:-1]
    places: np.ndarray = np.flatnonzero(begins)[np.cumsum(begins) - 1]
    return places


def _order_of_entry(records: Records) -> np.ndarray:
    """Return the open records in the order in which they were entered; where that is not known, of the file."""
    rows = np.flatnonzero(records.is_open)
    entered = records.entered[rows]
    if np.isnat(entered).all():
        return rows
    first = np.where(np.isnat(entered), np.iinfo(np.int64).min, entered.astype(np.int64))
    return rows[np.argsort(first, kind="stable")]


def _where(ledger: Ledger) -> str:
    return f"{ledger.file}, sheet {ledger.sheet}" if ledger.sheet else ledger.file


def _same_days(order: np.ndarray, records: Records) -> Iterator[Judged]:
    """Judge the days that hold a correction, or several records of a form."""
    if not len(order):
        return
    corrects = records.any_word(CORRECTS.search)
    is_form = ~np.isnat(records.entered[order])
    if not corrects[order].any() and not is_form.any():
        return
    days = records.days[order].astype(np.int64)
    whose = records.prototype.codes[order].astype(np.int64) << 32
    names, days_of = np.unique(whose + days, return_inverse=True)
    sizes = np.bincount(days_of, minlength=len(names))
    asks = np.bincount(days_of, weights=corrects[order], minlength=len(names)) > 0
    if is_form.any() and sizes.mean() < MANY_A_DAY:
        asks |= sizes > 1
    findings, others = np.zeros(len(records), np.int8), np.zeros(len(records), np.int64)
    asked = np.flatnonzero(asks[days_of])
    asked = asked[np.argsort(days_of[asked], kind="stable")]
    for same_day in np.split(order[asked], np.flatnonzero(np.diff(days_of[asked])) + 1):
        _judge_day(same_day, records, corrects, findings, others)
    for finding in Finding:
        at = np.flatnonzero(findings == finding)
        if finding and len(at):
            yield Judged(at, finding.effect, _reasons(finding, others[at]))


def _judge_day(
    same_day: np.ndarray, records: Records, corrects: np.ndarray, findings: np.ndarray, others: np.ndarray
) -> None:
    """Write down the findings of one day, and the lines of the records that they speak of."""
    if len(same_day) > MOST_A_DAY:
        findings[same_day[corrects[same_day]]] = Finding.CORRECTS_ONE_OF_MANY
        return
    entries = (_entry(record, records, bool(corrects[record])) for record in same_day.tolist())
    for record, found in judge_day(entries).items():
        findings[record], others[record] = found


def _reasons(finding: Finding, others: np.ndarray) -> Callable[[int], str]:
    return lambda n: finding.reason(int(others[n]))


def _entry(record: int, records: Records, corrects: bool) -> Entry:
    entered = records.entered[record]
    where = [column[record] for column, _ in records.kept.values()] + [c[record] for c in records.parties]
    return Entry(
        record,
        int(records.lines[record]),
        None if np.isnat(entered) else entered.astype("datetime64[s]").astype(dt.datetime),
        records.sender[record].strip().casefold() if records.sender else "",
        tuple(" ".join(text.split()).casefold() for text in where),
        corrects,
    )
