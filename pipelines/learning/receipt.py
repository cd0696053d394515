"""The receipt of a verdict: the points and the arithmetic behind it, each with what it does to our confidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.learning.days import day_of
from pipelines.learning.evidence import Evidence
from pipelines.learning.prediction import Score
from pipelines.learning.receipt_words import (
    RULE_TOLD,
    change_told,
    how_told,
    marked_told,
    number_told,
    points_told,
    rules_told,
    signed_told,
)
from pipelines.learning.result import ReceiptRow
from pipelines.learning.segments import Segments
from pipelines.learning.verdict import POINT_NAME, Judgement
from pipelines.measures import Measure
from pipelines.spc import rules

SUPPORTS, NOTHING, LOWERS = "supports", "nothing", "lowers"


def receipt_of(
    evidence: Evidence,
    judged: Judgement,
    score: Score | None,
    measure: Measure,
    lines: Mapping[str, float],
    summary: Mapping[str, Any],
) -> tuple[ReceiptRow, ...]:
    """Return the rows, in the order in which the verdict is reached; what lowers our confidence comes after.

    The last row names the rules and the data. `lines` are those shown at the end of Do, `summary` the row of
    chart_summary.
    """
    rows = [_data_check(evidence.segments), *_points_rows(evidence.segments), _signal_row(evidence, measure)]
    if lines:
        rows.append(_range_row(evidence, lines, measure))
    rows += [_change_row(evidence, measure), *_trend_row(evidence, measure), *_odd_row(evidence, measure)]
    rows.append(_prediction_row(score, measure, is_due=evidence.is_due))
    rows += [ReceiptRow(LOWERS, "Lowers our confidence", note) for note in judged.notes]
    return (*rows, ReceiptRow(NOTHING, "Rules and data", rules_told(evidence.segments, summary)))


def _data_check(segments: Segments) -> ReceiptRow:
    missing = "none" if not segments.n_missing else str(segments.n_missing)
    words = (
        f"{segments.n_planned} planned points in Do, {missing} missing; {len(segments.before)} points before"
    )
    return ReceiptRow(LOWERS if segments.n_missing else SUPPORTS, "Data check", words)


def _points_rows(segments: Segments) -> tuple[ReceiptRow, ...]:
    """Name the points that the verdict rests on: the baseline's and Do's, with their first and last day."""
    parts = (("Points before", segments.before), ("Points of Do", segments.during))
    return tuple(ReceiptRow(NOTHING, label, points_told(part)) for label, part in parts if len(part))


def _signal_row(evidence: Evidence, measure: Measure) -> ReceiptRow:
    places = evidence.segments.places
    if evidence.signals:
        told = (marked_told(one, places, measure) for one in evidence.signals)
        return ReceiptRow(SUPPORTS, "Signal", "; ".join(told))
    other = [one for fired in evidence.fired.values() for one in fired]
    if other and evidence.change is not None:
        words = "only against the direction of the change: " + marked_told(other[0], places, measure)
        return ReceiptRow(LOWERS, "Signal", words)
    if other:
        words = f"{RULE_TOLD[other[0].rule]}, with nothing to compare it with"
        return ReceiptRow(NOTHING, "Signal", words)
    return ReceiptRow(NOTHING, "Signal", "no rule fires in the points of Do")


def _range_row(evidence: Evidence, lines: Mapping[str, float], measure: Measure) -> ReceiptRow:
    during, places = evidence.segments.during, evidence.segments.places
    outside = rules.beyond_limits(places.value, places.lines["lower_limit"], places.lines["upper_limit"])
    above, below = int((outside > 0).sum()), int((outside < 0).sum())
    on_its_side = {1: above, -1: below}.get(evidence.change.direction if evidence.change else 0, 0)
    name = "average" if "upper_limit" in lines else "median"
    average = f"the {name} is {number_told(lines['centre_line'], measure)}"
    if "upper_limit" not in lines:
        return ReceiptRow(NOTHING, "Usual range", f"a run chart has none; {average}")
    words = f"{above} of {len(during)} points above it, {below} below; {average}"
    return ReceiptRow(SUPPORTS if on_its_side else NOTHING, "Usual range", words)


def _change_row(evidence: Evidence, measure: Measure) -> ReceiptRow:
    change = evidence.change
    if change is None:
        return ReceiptRow(NOTHING, "Size of change", "too little to estimate it from")
    mark = SUPPORTS if change.excludes_none else NOTHING
    return ReceiptRow(mark, "Size of change", f"{change_told(change, measure)} ({how_told(change, measure)})")


def _trend_row(evidence: Evidence, measure: Measure) -> tuple[ReceiptRow, ...]:
    """Say that the baseline may already have been moving the way of the change, and whether it holds against that."""
    if not evidence.is_moving_already:
        return ()
    way, against = ("up" if evidence.trend.direction > 0 else "down"), evidence.trend.change
    carried = signed_told(evidence.trend.carried, measure)
    words = f"the baseline was already moving {way}; its line carried on comes to {carried} by Do"
    if against is not None:
        words += f"; with a trend allowed for the change is {change_told(against, measure)}"
    return (ReceiptRow(LOWERS, "Trend before", words),)


def _odd_row(evidence: Evidence, measure: Measure) -> tuple[ReceiptRow, ...]:
    """Say what is left when the most extreme point of Do counts like the next one."""
    odd, change = evidence.odd, evidence.change
    if odd is None or change is None:
        return ()
    mark = LOWERS if odd.carries(change.direction) else SUPPORTS
    if odd.counted_as is None:
        return (ReceiptRow(mark, "One odd point", f"Do has one {POINT_NAME[measure.period]} only"),)
    value, lowered = (number_told(number, measure) for number in (odd.value, odd.counted_as))
    if not odd.is_apart:
        return (
            ReceiptRow(
                mark,
                "One odd point",
                f"none stands apart: {value} of {day_of(odd.first_day)}, next {lowered}",
            ),
        )
    fired = "a rule still fires" if odd.fired else "no rule fires"
    size = change_told(odd.change, measure) if odd.change else "the change cannot be estimated"
    words = f"with {value} of {day_of(odd.first_day)} counted like the next one, {lowered}: {fired}; {size}"
    return (ReceiptRow(mark, "One odd point", words),)


def _prediction_row(score: Score | None, measure: Measure, *, is_due: bool) -> ReceiptRow:
    if score is None:
        why = "none to score" if is_due else "not due yet"
        return ReceiptRow(NOTHING, "Prediction", f"{why}; a prediction never decides the verdict")
    factor, unit = (100, " points") if measure.is_share else (1, f" {measure.unit}")
    held = "held" if score.is_inside else "missed"
    scored = f"interval score {score.interval_score * factor:.1f} (lower is better)"
    words = f"{held}; error {score.error * factor:+.1f}{unit}, {scored}"
    return ReceiptRow(NOTHING, "Prediction", f"{words}; it never decides the verdict")
