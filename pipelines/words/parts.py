"""The parts that sentences share: numbers, days, values, ranges and periods, as people write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

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


#: Days are told as they are in London.
LONDON = ZoneInfo("Europe/London")

#: One of those counted, by the word for many.
ONE_OF = {"people": "person", "men": "man", "women": "woman", "children": "child", "families": "family"}

#: Decimals that may be added so that two figures which differ do not read the same.
MOST_DECIMALS = 3


def number_word(count: int) -> str:
    """Return a count as a word up to twelve, as digits from there."""
    return NUMBER_WORD[count] if 0 <= count < len(NUMBER_WORD) else f"{count:,}"


def missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN or NaT."""
    return value is None or value != value


def counted(count: float, many: str, one: str | None = None) -> str:
    """Return a count with what is counted, one of it where it is one: `1 point`, `2 points`, `1 person`."""
    single = one or ONE_OF.get(many) or many.removesuffix("s")
    return f"{count:,.0f} {single if round(count) == 1 else many}"


def crossing_words(verb: str, line: str, count: int) -> str:
    """Return how often something crosses a line: `never cross the median`, `crosses its median twice`."""
    if not count:
        return f"never {verb} {line}"
    return f"{verb} {line} {({1: 'once', 2: 'twice'}).get(count, f'{count:,} times')}"


def listed(words: Sequence[str]) -> str:
    """Return words as people list them: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(text: str) -> str:
    """Begin with a capital and leave the rest alone."""
    return text[:1].upper() + text[1:]


def in_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence: `said yes`, but `BP to target` and `GP appointments`."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def london_day(moment: dt.datetime) -> dt.date:
    """Return the day in London of a moment; one without a zone is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(LONDON).date()


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
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}".removesuffix(".0")


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


def apart(value: float, other: float, measure: Measure, *, as_lines: bool = False) -> tuple[str, str]:
    """Return two figures so that they read as they differ: decimals are added until the same one reads as greater.

    `other` is told as a line of the chart is; `value` as a value is, or as a line where it is a mean or a total.
    """
    words = line_words if as_lines else value_words
    told = words(value, measure), line_words(other, measure)
    scale, unit = (100, "%") if measure.is_share else (1, "")
    for places in range(1, MOST_DECIMALS + 1):
        if np.sign(_read(told[0]) - _read(told[1])) == np.sign(value - other):
            break
        told = f"{value * scale:,.{places}f}{unit}", f"{other * scale:,.{places}f}{unit}"
    return told


def _read(told: str) -> float:
    return float(told.removesuffix("%").replace(",", ""))


def change_words(value: float, measure: Measure) -> str:
    """Return the size of a difference, without its sign: `12 points`, `3 days`, `2.4`."""
    size = abs(value)
    if not measure.is_share:
        return f"{value_words(round(size, 1) if size >= 0.1 else size, measure)}{_own_unit(measure)}"
    points = f"{size * 100:.0f}" if size >= 0.0095 else f"{size * 100:.1f}"
    return f"{points} point{'s' * (points != '1')}"


def signed(value: float, places: int = 0) -> str:
    """Return a number with its sign, and a decimal more where it would read as nothing: `+8`, `-0.2`, `0`."""
    told = f"{value:+,.{places}f}"
    if _read(told) == 0 and value:
        told = f"{value:+,.{places + 1}f}"
    return told if _read(told) else "0"


def _own_unit(measure: Measure) -> str:
    """Return the unit after a number where it does not speak of a period, which may have been widened."""
    return f" {measure.unit}" if measure.unit and " a " not in measure.unit else ""


def range_words(lower: float | None, upper: float | None, measure: Measure) -> str:
    """Return `6 to 19` or `37 to 60%`."""
    low, high = line_words(lower, measure), line_words(upper, measure)
    return f"{low.removesuffix('%')} to {high}" if measure.is_share else f"{low} to {high}"


def value_and_range(value: float, lower: float, upper: float, measure: Measure) -> tuple[str, str]:
    """Return a value and the usual range, with decimals enough that a value outside reads as outside."""
    low, high = range_words(lower, upper, measure).split(" to ")
    if value > upper:
        told, high = apart(value, upper, measure)
    elif value < lower:
        told, low = apart(value, lower, measure)
    else:
        told = value_words(value, measure)
    return told, f"{low.removesuffix('%')} to {high}"


def period_words(start: dt.date, end: dt.date, period: str) -> str:
    """Return the name of one point's time: `Week of 3 March 2026`."""
    if period == Period.SESSION:
        return day_words(start)
    if period == Period.WEEK:
        return f"Week of {day_words(start)}"
    if period == Period.MONTH:
        return f"{start:%B %Y}"
    return f"{day_words(start)} to {day_words(end)}"
