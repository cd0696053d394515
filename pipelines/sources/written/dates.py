"""Dates as people write them, each read in the light of its column: order, year, day carried down from above.

Nothing is swapped in silence: where the order of day and month is a guess it is said how it was made, and a date that
cannot be read has a reason that says how to write it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from pipelines.sources.written.date_ballot import open_ballot
from pipelines.sources.written.date_order import AS_WRITTEN, DateOrder, vote
from pipelines.sources.written.doubtful_years import doubt_years
from pipelines.sources.written.missing_years import fill_years
from pipelines.sources.written.mixed_dates import settle_rows
from pipelines.sources.written.row_texts import RowTexts
from pipelines.sources.written.stamps import NAT, Stamps, read_stamps
from pipelines.sources.written.swapped_dates import swap_back
from pipelines.sources.written.written_dates import (
    EARLIEST,
    LONGEST,
    MISSING,
    NOT_A_DATE,
    WRITE,
    Written,
    read_written,
    weekday_note,
)

__all__ = ["EARLIEST", "DateOrder", "DatesRead", "Day", "read_date", "read_dates"]

_TIME_BEHIND = re.compile(
    r"(?:T|,?\s+(?:at\s+|@\s*)?)(\d{1,2}:\d{2}|\d{1,2}(\.\d{2})?\s?[ap]\.?m).*$", re.ASCII | re.I | re.S
)
_SWAPPED = (
    f"There is no such day. The {{}} comes {{}}: {WRITE.removeprefix('Write it as ').rstrip('.')} or {{}}."
)


@dataclass(frozen=True, slots=True)
class DatesRead:
    """A column read as days.

    Attributes
    ----------
    days
        datetime64[D], NaT where there is none, shape (rows,).
    reasons
        Position -> why there is no day.
    notes
        Position -> what a person should be told of a day that was read.
    carried
        Where the day is that of a row above, shape (rows,).
    orders
        How each way of writing was read, and why.
    doubtful
        Position -> why the year of a day that was read is probably mistyped; such a row should be held.
    """

    days: np.ndarray
    reasons: RowTexts
    notes: RowTexts
    carried: np.ndarray
    orders: tuple[DateOrder, ...]
    doubtful: RowTexts


def read_dates(
    column: pa.StringArray | pa.DictionaryArray,
    *,
    order: str = AS_WRITTEN,
    sheet: str | None = None,
    carry_down: bool = False,
    orders: Sequence[DateOrder] = (),
) -> DatesRead:
    """Read a column of dates, each in the light of the others.

    Parameters
    ----------
    column
        The cells from top to bottom, '' where nothing is written.
    order
        ``as-written`` (the column votes), ``day-first`` or ``month-first``.
    sheet
        The sheet's name, which may hold the year of dates without one.
    carry_down
        Whether an empty cell has the date of the row above, as merged cells have.
    orders
        What another column of the same sheet told about day and month; asked where this one tells nothing.

    Returns
    -------
    DatesRead
        Never raises. A time with a zone is told as the day on which it was in London.
    """
    stamps = read_stamps(column)
    ballot = open_ballot(stamps)
    found = vote(ballot, order, orders)
    notes, reasons = RowTexts(len(column)), RowTexts(len(column))
    days = ballot.settled[ballot.codes]
    if order == AS_WRITTEN:
        days = settle_rows(days, ballot, found, notes)
        swapped = swap_back(days, stamps, found, notes)
        found += [swapped] if swapped else []
    fill_years(days, stamps, found, sheet, notes, reasons)
    doubtful = doubt_years(days)
    carried = _carry(days, stamps, carry_down, reasons)
    _tell(days, stamps, order, carried, notes, reasons)
    return DatesRead(days.view("datetime64[D]"), reasons, notes, carried, tuple(found), doubtful)


def _kinds(stamps: Stamps, *kinds: str) -> np.ndarray:
    """Return the rows whose date is of one of these kinds."""
    of_head = np.array([head.kind in kinds for head in stamps.heads], dtype=bool)
    return of_head[stamps.head_of][stamps.codes]


def _carry(days: np.ndarray, stamps: Stamps, carry_down: bool, reasons: RowTexts) -> np.ndarray:
    """Fill empty cells (where asked) and ditto marks from the row above, in place; return where that was done."""
    waiting = _kinds(stamps, "ditto", "blank") if carry_down else _kinds(stamps, "ditto")
    if not waiting.any():
        return waiting
    source = np.maximum.accumulate(np.where(waiting, -1, np.arange(len(days))))
    found = np.where(source >= 0, days[np.maximum(source, 0)], NAT)
    days[waiting] = found[waiting]
    for n in np.flatnonzero(waiting & (found == NAT)).tolist():
        reasons[n] = (
            MISSING if source[n] < 0 else "The row above has no date that could be carried down. " + WRITE
        )
    return np.asarray(waiting & (found != NAT))


def _tell(
    days: np.ndarray,
    stamps: Stamps,
    order: str,
    carried: np.ndarray,
    notes: RowTexts,
    reasons: RowTexts,
) -> None:
    """Add the reasons and notes that go with the writings themselves."""
    heads = stamps.head_of[stamps.codes]
    none = np.flatnonzero(days == NAT)
    why = [_why_not(head, order != "month-first") for head in stamps.heads] if len(none) else []
    reasons.fill(none, why, heads[none])
    strange = np.array(
        [head.note is not None or head.weekday is not None for head in stamps.heads], dtype=bool
    )
    strange_clock = np.array([clock.note is not None for clock in stamps.clocks], dtype=bool)[stamps.clock_of]
    for n in np.flatnonzero((strange[stamps.head_of] | strange_clock)[stamps.codes] & (days != NAT)).tolist():
        head, clock = stamps.heads[heads[n]], stamps.clocks[stamps.clock_of[stamps.codes[n]]]
        day = dt.date(1970, 1, 1) + dt.timedelta(days=int(days[n]))
        told = [notes.get(n), head.note or weekday_note(day, head.weekday), clock.note]
        if any(told):
            notes[n] = " ".join(text for text in told if text)
    for n in np.flatnonzero(carried & _kinds(stamps, "ditto")).tolist():
        notes[n] = "The same day as the row above, as the mark says."


def _why_not(head: Written, day_first: bool) -> str:
    if head.reason:
        return head.reason
    if head.kind == "numbers":
        words = ("month", "second", "31/01/2026") if day_first else ("month", "first", "01/31/2026")
        return _SWAPPED.format(*words)
    return NOT_A_DATE


@dataclass(frozen=True, slots=True)
class Day:
    """A date read, or None and the reason; `note` where it was read but deserves a look."""

    day: dt.date | None
    reason: str | None = None
    note: str | None = None


@lru_cache(maxsize=4096)
def read_date(text: str, day_first: bool = True) -> Day:
    """Read a date that stands alone; a time of day behind it is ignored.

    Parameters
    ----------
    text
        As written, e.g. ``2024-09-17``, ``17/9/24``, ``24.09.2024``, ``Tues 10 Sept 2024``.
    day_first
        Whether ``03/04/2024`` is 3 April. False only where a mapping says so.

    Returns
    -------
    Day
        `day` None where the text is no date of 2000 or later; the reason says how to write it.
    """
    head = read_written(_TIME_BEHIND.sub("", " ".join(text.split())[:LONGEST]))
    if head.kind == "serial":
        return Day(
            None, "This looks like a spreadsheet's day number. Format the column as a date and export again."
        )
    if head.kind == "yearless":
        return Day(None, f"The date needs a day, a month and a year. {WRITE}")
    if head.kind in ("ditto", "blank"):
        return Day(None, NOT_A_DATE)
    day = head.day_first if day_first else head.month_first
    if day is None:
        return Day(None, _why_not(head, day_first))
    return Day(day, note=head.note or weekday_note(day, head.weekday))
