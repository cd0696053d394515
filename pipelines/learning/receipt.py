"""The receipt of a verdict: the rows and the arithmetic behind it, each with what it does to our confidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from pipelines.learning.prediction import Score
from pipelines.learning.result import ReceiptRow
from pipelines.learning.segments import Segments
from pipelines.measures import Measure
from pipelines.vocabulary import Rule

if TYPE_CHECKING:
    from pipelines.learning.verdict import Evidence, Judgement

SUPPORTS, NOTHING, LOWERS = "supports", "nothing", "lowers"

RULE_TOLD = {
    Rule.BEYOND_LIMITS: "a point outside the usual range",
    Rule.TWO_OF_THREE: "two of three near its edge or beyond",
    Rule.SHIFT: "seven in a row beyond the average",
    Rule.LONG_RUN: "a long run on one side of the median",
}


def receipt_of(
    evidence: Evidence, judged: Judgement, score: Score | None, measure: Measure, lines: Mapping[str, float]
) -> tuple[ReceiptRow, ...]:
    """Return the rows, in the order in which the verdict is reached; what lowers our confidence comes last."""
    rows = [_data_check(evidence.segments), _signal_row(evidence)]
    if lines:
        rows.append(_range_row(evidence.segments, lines, measure))
    rows.append(_change_row(evidence, measure))
    rows.append(_prediction_row(score, measure))
    if evidence.trend:
        way = "up" if evidence.trend > 0 else "down"
        rows.append(
            ReceiptRow(
                LOWERS, "Trend before", f"the baseline was already moving {way} (Mann-Kendall p < 0.05)"
            )
        )
    rows += [ReceiptRow(LOWERS, "Lowers our confidence", note) for note in judged.notes]
    return tuple(rows)


def _number(value: float, measure: Measure) -> str:
    return f"{value * 100:.0f}%" if measure.is_share else f"{value:,.1f}".removesuffix(".0")


def _data_check(segments: Segments) -> ReceiptRow:
    missing = "none" if not segments.n_missing else str(segments.n_missing)
    words = (
        f"{segments.n_planned} planned points in Do, {missing} missing; {len(segments.before)} points before"
    )
    return ReceiptRow(LOWERS if segments.n_missing else SUPPORTS, "Data check", words)


def _signal_row(evidence: Evidence) -> ReceiptRow:
    if evidence.rules:
        return ReceiptRow(SUPPORTS, "Signal", "; ".join(RULE_TOLD[rule] for rule in evidence.rules))
    other = [rule for rules in evidence.fired.values() for rule in rules]
    if other:
        return ReceiptRow(
            LOWERS, "Signal", "only against the direction of the change: " + RULE_TOLD[other[0]]
        )
    return ReceiptRow(NOTHING, "Signal", "no rule fires in the points of Do")


def _range_row(segments: Segments, lines: Mapping[str, float], measure: Measure) -> ReceiptRow:
    value = segments.during.value
    above = int((value > segments.lines["upper_limit"]).sum())
    below = int((value < segments.lines["lower_limit"]).sum())
    words = f"{above} of {len(value)} points above it, {below} below; the average is {_number(lines['centre_line'], measure)}"
    return ReceiptRow(SUPPORTS if above + below else NOTHING, "Usual range", words)


def _change_row(evidence: Evidence, measure: Measure) -> ReceiptRow:
    change = evidence.change
    if change is None:
        return ReceiptRow(NOTHING, "Size of change", "too little to estimate it from")
    if change.scale == "ratio":
        mid, low, high = (f"{(v - 1) * 100:+.0f}%" for v in (change.estimate, change.low, change.high))
    else:
        factor, places = (100, 0) if measure.is_share else (1, 1)
        mid, low, high = (f"{v * factor:+.{places}f}" for v in (change.estimate, change.low, change.high))
        mid += " points" if measure.is_share else f" {measure.unit}"
    season = "with" if change.has_season else "without"
    how = f"φ {change.phi:.2f}, dispersion {change.dispersion:.1f}, {season} a season in the model"
    return ReceiptRow(
        SUPPORTS if change.excludes_none else NOTHING,
        "Size of change",
        f"{mid}, 95% interval {low} to {high} ({how})",
    )


def _prediction_row(score: Score | None, measure: Measure) -> ReceiptRow:
    if score is None or not np.isfinite(score.error):
        return ReceiptRow(NOTHING, "Prediction", "none to score; a prediction never decides the verdict")
    factor, unit = (100, " points") if measure.is_share else (1, f" {measure.unit}")
    held = "held" if score.is_inside else "missed"
    scored = f"interval score {score.interval_score * factor:.1f} (lower is better)"
    words = f"{held}; error {score.error * factor:+.1f}{unit}, {scored}"
    return ReceiptRow(NOTHING, "Prediction", f"{words}; it never decides the verdict")
