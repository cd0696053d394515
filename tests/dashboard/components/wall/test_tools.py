"""The line over the wall: how much is shown, and the way to the rest."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.components.wall.columns import Columns
from dashboard.components.wall.filters import Filters
from dashboard.components.wall.tools import looked_at, tools_html


def columns(shown: int, offered: int) -> Columns:
    return Columns(pd.DataFrame({"measure_id": range(shown)}), offered)


def test_where_more_could_be_shown_one_link_shows_all_of_it():
    html = tools_html(columns(6, 31), Filters(theme="food"))
    assert "6 of 31 measures." in html
    assert 'href=".?theme=food&amp;show=all" target="_self">Show all 31</a>' in html


def test_where_all_is_shown_one_link_leads_back():
    html = tools_html(columns(31, 31), Filters(domain="reach"))
    assert "All 31 measures." in html
    assert 'href=".?domain=reach" target="_self">Show fewer</a>' in html


def test_few_measures_need_no_link():
    html = tools_html(columns(1, 1), Filters())
    assert "1 measure." in html
    assert "Show" not in html


def test_the_view_for_a_wall_screen_keeps_what_is_looked_at():
    html = tools_html(columns(9, 9), Filters(theme="food"))
    assert 'href=".?theme=food&amp;show=all&amp;view=projector" target="_self">For a wall screen</a>' in html


def test_a_theme_with_a_page_of_its_own_leads_there():
    charted = {"food", "hypertension"}
    for looked in (Filters(theme="hypertension"), Filters()):
        assert 'href="hypertension" target="_self">' in tools_html(columns(6, 25), looked, charted)
    assert 'href="hypertension"' not in tools_html(columns(6, 25), Filters(theme="food"), charted)
    assert "hypertension" not in tools_html(columns(6, 25), Filters(), {"food"})


def test_what_is_looked_at_is_said_and_a_past_wall_says_by_which_ranges_it_is_coloured():
    day = dt.date(2026, 8, 2)
    filters = Filters("school_gate", "reach", "hall", day)
    assert looked_at(filters, {"hall": "Ashfield, Hall"}, day) == (
        "School gate · Reach · Ashfield, Hall · as it stood on 2 August 2026, coloured by the usual ranges of today"
    )
    assert looked_at(Filters(), {}, day) == "data until 2 August 2026"
