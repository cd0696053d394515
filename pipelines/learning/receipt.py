"""The receipt of a verdict: the rows and the arithmetic behind it, each with what it does to our confidence."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.learning.evidence import Evidence
from pipelines.learning.interval import family_of
from pipelines.learning.prediction import Score
from pipelines.learning.result import ReceiptRow
from pipelines.learning.segments import Segments
from pipelines.learning.verdict import Judgement
from pipelines.measures import Measure
from pipelines.spc import rules
from pipelines.vocabulary import Rule

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
        rows.append(_range_row(evidence, lines, measure))
    rows.append(_change_row(evidence, measure))
    rows.append(_prediction_row(score, measure, is_due=evidence.is_due))
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
    other = [rule for fired in evidence.fired.values() for rule in fired]
    if other and evidence.change is not None:
        return ReceiptRow(
            LOWERS, "Signal", "only against the direction of the change: " + RULE_TOLD[other[0]]
        )
    if other:
        return ReceiptRow(NOTHING, "Signal", f"{RULE_TOLD[other[0]]}, with nothing to compare it with")
    return ReceiptRow(NOTHING, "Signal", "no rule fires in the points of Do")


def _range_row(evidence: Evidence, lines: Mapping[str, float], measure: Measure) -> ReceiptRow:
    during, places = evidence.segments.during, evidence.segments.places
    outside = rules.beyond_limits(places.value, places.lines["lower_limit"], places.lines["upper_limit"])
    above, below = int((outside > 0).sum()), int((outside < 0).sum())
    on_its_side = {1: above, -1: below}.get(evidence.change.direction if evidence.change else 0, 0)
    average = (
        f"the {'average' if 'upper_limit' in lines else 'median'} is {_number(lines['centre_line'], measure)}"
    )
    if "upper_limit" not in lines:
        return ReceiptRow(NOTHING, "Usual range", f"a run chart has none; {average}")
    words = f"{above} of {len(during)} points above it, {below} below; {average}"
    return ReceiptRow(SUPPORTS if on_its_side else NOTHING, "Usual range", words)


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
    season = f"{'with' if change.has_season else 'without'} a season in the model"
    # For single values the dispersion is their variance, which says nothing without its unit.
    spread = "" if family_of(measure) == "gaussian" else f"dispersion {change.dispersion:.1f}, "
    how = f"φ {change.phi:.2f}, {spread}{season}"
    return ReceiptRow(
        SUPPORTS if change.excludes_none else NOTHING,
        "Size of change",
        f"{mid}, 95% interval {low} to {high} ({how})",
    )


def _prediction_row(score: Score | None, measure: Measure, *, is_due: bool) -> ReceiptRow:
    if score is None:
        why = "none to score" if is_due else "not due yet"
        return ReceiptRow(NOTHING, "Prediction", f"{why}; a prediction never decides the verdict")
    factor, unit = (100, " points") if measure.is_share else (1, f" {measure.unit}")
    held = "held" if score.is_inside else "missed"
    scored = f"interval score {score.interval_score * factor:.1f} (lower is better)"
    words = f"{held}; error {score.error * factor:+.1f}{unit}, {scored}"
    return ReceiptRow(NOTHING, "Prediction", f"{words}; it never decides the verdict")
