"""The forms of the Cycle page: what is missing is told in words, what was written stays, what is kept is kept once."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard import context
from dashboard.components import rebuild, save
from dashboard.components.cycle import view as cycle_view
from dashboard.components.cycle.decision import why_words
from dashboard.store import Store
from pipelines.records import read_records
from pipelines.records.kinds import DecisionMade, DissentNoted, LearningWritten
from pipelines.vocabulary import Decision


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Keep records in a folder of the test's own, leave the charts as they are, and return what was kept."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "prototypes.csv").write_text("prototype_id\n")
    monkeypatch.setenv("LEARNING_DATA", str(tmp_path))
    monkeypatch.delenv("LEARNING_RECORDS", raising=False)
    monkeypatch.setattr(context, "may_write", lambda: True)
    monkeypatch.setattr(rebuild, "refresh", lambda: ())
    monkeypatch.setattr(rebuild, "warm", lambda: None)
    return lambda: read_records(tmp_path, tmp_path / "inbox")


def words(app) -> str:
    return " ".join(part.proto.body for part in app.get("html") if "<style>" not in part.proto.body)


def field(app, kind, label, form=""):
    return next(one for one in getattr(app, kind) if one.label.startswith(label) and form in str(one.key))


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def decided(app, choice=Decision.ADOPT, reason="Five weeks of five above the usual range.", who="The group"):
    field(app, "radio", "What does the group decide").set_value(choice)
    field(app, "text_area", "Because").set_value(reason)
    field(app, "text_input", "Your name or role", "decision").set_value(who)
    return press(app, "Record decision")


@pytest.mark.parametrize("choice", list(Decision))
def test_a_missing_reason_is_told_as_a_question_and_nothing_is_kept(open_page, kept, choice):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    app = decided(app, choice, reason=" ")
    assert f"Write one sentence: why {choice.value}?" in words(app)
    assert kept() == ()


def test_a_missing_choice_is_told_and_the_reason_stays(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    field(app, "text_area", "Because").set_value("It works.")
    app = press(app, "Record decision")
    assert "Choose one of the four." in words(app)
    assert field(app, "text_area", "Because").value == "It works."
    assert kept() == ()


def test_nobody_decides_without_a_name(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    assert "Write your name or role" in words(decided(app, who=""))
    assert kept() == ()


def test_a_decision_is_kept_with_reason_next_step_who_and_by_when(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    day = cycle_view.today() + dt.timedelta(days=20)
    field(app, "text_input", "Next step").set_value("Two more stalls.")
    field(app, "text_input", "Who carries").set_value("The chair")
    field(app, "date_input", "By when").set_value(day)
    decided(app, Decision.ADAPT)
    (record,) = kept()
    assert record.who == "The group"
    assert record.supersedes is None
    assert record.body == DecisionMade(
        "ashfield_2",
        Decision.ADAPT,
        cycle_view.today(),
        "Five weeks of five above the usual range.",
        "Two more stalls.",
        "The chair",
        day,
    )


def test_two_taps_record_one_decision(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    press(decided(app), "Record decision")
    assert len(kept()) == 1


def test_a_later_decision_takes_the_place_of_the_one_that_stands(open_page, kept, monkeypatch):
    given = []

    def remembered(bodies, who, supersedes=None):
        given.append((bodies[0].decision, supersedes))
        return save.Saved((), (), dt.datetime.now(save.LONDON))

    monkeypatch.setattr("dashboard.components.form_saving.save", remembered)
    app, _ = open_page("full", "cycle", cycle="millpond_1")
    decided(app, Decision.ABANDON)
    assert given == [(Decision.ABANDON, "r14")]


def test_somebodys_number_in_the_reason_is_told_above_it_and_the_words_stay(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    app = decided(app, reason="Ring 07700 900123 about it.")
    assert "This seems to hold a telephone number" in words(app)
    assert field(app, "text_area", "Because").value == "Ring 07700 900123 about it."
    assert kept() == ()


def test_what_was_learned_is_kept_as_one_text_of_both_answers(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    field(app, "text_area", "What surprised us?").set_value("Men brought a friend.")
    field(app, "text_area", "What would we do differently?").set_value("Two chairs.")
    field(app, "text_input", "Your name or role", "learning").set_value("The group")
    press(app, "Keep what we learned")
    assert [record.body for record in kept()] == [
        LearningWritten(
            "ashfield_2",
            "What surprised us? Men brought a friend.\nWhat would we do differently? Two chairs.",
        )
    ]


def test_nothing_learned_is_not_kept(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    assert "Write at least one answer" in words(press(app, "Keep what we learned"))
    assert kept() == ()


def test_another_reading_is_kept_with_its_role(open_page, kept):
    app, _ = open_page("full", "cycle", cycle="ashfield_2")
    field(app, "text_area", "How do you see it?").set_value("It was the weather.")
    field(app, "text_input", "Your role").set_value("Neighbour")
    field(app, "text_input", "Your name or role", "dissent").set_value("Ben")
    press(app, "Add this note")
    assert [record.body for record in kept()] == [
        DissentNoted("ashfield_2", "It was the weather.", "Neighbour")
    ]


def test_a_cycle_without_a_chart_yet_shows_its_prediction_and_says_what_is_missing(
    open_page, kept, monkeypatch
):
    monkeypatch.setattr(Store, "cycle_result", lambda store, cycle_id: None)
    app, told = open_page("full", "cycle", cycle="ashfield_2")
    assert "Not judged yet" in told.plain
    assert "Its measure has no chart yet: log the first test, and it is drawn." in told.plain
    assert "Receipt" not in told.plain
    assert len(app.get("plotly_chart")) == 4


@pytest.mark.parametrize("choice", list(Decision))
def test_the_question_of_a_missing_reason_names_the_choice(choice):
    assert why_words(choice) == f"Write one sentence: why {choice.value}?"
