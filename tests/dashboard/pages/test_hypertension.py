"""Hypertension in every state: three sentences first, then what they rest on; and never a page without words."""

from __future__ import annotations

import duckdb
import pytest

from dashboard import context
from pipelines.mart import current
from tests.dashboard.marts import write_marts


def test_the_three_sentences_stand_above_everything_else(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert "<h1>Hypertension in Ashfield</h1>" in told.html
    at = [
        told.html.index(words)
        for words in (
            '<section class="three">',
            "More people are reached",
            "The biggest loss",
            "Ask who calls back",
            '<section class="steps">',
        )
    ]
    assert at == sorted(at)


def test_the_steps_stand_beside_what_to_read_with_care(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert "540" in told.plain
    assert "lost here, the most of all" in told.plain
    for words in ("Read with care", "Beware false comfort", "Who is not reached?", "Balance"):
        assert words in told.plain
    assert "never compares a person's first and second reading" in told.plain


def test_the_charts_that_prove_it_stand_below_with_what_chance_alone_would_give(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert set(told.titles) >= {"Reach", "Quality", "Impact"}
    assert "Chance alone would give" in told.plain
    assert 'href="neighbourhood?neighbourhood=ashfield&amp;prototype=ashfield_pressure"' in told.html


def test_only_prototypes_of_the_theme_are_shown(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="ashfield")
    assert "Walk and talk" not in told.plain


def test_the_neighbourhood_is_kept_in_the_address_and_places_are_never_ranked(open_page):
    app, _ = open_page("full", "hypertension", neighbourhood="creekside")
    chosen = app.selectbox(key="choice_neighbourhood")
    assert chosen.value == "creekside"
    assert chosen.options == ["Ashfield", "Brook End", "Creekside", "Long Meadow", "Millpond", "Saltmarsh"]


def test_a_hidden_chart_shows_no_number_and_says_why(open_page):
    _, told = open_page("full", "hypertension", neighbourhood="saltmarsh")
    assert "Why hidden?" in told.plain


def test_one_point_is_a_beginning(open_page):
    _, told = open_page("one_point", "hypertension", neighbourhood="ashfield")
    assert "No chart can show a signal yet." in told.plain


def test_an_empty_mart_says_what_to_do_next(open_page):
    _, told = open_page("empty", "hypertension")
    assert "Nothing has been loaded yet" in told.plain


@pytest.mark.parametrize("state", ["broken", "missing", "old"])
def test_a_mart_that_cannot_be_opened_is_a_page_and_not_a_traceback(open_page, state):
    _, told = open_page(state, "hypertension")
    assert "The charts cannot be opened" in told.plain


@pytest.fixture
def open_without(open_page, tmp_path, monkeypatch):
    """Open the page on a mart from which some rows were taken away."""

    def open_(*statements):
        folder = write_marts(tmp_path, "full")
        with duckdb.connect(str(current(folder / "shared"))) as mart:
            for statement in statements:
                mart.execute(statement)
        monkeypatch.setattr(context, "marts_folder", lambda: folder)
        return open_page("full", "hypertension", neighbourhood="ashfield")[1]

    return open_


def test_where_no_prototype_has_the_theme_the_page_says_how_one_gets_it(open_without):
    told = open_without("DELETE FROM theme_sentence")
    assert "No hypertension prototype yet" in told.plain


def test_a_place_without_a_prototype_still_answers_and_shows_no_chart(open_without):
    told = open_without("DELETE FROM prototype WHERE neighbourhood_id = 'ashfield'", "DELETE FROM theme_step")
    assert "no prototype yet" in told.plain
    assert "More people are reached" in told.plain
    assert "a step needs those who were asked" in told.plain
    assert told.titles == []


def test_what_to_read_with_care_and_the_balance_come_from_the_mart(open_without):
    care = "'hypertension', 'ashfield', 4, 'Read with care', 'Counts are <rounded>.'"
    told = open_without(
        f"INSERT INTO theme_sentence VALUES ({care})",
        "UPDATE measure SET domain = 'balancing' WHERE measure_id = 'people_reached'",
        "UPDATE chart_summary SET domain = 'balancing' WHERE measure_id = 'people_reached'",
    )
    assert "<li>Counts are &lt;rounded&gt;.</li>" in told.html
    assert '<p class="balance">' in told.html
