"""The verdict on a cycle: the first line of the table in docs/method.md that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines.learning.interval import DAYS_A_YEAR, Change, change_of
from pipelines.learning.prediction import Score, score_prediction
from pipelines.learning.receipt import receipt_of
from pipelines.learning.result import CycleLike, CycleResult
from pipelines.learning.segments import Segments, segments_of
from pipelines.learning.signal import signals
from pipelines.measures import Measure
from pipelines.spc import mann_kendall
from pipelines.vocabulary import Better, Rule, Verdict, WhyNoLimits

#: Share of planned points that may be missing.
MOST_MISSING = 0.2
#: Do points, or events on the rarer side, that a verdict needs.
FEWEST_DO_POINTS, FEWEST_EVENTS = 4, 20
#: Baseline points that a verdict needs.
FEWEST_BASELINE = 12
#: Below this a trend in the baseline lowers a verdict in its direction.
TREND_BELOW = 0.05


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reason and what must be said with it."""

    verdict: Verdict
    reason: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """All that a verdict is made from."""

    segments: Segments
    change: Change | None
    fired: Mapping[int, tuple[Rule, ...]]
    trend: int

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Rules fired on the side of the change."""
        return self.fired.get(self.change.direction, ()) if self.change else ()


def judge_cycle(
    points: pd.DataFrame,
    cycle: CycleLike,
    measure: Measure,
    summary: Mapping[str, Any],
    other_cycles: Sequence[CycleLike] = (),
) -> CycleResult:
    """Judge one cycle on its primary measure.

    Parameters
    ----------
    points
        Rows of chart_point of the series, in time order, with its frozen lines.
    cycle
        The cycle; without `do_start` there is nothing to judge yet.
    measure
        Its primary measure.
    summary
        The row of chart_summary of the series.
    other_cycles
        The prototype's other cycles, for overlaps.
    """
    segments = segments_of(points, cycle, measure)
    change = change_of(segments, measure) if len(segments.before) >= FEWEST_BASELINE else None
    fired = {direction: signals(segments, direction) for direction in (1, -1)}
    evidence = Evidence(segments, change, fired, _trend_before(segments))
    overlaps = [other for other in other_cycles if _overlap(cycle, other)]
    judged = _judge(evidence, measure, summary, cycle, overlaps)
    return _result(evidence, judged, cycle, measure, summary)


def _judge(
    evidence: Evidence,
    measure: Measure,
    summary: Mapping[str, Any],
    cycle: CycleLike,
    overlaps: Sequence[CycleLike],
) -> Judgement:
    if stop := _check_the_data(evidence.segments) or _not_enough(evidence, measure, summary, cycle):
        return stop
    notes = _notes(evidence, overlaps)
    change = evidence.change
    if change is None:
        return Judgement(
            Verdict.NOT_ENOUGH_DATA, "there is nothing to compare: one side holds no event", notes
        )
    if not evidence.rules or not change.excludes_none:
        return Judgement(Verdict.NO_EVIDENCE, _why_not(evidence), notes)
    if evidence.trend == change.direction:
        reason = "the baseline was already moving this way, so the change cannot be told from its trend"
        return Judgement(Verdict.NO_EVIDENCE, reason, notes)
    reason = "a signal in Do, and a 95 % interval that excludes no change"
    return Judgement(_named(change.direction, measure.better), reason, notes)


def _named(direction: int, better: Better) -> Verdict:
    if better == Better.NEITHER:
        return Verdict.CHANGED
    return Verdict.IMPROVED if (direction > 0) == (better == Better.UP) else Verdict.WORSENED


def _check_the_data(segments: Segments) -> Judgement | None:
    planned, missing = segments.n_planned, segments.n_missing
    if planned and missing / planned > MOST_MISSING:
        return Judgement(Verdict.CHECK_THE_DATA, f"{missing} of {planned} planned points are missing")
    return None


def _not_enough(
    evidence: Evidence, measure: Measure, summary: Mapping[str, Any], cycle: CycleLike
) -> Judgement | None:
    segments, reason = evidence.segments, None
    during = len(segments.during)
    if cycle.do_start is None:
        reason = "Do has not begun"
    elif summary["is_hidden"]:
        reason = "small numbers are held back here"
    elif not during:
        reason = "there is no point in Do yet"
    elif summary["why_no_limits"] == WhyNoLimits.START_UP or len(segments.before) < FEWEST_BASELINE:
        reason = f"{len(segments.before)} settled points before Do; {FEWEST_BASELINE} are needed"
    elif summary["limits_state"] == "none" and summary["why_no_limits"] != WhyNoLimits.RUN_CHART:
        reason = "this series has no usual range to judge by"
    elif during < FEWEST_DO_POINTS and _events(segments, measure) < FEWEST_EVENTS:
        reason = f"{during} points in Do; {FEWEST_DO_POINTS} are needed"
    return Judgement(Verdict.NOT_ENOUGH_DATA, reason) if reason else None


def _events(segments: Segments, measure: Measure) -> float:
    """Return the smaller of x and n - x over Do; x for counts; 0 for single values."""
    x = segments.during.numerator
    if measure.is_share:
        return float(min(x.sum(), (segments.during.denominator - x).sum()))
    return float(x.sum()) if measure.counts and np.isfinite(x).all() else 0.0


def _trend_before(segments: Segments) -> int:
    """Return the direction of a trend in the baseline, 0 where there is none (Mann-Kendall)."""
    found = mann_kendall(segments.before.value)
    return int(np.sign(found.s)) if found.p_value < TREND_BELOW else 0


def _why_not(evidence: Evidence) -> str:
    change = evidence.change
    if change is not None and change.excludes_none:
        return "the interval excludes no change, but no rule fires in Do: it may be a few odd points"
    if evidence.rules:
        return "a rule fires in Do, but the interval of the change includes none"
    return "no rule fires in Do, and the interval of the change includes none"


def _notes(evidence: Evidence, overlaps: Sequence[CycleLike]) -> tuple[str, ...]:
    notes = []
    if evidence.segments.span_days < DAYS_A_YEAR:
        notes.append("Less than a year of history: the season cannot be ruled out.")
    if overlaps:
        named = " and ".join(f"cycle {other.cycle_no or other.cycle_id}" for other in overlaps)
        notes.append(f"This cycle overlaps with {named}: it cannot be told which of them it was.")
    return tuple(notes)


def _overlap(one: CycleLike, other: CycleLike) -> bool:
    if one.do_start is None or other.do_start is None or one.cycle_id == other.cycle_id:
        return False
    one_ends_before = one.do_end is not None and one.do_end < other.do_start
    other_ends_before = other.do_end is not None and other.do_end < one.do_start
    return not (one_ends_before or other_ends_before)


def _scored(cycle: CycleLike, observed: float | None) -> Score | None:
    if observed is None or cycle.predicted_low is None or cycle.predicted_high is None:
        return None
    return score_prediction(cycle.predicted_value, cycle.predicted_low, cycle.predicted_high, observed)


def _result(
    evidence: Evidence, judged: Judgement, cycle: CycleLike, measure: Measure, summary: Mapping[str, Any]
) -> CycleResult:
    segments, change = evidence.segments, evidence.change
    how = {"is_ratio": measure.denominator is not None, "is_sum": measure.counts is not None}
    observed, x, n = segments.during.total(**how)
    before, before_x, before_n = segments.before.total(**how)
    score = _scored(cycle, observed)
    lines = {
        name: values[-1] for name, values in segments.lines.items() if values.size and np.isfinite(values[-1])
    }
    return CycleResult(
        cycle_id=cycle.cycle_id,
        prototype_id=cycle.prototype_id,
        cycle_no=cycle.cycle_no,
        measure_id=measure.measure_id,
        series_id=str(summary["series_id"]),
        do_start=cycle.do_start,
        do_end=cycle.do_end,
        n_do_points=len(segments.during),
        n_planned=segments.n_planned,
        n_missing=segments.n_missing,
        n_baseline_points=len(segments.before),
        observed=observed,
        observed_numerator=x,
        observed_denominator=n,
        before=before,
        before_numerator=before_x,
        before_denominator=before_n,
        before_lower=lines.get("lower_limit"),
        before_upper=lines.get("upper_limit"),
        change=change.estimate if change else None,
        change_low=change.low if change else None,
        change_high=change.high if change else None,
        change_scale=change.scale if change else None,
        p_value=change.p_value if change else None,
        autocorrelation=change.phi if change else None,
        dispersion=change.dispersion if change else None,
        season_in_model=change.has_season if change else None,
        signal_rules=",".join(evidence.rules) or None,
        signal_direction={1: "up", -1: "down", 0: None}[change.direction]
        if change and evidence.rules
        else None,
        verdict=judged.verdict,
        reason=judged.reason,
        notes="\n".join(judged.notes) or None,
        predicted_value=cycle.predicted_value,
        predicted_low=cycle.predicted_low,
        predicted_high=cycle.predicted_high,
        prediction_inside=score.is_inside if score else None,
        prediction_error=score.error if score else None,
        interval_score=score.interval_score if score else None,
        is_sealed=False,  # a prediction from a file was not sealed before Do (docs/architecture.md)
        rule_set=str(summary["rule_set"]),
        rule_set_version=int(summary["rule_set_version"]),
        receipt=receipt_of(evidence, judged, score, measure, lines),
    )
