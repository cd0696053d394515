"""The store on what people entered: every version is there, what counts is told, the shared mart keeps the group's own."""

from __future__ import annotations

import pytest


@pytest.fixture
def store(open_mart):
    return open_mart("full")


@pytest.fixture
def own(open_mart):
    return open_mart("full", "true")


def test_every_version_of_a_prediction_is_told_and_one_is_scored(store):
    versions = store.predictions("saltmarsh_1")
    assert versions["prediction_id"].tolist() == ["r08", "r09"]
    assert versions["is_scored_one"].tolist() == [True, False]
    assert versions["reason"].tolist()[1] == "Half-term came in between."


def test_predictions_are_kept_to_a_prototype_and_to_those_due(store):
    assert set(store.predictions(prototype_id="ashfield_pressure")["cycle_id"]) == {
        "ashfield_1",
        "ashfield_2",
    }
    due, later = store.predictions(due=True), store.predictions(due=False)
    assert due["is_due"].all()
    assert not later["is_due"].any()
    assert len(due) + len(later) == len(store.predictions())
    assert due["predicted_for"].is_monotonic_increasing


def test_predictions_not_yet_due_carry_no_result(store):
    assert (
        store.predictions(due=False)[["observed", "is_inside", "error", "interval_score"]]
        .isna()
        .all(axis=None)
    )


def test_a_groups_calibration_stays_in_its_own_mart(store, own):
    assert own.calibration("prototype", "millpond_pressure")["n_scored"] == 1
    assert store.calibration("prototype", "millpond_pressure") is None
    assert store.calibration()["n_scored"] == len(store.prediction_errors()) == 3
    assert store.prediction_errors("prototype", "millpond_pressure").empty


def test_errors_stand_in_the_order_in_which_they_fell_due(store):
    errors = store.prediction_errors()
    assert errors["due_on"].is_monotonic_increasing
    assert errors["position"].tolist() == [0, 1, 2]
    assert (errors["is_inside"] == (errors["value"] <= 1)).all()


def test_the_shared_mart_knows_no_session_records(store, own):
    assert set(own.records()["kind"]) - set(store.records()["kind"]) == {"session"}
    assert own.records("session")["who"].tolist() == ["Ana"]
    assert store.records("session").empty
    assert own.records()["number"].is_monotonic_increasing


def test_a_record_that_was_replaced_stays_and_says_so(own):
    decisions = own.decisions_of("millpond_1")
    assert decisions["decision"].tolist() == ["adapt", "adopt"]
    assert decisions["is_standing"].tolist() == [False, True]
    assert own.learnings("millpond_1")["is_standing"].tolist() == [False, True]
    assert own.decisions_of("ashfield_2").empty


def test_dissent_is_found_at_the_cycle_and_at_the_chart_it_speaks_of(store):
    assert store.dissents("millpond_1")["role"].tolist() == ["practice manager"]
    assert store.dissents("people_reached@ashfield_pressure")["who"].tolist() == ["Ana"]


def test_only_what_everyone_may_read_is_quoted_to_others(store, own):
    assert store.quotes("ashfield_pressure")["consent"].tolist() == ["everyone"]
    assert set(own.quotes("ashfield_pressure")["consent"]) == {"group", "everyone"}


def test_stages_come_oldest_first_and_from_idea_to_scaled(store):
    walks = store.stage_events("ashfield_walks")
    assert walks["stage"].tolist() == ["idea", "action", "stopped"]
    assert walks["reached_on"].is_monotonic_increasing
    assert store.stage_counts()["stage"].tolist() == ["idea", "action", "prototype", "model", "scaled"]
    from_files = store.stage_events()["record_id"].isna()
    assert store.stage_events()[from_files]["reached_on"].isna().all()


def test_the_gate_keeps_its_order_and_never_adds_up(store):
    gate = store.gate("millpond_pressure")
    assert gate["answer"].tolist() == ["yes", "no", "cannot yet tell"]
    assert store.gate("ashfield_walks").empty


def test_a_theme_is_told_in_its_own_steps_and_sentences(store):
    steps, told = (rows("hypertension") for rows in (store.theme_steps, store.theme_sentences))
    assert steps.groupby("neighbourhood_id", sort=False)["display_order"].is_monotonic_increasing.all()
    assert told.groupby("neighbourhood_id")["display_order"].apply(list).tolist() == [[1, 2, 3]] * 6
    assert store.theme_steps("food").empty
    assert store.theme_sentences("food").empty


def test_a_second_opinion_is_there_or_it_is_none(store):
    assert store.second_opinion("millpond_1")["scale"] == "difference"
    assert store.second_opinion("ashfield_1") is None


def test_what_happened_and_who_moved_a_range_are_told(store):
    assert store.annotations("ashfield_pressure")["text"].tolist() == ["The market moved to the square."]
    accepted = store.baseline_decisions("people_reached@ashfield_pressure")
    assert accepted["what"].tolist() == ["baseline"]
    moved = store.baseline_decisions("days_to_follow_up@millpond_pressure").iloc[0]
    assert moved["note"].startswith("Ten points")


def test_an_empty_mart_answers_questions_of_learning_with_nothing(open_mart):
    store = open_mart("empty")
    for rows in (
        store.records(), store.predictions(), store.prediction_errors(), store.stage_events(), store.stage_counts(),
        store.gate("a"), store.decisions_of("a"), store.learnings("a"), store.dissents("a"), store.annotations("a"),
        store.quotes("a"), store.baseline_decisions("a"),
    ):  # fmt: skip
        assert rows.empty
    assert store.calibration() is None
    assert store.second_opinion("a") is None
