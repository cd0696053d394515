"""Judging one cycle: evidence, verdict, score and receipt put into one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipelines.learning.earlier import earlier_changes, earlier_told
from pipelines.learning.evidence import Evidence, gather
from pipelines.learning.prediction import Score, score_prediction
from pipelines.learning.receipt import receipt_of
from pipelines.learning.result import CycleLike, CycleResult
from pipelines.learning.segments import LINES, in_time_order
from pipelines.learning.verdict import judge
from pipelines.measures import Measure

#: Columns of the cycle that its result repeats.
CARRIED = (
    "cycle_id",
    "prototype_id",
    "cycle_no",
    "do_start",
    "do_end",
    "predicted_value",
    "predicted_low",
    "predicted_high",
)
DIRECTION_WORD = {1: "up", -1: "down"}


def judge_cycle(
    points: pd.DataFrame,
    cycle: CycleLike,
    measure: Measure,
    summary: Mapping[str, Any],
    other_cycles: Sequence[CycleLike] = (),
    data_until: dt.date | None = None,
) -> CycleResult:
    """Judge one cycle on its primary measure.

    Parameters
    ----------
    points
        Rows of chart_point of the series, with its frozen lines; they are taken in time order.
    cycle
        The cycle; without `do_start` there is nothing to judge yet.
    measure
        Its primary measure.
    summary
        The row of chart_summary of the series.
    other_cycles
        The prototype's other cycles, for overlaps.
    data_until
        Last day that any log reaches; None: this series alone says how far the data reach. Tests planned up to
        there and not held are missing.

    Returns
    -------
    CycleResult
        The prediction is scored only once it is due, and never decides the verdict.
    """
    points = in_time_order(points)
    other_cycles = sorted(other_cycles, key=lambda one: (one.do_start or dt.date.max, one.cycle_id))
    evidence = gather(points, cycle, measure, other_cycles, data_until)
    earlier = earlier_changes(evidence, points, cycle, measure, summary, other_cycles, data_until)
    judged = judge(evidence, measure, summary, earlier_told(earlier))
    seen = _seen(evidence, measure)
    score = _scored(cycle, seen["observed"]) if evidence.is_due else None
    lines = _last_lines(evidence)
    return CycleResult(
        **_identity(cycle, measure, summary),
        **seen,
        **_change(evidence),
        before_lower=lines.get("lower_limit"),
        before_upper=lines.get("upper_limit"),
        verdict=judged.verdict,
        reason=judged.reason,
        notes="\n".join(judged.notes) or None,
        prediction_inside=score.is_inside if score else None,
        prediction_error=score.error if score else None,
        interval_score=score.interval_score if score else None,
        is_sealed=False,  # a prediction from a file was not sealed before Do (docs/glossary.md)
        receipt=receipt_of(evidence, judged, score, measure, lines, summary),
    )


def _identity(cycle: CycleLike, measure: Measure, summary: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(cycle, name) for name in CARRIED} | {
        "measure_id": measure.measure_id,
        "series_id": str(summary["series_id"]),
        "rule_set": str(summary["rule_set"]),
        "rule_set_version": int(summary["rule_set_version"]),
    }


def _seen(evidence: Evidence, measure: Measure) -> dict[str, Any]:
    segments = evidence.segments
    how = {"is_ratio": measure.denominator is not None, "is_sum": measure.counts is not None}
    observed, x, n = segments.during.total(**how)
    before, before_x, before_n = segments.before.total(**how)
    return {
        "n_do_points": len(segments.during),
        "n_planned": segments.n_planned,
        "n_missing": segments.n_missing,
        "n_baseline_points": len(segments.before),
        "observed": observed,
        "observed_numerator": x,
        "observed_denominator": n,
        "before": before,
        "before_numerator": before_x,
        "before_denominator": before_n,
    }


def _change(evidence: Evidence) -> dict[str, Any]:
    change = evidence.change
    return {
        "change": change.estimate if change else None,
        "change_low": change.low if change else None,
        "change_high": change.high if change else None,
        "change_scale": change.scale if change else None,
        "p_value": change.p_value if change else None,
        "autocorrelation": change.phi if change else None,
        "dispersion": change.dispersion if change else None,
        "season_in_model": change.has_season if change else None,
        "signal_rules": ",".join(evidence.rules) or None,
        "signal_direction": DIRECTION_WORD[change.direction] if change and evidence.rules else None,
    }


def _last_lines(evidence: Evidence) -> dict[str, float]:
    """Return the lines as they stand at the last place of Do; only those that are shown."""
    lines = evidence.segments.places.lines
    last = {name: float(lines[name][-1]) for name in LINES if lines[name].size}
    return {name: value for name, value in last.items() if np.isfinite(value)}


def _scored(cycle: CycleLike, observed: float | None) -> Score | None:
    if observed is None or cycle.predicted_low is None or cycle.predicted_high is None:
        return None
    return score_prediction(cycle.predicted_value, cycle.predicted_low, cycle.predicted_high, observed)
