"""What is entered is looked at before it is saved: every fault at once, at its field, without repeating it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipelines.records import faults_of
from pipelines.records.faults import LONGEST, fault_of_who
from pipelines.records.kinds import DecisionMade, LearningWritten
from pipelines.records.tidying import tidied
from pipelines.vocabulary import Decision
from tests.pipelines.records.entered import (
    NOON,
    ONE_OF_EACH,
    TODAY,
    agreed,
    cycle,
    followed,
    learning,
    meeting,
    prediction,
    session,
)

TOMORROW = TODAY + dt.timedelta(days=1)


def fields_at_fault(body, now=NOON):
    return [fault.column for fault in faults_of(body, now)]


@pytest.mark.parametrize("kind", sorted(ONE_OF_EACH))
def test_a_faultless_body_of_each_kind_has_no_faults(kind):
    assert faults_of(ONE_OF_EACH[kind], NOON) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Ring me on 07700 900123",
        "020 7946 0018",
        "write to zoe@example.org",
        "NHS 943 476 5919",
        "born on 3 May 1961",
        "DOB 03/05/1961",
        "meet at IG11 7AB",
        "Mrs Khan said so",
        "ask for Maureen",
    ],
)
@pytest.mark.parametrize(
    "kind", ["learning", "stage", "decision", "annotation", "dissent", "quote", "session"]
)
def test_nothing_about_a_person_is_kept_in_free_text_and_the_reason_does_not_repeat_it(kind, typed):
    body = ONE_OF_EACH[kind]
    name = {
        "learning": "text",
        "annotation": "text",
        "dissent": "text",
        "quote": "text",
        "session": "note",
    }.get(kind, "reason")
    wrong = type(body)(**{**vars(body), name: f"It rained. {typed}"})
    (fault,) = faults_of(wrong, NOON)
    assert fault.column == name
    assert not any(word in str(fault) for word in typed.split() if len(word) > 3 and word not in ("born",))


def test_every_free_text_field_of_every_kind_is_looked_at():
    for kind, body in ONE_OF_EACH.items():
        for name, value in vars(body).items():
            if isinstance(value, str) and type(value) is str and name not in ("consent", "record_id"):
                wrong = replace(body, **{name: "zoe@example.org"})
                assert fields_at_fault(wrong) == [name], f"{kind}.{name}"


@pytest.mark.parametrize("who", ["Zoë Okafor", "Dr Patel", "Saltmarsh design group", "facilitator", "李雷"])
def test_who_may_be_a_name_or_a_role(who):
    assert fault_of_who(who) is None


@pytest.mark.parametrize(
    "who", ["", "   ", "\n\x00", "z" * 81, "07700 900123", "zoe@example.org", "Zoë, IG11 7AB", "943 476 5919"]
)
def test_who_is_neither_empty_nor_long_nor_a_way_to_find_a_person(who):
    reason = fault_of_who(who)
    assert reason
    assert not who.strip() or who not in reason


def test_whoever_is_to_do_it_may_be_named():
    body = DecisionMade("garage_1", Decision.ADAPT, TODAY, "It works.", "Ask again.", by_whom="Dr Patel")
    assert faults_of(body, NOON) == []
    assert fields_at_fault(
        DecisionMade("garage_1", Decision.ADAPT, TODAY, "Works.", by_whom="07700 900123")
    ) == ["by_whom"]


@pytest.mark.parametrize("kind", ["session", "annotation", "decision", "stage", "baseline", "rebase"])
def test_what_has_not_happened_yet_cannot_be_told(kind):
    body = ONE_OF_EACH[kind]
    name = {"session": "tested_on", "annotation": "happened_on", "decision": "decided_on", "stage": "reached_on",
            "baseline": "last_on", "rebase": "from_on"}[kind]  # fmt: skip
    wrong = replace(body, **{name: TOMORROW})
    assert fields_at_fault(wrong) == [name]


def test_today_is_the_day_in_london_also_after_eleven_at_night_in_summer():
    late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)  # half past midnight on 2 July in London
    assert faults_of(session(tested_on=dt.date(2026, 7, 2)), late) == []
    assert fields_at_fault(session(tested_on=dt.date(2026, 7, 3)), late) == ["tested_on"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": 0.7}, "value"),
        ({"low": 0.6, "high": 0.4}, "value"),
        ({"low": 0.5, "high": 0.5}, "high"),
        ({"predicted_for": TODAY - dt.timedelta(days=1)}, "predicted_for"),
        ({"value": float("nan")}, "value"),
        ({"high": float("inf")}, "high"),
        ({"direction": "sideways"}, "direction"),
        ({"measure_id": None}, "measure_id"),
        ({"measure_id": "said yes"}, "measure_id"),
        ({"value": "half"}, "value"),
        ({"value": True}, "value"),
        ({"predicted_for": NOON}, "predicted_for"),
        ({"predicted_for": "2026-08-01"}, "predicted_for"),
    ],
)
def test_a_prediction_is_a_value_within_a_range_for_a_day_ahead(changes, field):
    assert fields_at_fault(prediction(**changes)) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"counts": {}}, "counts"),
        ({"counts": {"asked": -1}}, "counts"),
        ({"counts": {"asked": float("nan")}}, "counts"),
        ({"counts": {"a b": 1}}, "counts"),
        ({"counts": None}, "counts"),
        ({"was_held": False}, "counts"),
        ({"was_held": False, "counts": {}}, "why_not_held"),
        ({"why_not_held": "Rain."}, "why_not_held"),
        ({"was_held": "yes"}, "was_held"),
    ],
)
def test_a_session_counts_something_or_says_why_it_was_not_held(changes, field):
    assert fields_at_fault(session(**changes))[0] == field


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (prediction(direction="sideways"), "This must be one of up, down, no change."),
        (session(counts={"asked": "many"}), "This must be a number for each thing that was counted."),
        (session(tested_on="soon"), "This must be a day."),
        (learning(None), "This is missing."),
    ],
)
def test_a_fault_says_in_plain_words_what_belongs_there(body, words):
    assert [fault.reason for fault in faults_of(body, NOON)] == [words]


def test_a_session_not_held_needs_nothing_but_its_reason():
    assert faults_of(session(was_held=False, counts={}, why_not_held="No room."), NOON) == []


def test_do_ends_after_it_starts():
    assert fields_at_fault(cycle(do_end=TODAY)) == ["do_end"]
    assert faults_of(cycle(do_end=TODAY + dt.timedelta(days=7)), NOON) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": TOMORROW}, "held_on"),
        ({"since": TODAY + dt.timedelta(days=1)}, "since"),
        ({"held_on": TODAY - dt.timedelta(days=7), "since": TODAY - dt.timedelta(days=6)}, "since"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -30}, "minutes"),
        ({"minutes": 601}, "minutes"),
        ({"minutes": 45.5}, "minutes"),
        ({"minutes": True}, "minutes"),
        ({"meeting_id": "steering group"}, "meeting_id"),
        ({"name": ""}, "name"),
    ],
)
def test_a_meeting_was_held_for_a_time_and_its_news_reach_back_from_it(changes, field):
    assert fields_at_fault(meeting(**changes)) == [field]


@pytest.mark.parametrize("minutes", [None, 1, 75, 600])
def test_a_meeting_is_open_until_it_is_told_how_long_it_took(minutes):
    assert faults_of(meeting(minutes=minutes, since=TODAY), NOON) == []


@pytest.mark.parametrize(
    "item",
    [
        "signal:days_to_follow_up@creekside_home:2026-11-16",
        "cycle-closed:long_meadow_lunch_1:2026-03-08",
        "prediction-due:garage.2026_1:2026-03-08",
    ],
)
def test_what_a_question_came_from_is_named_as_in_a_link(item):
    assert faults_of(agreed(item=item, about=item.split(":")[1]), NOON) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (agreed(choice="perhaps"), "choice"),
        (agreed(question=" "), "question"),
        (agreed(item="signal: said yes"), "item"),
        (agreed(reason="Ask for Maureen"), "reason"),
        (agreed(by_whom="07700 900123"), "by_whom"),
        (followed(became="forgotten"), "became"),
        (followed(told_on=TOMORROW), "told_on"),
        (followed(text="zoe@example.org knows"), "text"),
    ],
)
def test_what_is_agreed_and_what_became_of_it_are_words_of_their_lists_and_name_nobody(body, field):
    assert fields_at_fault(body) == [field]


def test_who_does_what_was_agreed_may_be_named_and_need_not():
    assert faults_of(agreed(by_whom="Dr Patel"), NOON) == []
    assert faults_of(agreed(by_whom=None, by_when=None, reason=None), NOON) == []


def test_consent_is_for_the_group_or_for_everyone():
    body = ONE_OF_EACH["quote"]
    assert fields_at_fault(replace(body, consent="perhaps")) == ["consent"]


def test_all_faults_are_told_at_once():
    body = DecisionMade("garage_1", Decision.ADOPT, TOMORROW, "Ring 07700 900123", "x" * 301)
    assert sorted(fields_at_fault(body)) == ["decided_on", "next_step", "reason"]


@pytest.mark.parametrize("empty", ["", "   ", "\n\t", None])
def test_an_empty_text_is_a_missing_one(empty):
    assert fields_at_fault(LearningWritten("garage_1", empty)) == ["text"]


def test_a_text_of_the_greatest_length_is_kept_and_one_character_more_is_not():
    assert faults_of(learning("x" * LONGEST["text"]), NOON) == []
    assert fields_at_fault(learning("x" * (LONGEST["text"] + 1))) == ["text"]


def test_texts_are_tidied_and_not_otherwise_changed():
    typed = "  Zoe\u0308:\r\nit works \x00\u202e☕\n"
    assert tidied(learning(typed)).text == "Zo\u00eb:\nit works ☕"
    assert tidied(session(note="  ")).note is None


def test_a_lone_half_of_a_character_is_left_out_rather_than_breaking_the_file():
    assert tidied(learning("a\ud800b")).text == "ab"
