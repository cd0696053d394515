"""Periods as publishers write them, each as its first and last day.

A year with a stroke is a financial year, April to March; where a publisher means a school year it cannot be told from
the text. "To March 2025" is a state on the last day of that month, not a span.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from dateutil.relativedelta import relativedelta

Span = tuple[dt.date, dt.date]

_DAY = r"(\d{4}-\d{2}-\d{2})(?:t[\d:.z+]*)?"
_YEAR = r"(\d{4})"
_SHORT = r"(\d{4}|\d{2})"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TO = r"\s*(?:-|to)\s*"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_UNITS = {"y": "years", "m": "months", "w": "weeks", "d": "days"}


@lru_cache(maxsize=4096)
def read_span(text: str) -> Span | None:
    """Return the first and the last day of a period, or None where the text is none.

    >>> read_span("2020/21 - 22/23")
    (datetime.date(2020, 4, 1), datetime.date(2023, 3, 31))
    >>> read_span("2022-01-01/P3Y")
    (datetime.date(2022, 1, 1), datetime.date(2024, 12, 31))
    """
    plain = " ".join(re.sub(r"[‐‑‒–—−]", "-", text).casefold().split())
    for pattern, make in _FORMS:
        match = pattern.fullmatch(plain)
        if match:
            try:
                start, end = make(*match.groups())
            except (ValueError, OverflowError):
                return None
            return (start, end) if start <= end and 1800 <= start.year <= end.year <= 2200 else None
    return None


def _year_end(short: str, start: int) -> int:
    """Return the year that a short one means: 22 after 2020 is 2022, 00 after 1999 is 2000."""
    if len(short) == 4:
        return int(short)
    year = start // 100 * 100 + int(short)
    return year if year >= start else year + 100


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, 1) + relativedelta(months=1, days=-1)


def _interval(begin: str, number: str, unit: str) -> Span:
    start = dt.date.fromisoformat(begin)
    length = int(number)
    if not length:
        raise ValueError("no length")
    return start, start + relativedelta(**{_UNITS[unit]: length}) - dt.timedelta(days=1)  # type: ignore[arg-type]


def _days(begin: str, end: str) -> Span:
    return dt.date.fromisoformat(begin), dt.date.fromisoformat(end)


def _years(first: str, last: str | None = None) -> Span:
    start = int(first)
    return dt.date(start, 1, 1), dt.date(_year_end(last or first, start), 12, 31)


def _financial(first: str, then: str) -> Span:
    start = int(first)
    if _year_end(then, start) != start + 1:
        raise ValueError("the second year does not follow the first")
    return dt.date(start, 4, 1), dt.date(start + 1, 3, 31)


def _financial_years(first: str, then: str, last: str, after: str) -> Span:
    begin = _financial(first, then)[0]
    final = _year_end(last, begin.year)
    return begin, _financial(str(final), after)[1]


def _quarter(year: str, number: str) -> Span:
    month = 3 * int(number) - 2
    return dt.date(int(year), month, 1), _last(int(year), month + 2)


def _financial_quarter(first: str, then: str, number: str) -> Span:
    start = _financial(first, then)[0] + relativedelta(months=3 * (int(number) - 1))
    return start, start + relativedelta(months=3, days=-1)


def _month(name: str, year: str) -> Span:
    month = _MONTHS.index(name) + 1
    return dt.date(int(year), month, 1), _last(int(year), month)


def _months(name: str, year: str, last_name: str, last_year: str) -> Span:
    return _month(name, year)[0], _month(last_name, last_year)[1]


def _until(name: str, year: str) -> Span:
    end = _month(name, year)[1]
    return end, end


_FORMS: list[tuple[re.Pattern[str], Callable[..., Span]]] = [
    (re.compile(form, re.ASCII), make)
    for form, make in (
        (rf"{_DAY}/p(\d{{1,2}})([ymwd])", _interval),
        (rf"{_DAY}/{_DAY}", _days),
        (_YEAR, _years),
        (rf"{_YEAR}{_TO}{_SHORT}", _years),
        (rf"{_YEAR}/{_SHORT}", _financial),
        (rf"{_YEAR}/{_SHORT}{_TO}{_SHORT}/{_SHORT}", _financial_years),
        (rf"{_YEAR}\s*q([1-4])", _quarter),
        (rf"{_YEAR}/{_SHORT}\s*q([1-4])", _financial_quarter),
        (rf"{_MONTH} {_YEAR}", _month),
        (rf"{_YEAR} {_MONTH}", lambda year, name: _month(name, year)),
        (rf"{_MONTH} {_YEAR}{_TO}{_MONTH} {_YEAR}", _months),
        (rf"to (?:the end of )?{_MONTH} {_YEAR}", _until),
    )
]
