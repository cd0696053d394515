"""How a receipt writes points, rules and changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipelines.learning.days import date_of, day_of
from pipelines.learning.interval import Change, family_of
from pipelines.learning.segments import FloatArray, Places, Segment, Segments
from pipelines.learning.signal import Fired
from pipelines.learning.verdict import VERDICT_RULES, VERDICT_VERSION
from pipelines.measures import Measure
from pipelines.vocabulary import Rule

#: Points of a rule that are listed one by one with their values, or points that it leaves out.
LISTED = 3

RULE_TOLD = {
    Rule.BEYOND_LIMITS: "a point outside the usual range",
    Rule.TWO_OF_THREE: "two of three near its edge or beyond",
    Rule.FOUR_OF_FIVE: "four of five more than a third of the way to its edge",
    Rule.MEAN_OF_DO: "the mean of Do further from the average than means of so many points usually lie",
    Rule.SHIFT: "seven in a row beyond the average",
    Rule.LONG_RUN: "a long run on one side of the median",
}


def number_told(value: float, measure: Measure) -> str:
    """Return a value without its unit: 55%, 1,204, 12.4."""
    return f"{value * 100:.0f}%" if measure.is_share else f"{value:,.1f}".removesuffix(".0")


def points_told(points: Segment) -> str:
    """Return how many points there are, and their first and last day."""
    days = f"{day_of(points.first_day.min())} to {day_of(points.last_day.max())}"
    return f"{len(points)} points, {days}"


def marked_told(fired: Fired, places: Places, measure: Measure) -> str:
    """Return a rule with every point that fires it: up to three by day and value, more by what is shortest to say."""
    season = " once the season is taken out" if fired.is_without_season else ""
    return f"{RULE_TOLD[fired.rule]}{season} ({_marked(list(fired.at), places, measure)})"


def _marked(at: list[int], places: Places, measure: Measure) -> str:
    seen = np.flatnonzero(np.isfinite(places.value)).tolist()
    others = [place for place in seen if place not in at]
    dates = _days(places.first_day[at])
    if len(at) <= LISTED:
        values = [number_told(float(places.value[place]), measure) for place in at]
        return ", ".join(f"{date}: {value}" for date, value in zip(dates, values, strict=True))
    if not others:
        return f"all {len(at)} points"
    first = seen.index(at[0])
    if at == seen[first : first + len(at)]:
        return f"{len(at)} points, {_days(places.first_day[at[:1]])[0]} to {dates[-1]}"
    if len(others) <= LISTED:
        return f"{len(at)} of {len(seen)} points, all but {', '.join(_days(places.first_day[others]))}"
    return ", ".join(dates)


def _days(first_days: FloatArray) -> list[str]:
    """Return days in short, the year with the last of each year: 22 Dec, 29 Dec 2025, 5 Jan 2026."""
    dates = [date_of(day) for day in first_days]
    nexts = [*dates[1:], None]
    return [
        f"{date.day} {date:%b}" + ("" if after and after.year == date.year else f" {date.year}")
        for date, after in zip(dates, nexts, strict=True)
    ]


def change_told(change: Change, measure: Measure) -> str:
    """Return a change with its interval: per cent for ratios, points for shares, else the measure's unit."""
    figures = (change.estimate, change.low, change.high)
    if change.scale == "ratio":
        mid, low, high = (f"{(value - 1) * 100:+.0f}%" for value in figures)
    else:
        factor, places = (100, 0) if measure.is_share else (1, 1)
        mid, low, high = (f"{value * factor:+.{places}f}" for value in figures)
        mid = signed_told(change.estimate, measure)
    return f"{mid}, 95% interval {low} to {high}"


def signed_told(value: float, measure: Measure) -> str:
    """Return a difference with its sign and unit: +4 points, -1.3 minutes."""
    return f"{value * 100:+.0f} points" if measure.is_share else f"{value:+.1f} {measure.unit}"


def how_told(change: Change, measure: Measure) -> str:
    """Return what went into the interval: φ, dispersion, and what is known of the season."""
    season = "with a season in the model" if change.has_season else "a season of usual size allowed for"
    # For single values the dispersion is their variance, which says nothing without its unit.
    spread = "" if family_of(measure) == "gaussian" else f"dispersion {change.dispersion:.1f}, "
    return f"φ {change.phi:.2f}, {spread}{season}"


def rules_told(segments: Segments, summary: Mapping[str, Any]) -> str:
    """Return the rule sets with their versions, and how far the data of the verdict reach."""
    used = (
        f"{VERDICT_RULES} {VERDICT_VERSION}; chart rules {summary['rule_set']} {summary['rule_set_version']}"
    )
    ends = [part.last_day.max() for part in (segments.before, segments.during) if len(part)]
    return f"{used}; data to {day_of(max(ends))}" if ends else used
