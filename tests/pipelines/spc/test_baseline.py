"""Which points may set the usual range."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.errors import ChartError
from pipelines.spc import find_baseline
from pipelines.spc.baseline import is_stable

nan = np.nan
STABLE = np.array([10.0, 12, 9, 11, 13, 10, 8, 12, 11, 9, 10, 12])


def test_auto_takes_the_points_before_the_first_cycle_when_there_are_twelve():
    found = find_baseline(np.r_[STABLE, STABLE + 20], rule="auto", first_do=12)
    assert (found.rule_used, found.state) == ("before_cycle", "provisional")
    assert found.mask.tolist() == [True] * 12 + [False] * 12


def test_gaps_before_the_first_cycle_do_not_count_as_points():
    y = np.r_[STABLE[:11], nan, STABLE + 20]
    found = find_baseline(y, rule="before_cycle", first_do=12)
    assert found.state == "start_up"
    assert not found.mask.any()
    assert "11 points of the 12" in found.reason


def test_auto_falls_back_on_the_earliest_stable_run():
    found = find_baseline(np.r_[np.arange(0.0, 9), STABLE], rule="auto", first_do=3)
    assert (found.rule_used, found.state) == ("stable_run", "provisional")
    assert found.mask.sum() == 12
    assert not found.mask[:5].any()


def test_a_start_up_that_only_rises_never_becomes_the_yardstick():
    found = find_baseline(np.arange(40.0), rule="auto")
    assert found.state == "start_up"
    assert "without trend or signal" in found.reason


def test_a_stable_run_leaves_gaps_out_and_may_span_them():
    y = np.insert(STABLE, 5, [nan, nan])
    found = find_baseline(y, rule="stable_run")
    assert found.mask.sum() == 12
    assert not found.mask[5:7].any()


@pytest.mark.parametrize(
    "values",
    [
        np.arange(12.0),  # trend
        np.r_[STABLE[:11], 40],  # a point beyond the limits
        np.r_[STABLE[:6], STABLE[:6] + 9],  # a shift
    ],
)
def test_a_stretch_with_trend_or_signal_is_not_stable(values):
    assert not is_stable(values)


def test_a_constant_stretch_is_stable():
    assert is_stable(np.full(12, 3.0))


def test_first_n_takes_the_first_known_points_as_they_are():
    found = find_baseline(np.r_[nan, np.arange(20.0)], rule="first_n", n=14)
    assert found.mask.tolist() == [False] + [True] * 14 + [False] * 6


def test_dates_take_the_known_points_between_them():
    inside = np.arange(24) <= 12
    y = np.r_[STABLE, nan, STABLE[:11]]
    assert find_baseline(y, rule="dates", dates=inside).mask.sum() == 12
    assert find_baseline(y, rule="dates", dates=~inside).state == "start_up"


def test_none_leaves_the_chart_without_a_baseline():
    assert find_baseline(STABLE, rule="none").state == "start_up"


def test_an_unknown_rule_and_missing_dates_are_refused():
    with pytest.raises(ChartError, match="before_cycle"):
        find_baseline(STABLE, rule="best")
    with pytest.raises(ChartError, match="mask"):
        find_baseline(STABLE, rule="dates")


def test_no_points_are_a_start_up():
    assert find_baseline([], rule="auto").state == "start_up"


@pytest.mark.slow
def test_a_rise_that_then_stays_flat_seldom_lends_its_start_to_the_baseline():
    draws = np.random.default_rng(7)
    touched = 0
    for _ in range(300):
        y = np.r_[np.linspace(0, 10, 10), np.full(30, 10.0)] + draws.normal(size=40)
        touched += bool(find_baseline(y, rule="auto").mask[:5].any())
    assert touched / 300 < 0.02
