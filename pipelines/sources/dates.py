"""Dates as people write them: ISO, British with strokes or dots, and with the month in words.

Day comes before month, and a date that only makes sense the American way is refused, never swapped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from dateutil.parser import ParserError, parser, parserinfo

from pipelines.sources.date_order import DateOrder

EARLIEST = dt.date(2000, 1, 1)

_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?$", re.ASCII)
_NUMERIC = re.compile(r"^(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+\d{1,2}:\d{2}.*)?$", re.ASCII)
_WORDS = re.compile(r"^(?=.*[A-Za-z]{3})[A-Za-z0-9 ,.'/-]{6,40}$", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z]+|\d+")


class _BritishWords(parserinfo):
    """Adds the short forms that people write and the library does not know."""

    WEEKDAYS: Any = [  # noqa: RUF012 - the way the library is extended
        ("Mon", "Monday"),
        ("Tue", "Tues", "Tuesday"),
        ("Wed", "Weds", "Wednesday"),
        ("Thu", "Thur", "Thurs", "Thursday"),
        ("Fri", "Friday"),
        ("Sat", "Saturday"),
        ("Sun", "Sunday"),
    ]


_INFO = _BritishWords(dayfirst=True)
_PARSER = parser(_INFO)
_ORDINALS = frozenset(("st", "nd", "rd", "th", "of", "the"))


@dataclass(frozen=True, slots=True)
class Day:
    """A date read, or None and the reason; `note` where it was read but deserves a look."""

    day: dt.date | None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DatesRead:
    """A column read as days.

    Attributes
    ----------
    days
        datetime64[D], NaT where there is none.
    reasons
        Position -> why there is no day.
    notes
        Position -> what a person should be told of a day that was read.
    carried
        Where the day is that of the row above.
    orders
        How each way of writing was read, and why.
    """

    days: np.ndarray
    reasons: dict[int, str]
    notes: dict[int, str]
    carried: np.ndarray
    orders: tuple[DateOrder, ...]


def read_dates(
    column: pa.StringArray,
    *,
    order: str = "as-written",
    sheet: str | None = None,
    carry_down: bool = False,
    orders: Sequence[DateOrder] = (),
) -> DatesRead:
    """Read a column of dates, each in the light of the others."""
    raise NotImplementedError


@lru_cache(maxsize=4096)
def read_date(text: str, day_first: bool = True) -> Day:
    """Read a date; a time of day behind it is ignored.

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
    text = " ".join(text.split())
    iso, numeric = _ISO.match(text), _NUMERIC.match(text)
    if iso:
        return _of(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric:
        first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
        day, month = (first, second) if day_first else (second, first)
        return _of(year + 2000 if year < 100 else year, month, day)
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", text):
        return Day(
            None, "This looks like a spreadsheet's day number. Format the column as a date and export again."
        )
    if _WORDS.match(text):
        return _with_words(text)
    return Day(None, "This is not a date. Write it as 2026-01-31.")


def _of(year: int, month: int, day: int) -> Day:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        swapped = " The month comes second: 2026-01-31 or 31/01/2026." if day <= 12 < month <= 31 else ""
        return Day(None, f"There is no such day.{swapped or ' Write it as 2026-01-31.'}")
    if found < EARLIEST:
        return Day(None, f"The date is before {EARLIEST.year}. Check the year.")
    return Day(found)


def _with_words(text: str) -> Day:
    tokens = _TOKEN.findall(text)
    words = [token.lower() for token in tokens if token.isalpha() and token.lower() not in _ORDINALS]
    months = [word for word in words if _INFO.month(word) is not None]
    weekdays = [_INFO.weekday(word) for word in words if _INFO.weekday(word) is not None]
    numbers = [token for token in tokens if token.isdigit()]
    if len(months) != 1 or len(weekdays) > 1 or len(words) != 1 + len(weekdays):
        return Day(None, "This is not a date. Write it as 2026-01-31.")
    if len(numbers) != 2 or max(len(number) for number in numbers) > 4:
        return Day(None, "The date needs a day, a month and a year. Write it as 2026-01-31.")
    plain = " ".join(token for token in tokens if token.lower() not in ("the", "of"))
    try:
        parsed = _PARSER.parse(plain, default=dt.datetime(2000, 1, 1))
    except (ParserError, OverflowError, ValueError):
        return Day(None, "This is not a date. Write it as 2026-01-31.")
    day = parsed.date()
    if day < EARLIEST:
        return Day(None, f"The date is before {EARLIEST.year}. Check the year.")
    if weekdays and day.weekday() != weekdays[0]:
        return Day(
            day, note=f"The day named is not the weekday of that date, which is a {day:%A}. Check the date."
        )
    return Day(day)
