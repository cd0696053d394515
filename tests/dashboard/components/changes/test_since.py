"""The day that news is counted from: one place, the same on every page, kept in the address."""

from __future__ import annotations

import datetime as dt

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import context
from dashboard.components.changes import since as model
from tests.dashboard.mart_news import LAST_MEETING, UNTIL


@pytest.fixture
def asked(monkeypatch):
    """Put choices into the address."""

    def ask(**choices: str) -> None:
        monkeypatch.setattr(st, "query_params", choices)

    return ask


def test_news_is_counted_from_the_last_meeting_that_ended(open_mart, asked):
    asked()
    assert model.since(open_mart("full")) == LAST_MEETING


def test_without_a_meeting_news_reaches_back_four_weeks(open_mart, asked, monkeypatch):
    asked()
    store = open_mart("full")
    monkeypatch.setattr(type(store), "last_meeting", lambda *_, **__: None)
    assert model.since(store) == UNTIL - dt.timedelta(days=28)


def test_a_meeting_on_the_last_day_of_the_data_is_not_the_one_before(open_mart, asked, monkeypatch):
    asked()
    store, seen = open_mart("full"), []
    monkeypatch.setattr(type(store), "last_meeting", lambda _, before=None: seen.append(before))
    model.since(store)
    assert set(seen) == {UNTIL}


@pytest.mark.parametrize("day", ["2026-11-01", "2026-01-05"])
def test_the_address_may_name_another_day(open_mart, asked, day):
    asked(since=day)
    assert model.since(open_mart("full")) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "2019-01-01", "2031-01-01", "<script>"])
def test_a_day_that_is_none_or_is_not_offered_is_passed_over(open_mart, asked, day):
    asked(since=day)
    assert model.since(open_mart("full")) == LAST_MEETING


def page():
    import streamlit as st

    from dashboard import context
    from dashboard.components.changes.since import choose_since

    st.write(choose_since(context.open_store()).isoformat())


def opened(**choices):
    app = AppTest.from_function(page, default_timeout=30)
    for name, value in choices.items():
        app.query_params[name] = value
    return app.run()


def test_a_day_picked_is_kept_in_the_address_and_the_usual_day_is_not(app_marts):
    app_marts("full")
    app = opened()
    assert app.markdown[0].value == "2026-10-27"
    assert "since" not in app.query_params
    app.date_input(key="choice_since").set_value(dt.date(2026, 9, 1)).run()
    assert app.markdown[0].value == "2026-09-01"
    assert app.query_params["since"] in ("2026-09-01", ["2026-09-01"])
    app.date_input(key="choice_since").set_value(LAST_MEETING).run()
    assert app.markdown[0].value == "2026-10-27"
    assert "since" not in app.query_params


def test_a_new_address_moves_the_date_box(app_marts):
    app_marts("full")
    app = opened(since="2026-09-01")
    assert app.date_input(key="choice_since").value == dt.date(2026, 9, 1)
    app.query_params["since"] = "2026-11-01"
    assert app.run().date_input(key="choice_since").value == dt.date(2026, 11, 1)


@pytest.mark.parametrize("state", ["one_point", "full"])
def test_every_mart_offers_days(app_marts, state):
    app_marts(state)
    assert not opened().exception
    assert model.days_offered(context.open_store())[0] <= model.usual_since(context.open_store())
