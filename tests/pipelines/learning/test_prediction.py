"""Scores of predictions, and when they are due."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.learning import (
    direction_held,
    naive_guess,
    naive_prediction,
    score_against_naive,
    score_prediction,
    skill,
)

DO = [51, 49, 52, 48, 53, 50, 51, 49]
#: Do begins in week 21 and lasts eight weeks: Monday 26 May to Sunday 20 July 2025.
END = dt.date(2025, 7, 20)
GUESS = {"predicted_value": 56.0, "predicted_low": 50.0, "predicted_high": 62.0}


@pytest.mark.parametrize(
    ("observed", "score"),
    [
        (55, 12.0),  # inside: the width alone
        (43, 12.0 + 10 * 7),  # 2 / 0.2 = 10 for each unit below
        (64.5, 12.0 + 10 * 2.5),  # and above
    ],
)
def test_the_interval_score_is_the_width_and_ten_for_each_unit_outside(observed, score):
    assert score_prediction(56, 50, 62, observed).interval_score == pytest.approx(score, rel=1e-12)


@pytest.mark.parametrize(
    ("observed", "inside"), [(50, True), (62, True), (49.999, False), (62.001, False), (56, True)]
)
def test_the_edges_of_a_range_are_inside(observed, inside):
    assert score_prediction(56, 50, 62, observed).is_inside is inside


def test_the_error_is_observed_minus_predicted():
    assert score_prediction(56, 50, 62, 43).error == -13


def test_without_a_value_the_middle_of_the_range_was_predicted():
    assert score_prediction(None, 50, 62, 43).error == -13


def test_a_range_upside_down_is_refused():
    with pytest.raises(ValueError, match="upside down"):
        score_prediction(None, 62, 50, 43)


def test_skill_is_above_nothing_where_the_group_beats_the_naive_guess():
    assert skill(12.0, 48.0) == 0.75
    assert skill(48.0, 12.0) == -3.0
    assert skill(12.0, 0.0) is None


def test_the_naive_guess_is_the_mean_of_the_last_six():
    assert naive_guess([100, 1, 2, 3, 4, 5, 6]) == 3.5
    assert naive_guess([4, 6]) == 5
    assert naive_guess([]) is None


def test_a_prediction_is_scored_at_the_end_of_do(judged):
    result = judged(DO, plan=GUESS)
    assert (result.prediction_inside, result.observed) == (True, 50.375)
    assert result.prediction_error == pytest.approx(-5.625)
    assert result.interval_score == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("after", "is_scored"),
    [(0, True), (6, True), (7, False), (40, False)],
)
def test_a_prediction_waits_until_the_data_are_within_six_days_of_the_end_of_do(judged, after, is_scored):
    result = judged(DO, plan=GUESS | {"do_end": END + dt.timedelta(days=after)})
    assert (result.prediction_inside is not None) is is_scored
    assert (result.prediction_error is not None) is is_scored
    assert (result.interval_score is not None) is is_scored


def test_a_prediction_for_an_earlier_day_is_due_on_that_day(judged):
    later = {"do_end": END + dt.timedelta(days=40)}
    assert judged(DO, plan=GUESS | later | {"predicted_for": END}).prediction_inside is True


def test_a_prediction_for_a_day_after_do_is_due_when_do_ends(judged):
    assert judged(DO, plan=GUESS | {"predicted_for": END + dt.timedelta(days=90)}).prediction_inside is True


def test_a_decision_makes_a_prediction_due(judged):
    result = judged(DO, plan=GUESS | {"do_end": END + dt.timedelta(days=7), "decided_on": END})
    assert result.prediction_inside is True


def test_a_do_without_an_end_is_scored_only_once_decided(judged):
    assert judged(DO, plan=GUESS | {"do_end": None}).prediction_inside is None
    assert judged(DO, plan=GUESS | {"do_end": None, "decided_on": END}).prediction_inside is True


def test_a_guess_without_a_range_is_not_scored(judged):
    assert judged(DO, plan={"predicted_value": 56.0}).interval_score is None


def test_what_is_observed_so_far_is_told_before_the_prediction_is_due(judged):
    assert judged(DO, plan=GUESS | {"do_end": END + dt.timedelta(days=40)}).observed == 50.375


def test_the_naive_range_is_that_of_the_mean_of_so_many_more_values():
    """Hahn & Meeker 1991: mean of n more values after k; here k = 6, s = √3.5 and t(.9; 5) = 1.476 of printed tables."""
    for n_do, factor in ((1, (1 / 6 + 1) ** 0.5), (8, (1 / 6 + 1 / 8) ** 0.5)):
        naive = naive_prediction([100, 1, 2, 3, 4, 5, 6], n_do)
        assert naive.value == 3.5
        assert naive.high - naive.value == pytest.approx(1.476 * 3.5**0.5 * factor, rel=5e-4)
        assert naive.value - naive.low == pytest.approx(naive.high - naive.value)


def test_two_values_have_no_spread_to_speak_of():
    assert naive_prediction([1, 2]) is None
    assert naive_prediction([1, 2, 3]) is not None


def test_the_naive_range_holds_eight_times_in_ten_where_nothing_changes():
    """4,000 series of six and eight: the share inside is within four standard errors of 80 %."""
    rng = np.random.default_rng(7)
    held = 0
    for values in rng.normal(50, 5, (4000, 14)):
        naive = naive_prediction(values[:6], 8)
        held += naive.low <= values[6:].mean() <= naive.high
    assert abs(held / 4000 - 0.8) < 4 * (0.8 * 0.2 / 4000) ** 0.5


def test_a_group_is_scored_beside_what_anybody_could_have_said():
    naive = naive_prediction([50, 48, 52, 50, 47, 53], 1)
    group = score_prediction(60, 56, 64, 61)
    beside = score_against_naive(group, naive, 61)
    assert beside.naive_score == score_prediction(None, naive.low, naive.high, 61).interval_score
    assert beside.naive_score > group.interval_score == 8
    assert beside.skill == 1 - 8 / beside.naive_score


def test_a_naive_guess_that_cannot_be_beaten_leaves_no_skill():
    assert score_against_naive(score_prediction(5, 4, 6, 5), naive_prediction([5, 5, 5]), 5).skill is None


@pytest.mark.parametrize(
    ("predicted", "observed", "held"),
    [(60, 51, True), (60, 49, False), (40, 49, True), (40, 51, False), (60, 50, False), (50, 60, None)],
)
def test_a_direction_holds_where_the_result_moved_as_predicted(predicted, observed, held):
    assert direction_held(predicted, 50, observed) is held


def test_without_a_number_no_direction_held_or_failed():
    assert (
        direction_held(None, 50, 51) is direction_held(60, None, 51) is direction_held(60, 50, None) is None
    )
