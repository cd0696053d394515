"""Rows as the mart has them, for the tests of sentences: a share, a count, a chart, a point and a judged cycle."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

from pipelines.learning import ReceiptRow
from pipelines.measures import Measure
from pipelines.vocabulary import Better, DataType, Domain, Period, Verdict

SHARE = Measure(
    measure_id="said_yes", name="Said yes when asked", short_name="Said yes", domain=Domain.QUALITY,
    kind=DataType.PROPORTION, numerator="yes", denominator="asked", counts="people", unit="%", period=Period.WEEK,
    planned_every="week", better=Better.UP, targets=(), baseline="auto", disclosive=False, prototypes=("*",),
    why="", source="",
)  # fmt: skip
COUNT = dataclasses.replace(
    SHARE, measure_id="checked", name="Men checked", short_name="Men checked", domain=Domain.REACH,
    kind=DataType.COUNT, denominator=None, unit="men",
)  # fmt: skip


def summary(**changes):
    row = {
        "is_hidden": False, "n_points": 24, "n_hidden": 0,
        "why_no_limits": None, "limits_state": "provisional", "variation": "common_cause",
        "variation_rules": None, "assurance": "empty", "target": None, "latest_value": 0.55, "median": 0.41, "centre_line": 0.412,
        "lower_limit": 0.30, "upper_limit": 0.529, "period": "week", "baseline_n": 12, "baseline_first_on": dt.date(2026, 1, 5),
        "baseline_last_on": dt.date(2026, 3, 29), "runs_signal": False, "longest_run": 4, "longest_run_max": 8,
        "n_crossings": 9, "n_crossings_min": 8,
    }  # fmt: skip
    return row | changes


def result(verdict=Verdict.IMPROVED, **changes):
    facts = {
        "verdict": verdict, "reason": "4 points; 10 are needed.", "observed": 0.59, "before": 0.41, "change": 0.18,
        "observed_numerator": 118.0, "observed_denominator": 200.0, "before_numerator": 205.0, "before_denominator": 500.0,
        "n_do_points": 5, "n_baseline_points": 12, "n_planned": 5, "n_missing": 0, "season_in_model": False,
        "change_low": 0.08, "change_high": 0.27, "change_scale": "difference", "signal_rules": "beyond_limits",
        "signal_direction": "up", "predicted_low": 0.5, "predicted_high": 0.66, "prediction_inside": True,
        "receipt": (ReceiptRow("supports", "Data check", "5 weeks, none missing"),),
    }  # fmt: skip
    return SimpleNamespace(**(facts | changes))


def point(**changes):
    row = {
        "period_start": dt.date(2026, 3, 2), "period_end": dt.date(2026, 3, 8), "is_hidden": False, "hidden_reason": None,
        "is_gap": False, "value": 0.55, "numerator": 34, "denominator": 62, "rule": None,
    }  # fmt: skip
    return row | changes
