"""Cells of published tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.published.figure_cells import (
    FigureState,
    hyphens,
    read_figure,
    read_figure_or_suppressed,
    read_sex,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("62.624469999999995", 62.624469999999995), ("1,234.5", 1234.5), ("-0.37", -0.37), ("−2", -2.0), ("0", 0.0),
     (" 12 ", 12.0), ("1e3", 1000.0), ("4.2E-5", 4.2e-5)],
)  # fmt: skip
def test_a_figure_is_read_as_published(text, value):
    assert read_figure(text).value == value


@pytest.mark.parametrize(
    "text", ["12%", "1,23", "12 34", "=1+1", "NaNa", "inf", "1e999", "0x10", "1_000", "٣", "5 (r)", "<5"]
)
def test_what_only_looks_like_a_figure_is_none(text):
    assert read_figure(text).state == FigureState.UNREADABLE


@pytest.mark.parametrize("text", ["", " ", "-", "–", "..", ":", "[x]", "[z]", "NULL", "n/a", "nan"])
def test_marks_of_something_missing_are_missing(text):
    assert read_figure(text).state == FigureState.MISSING
    assert read_figure_or_suppressed(text).state == FigureState.SUPPRESSED


@pytest.mark.parametrize("text", ["*", "[c]", "Suppressed"])
def test_marks_of_something_held_back_are_suppressed(text):
    assert read_figure(text).state == FigureState.SUPPRESSED


@given(st.text(max_size=30))
def test_no_text_becomes_a_figure_that_is_not_finite_and_nothing_raises(text):
    figure = read_figure(text)
    assert (figure.value is None) == (figure.state != FigureState.OK)
    assert figure.value is None or math.isfinite(figure.value)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_number_written_in_digits_is_read_back(number):
    assert read_figure(f"{number:.6f}").value == pytest.approx(number, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "band"), [("18–39", "18-39"), ("18 - 39", "18-39"), ("80+", "80+"), ("", None)]
)
def test_bands_have_one_kind_of_hyphen(text, band):
    assert hyphens(text) == band


@pytest.mark.parametrize(
    ("text", "sex"),
    [("Males", "male"), ("F", "female"), ("PERSONS", "persons"), ("", None), ("Not known", "not known")],
)
def test_sexes_have_one_word_each(text, sex):
    assert read_sex(text) == sex
