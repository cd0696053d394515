"""The parts that sentences share: numbers, days, values, ranges and periods, as people write them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from pipelines.measures import Measure
from pipelines.vocabulary import Period

PERIOD_WORD = {
    Period.SESSION: "test",
    Period.WEEK: "week",
    Period.FOUR_WEEKS: "four weeks",
    Period.MONTH: "month",
    Period.THIRTEEN_WEEKS: "quarter",
    Period.WHOLE: "whole time",
}

ONE_PERIOD = {
    Period.SESSION: "one test",
    Period.WEEK: "one week",
    Period.FOUR_WEEKS: "four weeks",
    Period.MONTH: "one month",
    Period.THIRTEEN_WEEKS: "one quarter",
    Period.WHOLE: "the whole time",
}

NUMBER_WORD = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def number_word(count: int) -> str:
    """Return a count as a word up to twelve, as digits from there."""
    return NUMBER_WORD[count] if 0 <= count < len(NUMBER_WORD) else f"{count:,}"


def day_words(day: dt.date | pd.Timestamp | None) -> str:
    """Return a day as people write it: 3 March 2026."""
    return "" if day is None or pd.isna(day) else f"{day.day} {day:%B %Y}"


def value_words(value: float | None, measure: Measure) -> str:
    """Return a value in the measure's own unit: 55% for shares, 34 for counts, 12.4 for single values."""
    if value is None or pd.isna(value):
        return "no value"
    if measure.is_share:
        return f"{value * 100:.0f}%"
    if 0 < abs(value) < 1:
        # A rate of 0.0099 is no 0.0: two figures that say something.
        return np.format_float_positional(value, precision=2, fractional=False, trim="-")
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:,.1f}"


def line_words(value: float | None, measure: Measure) -> str:
    """Return a line of the chart, rounded as its reader would say it; clipped to what can happen."""
    if value is None or pd.isna(value):
        return "no value"
    if measure.is_share:
        value = min(max(value, 0.0), 1.0)
    elif measure.is_never_negative:
        value = max(value, 0.0)
    if not measure.is_share and abs(value) >= 10:
        value = round(value)
    return value_words(value, measure)


def range_words(lower: float | None, upper: float | None, measure: Measure) -> str:
    """Return `6 to 19` or `37 to 60%`."""
    low, high = line_words(lower, measure), line_words(upper, measure)
    return f"{low.removesuffix('%')} to {high}" if measure.is_share else f"{low} to {high}"


def period_words(start: dt.date, end: dt.date, period: str) -> str:
    """Return the name of one point's time: `Week of 3 March 2026`."""
    if period == Period.SESSION:
        return day_words(start)
    if period == Period.WEEK:
        return f"Week of {day_words(start)}"
    if period == Period.MONTH:
        return f"{start:%B %Y}"
    return f"{day_words(start)} to {day_words(end)}"
