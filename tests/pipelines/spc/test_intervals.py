"""Intervals of shares and counts against published examples and their own definitions."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, poisson

from pipelines.errors import ChartError
from pipelines.spc import byar, clopper_pearson, exact_poisson, wilson


@pytest.mark.parametrize(
    ("events", "trials", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe, Stat Med 1998;17:857, table I, score method
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_intervals_that_newcombe_1998_prints(events, trials, lower, upper):
    found = wilson(events, trials)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("events", "trials", "lower", "upper"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_clopper_pearson_gives_the_intervals_that_newcombe_1998_prints(events, trials, lower, upper):
    found = clopper_pearson(events, trials)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(("events", "trials"), [(3, 17), (40, 41), (200, 1000)])
def test_each_end_of_an_exact_interval_of_a_share_leaves_half_of_5_per_cent(events, trials):
    found = clopper_pearson(events, trials)
    assert binom.sf(events - 1, trials, found.lower) == pytest.approx(0.025)
    assert binom.cdf(events, trials, found.upper) == pytest.approx(0.025)


@pytest.mark.parametrize("count", [1, 4, 20, 500])
def test_each_end_of_an_exact_interval_of_a_count_leaves_half_of_5_per_cent(count):
    found = exact_poisson(count)
    assert poisson.sf(count - 1, found.lower) == pytest.approx(0.025)
    assert poisson.cdf(count, found.upper) == pytest.approx(0.025)


@pytest.mark.parametrize("count", [10, 30, 100, 1000])
def test_byar_is_near_the_exact_interval_from_ten_events(count):
    near, exact = byar(count), exact_poisson(count)
    assert near.lower == pytest.approx(exact.lower, rel=0.005)
    assert near.upper == pytest.approx(exact.upper, rel=0.005)


def test_no_events_have_a_lower_end_of_none():
    assert byar(0).lower == exact_poisson(0).lower == wilson(0, 9).lower == clopper_pearson(0, 9).lower == 0
    assert exact_poisson(0).upper == pytest.approx(-np.log(0.025))


def test_many_at_once_keep_their_shape_and_missing_ones_stay_missing():
    lower, upper = wilson([[1, np.nan], [0, 0]], [[10, 10], [0, np.nan]])
    assert lower.shape == upper.shape == (2, 2)
    assert np.isfinite(lower).tolist() == [[True, False], [False, False]]
    assert np.isnan(byar([np.nan])[0]).all()
    assert np.isnan(exact_poisson([np.nan])[0]).all()


def test_a_wider_level_gives_a_wider_interval():
    assert wilson(5, 20, 0.998).upper > wilson(5, 20).upper


@pytest.mark.parametrize("asked", [lambda: wilson(3, 2), lambda: byar(-1), lambda: wilson(1, 2, 95)])
def test_what_makes_no_interval_is_refused_in_words(asked):
    with pytest.raises(ChartError, match=r"more events|below 0|between 0 and 1"):
        asked()
