"""Values as they are written, and axes of three or four labels."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.numbers import NumberStyle, value_axis
from pipelines.measures import KINDS, measure_of

SHARE, COUNT, MEAN = NumberStyle.of("proportion"), NumberStyle.of("count"), NumberStyle.of("measurement")

MEASURE = measure_of(
    {
        "id": "kg", "name": "Food", "domain": "reach", "kind": "i", "numerator": "kg", "unit": "kg", "period": "week",
        "better": "up", "disclosive": False, "prototypes": ["*"], "why": "Why.", "source": "Scales.",
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (SHARE, 0.634, "63%"),
        (COUNT, 1240.0, "1,240"),
        (MEAN, 5.24, "5.2"),
        (MEAN, 12.4, "12"),
        (MEAN, None, ""),
        (MEAN, float("nan"), ""),
    ],
)
def test_a_value_is_written_as_people_say_it(style, value, text):
    assert style.text(value) == text


def test_a_measured_value_keeps_its_decimal():
    assert (MEAN.value_text(12.4), MEAN.text(12.4), MEAN.value_text(124.4)) == ("12.4", "12", "124")


def test_limits_are_clipped_to_what_can_happen():
    assert (SHARE.clip(1.2), SHARE.clip(-0.1), COUNT.clip(-3.0), COUNT.clip(7.5)) == (1.0, 0.0, 0.0, 7.5)


def test_an_amount_is_drawn_below_0_unless_it_never_can_be():
    kilograms = NumberStyle.of("i", never_negative=True)
    assert (MEAN.clip(-3.0), kilograms.clip(-3.0), kilograms.clip(7.5)) == (-3.0, 0.0, 7.5)


@pytest.mark.parametrize("counts", ["people", None, float("nan")])
@pytest.mark.parametrize("said", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_drawn_and_what_is_said_stop_at_the_same_place(kind, said, counts):
    row = {"data_kind": str(kind), "counts": counts, "never_negative": said}
    counted = counts if isinstance(counts, str) else None
    measure = dataclasses.replace(MEASURE, kind=kind, counts=counted, never_negative=said)
    assert NumberStyle.of_row(row).never_negative == measure.is_never_negative


def test_counts_begin_at_zero_and_shares_need_not():
    assert value_axis([26, 37], COUNT).ticks[0] == 0
    assert value_axis([0.41, 0.63], SHARE).ticks[0] > 0


def test_nothing_to_draw_still_has_an_axis():
    axis = value_axis([], MEAN)
    assert axis.low < axis.high
    assert len(axis.labels) >= 3


def test_equal_values_stand_inside_the_axis():
    axis = value_axis([4.0, 4.0], MEAN)
    assert axis.low < 4 < axis.high


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_a_count_axis_holds_every_value_with_two_to_four_whole_labels(values):
    axis = value_axis([round(value) for value in values], COUNT)
    assert axis.low <= min(round(value) for value in values)
    assert axis.high >= max(round(value) for value in values)
    assert 2 <= len(axis.ticks) <= 4
    assert all(float(tick).is_integer() for tick in axis.ticks)
    assert len(set(axis.labels)) == len(axis.labels)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_a_share_axis_stays_within_a_hundred_per_cent(values):
    axis = value_axis(values, SHARE)
    assert axis.ticks[0] >= -1e-9
    assert axis.ticks[-1] <= 1 + 1e-9
    assert axis.low <= min(values) + 1e-9
    assert axis.high >= max(values) - 1e-9


@pytest.mark.parametrize(
    ("value", "text"), [(0.00990, "0.0099"), (0.5, "0.5"), (-0.033, "-0.033"), (0.0, "0")]
)
def test_a_small_rate_keeps_two_figures_that_say_something(value, text):
    style = NumberStyle.of("rate")
    assert style.text(value) == style.value_text(value) == text


@pytest.mark.parametrize("kind", ["rate", "u", "g", "time_between"])
def test_rates_and_what_lies_between_events_begin_at_zero(kind):
    assert NumberStyle.of(kind).starts_at_zero
