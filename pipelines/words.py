"""Rows to plain sentences: the only place where the project's statements are worded.

Each sentence is made by rule from one row of the mart and published as a column of it, so that the screen, the
alternative text and every export say the same. Order: what happened, against what, what it does not mean.
At most two sentences, no adjectives of size, no "significant", no "confidence" (method.md, Honesty).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.disclosure import hidden_label
from pipelines.measures import Measure
from pipelines.vocabulary import (
    Assurance,
    Better,
    ChartKind,
    Domain,
    Period,
    Rule,
    Variation,
    Verdict,
    WhyHidden,
    WhyNoLimits,
)

#: Points that a prototype needs before a usual range can be set, and before an icon (docs/method.md, Charts 6 and 9).
POINTS_FOR_LIMITS = 12
POINTS_FOR_ICON = 13

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

RULE_WORDS = {
    Rule.BEYOND_LIMITS: "outside the usual range",
    Rule.TREND: "seven points climbing or falling in a row",
    Rule.TWO_OF_THREE: "two of three near the edge of the usual range",
    Rule.SHIFT: "seven or more in a row on one side of the average",
    Rule.LONG_RUN: "a long run on one side of the median",
    Rule.FEW_CROSSINGS: "too few crossings of the median",
}

VARIATION_WORDS = {
    Variation.IMPROVEMENT_HIGH: "Improvement, high",
    Variation.IMPROVEMENT_LOW: "Improvement, low",
    Variation.CONCERN_HIGH: "Concern, high",
    Variation.CONCERN_LOW: "Concern, low",
    Variation.NEUTRAL_HIGH: "Change, high",
    Variation.NEUTRAL_LOW: "Change, low",
    Variation.COMMON_CAUSE: "Usual variation",
    Variation.TOO_FEW: "Too few points",
    Variation.NONE: "No icon",
}

NO_LIMITS_WORDS = {
    WhyNoLimits.RUN_CHART: "A run chart has a median and no usual range.",
    WhyNoLimits.ROLLING: "No usual range: each figure shares data with the one before.",
    WhyNoLimits.ROUNDED: "No usual range: rounding hides too much of the variation.",
    WhyNoLimits.REDEFINED: "No usual range: the definition changed.",
    WhyNoLimits.SPARSE: "No usual range: the counts are too small for one.",
    WhyNoLimits.NO_DATA: "No test has been logged yet.",
}


@dataclass(frozen=True)
class Sentences:
    """One statement in three lengths: for a wall cell, under a chart, and for the receipt."""

    short: str
    middle: str
    long: str


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
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:,.1f}"


def line_words(value: float | None, measure: Measure) -> str:
    """Return a line of the chart, rounded as its reader would say it; clipped to what can happen."""
    if value is None or pd.isna(value):
        return "no value"
    if measure.is_share:
        value = min(max(value, 0.0), 1.0)
    elif measure.kind in (ChartKind.C, ChartKind.U, ChartKind.UP) or measure.counts:
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


def point_words(point: Mapping[str, Any], measure: Measure, period: str) -> str:
    """Return what one place on the chart says: time, value, the count behind it, and the rule it fired."""
    when = period_words(point["period_start"], point["period_end"], period)
    if point["is_hidden"]:
        return f"{when}: {hidden_label(point['hidden_reason'] or WhyHidden.SERIES)}."
    if point["is_gap"] or pd.isna(point["value"]):
        return f"{when}: a test was planned; no value was recorded."
    words = f"{when}: {value_words(point['value'], measure)}"
    if measure.is_share and pd.notna(point["denominator"]):
        words = f"{when}: {point['numerator']:,.0f} of {point['denominator']:,.0f}, {value_words(point['value'], measure)}"
    if point["rule"]:
        words += f". {RULE_WORDS[Rule(point['rule'])].capitalize()}"
    return words + "."


def is_count(measure: Measure) -> bool:
    """Whether a running total of the values means something."""
    return measure.denominator is None and measure.counts is not None


def chart_sentences(
    summary: Mapping[str, Any], measure: Measure, run_length: int, total: float | None
) -> Sentences:
    """Say what a chart says now.

    Parameters
    ----------
    summary
        One row of chart_summary, without its sentences.
    measure
        The measure's definition.
    run_length
        Points, up to the latest, that stand on one side of the centre line (or climb or fall, for a trend).
    total
        The running total of the values, or None where a total means nothing.
    """
    if summary["is_hidden"]:
        return _same(
            "Small numbers: held back.",
            "Small numbers are held back here, so that no person can be recognised.",
        )
    if not summary["n_points"]:
        return _same("No data.", NO_LIMITS_WORDS[WhyNoLimits.NO_DATA])
    why = summary["why_no_limits"]
    if why == WhyNoLimits.START_UP:
        return _start_up(summary, measure, total)
    if summary["limits_state"] == "none":
        return _without_limits(summary, measure)
    if summary["variation"] in (Variation.COMMON_CAUSE, Variation.TOO_FEW, Variation.NONE):
        return _usual(summary, measure)
    return _signal(summary, measure, run_length)


def _same(short: str, middle: str) -> Sentences:
    return Sentences(short, middle, middle)


def _start_up(summary: Mapping[str, Any], measure: Measure, total: float | None) -> Sentences:
    points = int(summary["n_points"])
    counted = measure.counts or measure.unit
    sofar = f" {total:,.0f} {counted} so far." if total is not None else ""
    if points >= POINTS_FOR_LIMITS:
        middle = (
            f"Cannot yet tell: the {points} points have not settled for {POINTS_FOR_LIMITS} in a row.{sofar}"
        )
        short = "Not settled yet."
    else:
        middle = f"Cannot yet tell: {points} of {POINTS_FOR_LIMITS} points needed.{sofar}"
        short = f"{points} of {POINTS_FOR_LIMITS} points."
    return Sentences(short, middle, f"{middle} A start-up is not a yardstick, so no usual range is drawn.")


def _without_limits(summary: Mapping[str, Any], measure: Measure) -> Sentences:
    latest, median = value_words(summary["latest_value"], measure), line_words(summary["median"], measure)
    reason = NO_LIMITS_WORDS.get(summary["why_no_limits"], NO_LIMITS_WORDS[WhyNoLimits.RUN_CHART])
    if summary["why_no_limits"] != WhyNoLimits.RUN_CHART or not summary["runs_signal"]:
        middle = f"The latest is {latest}, against a median of {median}. {reason}"
        return Sentences(f"{latest}; median {median}.", middle, middle)
    if summary["longest_run"] > summary["longest_run_max"]:
        run, most = summary["longest_run"], summary["longest_run_max"]
        middle = f"Unusual: {run} points in a row on one side of the median, {median}; chance seldom gives over {most}."
    else:
        seen, least = summary["n_crossings"], summary["n_crossings_min"]
        middle = f"Unusual: the points cross the median, {median}, {seen} times; chance seldom gives fewer than {least}."
    return Sentences("An unusual run.", middle, f"{middle} {reason}")


def _usual(summary: Mapping[str, Any], measure: Measure) -> Sentences:
    latest = value_words(summary["latest_value"], measure)
    usual = range_words(summary["lower_limit"], summary["upper_limit"], measure)
    middle = f"Nothing unusual: {latest}, and usually {usual}."
    return Sentences(
        f"{latest}; usually {usual}.",
        middle,
        f"{middle} {_baseline_words(summary)}{_target_words(summary, measure)}",
    )


def _signal(summary: Mapping[str, Any], measure: Measure, run_length: int) -> Sentences:
    domain = Domain(measure.domain) if measure.domain != Domain.BALANCING else measure.short_name
    domain = domain[:1].upper() + domain[1:]
    high = summary["variation"].endswith("high")
    direction = {"improvement": "better", "concern": "worse", "neutral": "changed"}[
        summary["variation"].split("_")[0]
    ]
    rules = [Rule(word) for word in summary["variation_rules"].split(",")]
    latest = value_words(summary["latest_value"], measure)
    usual = range_words(summary["lower_limit"], summary["upper_limit"], measure)
    average = line_words(summary["centre_line"], measure)
    run, unit = number_word(max(run_length, 1)), ONE_PERIOD[Period(summary["period"])]
    side = "above" if high else "below"
    in_a_row = f", and the last {run} points were all {side} the average of {average}"
    sustained = in_a_row if Rule.SHIFT in rules else ". One point is not yet a trend"
    by_rule = {
        Rule.BEYOND_LIMITS: (
            f"{latest}; usually {usual}.",
            f"{latest} is {side} the usual {usual}{sustained}.",
        ),
        Rule.SHIFT: (
            f"{run.capitalize()} in a row {side} average.",
            f"The last {run} points, {unit} each, were all {side} the average of {average}.",
        ),
        Rule.TREND: (
            f"{'Climbing' if high else 'Falling'}, {run} points in a row.",
            f"The last {run} points, {unit} each, {'climbed' if high else 'fell'} one after another.",
        ),
        Rule.TWO_OF_THREE: (
            f"Two of three near the {'upper' if high else 'lower'} edge.",
            f"Two of the last three points stood near the {'upper' if high else 'lower'} edge of the usual {usual}.",
        ),
    }
    short, detail = by_rule[rules[0]]
    middle = f"{domain} is {direction}. {detail}"
    return Sentences(short, middle, f"{middle} {_baseline_words(summary)}{_target_words(summary, measure)}")


def _baseline_words(summary: Mapping[str, Any]) -> str:
    first, last = day_words(summary["baseline_first_on"]), day_words(summary["baseline_last_on"])
    state = (
        ""
        if summary["limits_state"] == "established"
        else " It is provisional until a named person accepts it."
    )
    return f"The usual range was set by {summary['baseline_n']} points, {first} to {last}.{state}"


def _target_words(summary: Mapping[str, Any], measure: Measure) -> str:
    if summary["assurance"] == Assurance.EMPTY or summary["target"] is None:
        return ""
    target = value_words(summary["target"], measure)
    outcome = {
        Assurance.PASS: "is met all through the usual range",
        Assurance.FAIL: "lies out of reach of the usual range",
        Assurance.HIT_OR_MISS: "lies inside the usual range: it will be met at times and missed at times",
    }[Assurance(summary["assurance"])]
    return f" The target, {target}, {outcome}."


VERDICT_OPENING = {
    Verdict.IMPROVED: "Improved",
    Verdict.WORSENED: "Worsened",
    Verdict.CHANGED: "Changed",
    Verdict.NO_EVIDENCE: "No evidence of change",
    Verdict.NOT_ENOUGH_DATA: "Not enough data",
    Verdict.CHECK_THE_DATA: "Check the data",
}


def cycle_sentence(result: Any, measure: Measure) -> str:
    """Say the verdict on one cycle, with what was seen before and during it.

    `result` has the fields of the table cycle_result; missing figures are None.
    """
    verdict = Verdict(result.verdict)
    opening = VERDICT_OPENING[verdict]
    if verdict in (Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA):
        return f"{opening}: {str(result.reason).rstrip('.')}."
    seen, before = value_words(result.observed, measure), value_words(result.before, measure)
    moved = (
        "" if verdict == Verdict.NO_EVIDENCE else "up to " if result.observed > result.before else "down to "
    )
    told = f"{opening}: {measure.short_name.lower()} {moved}{seen}, against {before} before."
    return f"{told} {_interval(result, measure)}".strip()


def _interval(result: Any, measure: Measure) -> str:
    if result.change is None or pd.isna(result.change):
        return ""
    changes = (result.change, result.change_low, result.change_high)
    if result.change_scale == "ratio":
        mid, low, high = (_percent(value) for value in changes)
    else:
        scale, places, unit = (100, 0, " points") if measure.is_share else (1, 1, f" {measure.unit}")
        mid, low, high = (f"{value * scale:+.{places}f}" for value in changes)
        mid += unit
    return f"The change is {mid}; it could be {low} to {high}."


def _percent(ratio: float) -> str:
    return f"{(ratio - 1) * 100:+.0f}%"


def prediction_sentence(result: Any, measure: Measure) -> str:
    """Say whether the prediction held; never a reason for the verdict."""
    if result.predicted_low is None or pd.isna(result.predicted_low) or pd.isna(result.predicted_high):
        return "No prediction was written down before this cycle, so it cannot be scored."
    promised = range_words(result.predicted_low, result.predicted_high, measure)
    has_result = result.observed is not None and pd.notna(result.observed)
    seen = value_words(result.observed, measure)
    if result.prediction_inside is None or pd.isna(result.prediction_inside):
        so_far = f"So far it is {seen}; the prediction is not due yet."
        nothing = "There is no result to hold it against yet."
        return f"The group predicted {promised}. {so_far if has_result else nothing}"
    if result.prediction_inside:
        return f"The prediction held: {seen} lies inside {promised}."
    side = "above" if result.observed > result.predicted_high else "below"
    return f"The prediction missed: {seen} lies {side} {promised}."


def better_words(better: str) -> str:
    """Return the direction of improvement for people."""
    return {
        Better.UP: "higher is better",
        Better.DOWN: "lower is better",
        Better.NEITHER: "neither way is better",
    }[Better(better)]


def receipt_json(result: Any) -> str:
    """Return the receipt as published: a JSON list of rows, each with its mark, label and words."""
    rows = [{"mark": row.mark, "label": row.label, "words": row.words} for row in result.receipt]
    return json.dumps(rows, ensure_ascii=False)
