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


def test_the_rail_holds_news_decisions_and_predictions(open_page):
    _, told = open_page("full", "overview")
    assert "New since 25 October" in told.plain
    assert "About 1 in 10 may be chance" in told.plain
    assert "Brook End, cycle 2" in told.plain
    assert "Decided lately" in told.plain
    assert "Predictions due" in told.plain


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
    assert "Leave the wall view" in told.plain
