"""Every kind of row that the rules can meet, for the tests that read all their sentences.

Each row comes with its `state`: what the sentence must tell apart from every other state.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from pipelines.measures import Measure
from pipelines.vocabulary import (
    Assurance,
    Better,
    DataType,
    Domain,
    Period,
    Rule,
    Variation,
    Verdict,
    WhyNoLimits,
)
from tests.pipelines.words.rows import COUNT, SHARE, result, summary

DAYS = dataclasses.replace(
    COUNT, short_name="Days to follow-up", domain=Domain.QUALITY, kind=DataType.MEASUREMENT, counts=None, unit="days",
    better=Better.DOWN, never_negative=True,
)  # fmt: skip
RATE = dataclasses.replace(
    COUNT, short_name="BP to target", kind=DataType.RATE, denominator="visits", unit="calls a week"
)
MEASURES = (SHARE, COUNT, DAYS, RATE)

RULES = (Rule.BEYOND_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)
SIGNALS = [
    state for state in Variation if "_" in state and state not in (Variation.COMMON_CAUSE, Variation.TOO_FEW)
]

#: Figures of a chart by kind of number: median, centre line, limits, and a value inside, above and below them.
FIGURES = {
    "share": {"median": 0.41, "centre_line": 0.412, "lower_limit": 0.30, "upper_limit": 0.529},
    "other": {"median": 41.0, "centre_line": 41.2, "lower_limit": 30.4, "upper_limit": 52.9},
}
INSIDE, HIGH, LOW = (
    {"share": 0.44, "other": 44.0},
    {"share": 0.534, "other": 53.0},
    {"share": 0.29, "other": 30.0},
)

REASONS_NOT_ENOUGH = (
    "Do has not begun",
    "small numbers are held back here",
    "there is no point in Do yet",
    "0 settled points before Do; 12 are needed",
    "this series has no usual range to judge by",
    "2 points in Do; 4 are needed",
)
REASONS_CHECK = (
    "the definition changed, so before and after are not the same thing",
    "a share is above 100%, which cannot be",
    "a count is below nothing, which cannot be",
    "3 of 9 planned points are missing",
)


class ChartRow(NamedTuple):
    summary: dict[str, Any]
    measure: Measure
    run_length: int
    total: float | None
    state: tuple[Any, ...]


class CycleRow(NamedTuple):
    result: Any
    measure: Measure
    state: tuple[Any, ...]


def figure_kind(measure: Measure) -> str:
    return "share" if measure.is_share else "other"


def of_domains() -> Iterator[Measure]:
    """Every kind of number in every domain, for every better direction."""
    for measure, domain, better in product(MEASURES, Domain, Better):
        yield dataclasses.replace(measure, domain=domain, better=better)


def chart_rows() -> Iterator[ChartRow]:
    for measure in of_domains():
        kind = figure_kind(measure)
        base = FIGURES[kind] | {"latest_value": INSIDE[kind], "target": None}
        yield from _signals(measure, base, kind)
        yield from _calm(measure, base, kind)
        yield from _without(measure, base)


def _signals(measure: Measure, base: dict[str, Any], kind: str) -> Iterator[ChartRow]:
    for variation, rule, also_shift, period in product(SIGNALS, RULES, (False, True), Period):
        is_high = variation.endswith("high")
        if (
            not _can_be(variation, measure.better)
            or period == Period.WHOLE
            or (also_shift and rule == Rule.SHIFT)
        ):
            continue
        rules = f"{rule},shift" if also_shift else str(rule)
        value = (HIGH if is_high else LOW)[kind]
        row = base | {
            "variation": variation,
            "variation_rules": rules,
            "latest_value": value,
            "period": period,
        }
        sustained = also_shift and rule == Rule.BEYOND_LIMITS
        yield ChartRow(summary(**row), measure, 8, None, ("signal", variation, rule, sustained))


def _can_be(variation: Variation, better: Better) -> bool:
    word, side = variation.split("_")
    if better == Better.NEITHER:
        return word == "neutral"
    return word == ("improvement" if (side == "high") == (better == Better.UP) else "concern")


def _calm(measure: Measure, base: dict[str, Any], kind: str) -> Iterator[ChartRow]:
    target = INSIDE[kind]
    for state, assurance in product(("trial", "provisional", "established"), Assurance):
        row = base | {"limits_state": state, "assurance": assurance}
        row |= {} if assurance == Assurance.EMPTY else {"target": target}
        yield ChartRow(summary(**row), measure, 2, None, ("usual",))
        yield ChartRow(summary(**row, n_points=12) | {"variation": "too_few"}, measure, 2, None, ("too few",))
        for outside in (HIGH, LOW):
            yield ChartRow(summary(**(row | {"latest_value": outside[kind]})), measure, 1, None, ("set it",))


def _without(measure: Measure, base: dict[str, Any]) -> Iterator[ChartRow]:
    none = base | {"limits_state": "none", "variation": "none"}
    for why in (None, *WhyNoLimits):
        if why in (WhyNoLimits.START_UP, WhyNoLimits.NO_DATA):
            continue
        yield ChartRow(summary(**none, why_no_limits=why), measure, 3, None, ("no range", why or "run_chart"))
    run = none | {"why_no_limits": WhyNoLimits.RUN_CHART, "runs_signal": True}
    yield ChartRow(summary(**run, longest_run=9), measure, 9, None, ("long run",))
    for crossings in (0, 1, 2, 3):
        yield ChartRow(summary(**run, n_crossings=crossings), measure, 3, None, ("few crossings", crossings))
    start = none | {"why_no_limits": WhyNoLimits.START_UP, "variation": "too_few"}
    for points, total in product((1, 11, 12, 20), (None, 1.0, 214.0)):
        state = ("settling",) if points >= 12 else ("start-up", points)
        yield ChartRow(summary(**start, n_points=points), measure, points, total, state)
    yield ChartRow(
        summary(**none, n_points=0, why_no_limits=WhyNoLimits.NO_DATA), measure, 0, None, ("no data",)
    )
    yield ChartRow(summary(**none, n_points=0, n_hidden=3), measure, 0, None, ("hidden",))
    yield ChartRow(summary(**none, is_hidden=True), measure, 0, None, ("hidden",))


def cycle_rows() -> Iterator[CycleRow]:
    for measure in of_domains():
        for verdict in Verdict:
            if verdict in (Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA):
                yield from _unjudged(verdict, measure)
            elif verdict == Verdict.NO_EVIDENCE:
                yield from _no_evidence(measure)
            elif (verdict == Verdict.CHANGED) == (measure.better == Better.NEITHER):
                yield from _moved(verdict, measure)


def _unjudged(verdict: Verdict, measure: Measure) -> Iterator[CycleRow]:
    reasons = REASONS_NOT_ENOUGH if verdict == Verdict.NOT_ENOUGH_DATA else REASONS_CHECK
    empty = dict.fromkeys(
        ("observed", "before", "change", "change_low", "change_high", "signal_rules", "signal_direction")
    )
    for reason, n_do in product(reasons, (0, 1, 3)):
        row = result(verdict, **empty, reason=reason, n_do_points=n_do, prediction_inside=None)
        yield CycleRow(row, measure, (verdict, reason))


def _directions(verdict: Verdict, better: Better) -> tuple[str, ...]:
    if verdict == Verdict.CHANGED:
        return ("up", "down")
    return ("up",) if (verdict == Verdict.IMPROVED) == (better == Better.UP) else ("down",)


def _moved(verdict: Verdict, measure: Measure) -> Iterator[CycleRow]:
    scales = (
        ("difference",)
        if measure.kind in (DataType.PROPORTION, DataType.MEASUREMENT)
        else ("ratio", "difference")
    )
    for scale, inside, rules, seasonal in product(
        scales,
        (True, False, None),
        ("beyond_limits", "two_of_three,shift", "long_run,four_of_five,mean_of_do"),
        (False, True),
    ):
        for direction in _directions(verdict, measure.better):
            row = _figures(measure, scale, direction) | {"prediction_inside": inside, "signal_rules": rules}
            if seasonal:  # the totals run the other way
                row |= {"observed": row["before"], "before": row["observed"], "season_in_model": True}
            yield CycleRow(result(verdict, **row), measure, (verdict, direction, inside, seasonal))


def _no_evidence(measure: Measure) -> Iterator[CycleRow]:
    reasons = {
        "open": ("no rule fires in Do, and the interval of the change includes none", None, True),
        "odd": ("the interval excludes no change, but no rule fires in Do: it may be a few odd points", None, False),
        "trend": ("the baseline was already moving this way, so the change cannot be told from its trend", "shift", False),
        "one": ("one odd week carries it: with that of 3 March 2026 counted like the next one, no rule fires", "shift", False),
        "none": ("the change cannot be estimated: no value differs, or one outweighs all the others", None, None),
    }  # fmt: skip
    for (key, (reason, rules, is_open)), inside, direction in product(
        reasons.items(), (True, False, None), ("up", "down")
    ):
        row = _figures(measure, "difference", direction) | {
            "reason": reason, "signal_rules": rules, "prediction_inside": inside,
            "signal_direction": direction if rules else None,
        }  # fmt: skip
        if is_open:
            row |= {"change_low": -abs(row["change"]), "change_high": abs(row["change"]) * 2}
        if is_open is None:
            row |= dict.fromkeys(("change", "change_low", "change_high"))
        yield CycleRow(result(Verdict.NO_EVIDENCE, **row), measure, (Verdict.NO_EVIDENCE, key, inside))


def _figures(measure: Measure, scale: str, direction: str) -> dict[str, Any]:
    unit = 0.01 if measure.is_share else 1.0
    low, high = 41 * unit, 59 * unit
    before, seen = (low, high) if direction == "up" else (high, low)
    size = seen - before
    change = (
        (seen / before, seen / before * 0.9, seen / before * 1.1)
        if scale == "ratio"
        else (size, size * 0.5, size * 1.5)
    )
    ends = sorted(change[1:])
    return {
        "observed": seen, "before": before, "change": change[0], "change_low": ends[0], "change_high": ends[1],
        "change_scale": scale, "signal_direction": direction, "predicted_low": 50 * unit, "predicted_high": 66 * unit,
    }  # fmt: skip
