"""A plan as answered so far: per cent and shares, what is missing, and the records it becomes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.plan.draft import Draft, Guess, stored
from dashboard.components.plan.view import Home, Judged
from pipelines.measures import Measure
from pipelines.records import faults_of
from pipelines.records.kinds import CyclePlanned, PredictionSealed, PrototypeStarted, StageReached
from pipelines.vocabulary import Better, DataType, Direction, Domain, Period, Stage

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

SAID_YES = Measure(
    measure_id="said_yes", name="Said yes", short_name="Said yes", domain=Domain.QUALITY, kind=DataType.PROPORTION,
    numerator="said_yes", denominator="asked", counts="people", unit="", period=Period.WEEK, planned_every="week",
    better=Better.UP, targets=(), baseline="auto", disclosive=False, prototypes=("*",), why="", source="",
)  # fmt: skip

GUESS = Guess(Direction.UP, 0.6, 0.5, 0.7, TODAY + dt.timedelta(weeks=9))
WHOLE = Draft(
    Home("barber", "ashfield", "Checks at the barber"), "barber_2", "2", "Will more say yes?", "The barber asks.",
    Judged(SAID_YES), TODAY, TODAY + dt.timedelta(weeks=8), GUESS,
)  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), [(56.5, 0.565), (57, 0.57), (0, 0.0), (100, 1.0), (29, 0.29)])
def test_per_cent_as_typed_is_kept_from_0_to_1_without_a_crooked_digit(typed, kept):
    assert stored(typed, is_share=True) == kept
    assert stored(typed, is_share=False) == typed


def test_nothing_typed_is_nothing_kept():
    assert stored(None, is_share=True) is None


def test_a_whole_plan_lacks_nothing_and_becomes_a_cycle_and_its_prediction():
    assert WHOLE.missing() == {}
    cycle, prediction = WHOLE.records(TODAY)
    assert cycle == CyclePlanned(
        "barber_2", "barber", "2", "Will more say yes?", "said_yes", TODAY, WHOLE.do_end, "The barber asks."
    )
    assert prediction == PredictionSealed(
        "barber_2", "said_yes", Direction.UP, 0.6, 0.5, 0.7, TODAY + dt.timedelta(weeks=9)
    )
    assert [fault for body in (cycle, prediction) for fault in faults_of(body, NOON)] == []


def test_a_new_prototype_comes_first_with_the_stage_it_is_at():
    new = Home("tea", "ashfield", "Tea", "food", True, Stage.ACTION, "It was tried twice.")
    started, stage, cycle, _ = Draft(
        **{name: getattr(WHOLE, name) for name in WHOLE.__dataclass_fields__} | {"home": new}
    ).records(TODAY)
    assert started == PrototypeStarted("tea", "ashfield", "Tea", "food", started_on=TODAY)
    assert stage == StageReached("tea", Stage.ACTION, TODAY, "It was tried twice.")
    assert cycle.prototype_id == "tea"


def test_an_empty_plan_names_everything_in_the_order_of_the_page():
    assert list(Draft(None).missing()) == [
        "prototype_id", "question", "plan", "primary_measure", "do_start", "direction", "value", "low", "predicted_for",
    ]  # fmt: skip


def test_a_plan_with_something_missing_cannot_become_records():
    with pytest.raises(ValueError, match="something missing"):
        Draft(None).records(TODAY)
    with pytest.raises(ValueError, match="something missing"):
        Guess().record("c", "m")


@given(st.floats(0, 1, allow_nan=False), st.floats(0, 1, allow_nan=False), st.floats(0, 1, allow_nan=False))
def test_a_prediction_that_lacks_nothing_is_one_that_the_records_take(value, low, high):
    guess = Guess(Direction.UP, value, low, high, TODAY)
    faults = faults_of(guess.record("c1", "said_yes"), NOON)
    assert bool(guess.missing()) == bool(faults)
