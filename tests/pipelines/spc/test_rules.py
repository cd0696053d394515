"""Rules on arrays: what fires, what breaks a pattern, what missing values do."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.spc import rules

nan = np.nan


def signs(flags):
    return flags.tolist()


def test_a_point_on_a_limit_is_inside_and_one_above_or_below_is_outside():
    assert signs(rules.beyond_limits([3.0, 3.1, -3.0, -3.1, nan], -3, 3)) == [0, 1, 0, -1, 0]


def test_a_point_is_on_a_line_when_only_rounding_tells_them_apart():
    assert signs(rules.side([0.1 + 0.2, 0.3 + 1e-9, 0.3 - 1e-9], 0.3)) == [0, 1, -1]


def test_no_line_means_no_side():
    assert signs(rules.side([1.0, 2.0], nan)) == [0, 0]


def test_seven_on_one_side_make_a_shift_and_six_do_not():
    assert signs(rules.shift([1.0] * 7, 0)) == [1] * 7
    assert signs(rules.shift([-1.0] * 9, 0)) == [-1] * 9
    assert signs(rules.shift([1.0] * 6 + [-1.0], 0)) == [0] * 7


@pytest.mark.parametrize("breaker", [0.0, nan])
def test_a_point_on_the_mean_and_a_gap_break_a_shift(breaker):
    assert signs(rules.shift([1.0] * 4 + [breaker] + [1.0] * 4, 0)) == [0] * 9


def test_a_shift_of_ihi_skips_points_on_the_centre_and_leaves_them_unmarked():
    flags = rules.shift([1.0, 1, 1, 0, 1, 1, 1], 0, length=6, skip_centre=True)
    assert signs(flags) == [1, 1, 1, 0, 1, 1, 1]


def test_seven_rising_points_make_a_trend_and_six_do_not():
    assert signs(rules.trend(np.arange(7.0))) == [1] * 7
    assert signs(rules.trend(np.arange(6.0))) == [0] * 6
    assert signs(rules.trend(-np.arange(8.0))) == [-1] * 8


def test_a_tie_or_a_gap_breaks_a_trend():
    assert not rules.trend([1.0, 2, 3, 3, 4, 5, 6, 7]).any()
    assert not rules.trend([1.0, 2, 3, nan, 4, 5, 6, 7]).any()


def test_a_point_shared_by_a_rise_and_a_fall_takes_the_direction_of_the_step_after_it():
    flags = rules.trend([1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1])
    assert signs(flags) == [1] * 6 + [-1] * 7


def test_a_trend_of_ihi_counts_repeated_values_once():
    assert signs(rules.trend([1.0, 2, 2, 3, 4, 5], length=5, skip_ties=True)) == [1, 1, 0, 1, 1, 1]
    assert not rules.trend([1.0, 2, 2, 3, 4], length=5, skip_ties=True).any()


@pytest.mark.parametrize("values", [[], [1.0]])
def test_too_few_points_fire_nothing(values):
    assert not rules.trend(values).any()
    assert not rules.shift(values, 0).any()
    assert not rules.two_of_three(values, 0, -2, 2, -3, 3).any()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2.5, 0.5, 2.5], [1, 0, 1]),
        ([0.5, 2.5, 2.5], [0, 1, 1]),
        ([2.5, 2.5, 0.5], [1, 1, 0]),
        ([-2.5, -0.5, -2.5], [-1, 0, -1]),
        ([2.5, -0.5, 2.5], [0, 0, 0]),  # the third point lies on the other side
        ([2.5, nan, 2.5], [0, 0, 0]),
        ([2.5, 0.0, 2.5], [0, 0, 0]),  # a point on the mean is on no side
        ([3.5, 2.5, 0.5], [0, 0, 0]),  # a point beyond 3 sigma is not between 2 and 3
        ([3.0, 2.5, 0.5], [1, 1, 0]),  # one on the limit is
        ([2.0, 2.5, 0.5], [0, 0, 0]),  # one on the 2-sigma line is not beyond it
        ([2.5, 2.5, 2.5], [1, 1, 1]),
        ([2.5, 0.5, 0.5, 2.5], [0, 0, 0, 0]),  # three apart
    ],
)
def test_two_of_three_marks_the_far_points_when_all_three_lie_on_one_side(values, expected):
    assert signs(rules.two_of_three(values, 0, -2, 2, -3, 3)) == expected
