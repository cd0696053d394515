"""Periods as publishers write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.published.figure_periods import read_span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-01-01/P3Y", "2022-01-01", "2024-12-31"),
        ("2022-01-01T00:00:00/P1Y", "2022-01-01", "2022-12-31"),
        ("2022-04-01/P6M", "2022-04-01", "2022-09-30"),
        ("2022-01-03/P1W", "2022-01-03", "2022-01-09"),
        ("2024-01-01/2024-12-31", "2024-01-01", "2024-12-31"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2021/22", "2021-04-01", "2022-03-31"),
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("2020 - 22", "2020-01-01", "2022-12-31"),
        ("2020 – 2022", "2020-01-01", "2022-12-31"),
        ("1998 - 00", "1998-01-01", "2000-12-31"),
        ("2020/21 - 22/23", "2020-04-01", "2023-03-31"),
        ("2018/19 - 2020/21", "2018-04-01", "2021-03-31"),
        ("2021 Q2", "2021-04-01", "2021-06-30"),
        ("2021/22 Q4", "2022-01-01", "2022-03-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("2024 February", "2024-02-01", "2024-02-29"),
        ("Apr 2024 - Mar 2025", "2024-04-01", "2025-03-31"),
        ("To March 2025", "2025-03-31", "2025-03-31"),
    ],
)
def test_a_period_is_read_to_its_first_and_last_day(text, first, last):
    assert read_span(text) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-01-01", "2022-01-01/3Y", "2022-13-01/P3Y", "2022-01-01/P0Y", "2021/23", "2021 Q5", "9999", "0001",
     "2022-01-02/2022-01-01", "To Marchember", "2020/21 - 22/24", "٢٠٢٢"],
)  # fmt: skip
def test_what_is_no_period_is_none(text):
    assert read_span(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_none(text):
    span = read_span(text)
    assert span is None or span[0] <= span[1]


@given(st.integers(1900, 2099), st.integers(0, 30))
def test_a_short_last_year_is_the_next_of_that_ending(year, more):
    last = year + more
    assert read_span(f"{year} - {last % 100:02d}") == (dt.date(year, 1, 1), dt.date(last, 12, 31))
