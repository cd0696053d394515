"""Filters: what the address asks for, what may be asked for, and rows kept by it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.components.wall import filters as model
from dashboard.components.wall.filters import Filters, narrowed, read


@pytest.fixture
def asked(open_mart, monkeypatch):
    """Return what is looked at under an address."""
    store = open_mart("full")

    def ask(**choices: str) -> Filters:
        monkeypatch.setattr(st, "query_params", choices)
        return read(store)

    return ask


def test_an_address_without_choices_looks_at_everything(asked):
    assert asked() == Filters()
    assert not asked().any_chosen


def test_every_choice_is_read_from_the_address_and_goes_back_into_a_link(asked):
    address = {"theme": "connection", "domain": "reach", "prototype": "ashfield_walks", "until": "2026-08-02"}
    found = asked(**address)
    assert found == Filters("connection", "reach", "ashfield_walks", dt.date(2026, 8, 2))
    assert found.choices() == address
    assert found.any_chosen


@pytest.mark.parametrize("name", ["theme", "domain", "prototype", "until"])
@pytest.mark.parametrize("value", ["", "nonsense", "<script>", "2031-01-01"])
def test_what_is_not_in_the_mart_is_passed_over(asked, name, value):
    assert asked(**{name: value}) == Filters()


def test_a_prototype_of_another_theme_is_passed_over(asked):
    assert asked(theme="hypertension", prototype="ashfield_walks") == Filters(theme="hypertension")


def test_the_last_day_of_the_data_is_no_choice(asked):
    assert asked(until="2026-11-22") == Filters()


@pytest.mark.parametrize("show", ["connection", "connection, more", "connection, more 2"])
def test_an_older_address_still_names_its_theme(asked, show):
    assert asked(show=show) == Filters(theme="connection")


def test_rows_are_kept_where_every_choice_agrees():
    rows = pd.DataFrame({
        "theme": ["food", "food", "food", None], "domain": ["reach", "reach", "impact", "reach"],
        "prototype_id": ["a", "b", "a", "a"],
    })  # fmt: skip
    assert narrowed(rows, Filters()).index.tolist() == [0, 1, 2, 3]
    assert narrowed(rows, Filters(theme="food")).index.tolist() == [0, 1, 2]
    assert narrowed(rows, Filters(theme="food", domain="reach", prototype="a")).index.tolist() == [0]
    assert narrowed(rows.iloc[:0], Filters(theme="food")).empty


def test_prototypes_are_offered_west_to_east_with_their_place(open_mart):
    offered = model.prototypes(open_mart("full"))
    assert next(iter(offered.values())) == "Ashfield, Walk and talk"
    assert [words.split(",")[0] for words in offered.values()] == [
        "Ashfield", "Ashfield", "Brook End", "Creekside", "Long Meadow", "Millpond", "Saltmarsh",
    ]  # fmt: skip
    assert list(model.prototypes(open_mart("full"), "connection")) == ["ashfield_walks"]


def page():
    import streamlit as st

    from dashboard import context
    from dashboard.components.wall import filters

    st.write(repr(filters.choose(context.open_store(), "theme", "domain", "prototype", "until")))


def test_boxes_keep_their_choice_in_the_address_and_take_it_away_again(app_marts):
    app_marts("full")
    app = AppTest.from_function(page, default_timeout=30).run()
    app.selectbox(key="choice_theme").select("connection").run()
    assert "theme='connection'" in app.markdown[0].value
    assert app.query_params["theme"] in ("connection", ["connection"])
    app.selectbox(key="choice_theme").select("").run()
    assert "theme=None" in app.markdown[0].value
    assert "theme" not in app.query_params


def test_a_prototype_that_the_theme_does_not_have_is_taken_away(app_marts):
    app_marts("full")
    app = AppTest.from_function(page, default_timeout=30)
    app.query_params["prototype"] = "brook_end_pressure"
    app.run()
    assert "prototype='brook_end_pressure'" in app.markdown[0].value
    app.selectbox(key="choice_theme").select("connection").run()
    assert "prototype=None" in app.markdown[0].value
    assert "prototype" not in app.query_params


def test_a_day_picked_is_the_day_as_which_it_stood(app_marts):
    app_marts("full")
    app = AppTest.from_function(page, default_timeout=30).run()
    app.date_input(key="choice_until").set_value(dt.date(2026, 8, 2)).run()
    assert "until=datetime.date(2026, 8, 2)" in app.markdown[0].value
    app.date_input(key="choice_until").set_value(dt.date(2026, 11, 22)).run()
    assert "until=None" in app.markdown[0].value
