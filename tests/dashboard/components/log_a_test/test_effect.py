"""What a saved test is said to have done to the charts: what the mart's own rows say, and when a week is over."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.log_a_test import effect as log_effect
from dashboard.components.log_a_test.place import measure_of_row
from dashboard.components.wording import rows_of
from pipelines.vocabulary import Period


@pytest.fixture
def store(open_mart):
    return open_mart("full")


@pytest.fixture
def measures(store):
    return [measure_of_row(row, ()) for row in rows_of(store.measures())]


@pytest.fixture(autouse=True)
def address(monkeypatch):
    monkeypatch.setattr(
        log_effect.context, "link", lambda page, **choices: f"{page}?{choices.get('measure')}"
    )


def told(store, measures, day, *items, prototype="ashfield_pressure"):
    return log_effect.effects_of(store, measures, prototype, day, items)


def test_a_week_on_the_chart_is_a_new_point_in_the_charts_own_words(store, measures):
    one = told(store, measures, dt.date(2026, 11, 18), "attended")[0]
    point = store.points("people_reached@ashfield_pressure").iloc[-1]
    assert one.words == f"People reached: a new point. {point['words']}"
    assert one.address == "neighbourhood?people_reached"


def test_a_week_that_is_not_over_says_when_it_ends(store, measures):
    one = told(store, measures, dt.date(2026, 11, 24), "attended")[0]
    assert one.words == "People reached: counted in the week that ends on Sunday 29 November."


def test_a_small_number_is_said_to_be_held_back(store, measures):
    words = [
        one.words
        for one in told(store, measures[2:3], dt.date(2026, 11, 18), "asked", prototype="saltmarsh_pressure")
    ]
    assert words == ["Back in 28 days: counted. The number is small, so it is held back on this chart."]


def test_a_gap_is_called_a_gap(store, measures):
    gap = store.points("people_reached@brook_end_pressure").query("is_gap").iloc[0]
    day = gap["period_start"].date()
    assert (
        "a gap, not a zero" in told(store, measures, day, "attended", prototype="brook_end_pressure")[0].words
    )


def test_charts_that_count_none_of_the_items_are_not_mentioned(store, measures):
    assert told(store, measures, dt.date(2026, 11, 18), "nothing") == []


def test_a_measure_without_a_chart_yet_says_where_it_counts(store, measures):
    one = told(store, measures, dt.date(2026, 11, 18), "attended", prototype="saltmarsh_pressure")
    assert one
    assert all(effect.words for effect in one)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)))
def test_a_week_ends_on_the_sunday_on_or_after_the_day_and_a_month_on_its_last_day(day):
    sunday = next(
        day + dt.timedelta(days=n) for n in range(7) if (day + dt.timedelta(days=n)).isoweekday() == 7
    )
    assert f"Sunday {sunday.day} {sunday:%B}" in log_effect.later(Period.WEEK, day)
    assert f"{calendar.monthrange(day.year, day.month)[1]} {day:%B}" in log_effect.later(Period.MONTH, day)
