"""Dates that cannot be believed: missing, unreadable, in the future, or long before the record was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pipelines.sources.logs.records import Records
from pipelines.sources.tables import Effect

#: A session entered later than this is more likely a wrong year.
LATEST_ENTRY = dt.timedelta(days=300)


@dataclass(frozen=True, slots=True)
class DoubtfulDates:
    """Records whose dates are doubtful in one way.

    Attributes
    ----------
    at
        The records.
    reason
        What is to be told, by record.
    effect
        What becomes of them.
    presumed
        datetime64[D], the day that each most likely means; NaT: no day known.
    """

    at: np.ndarray
    reason: Callable[[int], str]
    effect: Effect
    presumed: np.ndarray


def find_doubtful(records: Records, today: dt.date) -> np.ndarray:
    """Return which records have no date, or one that cannot be believed.

    Where a form says when it was sent, that decides; else today, and the dates of the rows round it.
    """
    entered = records.entered.astype("datetime64[D]")
    latest = np.where(np.isnat(entered), np.datetime64(today), entered) + np.timedelta64(1, "D")
    earliest = entered - np.timedelta64(LATEST_ENTRY.days, "D")
    doubtful: np.ndarray = np.isnat(records.days) | (records.days > latest) | (records.days < earliest)
    in_doubt = records.dates.doubtful.rows()
    doubtful[in_doubt] |= np.isnat(entered[in_doubt])
    return doubtful


def judge_dates(records: Records, today: dt.date) -> Iterator[DoubtfulDates]:
    """Yield the open records with doubtful dates, and what is to be told of them."""
    at = records.open_where(find_doubtful(records, today))
    entered = records.entered[at].astype("datetime64[D]")
    is_none, is_blank = np.isnat(records.days[at]), ~records.date.is_written()[at]
    is_form = ~np.isnat(entered)
    dates = records.dates

    missing = "The date is missing. Write the day of the session, e.g. 2026-01-31."
    one = is_none & is_blank
    yield DoubtfulDates(at[one], lambda _: missing, Effect.HELD, entered[one])

    no_date = "This is not a date. Write it as 2026-01-31."
    one = is_none & ~is_blank
    yield DoubtfulDates(
        at[one], lambda record: dates.reasons.get(record, no_date), Effect.LINE_REFUSED, entered[one]
    )

    future = "The date lies in the future. Correct the year."
    one = ~is_none & ~is_form
    yield DoubtfulDates(at[one], lambda record: dates.doubtful.get(record, future), Effect.HELD, entered[one])

    one = ~is_none & is_form
    presumed = _all_presumed(records.days[at[one]], entered[one])
    yield DoubtfulDates(at[one], lambda record: _against_entry(records, record), Effect.HELD, presumed)


def _against_entry(records: Records, record: int) -> str:
    """Return what is to be told of a date that does not go with the day of entry."""
    days = int((records.entered[record].astype("datetime64[D]") - records.days[record]).astype(int))
    reason = "The date lies after the day of entry."
    if days > 0:
        reason = f"The date lies {days} days before the entry: last year's year, perhaps."
    return f"{reason} Correct the year."


def _all_presumed(days: np.ndarray, entered: np.ndarray) -> np.ndarray:
    """Return the day that each of some dates most likely means, worked out once for each pair of date and entry."""
    both = np.stack([days.astype(np.int64), entered.astype(np.int64)], axis=1)
    pairs, places = np.unique(both, axis=0, return_inverse=True)
    written = pairs.astype("datetime64[D]").tolist()
    return np.array([_presumed(*pair) for pair in written], dtype="datetime64[D]")[places.ravel()]


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
