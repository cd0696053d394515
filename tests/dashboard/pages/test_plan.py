"""Plan a cycle, state by state: what is missing is told above its field, what is sealed is kept, and nothing afterwards."""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd
import pytest

from dashboard import context
from dashboard.components import rebuild
from dashboard.components.cycle import view as cycle_view
from dashboard.components.plan import outlook as plan_outlook
from dashboard.components.plan import view as plan_view
from dashboard.components.plan.home import theme_of
from pipelines.learning.power import Outlook
from pipelines.preview.when import When
from pipelines.records import read_records
from pipelines.records.kinds import CyclePlanned, PredictionSealed, PrototypeStarted, StageReached
from pipelines.vocabulary import Direction, Stage

DAY = dt.date(2020, 1, 6)

FOUND = When(
    Outlook((4, 8, 12), (9.0, 6.0, 5.0), (49.0, 46.0, 45.0), (0.4, 0.85, 0.9), 8, 40.0, 46.0, 1, 20, None, None, 0.0),
    "Eight more weeks could show a rise from 40 to about 46, not less.",
    7.0,
)  # fmt: skip


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
    monkeypatch.setattr(plan_outlook, "_looked_up", lambda *_: FOUND)
    return lambda: [record.body for record in read_records(tmp_path, tmp_path / "inbox")]


def words(app) -> str:
    return " ".join(part.proto.body for part in app.get("html") if "<style>" not in part.proto.body)


def field(app, kind, label):
    return next(one for one in getattr(app, kind) if one.label.startswith(label))


def judged_on(app, measure="people_reached"):
    field(app, "selectbox", "The measure").set_value(measure)
    app.run()
    return app


def fill(app, value=46.0, low=40.0, high=52.0, who="Millpond design group"):
    field(app, "text_input", "The question").set_value("Does a bell at the door bring more people?")
    field(app, "text_area", "What will you do").set_value("A bell, and a chair outside.")
    field(app, "radio", "Which way").set_value(Direction.UP)
    field(app, "number_input", "We expect").set_value(value)
    field(app, "number_input", "8 in 10 sure").set_value(low)
    field(app, "number_input", "to").set_value(high)
    field(app, "text_input", "Your name or role").set_value(who)
    app.run()
    return app


def seal(app):
    app.button(key="plan_seal_button").click().run()
    assert not app.exception, [one.message for one in app.exception]
    return app


def on(monkeypatch, day):
    monkeypatch.setattr(
        cycle_view.CycleView, "on", property(lambda view: day, lambda view, value: None), raising=False
    )


def test_the_cycle_is_the_next_of_its_prototype_and_nothing_is_chosen_for_the_group(open_page, kept):
    app, told = open_page("full", "plan", prototype="millpond_pressure")
    assert "What do you want to find out in cycle 2?" in told.plain
    assert field(app, "selectbox", "The measure").value is None
    assert "plan_seal_button" not in [button.key for button in app.button]


def test_a_measure_says_where_it_stands_before_it_is_predicted(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    told = words(judged_on(app))
    assert "Last: " in told
    assert "Usual range " in told
    assert "Higher is better." in told


def test_when_will_we_know_is_a_sentence_and_a_chart(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    app = judged_on(app)
    assert FOUND.sentence in words(app)
    drawn = [json.loads(plot.proto.spec)["data"] for plot in app.get("plotly_chart")]
    needed = next(trace for trace in drawn[0] if trace["name"] == "needed")
    assert needed["y"] == [49.0, 46.0, 45.0]


def test_a_cycle_that_runs_at_the_same_time_is_told_before_the_seal():
    start = dt.date(2026, 11, 23)
    table = pd.DataFrame(
        [
            {"cycle_id": "a", "prototype_id": "p", "cycle_no": "4", "do_start": start, "do_end": None},
            {"cycle_id": "b", "prototype_id": "q", "cycle_no": "1", "do_start": start, "do_end": None},
            {"cycle_id": "c", "prototype_id": "p", "cycle_no": "3", "do_start": DAY, "do_end": DAY},
        ]
    )
    end = start + dt.timedelta(weeks=8)
    told = "Cycle 4 runs at the same time: what each of them does could not be told apart."
    assert plan_view.overlap_words(table, "p", start, end) == told
    assert plan_view.overlap_words(table, "q", DAY, DAY) == ""


def test_what_is_missing_is_told_above_each_field_and_nothing_is_kept(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    told = words(seal(judged_on(app)))
    for said in (
        "Write the question that this cycle answers.",
        "Write what will be done differently",
        "Say which way you expect it to go.",
        "Write the value that you expect.",
        "Write both ends of the range",
        "Not sealed yet",
    ):
        assert said in told
    assert kept() == []


def test_what_is_mended_is_no_longer_told_and_the_rest_still_is(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    app = seal(judged_on(app))
    field(app, "text_input", "The question").set_value("Does a bell bring more people?")
    app.run()
    assert "Write the question" not in words(app)
    assert "Write the value that you expect." in words(app)


def test_a_value_outside_its_own_range_is_not_sealed(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    told = words(seal(fill(judged_on(app), value=60.0)))
    assert "The value you expect lies outside its own range." in told
    assert kept() == []


def test_nobody_signs_nothing_and_the_words_stay(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    app = seal(fill(judged_on(app), who=""))
    assert "Write your name or role" in words(app)
    assert field(app, "text_input", "The question").value == "Does a bell at the door bring more people?"
    assert kept() == []


def test_sealing_keeps_cycle_and_prediction_together(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    seal(fill(judged_on(app)))
    cycle, prediction = kept()
    assert isinstance(cycle, CyclePlanned)
    assert (cycle.cycle_id, cycle.cycle_no, cycle.primary_measure) == (
        "ashfield_pressure_3",
        "3",
        "people_reached",
    )
    assert cycle.plan == "A bell, and a chair outside."
    assert isinstance(prediction, PredictionSealed)
    assert (prediction.value, prediction.low, prediction.high) == (46.0, 40.0, 52.0)
    assert prediction.cycle_id == cycle.cycle_id
    assert prediction.predicted_for > cycle.do_end


def test_two_taps_seal_once(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    app = fill(judged_on(app))
    seal(seal(app))
    assert len(kept()) == 2


def test_a_share_is_typed_as_per_cent_and_kept_from_0_to_1(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    app = judged_on(app, "back_in_28_days")
    assert field(app, "number_input", "We expect").label == "We expect, per cent"
    seal(fill(app, 56.5, 50, 62))
    assert (kept()[1].value, kept()[1].low, kept()[1].high) == (0.565, 0.5, 0.62)


def test_a_range_narrower_than_the_series_moves_by_itself_is_questioned(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    app = fill(judged_on(app), 46, 44, 48)
    assert "Your range is 4 wide. From one week to the next this measure usually moves by about 7" in words(
        app
    )
    assert "all by itself" not in words(fill(app, 46, 40, 52))


def test_the_prediction_is_drawn_against_the_last_points(open_page, kept):
    app, _ = open_page("full", "plan", prototype="ashfield_pressure")
    app = fill(judged_on(app))
    names = [
        {trace["name"] for trace in json.loads(plot.proto.spec)["data"]} for plot in app.get("plotly_chart")
    ]
    assert {"prediction", "value"} <= names[-1]


def test_a_new_prototype_begins_with_its_place_name_and_stage_and_has_no_data_yet(open_page, kept):
    app, _ = open_page("full", "plan", prototype="new")
    field(app, "selectbox", "Neighbourhood").set_value("millpond")
    field(app, "text_input", "Name of the prototype").set_value("Tea at the lock-gate")
    field(app, "selectbox", "How far is it").set_value(Stage.IDEA)
    field(app, "text_input", "Why does it start").set_value("Two neighbours want to try it.")
    app.run()
    app = judged_on(app)
    assert "Nothing has been counted for it here yet." in words(app)
    assert "Cannot yet tell: nothing has been counted here." in words(app)
    seal(fill(app))
    started, stage, cycle, prediction = kept()
    assert isinstance(started, PrototypeStarted)
    assert (started.prototype_id, started.neighbourhood_id) == ("millpond_tea_at_the_lock_gate", "millpond")
    assert isinstance(stage, StageReached)
    assert (stage.stage, stage.reason) == (Stage.IDEA, "Two neighbours want to try it.")
    assert cycle.prototype_id == started.prototype_id
    assert cycle.cycle_no == "1"
    assert isinstance(prediction, PredictionSealed)


def test_a_new_prototype_without_a_place_or_name_is_asked_for_both_and_nothing_is_kept(open_page, kept):
    app, _ = open_page("full", "plan", prototype="new")
    app = seal(fill(judged_on(app)))
    assert "choose a prototype, or give a new one a place and a name" in words(app)
    assert kept() == []


@pytest.mark.parametrize(
    ("written", "theme"),
    [
        ("School gate", "school_gate"),
        ("hypertension ", "hypertension"),
        ("Tea & talk", "tea_talk"),
        (" ", None),
    ],
)
def test_a_theme_that_there_is_is_found_however_it_is_written(written, theme):
    assert theme_of(written, ["hypertension", "school_gate"]) == theme


def test_a_server_that_others_reach_offers_no_form(open_page, monkeypatch):
    monkeypatch.setattr(context, "may_write", lambda: False)
    app, told = open_page("full", "plan")
    assert "Nothing can be entered here" in told.plain
    assert not app.text_input


def test_a_sealed_plan_says_when_by_whom_and_what_that_means(open_page, kept):
    _, told = open_page("full", "plan", cycle="millpond_1")
    assert "Sealed 25 August 2026, 20:00 , by Millpond design group. Seal " in told.plain
    assert "nobody can change it since" in told.plain
    assert "Goes down: 10, 8 in 10 sure of 8 to 11" in told.plain
    assert 'href="cycle?cycle=millpond_1"' in told.html


def test_before_testing_a_new_version_may_take_the_place(open_page, kept, monkeypatch):
    on(monkeypatch, dt.date(2026, 10, 1))
    app, told = open_page("full", "plan", cycle="saltmarsh_1")
    assert "Testing has not begun: a new version takes the place of the one before." in told.plain
    assert "Write a new version" in [one.label for one in app.expander]


def test_once_testing_began_a_reason_is_asked_for_and_the_first_stays_what_is_scored(
    open_page, kept, monkeypatch
):
    on(monkeypatch, dt.date(2026, 11, 1))
    app, told = open_page("full", "plan", cycle="saltmarsh_1")
    assert "What was sealed before the first test stays what is scored." in told.plain
    button = next(one for one in app.button if one.label == "Write it down")
    button.click().run()
    assert "Write one sentence: why does it change?" in words(app)
    assert kept() == []


def test_without_a_prediction_nothing_can_be_filled_in_afterwards(open_page, kept, monkeypatch):
    on(monkeypatch, dt.date(2026, 11, 1))
    app, told = open_page("full", "plan", cycle="creekside_2")
    assert "No prediction was sealed. This cycle cannot be scored." in told.plain
    assert "Nothing can be filled in afterwards" in told.plain
    assert not app.number_input


@pytest.mark.parametrize(
    ("state", "said"), [("empty", "Nothing has been loaded yet"), ("broken", "The charts cannot be opened")]
)
def test_empty_and_broken_marts_are_told_without_a_trace(open_page, state, said):
    app, told = open_page(state, "plan")
    assert said in told.plain
    assert not app.exception
