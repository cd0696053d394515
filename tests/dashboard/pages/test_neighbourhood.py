"""The Neighbourhood page in its states, read from what it sends to the browser."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from dashboard.components import once
from dashboard.components.neighbourhood import every_place
from dashboard.store import Store


@pytest.fixture
def nothing_kept():
    """No part of a page is known from a test before."""
    once._made.clear()


def figures(app):
    """The plotly figures of the page, as dictionaries."""
    return [json.loads(part.proto.spec) for part in app.get("plotly_chart")]


def values(figure):
    return next(part["y"] for part in figure["data"] if part.get("name") == "value")


def test_a_prototype_shows_every_measure_in_the_order_of_the_domains(open_page):
    app, told = open_page("full", "neighbourhood", neighbourhood="creekside")
    domains = ["Reach", "Reach", "Quality", "Quality", "Impact", "Impact", "Balancing"]
    assert told.titles == domains
    assert len(figures(app)) + len(pictures(told)) == len(domains)


def test_of_few_charts_all_answer_to_the_pointer(open_page):
    app, told = open_page("full", "neighbourhood", prototype="ashfield_walks")
    assert len(figures(app)) == len(told.titles) > 0
    assert not pictures(told)


def test_of_many_charts_the_one_asked_for_answers_and_the_others_lead_to_where_they_do(open_page):
    app, told = open_page("full", "neighbourhood", neighbourhood="creekside")
    before = len(figures(app))
    assert pictures(told)
    for alt, address in pictures(told):
        assert all(part.rstrip(".") in told.plain for part in alt.split(". ")[:2])
        choices = dict(parse_qsl(address.partition("?")[2]))
        again, then = open_page("full", "neighbourhood", **choices)
        alts = [part.proto.alt for part in again.get("plotly_chart")]
        assert alt in alts
        assert alt not in [other for other, _ in pictures(then)]
        assert len(figures(again)) <= before + 1


def test_where_points_are_from_is_asked_only_for_charts_that_show_their_numbers(
    open_page, nothing_kept, monkeypatch
):
    asked, real = [], Store.point_sources
    monkeypatch.setattr(Store, "point_sources", lambda self, ids: asked.extend(ids) or real(self, ids))
    app, told = open_page("full", "neighbourhood", neighbourhood="creekside")
    assert 0 < len(asked) == len(figures(app)) < len(told.titles)


def test_the_pictures_of_all_places_are_made_once_for_every_prototype_that_they_hold(
    open_page, nothing_kept, monkeypatch
):
    made, real = [], every_place.every_place_html
    monkeypatch.setattr(every_place, "every_place_html", lambda *given: made.append(given) or real(*given))
    _, here = open_page("full", "neighbourhood", prototype="ashfield_pressure")
    _, there = open_page("full", "neighbourhood", prototype="creekside_pressure")
    assert len(made) == 1
    assert panels(here) == panels(there) != []


def panels(told):
    """The small charts of all places, as they stand on a page."""
    return re.findall(r'<ul class="panels">.*?</ul>', told.html, flags=re.DOTALL)


def pictures(told):
    """The alternative text of each chart that is a picture, and the address it leads to."""
    cards = re.findall(r'<article class="picture-card">.*?</article>', told.html, flags=re.DOTALL)
    found = [re.search(r'<a href="([^"]+)"[^>]*><img [^>]*alt="([^"]*)"', card) for card in cards]
    return [(unescape(one[2]), unescape(one[1])) for one in found]


def test_all_charts_stand_on_one_time_axis(open_page):
    app, _ = open_page("full", "neighbourhood", neighbourhood="creekside")
    assert len({tuple(figure["layout"]["xaxis"]["range"]) for figure in figures(app)}) == 1
    assert len({figure["layout"]["margin"]["l"] for figure in figures(app)}) == 1


def test_each_chart_comes_with_its_sentence_and_the_same_alternative_text(open_page):
    app, told = open_page("full", "neighbourhood", neighbourhood="creekside")
    parts = app.get("plotly_chart")
    assert parts
    for part in parts:
        measure, sentence = part.proto.alt.split(". ")[:2]
        assert measure in told.plain
        assert sentence.rstrip(".") in told.plain


def test_cycles_stand_in_ribbon_and_key_with_links_to_their_page(open_page):
    _, told = open_page("full", "neighbourhood", neighbourhood="creekside")
    assert told.html.count("cycle?cycle=creekside_1") == 2
    assert "Cycle 1 and cycle 2 overlap: their effects cannot be told apart." in told.plain


def test_the_foot_says_what_chance_alone_would_show(open_page):
    _, told = open_page("full", "neighbourhood", neighbourhood="creekside")
    assert "Chance alone would give about" in told.plain


def test_the_numbers_are_one_click_away_and_equal_the_dots(open_page):
    app, told = open_page("full", "neighbourhood", neighbourhood="creekside")
    of_all_places = 1
    assert told.html.count("<summary>See the numbers</summary>") == len(figures(app)) + of_all_places
    first = [value for value in values(figures(app)[0]) if value is not None]
    assert f"<td>{first[-1]:.0f}</td>" in told.html


def test_a_hidden_series_shows_stars_and_not_one_number(open_page):
    _, told = open_page("full", "neighbourhood", neighbourhood="saltmarsh")
    asked = [dict(parse_qsl(address.partition("?")[2])) for _, address in pictures(told)]
    drawn = [
        figure for choices in asked for figure in figures(open_page("full", "neighbourhood", **choices)[0])
    ]
    hidden = [figure for figure in drawn if any(part.get("name") == "hidden" for part in figure["data"])]
    assert hidden
    for figure in hidden:
        stars = next(part for part in figure["data"] if part["name"] == "hidden")
        assert set(stars["y"]) == {0}
        assert all(value is None for value in values(figure))
    assert "Held back" in told.plain
    assert "Why hidden?" in told.plain


def test_a_domain_without_a_measure_keeps_its_place(open_page):
    _, told = open_page("full", "neighbourhood", neighbourhood="saltmarsh")
    assert "No impact measure chosen yet." in told.plain


def test_a_start_up_says_how_many_points_are_needed(open_page):
    app, told = open_page("full", "neighbourhood", neighbourhood="saltmarsh")
    notes = [note["text"] for figure in figures(app) for note in figure["layout"]["annotations"]]
    assert "6 of 12 points needed" in notes
    assert "Too few points" in told.plain


def test_one_point_is_drawn_without_a_range(open_page):
    app, _ = open_page("one_point", "neighbourhood")
    drawn = figures(app)
    assert drawn
    for figure in drawn:
        assert len([value for value in values(figure) if value is not None]) <= 1
        assert not [part for part in figure["data"] if part.get("name") == "upper limit"]


def test_the_address_alone_chooses_place_and_prototype(open_page):
    _, told = open_page("full", "neighbourhood", prototype="ashfield_walks")
    assert "Walk and talk" in told.plain


def test_looking_back_less_far_keeps_the_latest_points(open_page):
    app, _ = open_page("full", "neighbourhood", neighbourhood="creekside", weeks="16")
    everything, _ = open_page("full", "neighbourhood", neighbourhood="creekside")
    assert figures(app)
    for few, many in zip(figures(app), figures(everything), strict=True):
        assert len(values(few)) < len(values(many))
        assert values(few) == values(many)[-len(values(few)) :]


@pytest.mark.parametrize(
    "choices",
    [{"neighbourhood": "nowhere"}, {"prototype": "gone"}, {"weeks": "1000"}, {"measure": '"]<script>'}],
)
def test_an_address_that_names_nothing_known_falls_back(open_page, choices):
    app, told = open_page("full", "neighbourhood", **choices)
    assert figures(app)
    assert "<script>" not in told.html


def test_an_empty_mart_says_what_to_do(open_page):
    app, told = open_page("empty", "neighbourhood")
    assert "Nothing has been loaded yet" in told.plain
    assert not figures(app)


@pytest.mark.parametrize("state", ["broken", "missing", "old"])
def test_a_mart_that_cannot_be_read_is_told_without_a_trace(open_page, state):
    app, told = open_page(state, "neighbourhood")
    assert "The charts cannot be opened" in told.plain
    assert not app.exception


def test_the_projector_view_paints_in_its_own_colours(open_page):
    app, _ = open_page("full", "neighbourhood", neighbourhood="creekside", view="projector")
    assert "#1A1F24" in json.dumps(figures(app)[0])


def test_choosing_another_place_draws_its_charts_and_changes_the_address(open_page):
    app, _ = open_page("full", "neighbourhood", neighbourhood="creekside")
    before = figures(app)
    app.selectbox(key="choice_neighbourhood").set_value("millpond").run()
    assert not app.exception
    assert app.query_params["neighbourhood"] in ("millpond", ["millpond"])
    assert figures(app) != before


def test_a_box_tells_the_browser_in_every_run_where_it_stands(open_page):
    """A phone draws the box only at the second run; a box without it would stand at its first choice and say so."""
    app, _ = open_page("full", "neighbourhood", neighbourhood="millpond")
    for _ in range(2):
        box = app.selectbox(key="choice_neighbourhood")
        assert box.options[box.proto.default] == "Millpond"
        app.run()
