"""Charts drawn by the engine from made numbers: a usual range set by the first twelve points, week after week."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from pipelines.charts import chart_series
from pipelines.measures import Measure
from pipelines.vocabulary import Better, DataType, Domain, Period

MONDAY = dt.date(2025, 1, 6)

VALUE = Measure(
    measure_id="wait", name="Days to an answer", short_name="Days to an answer", domain=Domain.QUALITY,
    kind=DataType.MEASUREMENT, numerator="wait", denominator=None, counts=None, unit="points", period=Period.WEEK,
    planned_every="week", better=Better.UP, targets=(), baseline="first:12", disclosive=False, prototypes=("*",), why="",
    source="",
)  # fmt: skip

#: Twelve points about 50 that fire no rule and set a range of about 40 to 60.
SETTLED = (47, 53, 49, 51, 46, 54, 50, 52, 48, 50, 53, 47)

HOMES = {"p": "west", "q": "east", "r": "east"}


def observation(values, denominators=None, *, prototype_id="p", measure=VALUE, step=7):
    starts = [MONDAY + dt.timedelta(days=step * number) for number in range(len(values))]
    numerator = np.array([np.nan if value is None else value for value in values], dtype=float)
    below = np.full(len(values), np.nan) if denominators is None else np.array(denominators, dtype=float)
    value = numerator if denominators is None else numerator / below
    return pd.DataFrame(
        {
            "series_id": f"{measure.measure_id}@{prototype_id}", "measure_id": measure.measure_id,
            "prototype_id": prototype_id, "neighbourhood_id": HOMES[prototype_id], "period": "week", "period_start": starts,
            "period_end": [start + dt.timedelta(days=step - 1) for start in starts], "session_no": 1,
            "numerator": numerator, "denominator": below, "value": value, "n_sessions": 1, "is_gap": np.isnan(value),
            "is_hidden": False, "hidden_reason": None,
        }
    )  # fmt: skip


def charted(values, measure=VALUE, denominators=None, decided=None, **names):
    return chart_series(observation(values, denominators, measure=measure, **names), measure, decided=decided)


@pytest.fixture(scope="session")
def made():
    """The makers, for tests that build their own case."""
    return SimpleNamespace(charted=charted, settled=SETTLED, measure=VALUE, monday=MONDAY)


@pytest.fixture(scope="session")
def measure_of():
    """Return the measure of single values with a few things changed."""
    return lambda **changes: dataclasses.replace(VALUE, **changes)
