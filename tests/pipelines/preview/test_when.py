"""When will we know: the door that the Plan page asks, from published rows to a sentence."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pipelines.measures import Measure
from pipelines.preview.when import FEWEST_STEPS, usual_step, when
from pipelines.vocabulary import Better, DataType, Domain, Period

MONDAY = dt.date(2026, 1, 5)

#: Montgomery, Introduction to Statistical Quality Control, section 6.4: twenty single values; mean moving range 7.7895.
MONTGOMERY = [
    *(310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304),
]

MINUTES = Measure(
    measure_id="minutes", name="Minutes to an answer", short_name="Minutes", domain=Domain.QUALITY,
    kind=DataType.MEASUREMENT, numerator="minutes", denominator=None, counts=None, unit="minutes", period=Period.WEEK,
    planned_every="week", better=Better.DOWN, targets=(), baseline="auto", disclosive=False, prototypes=("*",), why="",
    source="", never_negative=True,
)  # fmt: skip

SETTLED = {
    "kind": "i",
    "limits_state": "provisional",
    "why_no_limits": None,
    "is_hidden": False,
    "period": "week",
}


def rows(values, n_baseline=None, hidden=()):
    size = len(values)
    start = [MONDAY + dt.timedelta(weeks=week) for week in range(size)]
    value = np.array([np.nan if one is None else one for one in values], dtype=float)
    return pd.DataFrame(
        {
            "position": range(size), "period_start": start, "period_end": [day + dt.timedelta(days=6) for day in start],
            "value": value, "denominator": np.nan, "is_hidden": [at in hidden for at in range(size)],
            "is_baseline": np.arange(size) < (size if n_baseline is None else n_baseline),
        }
    )  # fmt: skip


def test_the_usual_step_is_the_mean_moving_range_of_the_textbook():
    assert usual_step(rows(MONTGOMERY)) == pytest.approx(7.7895, abs=5e-5)


def test_steps_are_those_of_the_points_that_set_the_usual_range():
    assert usual_step(rows([*MONTGOMERY, 500, 100], n_baseline=20)) == pytest.approx(7.7895, abs=5e-5)


def test_without_a_baseline_every_point_counts():
    assert usual_step(rows(MONTGOMERY, n_baseline=0)) == pytest.approx(7.7895, abs=5e-5)


@pytest.mark.parametrize("gap", [None, 900], ids=["gap", "held back"])
def test_no_step_bridges_a_gap_or_what_is_held_back(gap):
    values = [10, 12, 10, 12, gap, 40, 42, 40, 42]
    assert usual_step(rows(values, hidden=(4,) if gap else ())) == pytest.approx(2.0)


def test_too_few_steps_say_nothing():
    assert usual_step(rows(list(range(FEWEST_STEPS + 1)))) == pytest.approx(1.0)
    assert usual_step(rows(list(range(FEWEST_STEPS)))) is None


def test_before_there_are_points_the_sentence_says_what_is_missing():
    found = when(rows([30, 31, 29]), MINUTES, SETTLED | {"why_no_limits": "start_up"})
    assert found.sentence.startswith("Cannot yet tell: ")
    assert "12" in found.sentence
    assert found.outlook.smallest_value == ()


def test_held_back_series_give_nothing_away():
    found = when(rows(MONTGOMERY), MINUTES, SETTLED | {"is_hidden": True})
    assert found.sentence == "Cannot yet tell: small numbers are held back here."


def test_a_longer_cycle_shows_a_smaller_change_and_the_sentence_names_what_is_needed():
    found = when(rows(MONTGOMERY), MINUTES, SETTLED, predicted=285.0, periods=(4, 8, 16))
    sizes = [abs(change) for change in found.outlook.smallest_change]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    assert "The change you predict needs about" in found.sentence


def test_the_baseline_that_the_outlook_starts_from_is_the_mean():
    """Montgomery, section 6.4: the centre line of the first twenty values is 300.5."""
    found = when(rows(MONTGOMERY), MINUTES, SETTLED, periods=(8,))
    assert found.outlook.before == pytest.approx(300.5)
