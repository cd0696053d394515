"""Sentences of charts and their points: made by rule from a row, in plain words, with the row's own numbers."""

from __future__ import annotations

import dataclasses

import pytest

from pipelines import words
from pipelines.vocabulary import ChartKind
from tests.pipelines.words.rows import COUNT, SHARE, point, summary


def sentence(measure=SHARE, run_length=1, total=None, **changes):
    return words.chart_sentences(summary(**changes), measure, run_length, total)


def test_an_amount_goes_below_0_in_words_unless_it_never_can():
    warmth = dataclasses.replace(COUNT, kind=ChartKind.I, counts=None, unit="degrees")
    kilograms = dataclasses.replace(warmth, unit="kg", never_negative=True)
    assert words.range_words(-50.4, 246.1, warmth) == "-50 to 246"
    assert words.range_words(-50.4, 246.1, kilograms) == "0 to 246"
    told = sentence(kilograms, latest_value=162.0, lower_limit=-50.4, upper_limit=246.1)
    assert told.middle == "Nothing unusual: 162, and usually 0 to 246."


def test_usual_variation_says_the_latest_against_the_usual_range():
    assert sentence(latest_value=0.5).middle == "Nothing unusual: 50%, and usually 30 to 53%."
    assert "provisional until a named person accepts it" in sentence().long


def test_an_established_range_is_not_called_provisional():
    assert "provisional" not in sentence(limits_state="established").long


def test_a_shift_says_how_many_points_above_which_average():
    told = sentence(variation="improvement_high", variation_rules="shift", run_length=9)
    assert (
        told.middle
        == "Quality is better. The last nine points, one week each, were all above the average of 41%."
    )
    assert told.short == "Nine in a row above average."


def test_one_point_outside_is_said_not_to_be_a_trend():
    told = sentence(variation="concern_low", variation_rules="beyond_limits,two_of_three", latest_value=0.2)
    assert told.middle == "Quality is worse. 20% is below the usual 30 to 53%; one point is not yet a trend."


def test_a_point_outside_at_the_end_of_a_long_run_is_not_called_a_single_point():
    told = sentence(
        variation="concern_low", variation_rules="beyond_limits,shift", latest_value=0.2, run_length=8
    )
    assert told.middle == (
        "Quality is worse. 20% is below the usual 30 to 53%, and the last eight points were all below the average of 41%."
    )


def test_a_measure_without_a_direction_is_changed_and_never_better():
    told = sentence(variation="neutral_high", variation_rules="trend", run_length=7)
    assert (
        told.middle == "Quality has changed. The last seven points, one week each, climbed one after another."
    )


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("pass", "is met all through the usual range"),
        ("fail", "out of reach"),
        ("hit_or_miss", "met at times and missed at times"),
    ],
)
def test_the_target_is_named_where_it_stands(state, told):
    assert told in sentence(assurance=state, target=0.6).long
    assert "60%" in sentence(assurance=state, target=0.6).long


def test_a_point_that_set_the_range_and_lies_outside_it_is_no_signal_and_not_called_usual():
    assert sentence(latest_value=0.532).middle == (
        "No signal: 53.2%, and usually 30 to 52.9%. This point helped to set that range."
    )


def test_a_value_just_outside_reads_as_outside():
    told = sentence(variation="concern_high", variation_rules="beyond_limits", latest_value=0.531)
    assert told.middle == (
        "Quality is worse. 53.1% is above the usual 30 to 52.9%; one point is not yet a trend."
    )


def test_a_balancing_measure_speaks_for_itself_alone():
    appointments = dataclasses.replace(COUNT, domain="balancing", short_name="GP appointments")
    told = sentence(appointments, variation="neutral_high", variation_rules="trend", run_length=7)
    assert told.middle.startswith("GP appointments: changed. The last seven points")


def test_below_thirteen_points_a_drawn_range_gives_no_verdict():
    told = sentence(variation="too_few", n_points=12, latest_value=0.5)
    assert told.middle == "Cannot yet tell: 12 of 13 points. The latest is 50%, and usually 30 to 53%."


def test_a_series_whose_every_point_is_held_back_is_not_told_as_untested():
    assert sentence(n_points=0, n_hidden=4).short == "Small numbers: held back."


def test_start_up_counts_what_is_there_and_what_is_needed():
    told = sentence(COUNT, total=214, why_no_limits="start_up", limits_state="none", n_points=7)
    assert told.middle == "Cannot yet tell: 7 of 12 points needed. 214 people so far."


def test_start_up_with_enough_points_says_that_they_have_not_settled():
    told = sentence(why_no_limits="start_up", limits_state="none", n_points=20)
    assert told.middle == "Cannot yet tell: the 20 points have not settled for 12 in a row."


def test_hidden_series_say_why_and_no_number():
    told = sentence(is_hidden=True)
    assert told.short == "Small numbers: held back."
    assert told.middle == "Small numbers are held back here, so that no person can be recognised."


def test_no_data_is_said():
    assert sentence(n_points=0).middle == "No test has been logged yet."


def test_a_run_chart_tells_a_long_run_with_its_limit():
    told = sentence(why_no_limits="run_chart", limits_state="none", runs_signal=True, longest_run=9)
    assert (
        told.middle
        == "Unusual: 9 points in a row on one side of the median, 41%; chance seldom gives over 8."
    )


def test_a_sparse_series_claims_no_run_since_rounding_puts_its_points_on_the_median():
    told = sentence(why_no_limits="sparse", limits_state="none", runs_signal=True, longest_run=23)
    assert (
        told.middle
        == "The latest is 55%, against a median of 41%. No usual range: the counts are too small for one."
    )


def test_a_run_chart_tells_few_crossings_with_their_limit():
    told = sentence(why_no_limits="run_chart", limits_state="none", runs_signal=True, n_crossings=3)
    assert (
        told.middle
        == "Unusual: the points cross the median of 41% 3 times; chance seldom gives fewer than 8."
    )


def test_a_point_says_its_time_its_count_and_its_rule():
    assert (
        words.point_words(point(rule="beyond_limits"), SHARE, "week")
        == "Week of 2 March 2026: 34 of 62, 55%. Outside the usual range."
    )


def test_a_hidden_point_says_why_and_never_its_number():
    assert (
        words.point_words(point(is_hidden=True, hidden_reason="small"), SHARE, "week")
        == "Week of 2 March 2026: 1 to 7 people."
    )


def test_a_gap_is_said_to_be_planned():
    told = words.point_words(point(is_gap=True, value=None), SHARE, "week")
    assert told == "Week of 2 March 2026: a test was planned; no value was recorded."
