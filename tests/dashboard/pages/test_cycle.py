"""The Cycle page: the guess against the world, the verdict with every word, the receipt, the decision."""

from __future__ import annotations

import json

import pytest

WORDS = ("Improved", "Worsened", "No evidence of change", "Not enough data", "Check the data")


def traces(app):
    return {
        part["name"]: part for plot in app.get("plotly_chart") for part in json.loads(plot.proto.spec)["data"]
    }


def test_the_question_is_the_title_and_the_prediction_stands_beside_the_result(open_page):
    app, told = open_page("full", "cycle", cycle="millpond_1")
    assert "<h1>Does a shared diary shorten the wait?</h1>" in told.html
    assert {"prediction", "result", "before"} <= set(traces(app))
    assert traces(app)["result"]["x"] == [9.0]


def test_all_five_verdicts_are_shown_and_one_is_marked(open_page):
    _, told = open_page("full", "cycle", cycle="creekside_1")
    for word in WORDS:
        assert f">{word}</li>" in told.html
    assert told.html.count('aria-current="true" style=') == 1
    assert ">Worsened</h2>" in told.html


def test_the_receipt_lists_each_check_with_its_mark_and_ends_with_the_rules(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert told.html.count('class="mark"') == 3
    assert "Rules mdc, version 1" in told.plain
    assert 'aria-label="lowers our confidence"' in told.html


def test_what_must_be_said_beside_the_verdict_is_said(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert "One place only." in told.plain


def test_a_prediction_from_a_file_is_called_unsealed(open_page):
    _, told = open_page("full", "cycle", cycle="ashfield_1")
    assert "Unsealed: read from a file, so not scored in calibration" in told.plain


def test_a_cycle_without_a_prediction_cannot_be_scored(open_page):
    _, told = open_page("full", "cycle", cycle="creekside_2")
    assert "No prediction was sealed. This cycle cannot be scored." in told.plain
    assert "Check the data" in told.plain


def test_the_recorded_decision_is_marked_and_dated(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert told.html.count('class="chosen"') == 1
    assert "Recorded: adopt" in told.plain
    assert "One diary, fewer lost bookings." in told.plain


def test_nothing_is_chosen_before_the_group_decides(open_page):
    _, told = open_page("full", "cycle", cycle="ashfield_2")
    assert 'class="chosen"' not in told.html
    assert "Not decided yet." in told.plain


def test_an_abandoned_cycle_looks_like_an_adopted_one(open_page):
    _, adopted = open_page("full", "cycle", cycle="millpond_1")
    _, abandoned = open_page("full", "cycle", cycle="brook_end_1")
    assert adopted.html.count("<li") == abandoned.html.count("<li")
    assert "Recorded: abandon" in abandoned.plain


def test_one_point_is_not_enough_data(open_page):
    _, told = open_page("one_point", "cycle", cycle="millpond_1")
    assert ">Not enough data</h2>" in told.html


def test_without_a_choice_the_cycle_that_began_last_is_shown(open_page):
    _, told = open_page("full", "cycle")
    assert "Will anyone come to the library?" in told.plain


def test_a_cycle_that_is_not_known_falls_back(open_page):
    app, told = open_page("full", "cycle", cycle="gone")
    assert "Will anyone come to the library?" in told.plain
    assert not app.exception


def test_the_page_leads_to_the_charts_of_the_prototype(open_page):
    _, told = open_page("full", "cycle", cycle="millpond_1")
    assert (
        "neighbourhood?neighbourhood=millpond&amp;prototype=millpond_pressure&amp;measure=days_to_follow_up"
        in told.html
    )


@pytest.mark.parametrize(
    ("state", "words"), [("empty", "Nothing has been loaded yet"), ("broken", "The charts cannot be opened")]
)
def test_empty_and_broken_marts_are_told_without_a_trace(open_page, state, words):
    app, told = open_page(state, "cycle")
    assert words in told.plain
    assert not app.exception
