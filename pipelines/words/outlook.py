"""When will we know? What more points could show, told before a cycle begins."""

from __future__ import annotations

import math
from typing import Any

from pipelines.measures import Measure
from pipelines.vocabulary import Period
from pipelines.words.parts import (
    apart,
    capital,
    counted,
    in_sentence,
    missing,
    number_word,
)

#: The length of a cycle that the sentence speaks of, in points; the nearest one worked out is taken.
SPOKEN_OF = 8

MANY_PERIODS = {
    Period.SESSION: "tests",
    Period.WEEK: "weeks",
    Period.FOUR_WEEKS: "blocks of four weeks",
    Period.MONTH: "months",
    Period.THIRTEEN_WEEKS: "quarters",
    Period.WHOLE: "periods",
}
ONE_PERIOD_MORE = {Period.FOUR_WEEKS: "block of four weeks"}

PER_PERIOD = {
    Period.SESSION: "a test",
    Period.WEEK: "a week",
    Period.FOUR_WEEKS: "in four weeks",
    Period.MONTH: "a month",
    Period.THIRTEEN_WEEKS: "a quarter",
    Period.WHOLE: "in all",
}


def outlook_sentence(outlook: Any, measure: Measure, period: str) -> str:
    """Say what a cycle could show, and how long the predicted change takes.

    Parameters
    ----------
    outlook
        Has periods (lengths looked at), smallest_value for each (stored unit, nan where not even the largest change
        would show; empty where there is nothing to say), periods_needed (of the predicted change, None where unknown), before,
        predicted, direction (+1, -1), people (a period) and reason (why there is nothing to say).
    measure
        The measure that will be judged.
    period
        Width of a point: a word of `Period`.
    """
    if not len(outlook.smallest_value):
        return f"Cannot yet tell: {_reason(outlook)}."
    return f"{_could_show(outlook, measure, period)}{_needed(outlook, period)}"


def _reason(outlook: Any) -> str:
    return str(outlook.reason or "there is nothing to go by").rstrip(".")


def _could_show(outlook: Any, measure: Measure, period: str) -> str:
    """Return what so many more points could show: the smallest change, and not less."""
    at = min(range(len(outlook.periods)), key=lambda place: abs(outlook.periods[place] - SPOKEN_OF))
    length, value = int(outlook.periods[at]), float(outlook.smallest_value[at])
    opening = f"{_people(outlook, measure, period)}{_length(length, period, 'more ')}"
    way = "rise" if outlook.direction > 0 else "fall"
    if not math.isfinite(value):
        return (
            f"{capital(opening)} could not show even the largest {way} of {in_sentence(measure.short_name)}."
        )
    to, start = apart(value, outlook.before, measure)
    return f"{capital(opening)} could show a {way} from {start} to about {to}, not less."


def _people(outlook: Any, measure: Measure, period: str) -> str:
    if missing(outlook.people) or measure.denominator is None:
        return ""
    return f"with about {counted(outlook.people, measure.counts or 'people')} {PER_PERIOD[Period(period)]}, "


def _length(length: int, period: str, more: str = "") -> str:
    many = MANY_PERIODS[Period(period)]
    one = ONE_PERIOD_MORE.get(Period(period), many.removesuffix("s"))
    return f"{number_word(length)} {more}{one if length == 1 else many}"


def _needed(outlook: Any, period: str) -> str:
    if missing(outlook.predicted):
        return ""
    if missing(outlook.periods_needed):
        return (
            f" The change you predict cannot be told in time: {_reason(outlook)}." if outlook.reason else ""
        )
    return f" The change you predict needs about {_length(int(outlook.periods_needed), period)}."
