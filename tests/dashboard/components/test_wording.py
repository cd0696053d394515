"""Numbers and days as the screens write them."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest

from dashboard.components.wording import capital, count, date, day, figure, is_share, missing, number, rows_of


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "no"), (1, "one"), (13, "thirteen"), (19, "nineteen"), (20, "twenty"), (36, "thirty-six"), (99, "ninety-nine"),
     (100, "100"), (1234, "1,234"), (-2, "-2")],
)  # fmt: skip
def test_whole_numbers_below_a_hundred_are_words(number, words):
    assert count(number) == words


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [(0.478, "proportion", "48%"), (0.0, "p", "0%"), (1.0, "pp", "100%"), (42.0, "count", "42"), (1240.0, "i", "1,240"),
     (9.25, "measurement", "9.2"), (9.0, "measurement", "9"), (-3.5, "measurement", "-3.5"), (None, "count", ""),
     (math.nan, "proportion", ""), (math.inf, "rate", "")],
)  # fmt: skip
def test_values_are_written_with_their_unit(value, kind, written):
    assert figure(value, kind) == written


def test_the_unit_of_a_share_stands_apart_so_that_it_can_be_small():
    assert number(0.5, "proportion") == ("50", "%")
    assert is_share("p")
    assert not is_share("i")


@pytest.mark.parametrize(
    "value", [dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 9), pd.Timestamp("2026-03-01"), "2026-03-01"]
)
def test_a_day_is_read_from_whatever_holds_it(value):
    assert date(value) == dt.date(2026, 3, 1)
    assert day(value) == "1 March"
    assert day(value, year=True) == "1 March 2026"


@pytest.mark.parametrize("value", [None, pd.NaT, float("nan"), ""])
def test_no_day_is_said_and_never_made_up(value):
    assert date(value) is None
    assert day(value) == "no date"


def test_missing_is_none_nan_or_nat_and_never_zero_or_empty_text():
    assert all(missing(value) for value in (None, math.nan, pd.NaT))
    assert not any(missing(value) for value in (0, 0.0, "", False))


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest():
    assert capital("back in 28 days, GP") == "Back in 28 days, GP"
    assert capital("") == ""


def test_rows_of_a_frame_are_dictionaries_by_column():
    assert rows_of(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})) == [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]
