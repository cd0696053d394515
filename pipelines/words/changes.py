"""What changed, worded once: title, sentence and question of a change, and the line that says what chance alone would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.measures import Measure
from pipelines.vocabulary import Better, Decision, Period, PointType, Rule
from pipelines.words.parts import (
    ONE_PERIOD,
    capital,
    counted,
    day_words,
    in_sentence,
    line_words,
    missing,
    number_word,
    period_words,
    range_words,
    value_and_range,
)

#: Units in which more is longer.
TIMES = ("days", "weeks", "months", "hours", "minutes")

#: Fewer expected by chance than this round to none.
WORTH_SAYING = 0.05


@dataclass(frozen=True)
class PastSignal:
    """A signal that holds no longer: the point at which it first showed, and what has been since.

    `point` is a row of chart_point; `period` that of the chart; `run_length` counts the points of a run or a trend.
    """

    point: Mapping[str, Any]
    measure: Measure
    period: Period
    rule: Rule
    run_length: int
    is_high: bool

    def sentence(self, *, was_moved: bool, has_later: bool) -> str:
        """Return what was seen, against what, and what holds now."""
        if was_moved:
            ending = "The usual range has been moved since."
        elif has_later:
            ending = "It ended; a later signal holds now."
        else:
            ending = "It holds no longer."
        return f"{self._seen}. {ending}"

    @property
    def _seen(self) -> str:
        side, verb = ("above", "climbed") if self.is_high else ("below", "fell")
        edge = "upper" if self.is_high else "lower"
        lower, upper = (self.point[name] for name in ("lower_limit", "upper_limit"))
        value, usual = value_and_range(self.point["value"], lower, upper, self.measure)
        row = f"{number_word(self.run_length)} points in a row, {ONE_PERIOD[self.period]} each,"
        until = f"Up to {day_words(self.point['period_end'])}"
        average = line_words(self.point["centre_line"], self.measure)
        return {
            Rule.BEYOND_LIMITS: f"{self._when}: {value}, {side} the usual {usual}",
            Rule.TREND: f"{until}: {row} {verb} one after another",
            Rule.TWO_OF_THREE: f"{until}: two of three points stood near the {edge} edge of the usual "
            f"{range_words(lower, upper, self.measure)}",
            Rule.SHIFT: f"{until}: {row} were {side} the average of {average}",
        }[self.rule]

    @property
    def _when(self) -> str:
        return period_words(self.point["period_start"], self.point["period_end"], self.period)


def series_title(where: str, measure: Measure) -> str:
    """Return `Creekside, days to follow-up`."""
    return f"{where}, {in_sentence(measure.short_name)}"


def cycle_title(where: str, prototype: str, cycle_no: str | None) -> str:
    """Return `Creekside, Fridge and table, cycle 3`."""
    return f"{where}, {prototype}" + (f", cycle {cycle_no}" if cycle_no else "")


def signal_question(where: str, measure: Measure, said: PointType, *, is_high: bool) -> str:
    """Return `Is “days to follow-up” in Creekside getting longer?`."""
    return f"Is “{in_sentence(measure.short_name)}” in {where} getting {_getting(measure, said, is_high)}?"


def _getting(measure: Measure, said: PointType, is_high: bool) -> str:
    if any(word in measure.unit.split() for word in TIMES):
        return "longer" if is_high else "shorter"
    if measure.better == Better.NEITHER or said in (PointType.SPECIAL_HIGH, PointType.SPECIAL_LOW):
        return "higher" if is_high else "lower"
    return "better" if said == PointType.IMPROVEMENT else "worse"


def cycle_question(question: str | None) -> str:
    """Return `Adopt, adapt or abandon: if guests sign up beforehand, will more come back?`."""
    asked = "what comes next?" if missing(question) or not question else in_sentence(str(question))
    return f"Adopt, adapt or abandon: {asked}"


def accept_question(where: str, measure: Measure, n_points: int) -> str:
    """Return whether points may set a usual range, as a question."""
    return (
        f"May these {n_points} points set the usual range of “{in_sentence(measure.short_name)}” in {where}?"
    )


def move_question(where: str, measure: Measure) -> str:
    """Return whether a usual range has moved, as a question."""
    return f"Has “{in_sentence(measure.short_name)}” in {where} moved to a new usual range?"


def closed_sentence(sentence: str | None) -> str:
    """Return what a cycle that is over has shown: its verdict's sentence, or that there is none."""
    return sentence or "Do is over. Its measure has no chart here, so nothing can be judged."


def opened_sentence(
    question: str | None, low: float | None, high: float | None, measure: Measure | None
) -> str:
    """Return what a cycle that began asks, and what was predicted."""
    asked = "" if missing(question) or not question else f"{question} "
    if missing(low) or missing(high) or measure is None:
        return f"{asked}No prediction was written down."
    return f"{asked}The group predicted {range_words(low, high, measure)}."


def decision_sentence(decision: Decision | str, reason: str | None) -> str:
    """Return what was decided and why: `Abandon: it is worse than before and we know why.`"""
    told = capital(str(decision))
    return f"{told}. No reason was written down." if missing(reason) or not reason else f"{told}: {reason}"


def accepted_sentence(who: str, first_on: dt.date, last_on: dt.date, reason: str, why_not: str | None) -> str:
    """Return who accepted a usual range, set by which points, and why; and why it is not applied, where it is not."""
    told = (
        f"{capital(who)} accepted the usual range of {day_words(first_on)} to {day_words(last_on)}: {reason}"
    )
    return told if missing(why_not) else f"{told} Not applied: {why_not}"


def moved_sentence(who: str, from_on: dt.date, reason: str, why_not: str | None) -> str:
    """Return who moved a usual range, from when on, and why; and why it is not applied, where it is not."""
    told = f"{capital(who)} moved the usual range from {day_words(from_on)} on: {reason}"
    return told if missing(why_not) else f"{told} Not applied: {why_not}"


def news_sentence(n_charts: int, n_signals: int, by_chance: float) -> str:
    """Return how many charts show a new signal and how many chance alone would: for the charts that can signal."""
    if not n_charts:
        return "No chart has a new point that could show a signal."
    seen = capital(number_word(n_signals)) if n_signals else "None"
    told = f"{seen} of {counted(n_charts, 'charts')} {'show' if n_signals > 1 else 'shows'} a new signal."
    about = f"about {by_chance:.1f}" if by_chance >= WORTH_SAYING else "fewer than 0.1"
    return f"{told} Chance alone would give {about}."
