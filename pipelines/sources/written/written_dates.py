"""One date as it is written, before the other dates of its column have been asked what it means."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

EARLIEST = dt.date(2000, 1, 1)
_LATEST_YEAR = 2099
#: Day 0 of spreadsheets that count from 1900 (ECMA-376, part 1, 18.17.4.1), right from March 1900 on.
_SERIAL_0 = dt.date(1899, 12, 30)
_SERIALS = (36526, 73050)

#: The shape of dates that begin with the year, as a spreadsheet's own dates do.
YEAR_FIRST = "0000-00-00"

#: Longer cells are no dates; reading and remembering them would only take time and room.
LONGEST = 80

WRITE = "Write it as 2026-01-31."
NOT_A_DATE = f"This is not a date. {WRITE}"
MISSING = "The date is missing. Write the day of the session, e.g. 2026-01-31."

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"^(jan(uary)?|feb(r?uary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"^(mon(day)?|tue(s|sday)?|wed(s|nesday)?|thu(r|rs|rsday)?|fri(day)?|sat(urday)?|sun(day)?)$"
)
_ORDINAL = frozenset(("st", "nd", "rd", "th", "of", "the"))

_YEAR_FIRST = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$", re.ASCII)
_COMPACT = re.compile(r"^(20\d{2})(\d{2})(\d{2})$", re.ASCII)
_NUMBERS = re.compile(r"^(\d{1,2}) ?([./ -]) ?(\d{1,2}) ?\2 ?'?(\d{4}|\d{2})$", re.ASCII)
_NO_YEAR = re.compile(r"^(\d{1,2}) ?([./]) ?(\d{1,2})\.?$", re.ASCII)
_SERIAL = re.compile(r"^\d{5}(\.\d+)?$", re.ASCII)
_TOKEN = re.compile(r"[a-z]+|\d+", re.ASCII)
_WORDY = re.compile(r"^(?=.*[a-z]{3})[a-z0-9 ,.'’/-]{4,40}$", re.ASCII)
_FIRST_WORD = re.compile(r"^([a-z]{3,9})[.,]? (?=\d)", re.ASCII)
_DITTO = re.compile(r"^([\"”″〃]+|''|ditto|do\.|same|same day|same date|as above|see above|↑|\^)$")
_WEEK_OF = re.compile(r"^(w/?[cb]|week (commencing|beginning|of|starting)):? ")
_ASIDE = re.compile(
    r"^(?P<date>(?:[a-z]{3,9} )?\d{1,4}[./-]\d{1,2}[./-]\d{1,4})[ ,-]+[(\[]?[a-z .']+[)\]]?$", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Written:
    """What one writing may mean.

    Attributes
    ----------
    kind
        ``certain`` (one day), ``numbers`` (day and month in digits), ``serial``, ``yearless``, ``ditto``, ``blank``
        or ``none``.
    day_first, month_first
        The day under either order; None where there is no such day. The same day twice where the order does not matter.
    parts
        Yearless: (month, day) under either order, None where there is no such day in any year.
    shape
        The way of writing of day and month in digits: ``0/0/0000``, ``00/00/0000`` with a 0 before single digits,
        ``?/?/0000`` where both have two digits anyway; ``0000-00-00``; '' for others.
    weekday
        0 is Monday; None where none is named.
    is_month_led
        Feb 26: a day without a year, or a month without a day.
    year_led
        17 January 2026 of 26-01-17.
    seconds
        Time of day of a spreadsheet's day number.
    reason, note
        Why there is no day; what should be told of a day that is read.
    """

    kind: str
    day_first: dt.date | None = None
    month_first: dt.date | None = None
    parts: tuple[tuple[int, int] | None, tuple[int, int] | None] = (None, None)
    shape: str = ""
    weekday: int | None = None
    is_month_led: bool = False
    year_led: dt.date | None = None
    seconds: int = 0
    reason: str | None = None
    note: str | None = None


def read_written(head: str) -> Written:
    """Read one date without its time of day.

    Parameters
    ----------
    head
        As written, in any case, e.g. ``17/9/24``, ``Tues 10 Sept 2024``, ``17 February``, ``45545``.

    Returns
    -------
    Written
        Never raises; kind ``none`` carries a reason that says how to write it.
    """
    return _read_short(head if len(head) <= LONGEST else head.strip()[: LONGEST + 1])


@lru_cache(maxsize=65536)
def _read_short(head: str) -> Written:
    if len(head) > LONGEST:
        return _none(NOT_A_DATE)
    text = " ".join(head.split()).lower().strip(",;.'`| ") if '"' not in head else head.strip()
    if not text:
        return Written("blank", reason=MISSING) if not head.strip() else _none(NOT_A_DATE)
    if _DITTO.match(text):
        return Written("ditto")
    week, aside = _WEEK_OF.match(text), _ASIDE.match(text)
    found = _read(text[week.end() :] if week else aside["date"] if aside else text)
    if found.kind in ("none", "serial") or not (week or aside):
        return found if not aside or found.kind != "serial" else _none(NOT_A_DATE)
    told = (
        "The beginning of a week, taken as the day. Write the day itself."
        if week
        else "The words beside the date are not read."
    )
    return replace(found, note=told)


def _read(text: str) -> Written:
    if _SERIAL.match(text):
        return _serial(float(text))
    first_word = _FIRST_WORD.match(text)
    weekday = _weekday(first_word[1]) if first_word else None
    plain = text[first_word.end() :] if first_word and weekday is not None else text
    year_first = _YEAR_FIRST.match(plain) or _COMPACT.match(plain)
    if year_first:
        year, month, day = int(year_first[1]), *(int(part) for part in year_first.groups()[-2:])
        return replace(_certain(year, month, day, weekday), shape=YEAR_FIRST)
    numbers, no_year = _NUMBERS.match(plain), _NO_YEAR.match(plain)
    if numbers:
        return _numbers(numbers, weekday)
    if no_year:
        first, second = int(no_year[1]), int(no_year[3])
        shape = f"0{no_year[2]}0"
        return _yearless((_parts(second, first), _parts(first, second)), shape, weekday)
    return _words(text) if _WORDY.match(text) else _none(NOT_A_DATE)


def _none(reason: str) -> Written:
    return Written("none", reason=reason)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _serial(number: float) -> Written:
    if not _SERIALS[0] <= number < _SERIALS[1]:
        return _none(NOT_A_DATE)
    seconds = round(number * 86400)
    day = _SERIAL_0 + dt.timedelta(days=seconds // 86400)
    return Written("serial", day, day, seconds=seconds % 86400)


def _certain(year: int, month: int, day: int, weekday: int | None = None) -> Written:
    found = _date(year, month, day)
    if found is None:
        return _none(f"There is no such day. {WRITE}")
    if found < EARLIEST:
        return _none(f"The date is before {EARLIEST.year}. Check the year.")
    if found.year > _LATEST_YEAR:
        return _none(f"The date is after {_LATEST_YEAR}. Check the year.")
    return Written("certain", found, found, note=weekday_note(found, weekday))


def weekday_note(day: dt.date, weekday: int | None) -> str | None:
    """Return what is told where the weekday named is not that of the day; None where it is, or none is named."""
    if weekday is None or day.weekday() == weekday:
        return None
    return f"The day named is not the weekday of that date, which is a {day:%A}. Check the date."


def _numbers(match: re.Match[str], weekday: int | None) -> Written:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 100 else 0
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    pairs = match[2] == "-" and len(match[4]) == len(match[1]) == 2
    year_led = _date(2000 + first, second, year - 2000) if pairs else None
    if day_first is None and month_first is None:
        return replace(_none(f"There is no such day. {WRITE}"), year_led=year_led)
    if year < EARLIEST.year:
        return _none(f"The date is before {EARLIEST.year}. Check the year.")
    if year > _LATEST_YEAR:
        return _none(f"The date is after {_LATEST_YEAR}. Check the year.")
    joint = match[2]
    one = "00" if "0" in (match[1][0], match[3][0]) else "0" if 1 in (len(match[1]), len(match[3])) else "?"
    shape = f"{one}{joint}{one}{joint}{'0' * len(match[4])}"
    fits = [day for day in (day_first, month_first) if day and day.weekday() == weekday]
    note = None
    if len(set(fits)) == 1:  # the weekday named says which
        day_first, month_first = (day if day in fits else None for day in (day_first, month_first))
    elif weekday is not None and not fits:
        note = "The day named is not the weekday of that date. Check the date."
    return Written(
        "numbers", day_first, month_first, shape=shape, weekday=weekday, year_led=year_led, note=note
    )


def _parts(month: int, day: int) -> tuple[int, int] | None:
    return (month, day) if 1 <= month <= 12 and _date(2000, month, day) else None


def _yearless(
    parts: tuple[tuple[int, int] | None, tuple[int, int] | None], shape: str, weekday: int | None
) -> Written:
    if parts == (None, None):
        return _none(f"There is no such day. {WRITE}")
    return Written("yearless", parts=parts, shape=shape, weekday=weekday)


def _month(word: str) -> int | None:
    return _MONTHS.index(word[:3]) + 1 if _MONTH.match(word) else None


def _weekday(word: str) -> int | None:
    return _WEEKDAYS.index(word[:3]) if _WEEKDAY.match(word) else None


def _words(text: str) -> Written:
    """The month in words: Tues 10 Sept 2024, Sept 17, 2024, 17th of Sept 24, 17 February."""
    tokens = _TOKEN.findall(text)
    words = [token for token in tokens if token.isalpha() and token not in _ORDINAL]
    months = [month for word in words if (month := _month(word)) is not None]
    weekdays = [day for word in words if (day := _weekday(word)) is not None]
    numbers = [token for token in tokens if token.isdigit()]
    if len(months) != 1 or len(weekdays) > 1 or len(words) != 1 + len(weekdays):
        return _none(NOT_A_DATE)
    weekday = weekdays[0] if weekdays else None
    day, year = _day_and_year(numbers)
    if day is None:
        return _none(f"The date needs a day, a month and a year. {WRITE}")
    if year is None:
        parts = _parts(months[0], day)
        is_month_led = text.find(numbers[0]) > text.find(_MONTHS[months[0] - 1])
        return replace(_yearless((parts, parts), "", weekday), is_month_led=is_month_led)
    return _certain(year, months[0], day, weekday)


def _day_and_year(numbers: list[str]) -> tuple[int | None, int | None]:
    """Return which number is the day and which the year: the one of four digits, else the second."""
    if len(numbers) == 1 and len(numbers[0]) <= 2:
        return int(numbers[0]), None
    if len(numbers) != 2:
        return None, None
    day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)
    if len(day) > 2 or len(year) not in (2, 4):
        return None, None
    return int(day), int(year) + (2000 if len(year) == 2 else 0)
