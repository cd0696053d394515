"""Made cycles: twenty weeks that stand around 50, and a Do that each test makes as it needs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from pipelines.learning import judge_cycle
from pipelines.measures import Measure
from pipelines.vocabulary import Better, DataType, Domain, Period

MONDAY = dt.date(2025, 1, 6)

VALUE = Measure(
    measure_id="minutes", name="Minutes to an answer", short_name="Minutes", domain=Domain.QUALITY,
    kind=DataType.MEASUREMENT, numerator="minutes", denominator=None, counts=None, unit="minutes", period=Period.WEEK,
    planned_every="week", better=Better.UP, targets=(), baseline="auto", disclosive=False, prototypes=("*",), why="",
    source="",
)  # fmt: skip

#: Mean and median 50, no trend, no two neighbours alike.
SETTLED = (47, 53, 49, 51, 46, 54, 50, 52, 48, 50) * 2


def table(before, during, *, denominator=None, gap_weeks=0, limits=(40.0, 60.0), centre=50.0, step=7):
    """Return rows of chart_point: a baseline, weeks of nobody's, and Do; None is a gap."""
    cells = [*before, *[None] * gap_weeks, *during]
    size = len(cells)
    numerator = np.array([np.nan if cell is None else cell for cell in cells], dtype=float)
    below = np.full(size, np.nan if denominator is None else denominator, dtype=float)
    value = numerator if denominator is None else numerator / below
    start = [MONDAY + dt.timedelta(days=step * week) for week in range(size)]
    lower, upper = limits
    return pd.DataFrame(
        {
            "period_start": start, "period_end": [day + dt.timedelta(days=step - 1) for day in start], "value": value,
            "numerator": numerator, "denominator": np.where(np.isnan(value), np.nan, below), "is_gap": np.isnan(value),
            "is_hidden": False, "is_baseline": (np.arange(size) < len(before)) & ~np.isnan(value), "centre_line": centre,
            "lower_limit": lower, "upper_limit": upper, "lower_2sigma": centre + (lower - centre) * 2 / 3,
            "upper_2sigma": centre + (upper - centre) * 2 / 3,
        }
    )  # fmt: skip


def cycle(points, n_do, **changes):
    """Return a cycle whose Do is the last `n_do` rows."""
    rows = points.iloc[len(points) - n_do :]
    facts = {
        "cycle_id": "c1", "prototype_id": "p", "cycle_no": "1", "predicted_value": None, "predicted_low": None,
        "predicted_high": None, "predicted_for": None, "do_start": rows["period_start"].iloc[0] if n_do else None,
        "do_end": rows["period_end"].iloc[-1] if n_do else None, "decided_on": None,
    }  # fmt: skip
    return SimpleNamespace(**(facts | changes))


def summary(**changes):
    facts = {
        "series_id": "minutes@p", "limits_state": "provisional", "why_no_limits": None, "is_hidden": False,
        "rule_set": "mdc", "rule_set_version": 1,
    }  # fmt: skip
    return facts | changes


@pytest.fixture(scope="session")
def made():
    """The makers, for tests that build their own case."""
    return SimpleNamespace(
        table=table, cycle=cycle, summary=summary, value=VALUE, settled=SETTLED, monday=MONDAY
    )


@pytest.fixture(scope="session")
def measure_of():
    """Return the measure of single values with a few things changed."""
    return lambda **changes: dataclasses.replace(VALUE, **changes)


@pytest.fixture(scope="session")
def share(measure_of):
    return measure_of(
        measure_id="yes", kind=DataType.PROPORTION, denominator="asked", counts="people", unit="%"
    )


@pytest.fixture(scope="session")
def count(measure_of):
    return measure_of(measure_id="came", kind=DataType.COUNT, counts="people", unit="people")


@pytest.fixture(scope="session")
def judged():
    """Judge a Do on twenty settled weeks; `table`, `plan` and `said` change the table, the cycle and the summary."""

    def judge(
        during, before=SETTLED, measure=VALUE, *, plan=None, said=None, others=(), until=None, **changes
    ):
        points = table(before, during, **changes)
        one = cycle(points, len(during), **(plan or {}))
        return judge_cycle(points, one, measure, summary(**(said or {})), others, until)

    return judge
