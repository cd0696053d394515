"""Sentences of a chart and of its points, made by rule from their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.disclosure import hidden_label
from pipelines.measures import Measure
from pipelines.vocabulary import (
    POINTS_FOR_LIMITS,
    Assurance,
    Domain,
    Period,
    Rule,
    Variation,
    WhyHidden,
    WhyNoLimits,
)
from pipelines.words.parts import (
    ONE_PERIOD,
    day_words,
    line_words,
    number_word,
    period_words,
    range_words,
    value_words,
)

RULE_WORDS = {
    Rule.BEYOND_LIMITS: "outside the usual range",
    Rule.TREND: "seven points climbing or falling in a row",
    Rule.TWO_OF_THREE: "two of three near the edge of the usual range",
    Rule.SHIFT: "seven or more in a row on one side of the average",
    Rule.LONG_RUN: "a long run on one side of the median",
    Rule.FEW_CROSSINGS: "too few crossings of the median",
    Rule.MANY_CROSSINGS: "too many crossings of the median",
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
