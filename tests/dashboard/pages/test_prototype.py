"""The Prototype page: stages, charts with their cycles under the axis, decisions on usual ranges, notes, readiness."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard import context
from dashboard.components import form_saving
from pipelines.vocabulary import Audience

HERE = {"neighbourhood": "ashfield", "prototype": "ashfield_pressure"}


@pytest.fixture
def writes(monkeypatch):
    """A server on its own machine, whose saves are kept in a list instead of a file."""
    kept = []

    class Kept:
        is_saved, faults = True, ()
        sentence = "Saved 14:32."

    def once(form, bodies, who, supersedes=None):
        kept.append((*bodies, who))
        return Kept()

    monkeypatch.setattr(context, "may_write", lambda: True)
    monkeypatch.setattr("dashboard.components.rebuild.warm", lambda: None)
    monkeypatch.setattr(form_saving, "once", once)
    return kept


def test_the_page_tells_the_story_from_idea_to_now(open_page):
    app, told = open_page("full", "prototype", **HERE)
    assert told.titles
    for heading in ("From idea to now", "All cycles", "What happened", "What people said", "Ready to scale?"):
        assert heading in told.plain
    assert app.get("plotly_chart")


def test_every_cycle_is_in_the_table_with_prediction_verdict_and_decision(open_page):
    _, told = open_page("full", "prototype", neighbourhood="millpond", prototype="millpond_pressure")
    assert "Does a shared diary shorten the wait?" in told.plain
    assert 'href="cycle?cycle=millpond_1"' in told.html
    assert "Improved" in told.plain


def test_what_meetings_agreed_about_any_of_its_cycles_or_charts_is_told(open_page):
    _, told = open_page("full", "prototype", neighbourhood="creekside", prototype="creekside_pressure")
    assert "Agreed at meetings" in told.plain
    assert told.plain.count("Steering group:") == 2
    _, none = open_page("full", "prototype", neighbourhood="ashfield", prototype="ashfield_walks")
    assert "Agreed at meetings" not in none.plain


def test_the_ramp_under_the_axis_names_each_cycle_and_how_it_ended(open_page):
    _, told = open_page("full", "prototype", neighbourhood="millpond", prototype="millpond_pressure")
    ramp = told.html.partition('class="ribbon ramp"')[2]
    assert 'href="cycle?cycle=millpond_1"' in ramp
    assert any(
        f'class="end">{word}<' in ramp for word in ("Adopt", "Adapt", "Abandon", "Continue", "not decided")
    )


def test_a_server_that_others_can_reach_takes_nothing_in_and_a_shared_one_tells_no_group_s_record(
    open_page, monkeypatch
):
    monkeypatch.setattr(context, "may_write", lambda: False)
    app, told = open_page("full", "prototype", **HERE)
    assert context.audience() == Audience.SHARED
    assert "A group sees its own record" in told.plain
    assert "Nothing can be entered here" in told.plain
    assert not app.button


def test_without_a_point_the_page_says_that_nothing_is_counted(open_page):
    _, told = open_page("one_point", "prototype", **HERE)
    assert "From idea to now" in told.plain


@pytest.mark.parametrize("state", ["empty", "broken", "missing"])
def test_without_a_mart_the_page_says_so(open_page, state):
    _, told = open_page(state, "prototype")
    assert 'class="notice"' in told.html


def test_a_link_to_a_series_opens_its_prototype(open_page):
    app, _ = open_page("full", "prototype", decide="people_reached@millpond_pressure")
    assert app.query_params["prototype"] in ("millpond_pressure", ["millpond_pressure"])


def test_a_stage_needs_a_day_and_a_reason_and_is_then_recorded(open_page, writes):
    app, _ = open_page("full", "prototype", **HERE)
    press(app, "Record this stage")
    said = faults(app)
    assert {"Choose a stage.", "Say since which day."} <= set(said)
    assert not writes
    form = key_of(app.radio, "_stage")
    form.set_value("stopped")
    key_of(app.date_input, "_on", "stage_").set_value(dt.date(2026, 11, 2))
    key_of(app.text_area, "_why", "stage_").set_value("Nobody came any more.")
    press(app, "Record this stage")
    body, _ = writes[0]
    assert (body.stage, body.reason, body.prototype_id) == (
        "stopped",
        "Nobody came any more.",
        "ashfield_pressure",
    )


def test_a_quote_is_kept_only_with_a_yes(open_page, writes):
    app, _ = open_page("full", "prototype", **HERE)
    key_of(app.text_area, "_text", "quote_").set_value("I sleep better.")
    key_of(app.text_input, "_by", "quote_").set_value("a resident")
    press(app, "Keep this quote")
    assert "Ask them first: without their yes it cannot be kept." in faults(app)
    assert not writes
    key_of(app.radio, "_for", "quote_").set_value("everyone")
    press(app, "Keep this quote")
    assert (writes[0][0].consent, writes[0][0].said_by) == ("everyone", "a resident")


def test_something_that_happened_becomes_a_flag(open_page, writes):
    app, _ = open_page("full", "prototype", **HERE)
    key_of(app.date_input, "_on", "note_").set_value(dt.date(2026, 10, 5))
    key_of(app.text_input, "_text", "note_").set_value("The hall was closed.")
    press(app, "Add this flag")
    assert (writes[0][0].happened_on, writes[0][0].text) == (dt.date(2026, 10, 5), "The hall was closed.")


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()


def faults(app):
    found = [part.proto.body for part in app.get("html") if "field-fault" in part.proto.body]
    return [body.partition(">")[2].removesuffix("</p>") for body in found]


def key_of(widgets, end, start=""):
    return next(one for one in widgets if one.key.startswith(start) and one.key.endswith(end))
