"""Rows of chart_point and chart_summary made small, for figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from dashboard.figures.axis import time_axis
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.numbers import NumberStyle

MONDAY = dt.date(2026, 6, 1)

NO_LIMITS = {
    name: float("nan")
    for name in ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")
}


def _row(position: int, value: float | None) -> dict[str, Any]:
    start = MONDAY + dt.timedelta(weeks=position)
    return {
        "series_id": "came@market", "measure_id": "came", "position": position, "period_start": pd.Timestamp(start),
        "period_end": pd.Timestamp(start + dt.timedelta(days=6)), "value": float("nan") if value is None else float(value),
        "numerator": float("nan"), "denominator": float("nan"), "n_sessions": 0 if value is None else 1,
        "is_gap": value is None, "is_hidden": False, "hidden_reason": None, "target": float("nan"), "phase": 1,
        "is_baseline": False, "point_type": "common_cause", "rule": None, "words": f"Week {position}: {value}.", **NO_LIMITS,
    }  # fmt: skip


@pytest.fixture
def make_points() -> Callable[..., pd.DataFrame]:
    """Return a maker of chart_point rows: values (None = gap), limits for every row, changes by position."""

    def points(
        values: Sequence[float | None],
        limits: tuple[float, float, float] | None = None,
        changes: dict[int, dict[str, Any]] | None = None,
    ) -> pd.DataFrame:
        rows = [_row(position, value) for position, value in enumerate(values)]
        for row in rows:
            if limits is not None:
                row |= dict(zip(("lower_limit", "centre_line", "upper_limit"), limits, strict=True))
            row |= (changes or {}).get(row["position"], {})
        return pd.DataFrame(rows).astype({"rule": object, "hidden_reason": object})

    return points


@pytest.fixture
def make_request() -> Callable[..., ChartRequest]:
    """Return a maker of what a chart is drawn from; summary fields may be given by name."""

    def request(
        points: pd.DataFrame, *, style: NumberStyle | None = None, cycles: Any = (), **summary: Any
    ) -> ChartRequest:
        limits = bool(points["lower_limit"].notna().any())
        row = {
            "measure_id": "came", "limits_state": "established" if limits else "none", "why_no_limits": None,
            "n_points": int(points["value"].notna().sum()), "target": None, "median": float(points["value"].median()),
            **{name: float(points[name].iloc[-1]) for name in ("centre_line", "lower_limit", "upper_limit")},
        }  # fmt: skip
        axis = time_axis([points], [cycle.end for cycle in cycles if cycle.end])
        assert axis is not None
        return ChartRequest(
            points, row | summary, style or NumberStyle(), axis, cycles, [c.start for c in cycles]
        )

    return request
