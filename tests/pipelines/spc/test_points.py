"""From rows to points: order, joining, gaps, masks."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.errors import ChartError
from pipelines.spc import chart

nan = np.nan


def test_rows_are_sorted_by_x_and_rows_without_x_left_out():
    frame = chart([3.0, 9, 1, 2], x=[3.0, nan, 1, 2], kind="run").to_frame()
    assert frame["x"].tolist() == [1, 2, 3]
    assert frame["value"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [("mean", [2.0, 10]), ("median", [1.5, 10]), ("sum", [6.0, 10]), ("sd", [1.3228756555, nan])],
)
def test_rows_of_one_x_are_joined_as_asked_and_missing_ones_left_out(aggregate, expected):
    drawn = chart([1.0, 1.5, 3.5, nan, 10], x=[1, 1, 1, 1, 2], kind="i", aggregate=aggregate)
    np.testing.assert_allclose(drawn.value, expected)


def test_shares_of_one_x_are_sums_over_sums_and_half_a_row_is_no_row():
    drawn = chart([1.0, 8, 5], [10.0, 10, nan], x=[1, 1, 1], kind="p")
    assert drawn.value.tolist() == [0.45]
    assert (drawn.numerator.tolist(), drawn.denominator.tolist()) == ([9], [20])


@pytest.mark.parametrize("kind", ["p", "pp", "i", "run"])
def test_a_denominator_of_zero_makes_a_gap_and_never_infinity(kind):
    frame = chart([3.0, 0, 2, 4], [10.0, 0, 0, 10], kind=kind).to_frame()
    assert frame["value"].isna().tolist() == [False, True, True, False]
    assert not np.isinf(frame.select_dtypes("number").to_numpy()).any()
    assert frame["centre_line"].iloc[0] == pytest.approx(0.35)


def test_infinite_values_count_as_missing():
    assert chart([1.0, np.inf, 2.0], kind="i").summary()["n_points"].tolist() == [2]


def test_dates_of_any_make_order_the_points():
    days = [dt.date(2025, 3, 3), dt.date(2025, 1, 6), dt.date(2025, 2, 3)]
    assert chart([3.0, 1, 2], x=days, kind="run").value.tolist() == [1, 2, 3]
    assert chart([3.0, 1, 2], x=np.array(days, dtype="datetime64[D]"), kind="run").value.tolist() == [1, 2, 3]


def test_categories_carry_no_rule_about_order():
    drawn = chart([1.0] * 7 + [9.0] * 7, x=[f"ward {i:02}" for i in range(14)], kind="i")
    assert not drawn.to_frame()[["shift", "trend", "two_of_three"]].any(axis=None)
    row = drawn.summary().iloc[0]
    assert not row["runs_signal"]
    assert row["rules_that_cannot_fire"] == "trend,two_of_three,shift"


def test_masks_may_be_given_a_row_and_travel_with_it():
    y, x = np.array([9.0, 1, 2, 3]), [4, 1, 2, 3]
    drawn = chart(y, x=x, kind="i", baseline=y < 3, excluded=y > 8)
    assert drawn.is_baseline.tolist() == [True, True, False, False]
    assert drawn.is_excluded.tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"x": [1, 2]}, "x has 2 entries"),
        ({"n": [1, 2]}, "n has 2 entries"),
        ({"aggregate": "mode"}, "mean, median"),
        ({"excluded": [3]}, "0 to 2"),
        ({"excluded": [True, False]}, "2 entries for 3 points"),
        ({"target": [1.0, 2.0]}, "target has 2"),
        ({"phases": [-1]}, "Count from 0"),
        ({"kind": "p"}, "denominators"),
        ({"kind": "pareto"}, "run, i"),
        ({"kind": "auto"}, "data_type"),
        ({"rules": "best"}, "rule set"),
    ],
)
def test_arguments_that_make_no_chart_are_refused_in_words(arguments, words):
    with pytest.raises(ChartError, match=words):
        chart([1.0, 2, 3], **{"kind": "i", **arguments})


def test_values_may_be_missing_in_any_of_pandas_ways():
    import pandas as pd

    assert chart(pd.array([1, None, 3], dtype="Int64"), kind="i").summary()["n_points"].tolist() == [2]
    assert chart([1.0, None, 3.0], kind="i").summary()["n_points"].tolist() == [2]


def test_one_denominator_may_hold_for_all():
    assert chart([1.0, 2, 3], 10, kind="p").value.tolist() == [0.1, 0.2, 0.3]


def test_a_table_of_numbers_is_refused():
    with pytest.raises(ChartError, match="y is a table"):
        chart(np.ones((3, 2)), kind="i")


def test_words_among_the_numbers_are_refused():
    with pytest.raises(ChartError, match="not a number"):
        chart(["1", "two"], kind="i")
