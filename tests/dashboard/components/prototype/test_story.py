"""The story of a prototype in words: every stage as large as the others, what was noted, what was said."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
import pytest

from dashboard.components.prototype.cycles import cycles_html, held_words, ways_html
from dashboard.components.prototype.ramp import ramp_html
from dashboard.components.prototype.story import Story, annotations_html, quotes_html, stages_html
from dashboard.components.prototype_view import PrototypeView
from dashboard.figures.axis import TimeAxis


def stage(name, on, reason="because"):
    return {"stage": name, "reached_on": on, "reason": reason, "who": "the group"}


def story(stages=(), annotations=()):
    view = PrototypeView([], [], [], {}, None)
    return Story(
        {"name": "Ashfield"}, {"prototype_id": "p", "stage": None}, view, list(stages), list(annotations), []
    )


STOPPED = [stage("idea", dt.date(2025, 1, 6)), stage("stopped", dt.date(2026, 2, 2), "Nobody came.")]


def test_stopped_stands_in_the_same_size_as_every_other_stage():
    told = stages_html(STOPPED)
    assert "<b>Idea</b>" in told
    assert '<b>Stopped</b> <span class="muted">2 February 2026</span><span>Nobody came.</span>' in told


def test_a_stopped_prototype_is_not_asked_for_its_next_cycle():
    assert "Plan the next cycle" in ways_html(story(STOPPED[:1]))
    assert "Plan the next cycle" not in ways_html(story(STOPPED))


def test_a_stage_without_a_day_says_so_and_no_stage_at_all_too():
    assert "no day given" in stages_html([stage("idea", pd.NaT, None)])
    assert "No stage has been recorded yet." in stages_html([])


def test_without_a_cycle_it_is_said_what_one_is():
    assert "No cycle yet." in cycles_html(story())


def test_stages_and_things_noted_stand_under_the_axis():
    axis = TimeAxis(pd.Timestamp("2025-01-01"), pd.Timestamp("2026-12-31"))
    noted = [{"happened_on": dt.date(2025, 6, 2), "text": "The hall <b>closed</b>.", "who": "Ann"}]
    told = ramp_html(story(STOPPED, noted), axis, narrow=False)
    assert 'class="bar stage stopped"' in told
    assert '<span class="disc letter"' in told
    assert "<b>closed</b>" not in told
    assert ramp_html(story(), axis, narrow=False) == ""


@pytest.mark.parametrize(("narrow", "rows"), [(False, 1), (True, 2)])
def test_letters_step_down_where_they_would_touch(narrow, rows):
    """Fourteen days are 30 px on a desk and 12 px on a phone; a disc is 17 px wide."""
    axis = TimeAxis(pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-31"))
    noted = [{"happened_on": dt.date(2025, 6, day), "text": "x", "who": "Ann"} for day in (2, 16)]
    told = ramp_html(story(annotations=noted), axis, narrow=narrow)
    assert len(set(re.findall(r"top:calc\(([^)]*)\)", told))) == rows


def test_what_happened_is_lettered_and_after_z_comes_aa():
    rows = [{"happened_on": dt.date(2025, 1, 1), "text": f"{n}", "who": "Ann"} for n in range(27)]
    told = story(annotations=rows)
    assert [letter for letter, _ in told.lettered()][-2:] == ["z", "aa"]
    assert annotations_html(told).count("disc letter") == 27


def test_a_quote_says_whom_it_is_for():
    row = {"text": "I <i>sleep</i> better.", "said_by": "a guest", "consent": "everyone"}
    assert "for everyone to read" in quotes_html([row])
    assert "&lt;i&gt;" in quotes_html([row])
    assert "for this group alone" in quotes_html([row | {"consent": "group"}])


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "not due yet"),
        ({"is_sealed": True, "prediction_inside": True}, "held"),
        ({"is_sealed": True, "prediction_inside": False}, "did not hold"),
        ({"is_sealed": False, "prediction_inside": True}, "held, not sealed"),
        ({"is_sealed": False, "prediction_inside": None}, "not due yet, not sealed"),
    ],
)
def test_a_prediction_that_did_not_hold_is_told_as_plainly_as_one_that_did(result, words):
    assert held_words({"predicted_low": 1.0, "predicted_high": 2.0}, result) == words
    assert held_words({"predicted_low": None, "predicted_high": None}, result) == "none was made"
