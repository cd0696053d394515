"""What a browser tells is not believed: only counts of the items asked for, of the draft in hand, and plain choices."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.components.log_a_test.items import Item
from dashboard.components.log_a_test.numbers import counts_told, restored

DRAFT = "0123456789abcdef" * 2
ITEMS = [Item("asked", "People asked", "", True), Item("days", "Days", "days", False)]


def told(counts, draft=DRAFT):
    return counts_told({"typed": {"draft": draft, "counts": counts}}, DRAFT, ITEMS)


def test_counts_of_the_draft_in_hand_are_taken():
    assert told({"asked": 24, "days": 1.5}) == {"asked": 24.0, "days": 1.5}


def test_counts_of_another_draft_are_not():
    assert told({"asked": 24}, draft="f" * 32) == {}


@pytest.mark.parametrize("value", [-1, 1.5, 10**400, math.inf, math.nan, "24", True, None, [1], {"a": 1}])
def test_what_is_no_count_of_people_is_left_out(value):
    assert told({"asked": value}) == {}


def test_items_that_are_not_asked_for_are_left_out():
    assert told({"gp_appointments": 3}) == {}


#: Names that the component knows are among the keys: by chance alone a dictionary would never hold a count.
KEYS = st.sampled_from(["asked", "days"]) | st.text(max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("at", [10**400, -1, math.nan, math.inf])
def test_a_time_that_is_none_is_the_first_of_all(at):
    assert restored({"restored": {"draft": DRAFT, "at": at, "rest": {}}}).at.year == 1970


@given(JSON, JSON)
@example({"asked": 3, "days": 1.5}, None)
@example({"asked": -3, "days": math.inf}, {"asked": 10**400})
def test_whatever_a_browser_sends_is_answered_with_counts_or_nothing(typed, kept):
    for state in (typed, {"typed": typed}, {"typed": {"draft": DRAFT, "counts": typed}}):
        assert all(count >= 0 and math.isfinite(count) for count in counts_told(state, DRAFT, ITEMS).values())
    for state in (kept, {"restored": kept}, {"restored": {"draft": DRAFT, "at": kept, "rest": kept}}):
        found = restored(state)
        assert found is None or found.draft_id == DRAFT


def test_a_kept_test_comes_back_with_its_choices_and_its_time():
    rest = {"when": "2026-11-22", "unusual": ["Half-term"], "odd": {"a": 1}, "long": "x" * 500}
    found = restored({"restored": {"draft": DRAFT, "at": 1795357182486, "rest": rest}})
    assert found.choices == {"when": "2026-11-22", "unusual": ["Half-term"]}
    assert (found.at.hour, found.at.minute) == (14, 19)


@pytest.mark.parametrize("draft_id", ["", "x", "../etc", "0" * 31, 7, None])
def test_an_id_that_is_none_of_ours_brings_nothing_back(draft_id):
    assert restored({"restored": {"draft": draft_id, "at": 0, "rest": {}}}) is None
