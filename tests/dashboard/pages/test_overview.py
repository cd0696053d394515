"""The Overview in every state: the wall, its rail, its line of honesty, and a designed page where there is none."""

from __future__ import annotations

import pytest


def test_the_wall_stands_under_its_headline(open_page):
    _, told = open_page("full", "overview")
    assert (
        "<h1>Four measures better, two worse, one changed. Nineteen as usual; ten cannot yet tell.</h1>"
        in told.html
    )
    assert told.html.count('<table class="wall">') == 1
    assert "Six neighbourhoods · data until 22 November 2026" in told.plain
    assert "7 of 26 charts show a signal. Chance alone would give about 0.4." in told.plain


def test_neighbourhoods_are_never_ranked(open_page):
    _, told = open_page("full", "overview")
    places = ["Ashfield", "Brook End", "Creekside", "Long Meadow", "Millpond", "Saltmarsh"]
    at = [told.html.index(f'target="_self">{place}</a></th>') for place in places]
    assert at == sorted(at)


def test_the_rail_holds_news_what_was_agreed_and_predictions(open_page):
    _, told = open_page("full", "overview")
    assert "New since 27 October" in told.plain
    assert (
        "About 1 in 10 of these may be chance. 1 Ashfield, cycle 2 Improved: 51, against 41 before."
        in told.plain
    )
    assert (
        "Charts alone. Three of 27 charts show a new signal. Chance alone would give about 0.4." in told.plain
    )
    assert "Agreed on 27 October" in told.plain
    assert "Find the cause: the nurse, by 17 November. Done." in told.plain
    assert "Predictions due" in told.plain


def test_a_number_beside_an_icon_is_the_number_in_the_rail(open_page):
    _, told = open_page("full", "overview")
    rail, _, table = told.html.partition("<table")
    assert '<span class="news-disc">3</span><div><a href="neighbourhood?neighbourhood=creekside' in rail
    cell = table[
        table.index(
            "neighbourhood=creekside&amp;prototype=creekside_pressure&amp;measure=days_to_follow_up"
        ) :
    ]
    assert cell.index('<span class="news-disc">3</span>') < cell.index("</td>")


def test_what_was_agreed_and_what_falls_due_elsewhere_is_not_told_where_a_theme_is_looked_at(open_page):
    _, told = open_page("full", "overview", theme="connection")
    assert "Agreed on 27 October Nothing was agreed about what is shown." in told.plain
    assert "No prediction is open." in told.plain


def test_a_domain_shows_its_own_measures(open_page):
    _, told = open_page("full", "overview", domain="quality")
    assert told.html.count('scope="colgroup"') == 1
    assert "Six neighbourhoods · Quality · data until" in told.plain


def test_a_prototype_shows_its_own_neighbourhood_alone(open_page):
    _, told = open_page("full", "overview", prototype="millpond_pressure")
    assert told.html.count('scope="row"') == 1
    assert "One neighbourhood · Millpond, Blood pressure checks at the market" in told.plain


def test_all_measures_stand_in_one_wide_table_where_the_reader_asks(open_page):
    _, told = open_page("full", "overview", show="all")
    assert 'class="wall-frame"' in told.html
    assert "Show fewer" in told.plain


def test_the_wall_of_a_past_day_says_so_and_ends_there(open_page):
    _, told = open_page("full", "overview", until="2026-06-07")
    assert "as it stood on 7 June 2026, coloured by the usual ranges of today" in told.plain
    assert "10 May to 7 June" in told.plain
    assert "November" not in told.html.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Will meet the target" not in told.html, "a target is held against today's range alone"


def test_made_up_data_says_so(open_page):
    _, told = open_page("full", "overview")
    assert "Made-up data" in told.plain


def test_a_theme_in_the_address_shows_its_measures(open_page):
    _, told = open_page("full", "overview", show="connection")
    assert 'scope="colgroup" colspan="2"' in told.html
    assert told.html.count('scope="colgroup"') == 1
    assert "No measure shows a signal. Twelve cannot yet tell." in told.plain


@pytest.mark.parametrize("show", ["nonsense", "<script>", ""])
def test_an_unknown_theme_shows_the_wall(open_page, show):
    _, told = open_page("full", "overview", show=show)
    assert told.html.count('scope="colgroup"') == 3


def test_the_phone_s_neighbourhood_is_kept_in_the_address(open_page):
    app, told = open_page("full", "overview", neighbourhood="millpond")
    assert app.selectbox(key="choice_neighbourhood").value == "millpond"
    assert '<ul class="wall-list">' in told.html
    app.selectbox(key="choice_neighbourhood").select("creekside").run()
    assert app.query_params["neighbourhood"] in ("creekside", ["creekside"])


def test_one_point_is_a_beginning_and_not_a_signal(open_page):
    _, told = open_page("one_point", "overview")
    assert "No measure shows a signal. Thirty-six cannot yet tell." in told.plain
    assert "1 of 13" in told.plain
    assert "No chart can show a signal yet." in told.plain
    assert "Nothing new. That is common, and fine." in told.plain


def test_an_empty_mart_says_what_to_do_next(open_page):
    _, told = open_page("empty", "overview")
    assert "Nothing has been loaded yet" in told.plain
    assert "python -m pipelines build" in told.plain
    assert "<table" not in told.html


@pytest.mark.parametrize("state", ["broken", "missing", "old"])
def test_a_mart_that_cannot_be_opened_is_a_page_and_not_a_traceback(open_page, state):
    _, told = open_page(state, "overview")
    assert "The charts cannot be opened" in told.plain
    assert "Nothing you recorded is lost" in told.plain
    assert "Traceback" not in told.plain


def test_the_projector_view_goes_along_with_every_link(open_page):
    _, told = open_page("full", "overview", view="projector")
    assert "view=projector" in told.html
    assert "Back to the desk view" in told.plain
