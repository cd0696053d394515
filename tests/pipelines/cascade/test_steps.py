"""Which share stands for which step, and what follows from how it is counted."""

from __future__ import annotations

import dataclasses

import pytest

from pipelines.cascade.steps import (
    can_be_lost,
    can_leak,
    follow_up_months,
    in_order,
    is_after_raised,
    is_stock,
    step_of,
)
from pipelines.vocabulary import Better, CascadeStep
from tests.pipelines.cascade.made import MEASURES


@pytest.mark.parametrize(
    ("item", "step", "months"),
    [
        ("cascade_confirmed_3m", CascadeStep.CONFIRMED, 3),
        ("cascade_confirmed_12m", CascadeStep.CONFIRMED, 12),
        ("cascade_confirmation_offered", CascadeStep.CONFIRMATION_OFFERED, None),
        ("cascade_read_in_12_months", CascadeStep.READ_IN_12_MONTHS, None),
        ("cascade_read_in_12_months_6m", CascadeStep.READ_IN_12_MONTHS, 6),
        ("cascade_eligible", None, None),
        ("cascade_to_target_12_months", None, None),
        ("said_yes", None, None),
        (None, None, None),
    ],
)
def test_an_item_tells_its_step_and_its_follow_up(item, step, months):
    assert (step_of(item), follow_up_months(item)) == (step, months)


def test_the_check_comes_before_the_register_and_both_before_other_measures():
    ordered = in_order(measure for measure in MEASURES.values() if measure.is_share)
    steps = [measure.cascade_step for measure in ordered if measure.cascade_step]
    assert [str(step) for step in steps] == [
        "measured", "raised", "confirmation_offered", "confirmed", "treated", "on_register", "read_in_12_months", "to_target",
    ]  # fmt: skip
    assert all(measure.cascade_step is None for measure in ordered[len(steps) :])


def test_every_step_begins_with_those_who_reached_an_earlier_one():
    order = [*CascadeStep]
    for measure in MEASURES.values():
        if measure.cascade_step is not None:
            assert step_of(measure.numerator) == measure.cascade_step
            begins = step_of(measure.denominator)
            assert begins is not None
            assert order.index(begins) < order.index(measure.cascade_step)


def test_a_reading_in_range_is_no_loss_and_those_expected_cannot_leak():
    raised, found, confirmed = (MEASURES[f"cascade_{name}"] for name in ("raised", "found", "confirmed"))
    assert [can_be_lost(one) for one in (raised, found, confirmed)] == [False, True, True]
    assert [can_leak(one) for one in (raised, found, confirmed)] == [False, False, True]
    assert not can_leak(dataclasses.replace(confirmed, cascade_step=None))
    assert not can_be_lost(dataclasses.replace(confirmed, better=Better.DOWN))


def test_only_those_with_a_raised_reading_are_lost_to_care():
    after = {name for name, measure in MEASURES.items() if is_after_raised(measure)}
    assert after == {
        "cascade_confirmation_offered", "cascade_confirmed", "cascade_treated", "cascade_read_in_12_months",
        "cascade_to_target_of_read",
    }  # fmt: skip


def test_counts_of_the_register_are_stocks_and_counts_of_checks_are_not():
    for measure in MEASURES.values():
        if "cascade_on_register" in measure.items or "cascade_to_target" in measure.items:
            assert is_stock(measure), measure.measure_id
        if "cascade_raised" in measure.items or "cascade_confirmed_3m" in measure.items:
            assert not is_stock(measure), measure.measure_id
