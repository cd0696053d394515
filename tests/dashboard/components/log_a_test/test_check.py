"""The line that answers while numbers are typed: what is wrong blocks, what is blank is silent, nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.log_a_test.check import NOTHING_YET, check
from dashboard.components.log_a_test.items import items_counted
from pipelines.measures import read_measures

SAMPLE = Path(__file__).parents[4] / "data" / "measures"
BARBERS = [one for one in read_measures(SAMPLE) if one.is_for("ashfield_barbers", "hypertension")]
ITEMS = items_counted(BARBERS)
SHARES = [(m.numerator, m.denominator) for m in BARBERS if m.is_share]


def said(**counts):
    return check(BARBERS, ITEMS, counts)


def test_a_part_is_told_with_its_whole():
    assert said(asked=24, said_yes=15).words == "Said yes: 15 of 24."


def test_a_part_above_its_whole_is_wrong_and_both_are_named():
    answer = said(asked=14, said_yes=16)
    assert answer.is_wrong
    assert answer.words == "Said yes: 16, but people asked: only 14. Mend one of them."


def test_every_contradiction_is_told():
    assert said(asked=1, said_yes=2, reviewed=3, to_target=4).words.count("Mend one of them.") == 2


def test_equal_numbers_are_right():
    assert not said(asked=14, said_yes=14).is_wrong


def test_a_blank_is_neither_zero_nor_wrong():
    assert said(said_yes=16) == check(BARBERS, ITEMS, {"said_yes": 16})
    assert said(said_yes=16).words == "Said yes: 16."
    assert said().words == NOTHING_YET


def test_zero_is_a_number_that_was_counted():
    assert said(asked=0, said_yes=0).words == "Said yes: 0 of 0."
    assert said(bp_checked=0).words == "People checked: 0."


@given(st.dictionaries(st.sampled_from([one.item for one in ITEMS]), st.integers(0, 500)))
def test_it_is_wrong_exactly_where_a_part_exceeds_its_whole(counts):
    exceeds = any(n in counts and d in counts and counts[n] > counts[d] for n, d in SHARES)
    assert said(**counts).is_wrong is exceeds


@pytest.mark.parametrize("days", [12.5, 0.25])
def test_parts_of_a_day_are_said_as_typed(days):
    assert f"{days:g}." in said(days_to_follow_up=days).words
