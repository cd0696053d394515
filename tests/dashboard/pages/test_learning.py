"""Learning in every state: no prediction, none due, one, few, very many; the gate; from talk to action; both audiences."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard import context
from pipelines.mart import current
from pipelines.vocabulary import Audience

FIRST = dt.date(2024, 1, 7)


@pytest.fixture
def open_with(open_page, fixture_mart, tmp_path, monkeypatch):
    """Open the page on a mart in which statements have changed rows; returns the app and what it says."""

    def open_(*statements, audience="shared", **choices):
        folder = Path(shutil.copytree(fixture_mart("full"), tmp_path / "marts"))
        with duckdb.connect(str(current(folder / audience))) as mart:
            for statement in statements:
                mart.execute(statement)
        monkeypatch.setattr(context, "marts_folder", lambda: folder)
        if audience == "true":
            monkeypatch.setattr(context, "audience", lambda: Audience.TRUE)
        return open_page("full", "learning", **choices)

    return open_


def scored(size, inside):
    """Return statements that leave so many scored cycles, of which the first `inside` held."""
    rows = [
        f"('all', 'all', {at}, 'ashfield_2', DATE '{FIRST + dt.timedelta(weeks=2 * at)}', {0.5 if at < inside else 2.5}, "
        f"{0.5 if at < inside else -2.5}, {at < inside}, 0.5, 'Cycle {at}: told.')"
        for at in range(size)
    ]
    yield "DELETE FROM prediction_error"
    if rows:
        yield f"INSERT INTO prediction_error VALUES {', '.join(rows)}"
    share = f"share = {inside / size}, share_low = 0.3, share_high = 0.9" if size else "share = NULL"
    yield f"UPDATE calibration SET n_sealed = {size + 2}, n_scored = {size}, n_inside = {inside}, {share}"


def marks(told):
    """Return the shapes in the picture of ranges; the chart of errors has its own, smaller ones."""
    return re.findall(r'<a class="mark (dot|diamond)(?: beyond)?(?: late)?"', told.html)


def test_the_headline_is_the_sentence_of_calibration(open_with):
    _, told = open_with(
        "UPDATE calibration SET sentence = 'We are too sure: 13 of 22 held. They promise 8 in 10.'"
    )
    assert "<h1>We are too sure: 13 of 22 held.</h1>" in told.html
    assert "They promise 8 in 10." in told.plain


def test_misses_stand_beside_hits_each_leading_to_its_cycle(open_with):
    _, told = open_with()
    assert marks(told) == ["diamond", "dot", "dot"]
    assert 'href="cycle?cycle=millpond_1"' in told.html
    assert 'href="cycle?cycle=creekside_1"' in told.html


def test_what_held_stands_with_its_interval_and_what_was_promised(open_with):
    _, told = open_with()
    for words in ("2 of 3 held, 67%", "95% interval 20 to 95%", "promised 80%"):
        assert words in told.plain


def test_a_prediction_from_a_file_is_not_scored_and_the_page_says_why(open_with):
    _, told = open_with()
    assert "It was read from a file, so nobody can tell when it was written. 3" in told.plain
    assert "Only a prediction that was sealed before the first test can show whether we knew" in told.plain
    assert "Sealed, and without a result yet. 1" in told.plain


def test_no_prediction_yet_says_how_one_is_made(open_with):
    _, told = open_with(
        "DELETE FROM prediction",
        "DELETE FROM prediction_error",
        "UPDATE calibration SET n_sealed = 0, n_scored = 0",
    )
    assert "No prediction has been sealed yet." in told.plain
    assert 'href="plan"' in told.html
    assert not marks(told)
    assert "not scored: why?" not in told.plain


def test_predictions_of_which_none_is_due_say_when_the_first_is(open_with):
    _, told = open_with(
        *scored(0, 0), "DELETE FROM prediction WHERE NOT is_sealed", "UPDATE prediction SET is_inside = NULL"
    )
    assert (
        "2 predictions are sealed; none has a result yet. The first falls due on 26 October 2026."
        in told.plain
    )
    assert not marks(told)


def test_one_scored_cycle_is_a_mark_in_the_middle(open_with):
    _, told = open_with(*scored(1, 1))
    assert marks(told) == ["dot"]
    assert "left:50.00%" in told.html
    assert "1 of the 12 cycles that set the median" in told.plain
    assert "1 closed cycle with a sealed prediction, January 2024" in told.plain


def test_fewer_than_twelve_say_that_it_is_too_early(open_with):
    _, told = open_with(
        *scored(11, 6), "UPDATE calibration SET sentence = 'Too few cycles to tell (11 of 20).'"
    )
    assert "<h1>Too few cycles to tell (11 of 20).</h1>" in told.html
    assert "11 of the 12 cycles that set the median" in told.plain
    assert len(marks(told)) == 11


def test_sixty_cycles_are_all_there_and_small(open_with):
    _, told = open_with(*scored(60, 40))
    shapes = marks(told)
    assert shapes == ["dot"] * 40 + ["diamond"] * 20
    assert '<div class="marks many">' in told.html


def test_a_phone_shows_the_gate_first_and_the_last_twelve(open_with, monkeypatch):
    monkeypatch.setattr("dashboard.components.viewport.is_narrow", lambda seek=None: True)
    _, told = open_with(*scored(30, 20), prototype="millpond_pressure")
    assert len(marks(told)) == 12
    assert "The last 12 of 30." in told.plain
    assert "the first 12 cycles set the median" in told.plain
    at = [
        told.plain.index(words)
        for words in ("Ready to scale?", "Do our predictions hold?", "From talk to action")
    ]
    assert at == sorted(at)


def test_the_gate_shows_each_answer_with_its_evidence_and_no_total(open_with):
    app, told = open_with(prototype="millpond_pressure")
    assert "Not yet. One rule met, one not, one cannot yet be told." in told.plain
    gate = told.html[told.html.index('<ul class="gate">') : told.html.index("Every rule must say yes")]
    answers = re.findall(r'<b class="answer">([^<]+)</b>', gate)
    assert answers == ["Yes", "No", "Cannot yet tell"]
    assert "It has been tried in one neighbourhood." in gate
    assert 'href="prototype?neighbourhood=millpond&amp;prototype=millpond_pressure"' in told.html
    assert "%" not in re.sub(r'src="[^"]*"', "", gate)
    places = [option.split(" · ")[0] for option in app.selectbox(key="choice_prototype").options]
    assert places == [
        "Ashfield",
        "Ashfield",
        "Brook End",
        "Creekside",
        "Long Meadow",
        "Millpond",
        "Saltmarsh",
    ]


def test_a_prototype_of_which_nothing_is_counted_has_no_gate_yet(open_with):
    _, told = open_with(prototype="ashfield_walks")
    assert "Nothing is counted for this idea yet." in told.plain


def test_the_first_prototype_with_answers_is_shown_where_none_is_chosen(open_with):
    app, _ = open_with()
    assert app.selectbox(key="choice_prototype").value == "millpond_pressure"


def test_what_was_stopped_stands_in_the_same_bold_as_what_was_reached(open_with):
    _, told = open_with()
    assert (
        '<td class="reached"><i style="width:60.0%"></i><b>7</b> <span class="muted">100%</span>' in told.html
    )
    assert '<td class="stopped" data-label="stopped"><b>1</b></td>' in told.html
    assert "Walk and talk , Ashfield, 12 October 2026: Nobody came after the clocks changed." in told.plain


@pytest.mark.parametrize("statement", ["DELETE FROM stage_count", "UPDATE stage_count SET n_reached = 0"])
def test_without_an_idea_the_way_to_action_says_where_one_begins(open_with, statement):
    _, told = open_with(statement)
    assert "No idea has been written down yet." in told.plain


def test_the_shared_page_never_asks_whose_predictions(open_with):
    app, _ = open_with()
    assert [box.key for box in app.selectbox] == ["choice_prototype"]


def test_a_group_sees_its_own_beside_all_groups_together(open_with):
    app, told = open_with(audience="true", whose="millpond_pressure")
    assert app.selectbox(key="choice_whose").options[0] == "All groups together"
    assert "<h1>Too few cycles to tell (1 of 20).</h1>" in told.html
    assert "Millpond · Blood pressure checks at the market, for this group alone" in told.plain
    assert "All groups together: Too few cycles to tell (3 of 20)." in told.plain
    assert len(marks(told)) == 1


def test_an_unknown_group_in_the_address_shows_all_groups(open_with):
    app, told = open_with(audience="true", whose="nobody")
    assert app.selectbox(key="choice_whose").value == "all"
    assert "All neighbourhoods" in told.plain


def test_names_from_outside_are_shown_as_written(open_with):
    _, told = open_with(
        "UPDATE prototype SET name = '<b>Walk</b>'",
        "UPDATE prediction_error SET words = 'a \"quoted\" <i>word</i>'",
        "UPDATE stage_event SET reason = '<script>x</script>'",
    )
    assert "&lt;b&gt;Walk&lt;/b&gt;" in told.html
    for tag in ("<b>Walk", "<i>word", "<script"):
        assert tag not in told.html


def test_an_empty_mart_says_what_to_do_next(open_page):
    _, told = open_page("empty", "learning")
    assert "Nothing has been loaded yet" in told.plain


@pytest.mark.parametrize("state", ["broken", "missing", "old"])
def test_a_mart_that_cannot_be_opened_is_a_page_and_not_a_traceback(open_page, state):
    _, told = open_page(state, "learning")
    assert "The charts cannot be opened" in told.plain
