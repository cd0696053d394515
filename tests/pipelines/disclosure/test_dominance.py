"""A sum of money that one gave most of tells what they gave."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.disclosure import release
from pipelines.disclosure.dominance import is_dominated, is_money
from pipelines.vocabulary import DataType


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ([100.0], True),  # one
        ([50, 50], True),  # each of two knows the other
        ([50, 50, np.nan, 0], True),  # who gave nothing is none
        ([34, 33, 33], False),
        ([76, 8, 8, 8], True),  # one gives more than three quarters
        ([75, 9, 8, 8], False),  # exactly three quarters, and 16 besides the two largest are more than 7.5
        ([60, 31, 5, 4], True),  # two give more than nine tenths
        ([60, 30, 5, 5], False),
        ([], False),
    ],
)
def test_the_rules_speak_at_their_limits(amounts, told):
    assert is_dominated(amounts) == told


@given(st.lists(st.floats(0.01, 1e6), min_size=3, max_size=12))
def test_the_second_largest_cannot_come_within_ten_per_cent_of_the_largest(amounts):
    if not is_dominated(amounts):
        first, second = sorted(amounts, reverse=True)[:2]
        at_most = sum(amounts) - second  # all that the second knows: the sum, and what they gave themselves
        assert at_most - first >= 0.1 * first * (1 - 1e-9)


def test_money_is_known_by_its_unit():
    assert all(map(is_money, ("£ a week", "pounds", "GBP")))
    assert not any(map(is_money, ("people", "kg a week", "%")))


def test_a_week_in_which_one_gave_nearly_all_is_held_back_where_contributors_are_known(
    make_measure, make_series
):
    from dataclasses import replace

    measure = replace(make_measure(DataType.COUNT, "pounds_given", None), unit="£ a week")
    rows = make_series(measure, [100.0] * 10)
    gave = [[40, 30, 30]] * 9 + [[98, 1, 1]]
    assert not release(rows, measure).observation["is_hidden"].any()
    out = release(rows, measure, contributors=gave).observation
    assert out["is_hidden"].tolist() == [False] * 9 + [True]
    assert np.isnan(out["value"].iloc[-1])
    people = make_measure(DataType.COUNT, "people", None)
    assert not release(rows, people, contributors=gave).observation["is_hidden"].any()
