"""Dates that cannot be believed: missing, unreadable, in the future, or long before the record was entered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from pipelines.sources.logs.records import Records
from pipelines.sources.tables import Effect

#: A session entered later than this is more likely a wrong year.
LATEST_ENTRY = dt.timedelta(days=300)


@dataclass(frozen=True, slots=True)
class DoubtfulDate:
    """What is wrong with the date of a record; `presumed` is the day that it most likely means, None: no day known."""

    reason: str
    effect: Effect
    presumed: dt.date | None


def find_doubtful(records: Records, today: dt.date) -> np.ndarray:
    """Return which records have no date, or one that cannot be believed.

    Where a form says when it was sent, that decides; else today, and the dates of the rows round it.
    """
    entered = records.entered.astype("datetime64[D]")
    latest = np.where(np.isnat(entered), np.datetime64(today), entered) + np.timedelta64(1, "D")
    earliest = entered - np.timedelta64(LATEST_ENTRY.days, "D")
    doubtful: np.ndarray = np.isnat(records.days) | (records.days > latest) | (records.days < earliest)
    for record in records.dates.doubtful:
        doubtful[record] |= np.isnat(entered[record])
    return doubtful


def judge_date(records: Records, record: int) -> DoubtfulDate:
    """Return what is to be told of a doubtful date."""
    day = None if np.isnat(records.days[record]) else records.days[record].item()
    stamp = records.entered[record].astype("datetime64[D]")
    entered = None if np.isnat(stamp) else stamp.item()
    if day is None and not records.date[record].strip():
        reason = "The date is missing. Write the day of the session, e.g. 2026-01-31."
        return DoubtfulDate(reason, Effect.HELD, entered)
    if day is None:
        reason = records.dates.reasons.get(record, "This is not a date. Write it as 2026-01-31.")
        return DoubtfulDate(reason, Effect.LINE_REFUSED, entered)
    if entered is None:
        future = "The date lies in the future. Correct the year."
        return DoubtfulDate(records.dates.doubtful.get(record, future), Effect.HELD, None)
    reason = "The date lies after the day of entry."
    if day < entered:
        reason = f"The date lies {(entered - day).days} days before the entry: last year's year, perhaps."
    return DoubtfulDate(f"{reason} Correct the year.", Effect.HELD, _presumed(day, entered))


def _presumed(day: dt.date, entered: dt.date) -> dt.date:
    """Return the same day of the year that lies nearest before the entry, else the day of entry."""
    for year in (entered.year, entered.year - 1):
        try:
            meant = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if dt.timedelta(0) <= entered - meant <= LATEST_ENTRY:
            return meant
    return entered
