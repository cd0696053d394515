"""Meeting mode: slide by slide, what is said, what is asked, and what is handed over to be kept."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard import context
from dashboard.components import rebuild, save
from dashboard.components.save import LONDON, Saved
from dashboard.components.wording import rows_of
from pipelines.records.kinds import Agreed, DecisionMade, DissentNoted, FollowedUp, MeetingHeld
from pipelines.vocabulary import Audience, Became, Choice, Decision

MEETING = "steering-2026-11-22"
SIGNAL = "signal:days_to_follow_up@creekside_pressure:2026-11-22"
CYCLE = "cycle-closed:ashfield_2:2026-11-16"
TOLD = "decision:millpond_1:2026-11-22"


@pytest.fixture
def kept(monkeypatch):
    """Take what is saved, and return it: bodies, who, and what they take the place of."""
    asked: list[tuple] = []

    def saved(bodies, who, supersedes=None):
        asked.append((list(bodies), who, supersedes))
        return Saved(("kept",), (), dt.datetime.now(LONDON))

    monkeypatch.setattr(context, "may_write", lambda: True)
    monkeypatch.setattr(rebuild, "warm", lambda: None)
    monkeypatch.setattr(save, "save", saved)
    monkeypatch.setattr("dashboard.components.form_saving.save", saved)
    return asked


def field(app, kind, label):
    return next(one for one in getattr(app, kind) if one.label.startswith(label))


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def words(app) -> str:
    return " ".join(part.proto.body for part in app.get("html") if "<style>" not in part.proto.body)


def test_the_first_slide_tells_what_was_agreed_last_time_and_what_became_of_it(open_page):
    _, told = open_page("full", "meeting")
    assert "What became of what we agreed?" in told.plain
    assert "Find the cause: the nurse, by 17 November. Done on 16 November." in told.plain
    assert "Find the cause: GP health lead, by 8 December." in told.plain


def test_the_first_slide_says_how_many_questions_lie_ahead_and_how_long_they_take(open_page):
    _, told = open_page("full", "meeting", since="2026-10-27")
    assert "Six questions since 27 October : 42 minutes at 7 each." in told.plain


def test_a_question_shows_its_words_its_chart_and_the_way_on(open_page):
    app, told = open_page("full", "meeting", meeting=MEETING, item=SIGNAL)
    assert "<h1>Is follow-up in Creekside getting slower?</h1>" in told.html
    assert "26 days, above the usual 6 to 19." in told.plain
    assert "Question 4 of 6" in told.plain
    assert len(app.get("plotly_chart")) == 1
    assert app.get("plotly_chart")[0].proto.alt
    for name in ("back", "next", "leave"):
        assert f'class="meeting-{name}"' in told.html


def test_a_signal_of_one_chart_says_that_more_of_them_may_be_chance(open_page):
    _, alone = open_page("full", "meeting", meeting=MEETING, item=SIGNAL)
    kept_signal = "signal:people_reached@ashfield_pressure:2026-11-15"
    _, kept = open_page("full", "meeting", meeting=MEETING, item=kept_signal)
    assert "more of these may be chance" in alone.plain
    assert "more of these may be chance" not in kept.plain


def test_without_a_meeting_nothing_is_recorded_and_it_says_so(open_page, kept):
    app, told = open_page("full", "meeting", item=SIGNAL)
    assert "Looking only: nothing is recorded." in told.plain
    assert not [one for one in app.button if one.label == "Record"]


def test_a_meeting_that_ended_shows_what_it_agreed_and_takes_no_more(open_page, kept):
    app, told = open_page("full", "meeting", meeting="steering-2026-10-27", since="2026-09-29", item="agreed")
    assert "70 minutes, written down by Ana Bell." in told.plain
    assert "Find the cause: GP health lead, by 8 December." in told.plain
    assert not [one for one in app.button if one.label == "End the meeting"]


def test_a_link_opens_on_what_is_told_and_not_asked_too(open_page, kept):
    app, told = open_page("full", "meeting", meeting=MEETING, item=TOLD)
    assert "<h1>Millpond, cycle 1</h1>" in told.html
    assert "there is nothing to decide" in told.plain
    assert not [one for one in app.button if one.label == "Record"]


def test_an_item_that_is_not_there_opens_the_first_slide(open_page):
    _, told = open_page("full", "meeting", meeting="no-such-meeting", item="signal:gone@gone:2026-11-22")
    assert "What became of what we agreed?" in told.plain


def test_the_navigation_of_a_theme_holds_from_slide_to_slide(open_page):
    _, told = open_page("full", "meeting", theme="connection")
    assert "Nothing that changed since" in told.plain


def test_an_answer_is_kept_with_choice_reason_who_and_by_when(open_page, kept):
    app, _ = open_page("full", "meeting", meeting=MEETING, item=SIGNAL)
    app.button_group[0].set_value(Choice.FIND_THE_CAUSE)
    field(app, "text_input", "What, and why").set_value("Ask the two practices.")
    next(one for one in app.text_input if one.label == "Who").set_value("GP health lead")
    field(app, "date_input", "By").set_value(dt.date(2026, 12, 8))
    app.text_input(key="signed_meeting").set_value("Ana Bell")
    app.run()
    press(app, "Record")
    [(bodies, who, supersedes)] = kept
    assert who == "Ana Bell"
    assert supersedes is None
    assert bodies == [
        Agreed(
            MEETING,
            SIGNAL,
            "days_to_follow_up@creekside_pressure",
            "Is follow-up in Creekside getting slower?",
            Choice.FIND_THE_CAUSE,
            "Ask the two practices.",
            "GP health lead",
            dt.date(2026, 12, 8),
            Audience.SHARED,
        )
    ]


def test_without_a_choice_nothing_is_kept_and_it_is_told(open_page, kept):
    app, _ = open_page("full", "meeting", meeting=MEETING, item=SIGNAL)
    press(app, "Record")
    assert "Choose one." in words(app)
    assert kept == []


def test_adopting_a_cycle_takes_a_reason_and_is_a_decision_on_the_cycle_too(open_page, kept):
    app, _ = open_page("full", "meeting", meeting=MEETING, item=CYCLE)
    app.button_group[0].set_value(Choice.ADOPT)
    press(app, "Record")
    assert "Write one sentence: why adopt?" in words(app)
    assert kept == []
    field(app, "text_input", "What, and why").set_value("Market days draw more people.")
    press(app, "Record")
    [(bodies, _, _)] = kept
    assert isinstance(bodies[0], Agreed)
    assert bodies[1] == DecisionMade(
        "ashfield_2", Decision.ADOPT, dt.date(2026, 11, 22), "Market days draw more people."
    )


def test_what_became_of_something_agreed_is_kept_where_it_is_told_anew(open_page, kept):
    app, _ = open_page("full", "meeting", meeting=MEETING)
    groups = {group.proto.label: group for group in app.button_group}
    open_one = next(group for label, group in groups.items() if "GP health lead" in label)
    open_one.set_value(Became.UNDER_WAY)
    press(app, "Record what became of it")
    [(bodies, _, _)] = kept
    assert [(type(body), body.record_id, body.became) for body in bodies] == [
        (FollowedUp, "a1", Became.UNDER_WAY)
    ]


def test_another_reading_is_kept_as_dissent_about_the_chart(open_page, kept):
    app, _ = open_page("full", "meeting", meeting=MEETING, item=SIGNAL)
    field(app, "text_area", "How is it seen differently?").set_value("Two practices were closed.")
    field(app, "text_input", "Whose reading").set_value("A nurse")
    press(app, "Note it")
    [(bodies, _, _)] = kept
    assert bodies == [
        DissentNoted("days_to_follow_up@creekside_pressure", "Two practices were closed.", "A nurse")
    ]


def test_a_meeting_begins_with_a_name_and_the_day_that_its_news_reaches_back_to(open_page, kept):
    app, _ = open_page("full", "meeting", since="2026-10-27")
    field(app, "text_input", "Your name or role").set_value("Ana Bell")
    press(app, "Begin the meeting")
    [([body], who, _)] = kept
    assert isinstance(body, MeetingHeld)
    assert (body.name, body.since, body.minutes, who) == (
        "Steering group",
        dt.date(2026, 10, 27),
        None,
        "Ana Bell",
    )
    assert app.query_params["meeting"] == body.meeting_id


def test_a_meeting_ends_in_the_place_of_its_beginning_with_how_long_it_took(open_page, kept, open_mart):
    app, _ = open_page("full", "meeting", meeting=MEETING, item="agreed")
    field(app, "number_input", "Minutes it took").set_value(52)
    field(app, "text_input", "What else was said").set_value("Next time in the library.")
    press(app, "End the meeting")
    [([body], _, supersedes)] = kept
    row = next(row for row in rows_of(open_mart("full").meetings()) if row["meeting_id"] == MEETING)
    assert (body.minutes, body.text, supersedes) == (52, "Next time in the library.", row["record_id"])
    assert body.meeting_id == MEETING


def test_moving_a_usual_range_asks_the_five_questions_first(open_page, kept):
    app, _ = open_page(
        "full", "meeting", meeting=MEETING, item="proposal:people_reached@millpond_pressure:2026-11-22"
    )
    app.button_group[0].set_value(Choice.ACCEPT_THE_RANGE)
    press(app, "Record")
    assert kept == []
    assert any(one.label == "Accept this usual range" for one in app.button)


def test_a_copy_for_reading_shows_the_slides_and_no_form(open_page, monkeypatch):
    monkeypatch.setattr(context, "may_write", lambda: False)
    app, told = open_page("full", "meeting", meeting=MEETING, item=SIGNAL)
    assert not app.button
    assert "Looking only" in told.plain


def test_a_link_to_a_question_that_is_not_there_says_so_and_begins_at_the_start(open_page):
    _, told = open_page("full", "meeting", item="signal:gone@nowhere:2026-11-22")
    assert "That question is not here" in told.plain
    assert "What became of what we agreed?" in told.plain
