"""Whiskers: between what a value lies, where a number behind it was written as an interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.charts.whiskers import whiskers

NAMES = (
    "value",
    "numerator",
    "denominator",
    "numerator_low",
    "numerator_high",
    "denominator_low",
    "denominator_high",
)
NONE = float("nan")


def rows(*points) -> pd.DataFrame:
    return pd.DataFrame(list(points), columns=NAMES, dtype=float)


def test_a_value_of_plain_numbers_has_no_whisker():
    found = whiskers(rows((3 / 12, 3, 12, 3, 3, 12, 12), (NONE,) * 7), is_share=True)
    assert np.isnan(found["value_low"]).all()
    assert np.isnan(found["value_high"]).all()
    assert list(found["note"]) == [None, None]


def test_released_figures_and_a_lone_file_have_no_whisker():
    for table in (
        rows((4, 4, NONE, NONE, NONE, NONE, NONE)),
        rows((4, 4, NONE, 3, 5, NONE, NONE))[list(NAMES[:3])],
    ):
        assert np.isnan(whiskers(table, is_share=False)["value_low"]).all()


@pytest.mark.parametrize(
    ("point", "is_share", "ends", "words"),
    [
        ((7, 7, NONE, 5, 9, NONE, NONE), False, (5, 9), "Between 5 and 9"),
        ((20, 20, NONE, 20, NONE, NONE, NONE), False, (20, None), "20 or more"),
        ((0.25, 3, 12, 3, 3, 10, 15), True, (0.2, 0.3), "Between 20% and 30%"),
        ((0.5, 5, 10, 5, NONE, 10, 10), True, (0.5, 1.0), "Between 50% and 100%"),
        ((3.5, 7, NONE, 5, 9, NONE, NONE), False, (2.5, 4.5), "Between 2.5 and 4.5"),
    ],
)
def test_a_whisker_reaches_from_the_least_to_the_most_that_the_value_can_be(point, is_share, ends, words):
    found = whiskers(rows(point), is_share)
    assert found["value_low"][0] == pytest.approx(ends[0])
    assert (
        np.isnan(found["value_high"][0])
        if ends[1] is None
        else found["value_high"][0] == pytest.approx(ends[1])
    )
    assert found["note"][0].startswith(words)


NUMBERS = st.integers(0, 50).map(float)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=2), st.floats(0, 1), st.floats(0, 1))
def test_no_true_ratio_lies_beyond_its_whisker(ends, one, other):
    (low, high), (below_low, below_high) = (sorted(pair) for pair in ends)
    top, bottom = (low + high) / 2, (below_low + below_high) / 2
    if bottom == 0 or below_low == 0:
        return
    found = whiskers(rows((top / bottom, top, bottom, low, high, below_low, below_high)), is_share=False)
    truth = (low + one * (high - low)) / (below_low + other * (below_high - below_low))
    if not np.isnan(found["value_low"][0]):
        assert found["value_low"][0] - 1e-9 <= truth <= found["value_high"][0] + 1e-9
