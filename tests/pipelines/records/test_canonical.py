"""A record has one text, whatever field of a screen and whatever machine it comes from."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.records.canonical import body_of, body_text, canonical
from pipelines.records.kinds import KINDS
from tests.pipelines.records.entered import ONE_OF_EACH, prediction, session

NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_every_kind_has_an_example_here():
    assert set(ONE_OF_EACH) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))
def test_a_body_read_from_its_text_is_the_same_body(kind):
    body = ONE_OF_EACH[kind]
    assert body_of(kind, body_text(body)) == body


@pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))
def test_text_of_a_text_is_the_same_text(kind):
    text = body_text(ONE_OF_EACH[kind])
    assert body_text(body_of(kind, text)) == text


def test_the_text_is_json_with_sorted_keys_and_no_spaces():
    text = canonical({"b": [1, 2.5], "a": dt.date(2026, 3, 4), "c": None, "d": True})
    assert text == '{"a":"2026-03-04","b":[1,2.5],"c":null,"d":true}'


def test_a_whole_number_is_written_whole_whichever_type_it_came_as():
    five = [5, 5.0, np.int64(5), np.float64(5)]
    assert {canonical(number) for number in five} == {"5"}
    assert canonical(-0.0) == "0"
    assert body_text(session(counts={"asked": 20.0})) == body_text(session(counts={"asked": 20}))


def test_a_number_keeps_every_digit_it_has():
    assert canonical(0.1) == "0.1"
    assert canonical(1 / 3) == "0.3333333333333333"
    assert canonical(2**63 + 1) == "9223372036854775809"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), np.nan])
def test_a_number_that_is_none_has_no_text(number):
    with pytest.raises(ValueError, match="finite"):
        canonical({"value": number})


def test_a_letter_typed_in_two_ways_is_one_letter():
    assert canonical("Zoe\u0308") == canonical("Zo\u00eb") == '"Zo\u00eb"'


def test_two_keys_that_look_the_same_are_refused():
    with pytest.raises(ValueError, match="same text"):
        canonical({"Zoe\u0308": 1, "Zo\u00eb": 2})


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=5))
def test_the_order_in_which_things_are_told_does_not_matter(held):
    turned = dict(reversed(held.items()))
    try:
        text = canonical(held)
    except ValueError as refused:
        with pytest.raises(ValueError, match=re.escape(str(refused)[:12])):
            canonical(turned)
        return
    assert canonical(turned) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("learning", '{"cycle_id":"c","text":"t","colour":"red"}'),
        ("learning", '{"cycle_id":"c"}'),
        ("learning", '{"cycle_id":"c","text":5}'),
        ("decision", '{"cycle_id":"c","decided_on":"2026-03-04","decision":"perhaps","reason":"r"}'),
        ("annotation", '{"happened_on":"soon","prototype_id":"p","text":"t"}'),
        ("rebase", "[]"),
        ("telegram", "{}"),
    ],
)
def test_what_this_version_does_not_know_is_not_guessed(kind, text):
    with pytest.raises(ValueError):  # noqa: PT011
        body_of(kind, text)


def test_a_field_at_its_default_is_left_out_so_that_a_later_version_may_add_fields():
    """A record of before a field existed reads with its default, and its text, so its hash, is what it was."""
    assert '"reason"' not in body_text(prediction())
    assert '"reason"' in body_text(prediction(reason="The rain."))
    before = '{"counts":{"asked":20},"prototype_id":"garage","tested_on":"2026-03-04"}'
    assert body_of("session", before).was_held is True
    assert body_text(body_of("session", before)) == before
    assert '"was_held":false' in body_text(session(was_held=False, counts={}, why_not_held="Rain."))
