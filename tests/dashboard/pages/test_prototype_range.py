"""Deciding on a usual range on the Prototype page: what is offered, what is asked, what is recorded."""

from __future__ import annotations

import dataclasses
import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.baseline import move as baseline_move
from dashboard.components.baseline import panel as baseline_panel
from dashboard.components.baseline import told as baseline_told
from pipelines.records.kinds import BaselineAccepted, RebaseAccepted

SERIES = "people_reached@ashfield_pressure"
HERE = {"neighbourhood": "ashfield", "prototype": "ashfield_pressure", "decide": SERIES}


@pytest.fixture
def writes(monkeypatch):
    """A server on its own machine, whose saves are kept in a list instead of a file."""
    kept = []

    def once(form, bodies, who, supersedes=None):
        kept.append((*bodies, who))
        return SimpleNamespace(is_saved=True, faults=(), sentence="Saved 14:32.")

    monkeypatch.setattr(context, "may_write", lambda: True)
    monkeypatch.setattr("dashboard.components.rebuild.warm", lambda: None)
    monkeypatch.setattr(form_saving, "once", once)
    return kept


def widget(widgets, end):
    return next(
        one for one in widgets if one.key and SERIES.replace("@", "_") in one.key and one.key.endswith(end)
    )


def choose(app, way):
    at = next(
        place
        for place, one in enumerate(app.get("button_group"))
        if SERIES.replace("@", "_") in str(one.key or one.proto.id)
    )
    app.get("button_group")[at].set_value(way).run()


def faults(app):
    found = [part.proto.body for part in app.get("html") if "field-fault" in part.proto.body]
    return [body.partition(">")[2].removesuffix("</p>") for body in found]


def test_a_range_is_moved_by_a_day_four_answers_a_count_from_the_chart_a_reason_and_a_name(open_page, writes):
    app, _ = open_page("full", "prototype", **HERE)
    choose(app, "rebase")
    widget(app.button, "_move").click().run()
    assert "Say from which day." in faults(app)
    widget(app.date_input, "_from").set_value(dt.date(2026, 9, 1))
    widget(app.button, "_move").click().run()
    assert "Answer all four questions." in faults(app)
    for name in baseline_move.QUESTIONS:
        widget(app.radio, f"_{name}").set_value("Yes")
    widget(app.button, "_move").click().run()
    assert "Write one sentence: what changed, and why?" in faults(app)
    assert not writes
    widget(app.text_area, "_reason").set_value("A second table.")
    widget(app.text_input, "_move").set_value("Ann")
    widget(app.button, "_move").click().run()
    body, who = writes[0]
    assert isinstance(body, RebaseAccepted)
    assert (body.series_id, body.from_on, body.reason, who) == (
        SERIES,
        dt.date(2026, 9, 1),
        "A second table.",
        "Ann",
    )
    assert body.n_points_observed >= 7


def test_one_no_leaves_the_range_as_it_is(open_page, writes):
    app, _ = open_page("full", "prototype", **HERE)
    choose(app, "rebase")
    widget(app.date_input, "_from").set_value(dt.date(2026, 9, 1))
    for name in baseline_move.QUESTIONS:
        widget(app.radio, f"_{name}").set_value("No" if name == "is_reason_known" else "Yes")
    widget(app.text_area, "_reason").set_value("We do not know.")
    widget(app.button, "_move").click().run()
    assert baseline_move.NO_MEANS in faults(app)
    assert not writes


def test_a_range_is_accepted_with_a_reason_and_a_name(open_page, writes):
    app, _ = open_page("full", "prototype", **HERE)
    choose(app, "accept_baseline")
    widget(app.button, "_accept").click().run()
    assert "Write one sentence: why are these points a fair yardstick?" in faults(app)
    widget(app.text_area, "_reason").set_value("Ordinary weeks.")
    widget(app.button, "_accept").click().run()
    assert isinstance(writes[0][0], BaselineAccepted)
    assert writes[0][0].first_on < writes[0][0].last_on


def test_a_server_that_others_can_reach_offers_nothing_to_decide(open_page, monkeypatch):
    monkeypatch.setattr(context, "may_write", lambda: False)
    app, _ = open_page("full", "prototype", **HERE)
    assert not app.get("button_group")
    assert not app.button


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "No: no points."),
        (1, "No: one point."),
        (7, "Not yet: seven points; a new range is provisional."),
        (12, "Yes: twelve points."),
    ],
)
def test_the_fifth_question_is_answered_from_the_chart(n, words):
    assert baseline_move.observed_words(n) == words


def test_a_week_that_still_runs_is_no_point_observed():
    points = pd.DataFrame(
        {
            "period_start": [
                dt.date(2026, 9, 7),
                dt.date(2026, 9, 14),
                dt.date(2026, 9, 21),
                dt.date(2026, 9, 28),
            ],
            "value": [3.0, float("nan"), 4.0, 5.0],
            "is_running": [False, False, False, True],
        }
    )
    chart = SimpleNamespace(request=SimpleNamespace(points=points))
    assert baseline_move.points_since(chart, dt.date(2026, 9, 7)) == 2
    assert baseline_move.points_since(chart, dt.date(2026, 9, 8)) == 1
    assert baseline_move.points_since(chart, None) == 0


@pytest.mark.parametrize(
    ("rebased_from", "begins"),
    [(None, "Usual range accepted by"), (dt.date(2026, 3, 3), "Moved from 3 March 2026 by")],
)
def test_every_later_chart_says_who_decided_when_and_why(rebased_from, begins):
    row = {
        "accepted_by": "Ann <b>", "accepted_on": dt.date(2026, 5, 4), "accepted_reason": "ordinary weeks",
        "rebased_from": rebased_from,
    }  # fmt: skip
    told = baseline_told.told_html(row)
    assert begins in told
    assert "4 May 2026: ordinary weeks" in told
    assert "Ann &lt;b&gt;" in told
    assert baseline_told.told_html({"accepted_by": None}) == ""


def test_decisions_are_listed_newest_first_with_what_no_longer_stands_and_what_is_not_applied():
    one = {
        "what": "rebase", "from_on": dt.date(2026, 3, 3), "first_on": None, "last_on": None, "who": "Ann", "reason": "new",
        "saved_at": dt.datetime(2026, 5, 4, 12), "is_standing": True, "note": "Not applied: the reason was not known.",
    }  # fmt: skip
    other = one | {
        "what": "baseline", "first_on": dt.date(2025, 1, 6), "last_on": dt.date(2025, 6, 1), "is_standing": False, "note": None,
    }  # fmt: skip
    told = baseline_told.decisions_html([other, one])
    assert told.index("Moved from 3 March 2026") < told.index("Accepted, 6 January 2025 to 1 June 2025")
    assert "Not applied: the reason was not known." in told
    assert "No longer stands." in told


def test_a_decision_that_stands_can_be_taken_back_and_one_that_does_not_cannot():
    summary = {"series_id": SERIES, "accepted_by": None, "limits_state": "provisional"}
    panel = baseline_panel.Panel(
        SimpleNamespace(summary=summary), None, [{"is_standing": True}], narrow=False
    )
    assert baseline_panel._is_offered(panel, "undo", "")
    gone = dataclasses.replace(panel, decisions=[{"is_standing": False}])
    assert not baseline_panel._is_offered(gone, "undo", "")
