"""The form's answers make exactly one definition, and say at once what is open and what cannot be used."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.measures.answers import (
    ASKED,
    BLANK,
    CHOSEN,
    EVERYWHERE,
    PREFIX,
    THEME,
    answers_of,
    begin,
    definition_from,
    faults_of,
    open_questions,
    slug,
)
from pipelines.measures import IDENTIFIER, check_measure, measure_of, read_measures

PROJECT = read_measures(Path(__file__).parents[4] / "data" / "measures")


def state(**answers):
    return {PREFIX + key: value for key, value in (BLANK | answers).items()}


FILLED = {
    "name": "People who came to the walk", "domain": "reach", "kind": "count", "numerator": ["walkers"],
    "unit": "people a week", "better": "up", "disclosive": False, "use": EVERYWHERE, "why": "Walks.", "source": "Tally.",
}  # fmt: skip


@pytest.mark.parametrize("measure", PROJECT, ids=lambda measure: measure.measure_id)
def test_a_form_begun_like_a_measure_makes_that_measure_again(measure):
    answers = state(**answers_of(measure))
    assert measure_of(definition_from(answers)) == measure


def test_a_blank_form_has_every_question_open_and_nothing_wrong():
    definition = definition_from(state())
    assert faults_of(definition, [], replace=False) == []
    assert open_questions(definition) == [key for key in ASKED if key not in ("denominator", "period")]


def test_answers_make_a_sound_definition_whose_key_comes_from_its_name():
    definition = definition_from(state(**FILLED))
    assert check_measure(definition) == []
    assert definition["id"] == "people_who_came_to_the_walk"
    assert definition_from(state(**FILLED, short_name="Walkers!"))["id"] == "walkers"
    assert definition_from(state(**FILLED, id="own_key"))["id"] == "own_key"


def test_an_amount_that_is_never_below_0_is_kept_as_that_and_nothing_is_said_otherwise():
    amount = FILLED | {"kind": "measurement", "unit": "kg"}
    assert definition_from(state(**amount, never_negative=True))["never_negative"] is True
    assert "never_negative" not in definition_from(state(**amount))
    assert answers_of(measure_of(definition_from(state(**amount, never_negative=True))))["never_negative"]


def test_a_share_opens_the_question_out_of_what():
    definition = definition_from(state(**FILLED | {"kind": "proportion"}))
    assert open_questions(definition) == ["denominator"]


def test_targets_of_a_share_are_asked_in_per_cent():
    share = FILLED | {
        "kind": "proportion",
        "denominator": ["asked"],
        "from_0": dt.date(2026, 1, 5),
        "value_0": 60.0,
    }
    assert definition_from(state(**share))["target"] == [{"from": dt.date(2026, 1, 5), "value": 0.6}]  # fmt: skip


def test_a_target_without_its_day_is_wrong_and_one_without_either_is_none():
    half = definition_from(state(**FILLED, n_targets=2, value_0=40.0))
    (fault,) = faults_of(half, [], replace=False)
    assert (fault.column, fault.reason) == ("target", "A target needs the day from which it holds.")
    (fault,) = faults_of(definition_from(state(**FILLED, from_0=dt.date(2026, 1, 5))), [], replace=False)
    assert fault.reason == "A day needs the target that holds from it."
    assert "target" not in definition_from(state(**FILLED, n_targets=3))


def test_columns_are_added_up():
    definition = definition_from(state(**FILLED | {"numerator": ["kg_shared", "kg_wasted"]}))
    assert definition["numerator"] == "kg_shared + kg_wasted"


@pytest.mark.parametrize(
    ("answers", "prototypes"),
    [
        ({"use": EVERYWHERE, "themes": ["food"], "chosen": ["a"]}, ["*"]),
        ({"use": THEME, "themes": ["food", "school_gate"]}, ["theme:food", "theme:school_gate"]),
        ({"use": CHOSEN, "chosen": ["a", "b"], "themes": ["food"]}, ["a", "b"]),
    ],
)
def test_who_uses_it_is_as_chosen(answers, prototypes):
    assert definition_from(state(**FILLED | answers))["prototypes"] == prototypes


def test_a_key_that_is_taken_is_wrong_unless_it_takes_that_ones_place():
    definition = definition_from(state(**FILLED, id="bp_checked"))
    assert [fault.column for fault in faults_of(definition, ["bp_checked"], replace=False)] == ["id"]
    assert faults_of(definition, ["bp_checked"], replace=True) == []


def test_every_fault_is_told_at_once():
    wrong = FILLED | {"numerator": ["Not An Item"], "id": "Ä", "baseline": "spring", "planned_every": "often"}
    found = {fault.column for fault in faults_of(definition_from(state(**wrong)), [], replace=False)}
    assert found == {"numerator", "id", "baseline", "planned_every"}


def test_a_form_begun_is_not_begun_again_until_another_measure_is_asked_for():
    session: dict = {}
    begin(session, PROJECT[0])
    session[PREFIX + "name"] = "Typed"
    begin(session, PROJECT[0])
    assert session[PREFIX + "name"] == "Typed"
    begin(session, None)
    assert session[PREFIX + "name"] == ""


@given(st.text())
def test_a_slug_is_an_id_or_nothing(words):
    made = slug(words)
    assert made == "" or IDENTIFIER.match(made)
