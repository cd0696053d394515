"""Series of made-up counts, as the table observation has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

from pipelines.measures import Measure
from pipelines.vocabulary import Better, ChartKind, DataType, Domain, Period

MONDAY = dt.date(2024, 1, 1)


def _period(period: str, i: int) -> tuple[dt.date, dt.date]:
    if period == "month":
        start = dt.date(2024 + i // 12, i % 12 + 1, 1)
        return start, (pd.Timestamp(start) + pd.offsets.MonthEnd(0)).date()
    days = {"session": 7, "week": 7, "4-week": 28, "13-week": 91}[period]
    start = MONDAY + dt.timedelta(days=days * i)
    return start, start + dt.timedelta(days=0 if period == "session" else days - 1)


@pytest.fixture
def make_measure() -> Callable[..., Measure]:
    def make(
        kind: DataType | ChartKind = DataType.PROPORTION,
        numerator: str = "raised",
        denominator: str | None = "checked",
        period: Period = Period.WEEK,
        disclosive: bool = True,
    ) -> Measure:
        return Measure(
            measure_id=f"{numerator}_{kind}", name="Raised", short_name="Raised", domain=Domain.IMPACT, kind=kind,
            numerator=numerator, denominator=denominator, counts="people", unit="%", period=period,
            planned_every="week", targets=(), better=Better.DOWN, baseline="auto", disclosive=disclosive,
            prototypes=("*",), why="To test.", source="Made up.",
        )  # fmt: skip

    return make


@pytest.fixture
def make_series() -> Callable[..., pd.DataFrame]:
    def make(
        measure: Measure,
        numerator: Sequence[float],
        denominator: Sequence[float] | float | None = None,
        period: str = "week",
        prototype_id: str = "barbers",
        n_sessions: int = 1,
    ) -> pd.DataFrame:
        top = np.asarray(numerator, dtype=float)
        bottom = (
            np.full(len(top), np.nan)
            if denominator is None
            else np.broadcast_to(denominator, len(top)).astype(float)
        )
        value = (
            top.copy()
            if denominator is None
            else np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0)
        )
        days = [_period(period, i) for i in range(len(top))]
        return pd.DataFrame(
            {
                "series_id": f"{measure.measure_id}@{prototype_id}",
                "measure_id": measure.measure_id,
                "prototype_id": prototype_id,
                "neighbourhood_id": "ashfield",
                "period": period,
                "period_start": [start for start, _ in days],
                "period_end": [end for _, end in days],
                "session_no": 1,
                "numerator": np.where(np.isnan(value), np.nan, top),
                "denominator": bottom,
                "value": value,
                "n_sessions": n_sessions,
                "is_gap": np.isnan(value),
                "is_hidden": False,
                "hidden_reason": None,
            }
        )

    return make
