"""Numbers as people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.values import read_count


@pytest.mark.parametrize(
    ("written", "value"),
    [("14", 14), (" 11 ", 11), ("14.0", 14), ("0", 0), ("1,234", 1234), ("18.6", 18.6), ("\u00a012", 12)],
)
def test_a_plain_number_is_read_without_a_word(written, value):
    assert (read_count(written).value, read_count(written).state) == (value, "ok")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("twelve", 12),
        ("Twenty-one", 21),
        ("none", 0),
        ("nobody", 0),
        ("~20", 20),
        ("about 19", 19),
        ("approx. twelve", 12),
        ("20ish", 20),
        ("16 (plus 2 dogs)", 16),
        ("12 people", 12),
        ("7½", 7.5),
        ("a dozen", 12),
        ("2 dozen", 24),
    ],
)
def test_a_number_in_words_or_an_estimate_counts_and_is_told(written, value):
    number = read_count(written)
    assert (number.value, number.state) == (value, "noted")
    assert f"{value:g}" in number.reason


@pytest.mark.parametrize(
    "written",
    [
        "10-12",
        "10 – 12",
        "10 to 12",
        "ten or twelve",
        "10/12",
        "between 10 and 12",
        "about 10-12",
        "<5",
        "5+",
        "up to 20",
        "over 20",
        "1O",
        "l2",
        "2O",
        "all of them",
        "half",
        "12-Oct",
        "Oct-12",
        "12,5",
        "3 new 4 old",
        "12 (or 13?)",
        "07700 900123",
        "1e5",
        "=SUM(A1:A9)",
        "12kg",
    ],
)
def test_a_doubtful_number_is_held_and_no_value_is_taken(written):
    number = read_count(written)
    assert (number.value, number.state) == (None, "held")
    assert number.reason


@pytest.mark.parametrize(
    "written", ["n/a", "N/A", "didn't ask", "didn’t ask", "not recorded", "-", "—", "?", "tbc", "nan", "null"]
)
def test_a_word_for_not_known_is_missing_and_never_zero(written):
    number = read_count(written)
    assert (number.value, number.state) == (None, "missing")


@pytest.mark.parametrize(
    "written",
    ["50%", "50 per cent", "-3", "yes", "Maureen", "#REF!", "inf", "٣", "１２", "x" * 5000, "~" * 5000],
)
def test_what_is_no_count_is_unreadable_and_says_why(written):
    number = read_count(written)
    assert (number.value, number.state) == (None, "unreadable")
    assert len(number.reason) > 20


@pytest.mark.parametrize("written", ["", "  ", "\u00a0"])
def test_a_blank_is_missing_without_a_word(written):
    assert (read_count(written).value, read_count(written).state, read_count(written).reason) == (
        None,
        "blank",
        None,
    )


@given(st.text(max_size=30))
def test_whatever_is_written_a_value_is_a_finite_number_from_zero(written):
    number = read_count(written)
    assert number.state in ("ok", "noted", "blank", "missing", "unreadable", "held")
    assert (number.value is not None) == (number.state in ("ok", "noted"))
    if number.value is not None:
        assert 0 <= number.value < 1e9
        assert math.isfinite(number.value)


@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(["-", " - ", "–", " to ", " or ", "/"]))
def test_an_interval_is_never_one_of_its_ends(low, high, joint):
    assert read_count(f"{low}{joint}{high}").value is None


@given(st.integers(0, 999_999))
def test_every_whole_number_in_digits_is_itself(count):
    assert read_count(str(count)).value == count
