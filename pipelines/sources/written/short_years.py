"""26-01-17: the 26th of January 2017, or the 17th of January 2026? Decided by the whole column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pipelines.sources.written.written_dates import YEAR_FIRST, Written

_SHAPES = ("?-?-00", "00-00-00")
#: How many times more days the column must span with the year last than with the year first.
WIDER = 4
#: Fewer different dates prove nothing; neither do years before logs were kept on such devices.
FEWEST, EARLIEST_YEAR = 3, 2010


def settle_short_years(dates: Sequence[Written]) -> list[Written]:
    """Read dates of three pairs of digits with the year first where that draws the column together.

    Parameters
    ----------
    dates
        The different dates of a column.

    Returns
    -------
    list of Written
        The same, in the same order; those with the year first are certain, and told.
    """
    led = [written.year_led for written in dates if written.year_led]
    lasts = [
        day for written in dates if _is_pairs(written) and (day := written.day_first or written.month_first)
    ]
    if len(set(led)) < FEWEST or not lasts or min(led).year < EARLIEST_YEAR:
        return list(dates)
    if any(_is_pairs(written) and not written.year_led for written in dates):
        return list(dates)
    if _span(led) * WIDER >= _span(lasts):
        return list(dates)
    note = "Read with the year first, which draws the dates of the column together."
    return [_with_year_first(written, note) if written.year_led else written for written in dates]


def _with_year_first(written: Written, note: str) -> Written:
    day = written.year_led
    return replace(
        written, kind="certain", day_first=day, month_first=day, shape=YEAR_FIRST, reason=None, note=note
    )


def _span(days: list[dt.date]) -> int:
    return (max(days) - min(days)).days


def _is_pairs(written: Written) -> bool:
    return written.shape in _SHAPES
