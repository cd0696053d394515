"""Across places: west to east, never ranked, a place outside told in words and by its shape."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.components.hypertension.places import labels_of, side_by_side_html, told
from dashboard.figures.funnel import beyond_words, funnel_figure
from dashboard.theme import LIGHT


@pytest.fixture
def points(open_mart):
    rows = open_mart("full").funnel_points("hypertension")
    return rows[rows["measure_id"] == "back_in_28_days"]


@pytest.fixture
def lines(open_mart):
    return open_mart("full", "true").funnel_lines("hypertension", "back_in_28_days")


def places(figure):
    return next(trace for trace in figure.data if trace.name == "places")


def test_every_place_that_is_shown_is_named_and_the_one_outside_is_a_diamond(points, lines):
    trace = places(funnel_figure(points, lines, "ashfield", LIGHT, narrow=False))
    assert list(trace.text) == ["<b>Ashfield</b>", "Long Meadow", "Millpond", "Saltmarsh"]
    assert list(trace.marker.symbol) == ["circle", "circle", "circle", "diamond"]
    assert trace.marker.color == LIGHT.data
    assert "below what chance alone would give (99.8% limits)" in trace.customdata[3].replace("<br>", " ")


def test_a_place_held_back_is_nowhere_in_the_figure_but_named_in_the_words(points, lines):
    figure = funnel_figure(points, lines, None, LIGHT, narrow=True)
    assert "Creekside" not in figure.to_json()
    assert "Held back or not counted: Creekside." in told(points)


def test_the_words_name_who_lies_outside_and_rank_nobody(points):
    words = told(points)
    assert words.startswith("Saltmarsh: 38%, 213 of 560; below what chance alone would give")
    assert "The others lie within what chance alone would give: they cannot be told apart." in words


def test_without_any_outside_all_are_said_to_be_alike(points):
    assert told(points[points["beyond"] != "below 99.8"]).startswith("All places shown lie within")


def test_where_most_lie_outside_it_is_said_that_one_far_place_moves_all_of_them(points):
    assert "Most places lie outside." not in told(points)
    assert "Most places lie outside." in told(points.assign(beyond="below 99.8"))


def test_a_funnel_of_nothing_is_drawn_and_says_nothing(points, lines):
    assert all(
        trace.name != "places"
        for trace in funnel_figure(points.head(0), lines, None, LIGHT, narrow=False).data
    )
    assert funnel_figure(points, lines.head(0), None, LIGHT, narrow=False).data


@pytest.mark.parametrize(
    ("beyond", "words"),
    [("within", "within what chance alone would give"), ("above 95", "above what chance alone would give (95% limits)"),
     (None, "cannot be compared")],
)  # fmt: skip
def test_where_a_place_lies_is_told_in_words(beyond, words):
    assert beyond_words(beyond) == words


def test_side_by_side_every_measure_has_its_places_west_to_east(open_mart):
    points = open_mart("full").funnel_points("hypertension")
    names = labels_of(points, {"back_in_28_days": "Confirmed"})
    html = side_by_side_html(points, names)
    assert names["back_in_28_days"] == "Confirmed"
    part = html[html.index("<h3>Confirmed</h3>") :]
    at = [
        part.index(f">{place}<")
        for place in ("Ashfield", "Creekside", "Long Meadow", "Millpond", "Saltmarsh")
    ]
    assert at == sorted(at)
    assert "below the band" in part
    assert "* held back" in part


def test_a_place_held_back_says_why_one_click_away(points):
    why = points["why_hidden"].where(points["share"].notna(), "Small numbers.")
    html = side_by_side_html(points.assign(why_hidden=why), {"back_in_28_days": "Confirmed"})
    assert "* Why hidden?</summary><p>Small numbers.</p>" in html


def test_a_measure_of_one_place_alone_has_no_funnel(open_mart):
    points = open_mart("full").funnel_points("hypertension")
    assert labels_of(points[points["neighbourhood_id"] == "ashfield"], {}) == {}
    assert "nothing to lay side by side" in side_by_side_html(pd.DataFrame(), {})
