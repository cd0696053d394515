"""Sentences of a chart and of its points, made by rule from their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.measures import Measure
from pipelines.vocabulary import (
    POINTS_ESTABLISHED,
    POINTS_FOR_ICON,
    POINTS_FOR_LIMITS,
    Assurance,
    Period,
    Variation,
    WhyNoLimits,
)
from pipelines.words.parts import (
    PERIOD_WORD,
    capital,
    counted,
    crossing_words,
    day_words,
    line_words,
    missing,
    value_and_range,
    value_words,
)
from pipelines.words.signals import SignalWords

NO_LIMITS_WORDS = {
    WhyNoLimits.RUN_CHART: "A run chart has a median and no usual range.",
    WhyNoLimits.ROLLING: "No usual range: each figure shares data with the one before.",
    WhyNoLimits.ROUNDED: "No usual range: rounding hides too much of the variation.",
    WhyNoLimits.REDEFINED: "No usual range: the definition changed.",
    WhyNoLimits.SPARSE: "No usual range: the counts are too small for one.",
    WhyNoLimits.OVER_DISPERSED: "No usual range: the points spread more than this chart allows.",
    WhyNoLimits.NOT_POSITIVE: "No usual range: this chart needs values above nothing.",
    WhyNoLimits.NO_DATA: "No test has been logged yet.",
}


@dataclass(frozen=True)
class Sentences:
    """One statement in three lengths: for a wall cell, under a chart, and for the receipt."""

    short: str
    middle: str
    long: str


def is_count(measure: Measure) -> bool:
    """Whether a running total of the values means something."""
    return measure.denominator is None and measure.counts is not None


def chart_sentences(
    summary: Mapping[str, Any],
    measure: Measure,
    run_length: int,
    total: float | None,
    *,
    is_running: bool = False,
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
    is_running
        Whether something is counted in a period that has not ended.
    """
    if summary["is_hidden"] or (not summary["n_points"] and summary["n_hidden"]):
        return _same(
            "Small numbers: held back.",
            "Small numbers are held back here, so that no person can be recognised.",
        )
    if not summary["n_points"] and is_running:
        first = f"The first {PERIOD_WORD[Period(summary['period'])]} has not ended yet"
        return _same("Just begun.", f"{first}: what is counted so far is shown, and is no point yet.")
    if not summary["n_points"]:
        return _same("No data.", NO_LIMITS_WORDS[WhyNoLimits.NO_DATA])
    why = summary["why_no_limits"]
    if why == WhyNoLimits.START_UP:
        return _start_up(summary, measure, total)
    if summary["limits_state"] == "none":
        return _without_limits(summary, measure)
    if summary["variation"] == Variation.TOO_FEW:
        return _too_few(summary, measure)
    if summary["variation"] in (Variation.COMMON_CAUSE, Variation.NONE):
        return _usual(summary, measure)
    told = SignalWords(summary, measure, run_length)
    return Sentences(told.short, told.middle, f"{told.middle} {_closing_words(summary, measure)}")


def _same(short: str, middle: str) -> Sentences:
    return Sentences(short, middle, middle)


def _start_up(summary: Mapping[str, Any], measure: Measure, total: float | None) -> Sentences:
    points = int(summary["n_points"])
    sofar = f" {counted(total, measure.counts or measure.unit)} so far." if total is not None else ""
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
        short = f"{run} in a row on one side."
        middle = f"Unusual: {run} points in a row on one side of the median, {median}; chance seldom gives over {most}."
    else:
        crossings, least = summary["n_crossings"], summary["n_crossings_min"]
        seen = f"the points {crossing_words('cross', f'the median of {median}', crossings)}"
        short = f"{capital(crossing_words('crosses', 'its median', crossings))}."
        middle = f"Unusual: {seen}; chance seldom gives fewer than {least}."
    return Sentences(short, middle, f"{middle} {reason}")


def _too_few(summary: Mapping[str, Any], measure: Measure) -> Sentences:
    """Say what is there where a usual range is drawn and the points are still too few for an icon."""
    points = int(summary["n_points"])
    latest, usual = value_and_range(
        summary["latest_value"], summary["lower_limit"], summary["upper_limit"], measure
    )
    middle = (
        f"Cannot yet tell: {points} of {POINTS_FOR_ICON} points. The latest is {latest}, and usually {usual}."
    )
    return Sentences(
        f"{points} of {POINTS_FOR_ICON} points.", middle, f"{middle} {_closing_words(summary, measure)}"
    )


def _usual(summary: Mapping[str, Any], measure: Measure) -> Sentences:
    latest, usual = value_and_range(
        summary["latest_value"], summary["lower_limit"], summary["upper_limit"], measure
    )
    if not summary["lower_limit"] <= summary["latest_value"] <= summary["upper_limit"]:
        # No rule looks at the points that set the range, so one of them may lie outside it.
        middle = f"No signal: {latest}, and usually {usual}. This point helped to set that range."
    else:
        middle = f"Nothing unusual: {latest}, and usually {usual}."
    return Sentences(f"{latest}; usually {usual}.", middle, f"{middle} {_closing_words(summary, measure)}")


def _closing_words(summary: Mapping[str, Any], measure: Measure) -> str:
    return f"{_baseline_words(summary)}{_target_words(summary, measure)}"


def _baseline_words(summary: Mapping[str, Any]) -> str:
    first, last = day_words(summary["baseline_first_on"]), day_words(summary["baseline_last_on"])
    set_by = f"The usual range was set by {counted(summary['baseline_n'], 'points')}, {first} to {last}."
    return f"{set_by}{_state_words(summary)}"


def _state_words(summary: Mapping[str, Any]) -> str:
    """Say what keeps a usual range provisional; nothing where it is established."""
    if summary["limits_state"] == "established":
        return ""
    if missing(who := summary.get("accepted_by")):
        return " It is provisional until a named person accepts it."
    return f" {capital(str(who))} accepted it; fewer than {POINTS_ESTABLISHED} points keep it provisional."


def _target_words(summary: Mapping[str, Any], measure: Measure) -> str:
    if summary["assurance"] == Assurance.EMPTY or missing(summary["target"]):
        return ""
    target = value_words(summary["target"], measure)
    outcome = {
        Assurance.PASS: "is met all through the usual range",
        Assurance.FAIL: "lies out of reach of the usual range",
        Assurance.HIT_OR_MISS: "lies inside the usual range: it will be met at times and missed at times",
    }[Assurance(summary["assurance"])]
    return f" The target, {target}, {outcome}."
