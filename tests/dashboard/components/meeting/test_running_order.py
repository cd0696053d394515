"""The running order: which questions, in which order, how many; and that a question keeps its number while it is answered."""

from __future__ import annotations

import pytest

from dashboard.components.meeting.running_order import (
    END,
    MOST,
    START,
    question_answered,
    question_of,
    running_order,
    steady,
)
from pipelines.vocabulary import ChangeKind, Choice
from tests.dashboard.mart_news import changes


@pytest.fixture
def rows():
    """The made-up changes as the store gives them."""
    named = {"neighbourhood": "Ashfield", "prototype_name": "Checks", "theme": "hypertension"}
    return [row | named | {"p_value": None, "is_kept": False} for row in changes()]


def test_what_is_told_and_not_asked_is_no_question(rows):
    kinds = {one.kind for one in running_order(rows).questions}
    assert kinds == {
        ChangeKind.CYCLE_CLOSED,
        ChangeKind.PREDICTION_DUE,
        ChangeKind.SIGNAL,
        ChangeKind.PROPOSAL,
    }


def test_cycles_come_first_then_signals_that_outlast_the_number_of_charts_then_others_then_ranges(rows):
    kept = rows[4]["change_id"]
    rows = [row | {"is_kept": row["change_id"] == kept} for row in reversed(rows)]
    order = running_order(rows).questions
    kinds = [list(ChangeKind).index(one.kind) for one in order]
    assert kinds == sorted(kinds)
    signals = [one for one in order if one.kind == ChangeKind.SIGNAL]
    assert signals[0].item == kept
    assert [one.may_be_chance for one in signals] == [False, True, True, True]


def test_questions_of_one_kind_stay_in_the_published_order(rows):
    published = [row["change_id"] for row in rows if row["kind"] == ChangeKind.SIGNAL]
    order = running_order(rows).questions
    assert [one.item for one in order if one.kind == ChangeKind.SIGNAL] == published


def test_a_meeting_takes_no_more_than_a_dozen_and_says_how_many_are_left(rows):
    many = [row | {"change_id": f"{row['change_id']}{n}"} for n in range(3) for row in rows]
    asked = sum(row["question"] is not None for row in many)
    order = running_order(many)
    assert len(order.questions) == MOST
    assert order.n_left_out == asked - MOST


def test_what_a_link_names_is_taken_though_the_dozen_is_full(rows):
    many = [row | {"change_id": f"{row['change_id']}{n}"} for n in range(3) for row in rows]
    last = [question_of(row) for row in many if row["kind"] == ChangeKind.PROPOSAL][-1]
    order = running_order(many, [last])
    assert order.question(last.item) == last
    assert len(order.questions) == MOST + 1
    assert order.n_left_out == running_order(many).n_left_out - 1


def test_slides_begin_with_the_start_and_end_with_what_was_agreed(rows):
    slides = running_order(rows).slides
    assert (slides[0], slides[-1]) == (START, END)
    assert len(slides) == len(set(slides)) == len(running_order(rows).questions) + 2


def test_a_question_keeps_its_number_when_one_before_it_was_decided_and_a_new_one_came(rows):
    before = running_order(rows)
    decided = before.questions[0].item
    new = rows[3] | {"change_id": "signal:new@new:2026-11-22"}
    now = running_order([*(row for row in rows if row["change_id"] != decided), new])
    held = steady(before, now, START)
    assert [one.item for one in held.questions] == [one.item for one in before.questions]
    assert steady(before, now, new["change_id"]).questions[-1].item == new["change_id"]


def test_choices_are_the_words_published_with_the_change(rows):
    signal = next(one for one in running_order(rows).questions if one.kind == ChangeKind.SIGNAL)
    assert signal.choices == (Choice.KEEP_GOING, Choice.FIND_THE_CAUSE, Choice.STOP_THE_CYCLE)


def test_an_answer_is_about_the_cycle_where_there_is_one_and_else_about_the_chart(rows):
    order = running_order(rows).questions
    assert {one.about for one in order if one.kind == ChangeKind.SIGNAL} <= {row["series_id"] for row in rows}
    assert order[0].about == order[0].cycle_id


def test_what_was_answered_is_shown_by_its_answer_where_the_change_is_gone():
    row = {
        "item": "cycle-closed:ashfield_2:2026-11-16",
        "about": "ashfield_2",
        "question": "Adopt?",
        "prototype_id": "p",
    }
    one = question_answered(row, "Ashfield")
    assert (one.kind, one.cycle_id, one.series_id) == (ChangeKind.CYCLE_CLOSED, "ashfield_2", "")
    assert one.choices == ()
    assert one.heading == "Adopt?"
