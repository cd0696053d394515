"""Dates as people write them, day before month."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.dates import read_date

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2069, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "2024-09-17",
        "2024-09-17T14:00:00",
        "17/9/24",
        "17/09/2024",
        "17.09.2024",
        "17-09-2024",
        "17/09/2024 13:30:02",
        "Tues 17 Sept 2024",
        "17th September 2024",
        "Tuesday, 17 Sep 2024",
        "17th of Sept 24",
        " 17/9/24 ",
        "Sept 17, 2024",
    ],
)
def test_one_day_in_many_spellings_is_that_day(written):
    assert read_date(written).day == dt.date(2024, 9, 17)
    assert read_date(written).note is None


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("09/24/2024", "month comes second"),
        ("2024-02-30", "no such day"),
        ("31/11/2024", "no such day"),
        ("45545", "day number"),
        ("tomorrow", "not a date"),
        ("10 September", "day, a month and a year"),
        ("Oct 10-12 2024", "day, a month and a year"),
        ("12/03/1951", "before 2000"),
        ("3 April 1951", "before 2000"),
        ("", "not a date"),
        ("10-12", "not a date"),
        ("may 5 march 2024", "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason_and_never_swapped(written, word):
    assert read_date(written).day is None
    assert word in read_date(written).reason


def test_a_weekday_that_does_not_fit_is_told():
    assert read_date("Mon 17 Sept 2024").day == dt.date(2024, 9, 17)
    assert "Tuesday" in read_date("Mon 17 Sept 2024").note


def test_month_first_is_read_only_where_asked_for():
    assert read_date("03/04/2024").day == dt.date(2024, 4, 3)
    assert read_date("03/04/2024", day_first=False).day == dt.date(2024, 3, 4)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%A %d %b %Y"]))
def test_every_day_comes_back_from_every_spelling(day, spelling):
    assert read_date(day.strftime(spelling)).day == day


@given(st.text(max_size=40))
def test_any_text_gives_a_day_or_a_reason(written):
    found = read_date(written)
    assert (found.day is None) == bool(found.reason)
