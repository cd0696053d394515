"""Regression to the mean: published numbers, and what a simulation with known truth gives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import truncnorm

from pipelines.cascade.regression import FirstReading, expected_fall, fall_spread


@pytest.mark.parametrize(("readings", "fall"), [(1, 7.01), (2, 3.95), (3, 2.75)])
def test_the_fall_expected_with_no_help_is_the_published_one(readings, fall):
    assert expected_fall(FirstReading(readings=readings)) == pytest.approx(fall, abs=0.005)


def test_how_far_above_the_mean_the_chosen_lie_is_the_mean_of_a_truncated_normal():
    chosen = FirstReading(mean=120, between=12, within=9, cut_off=150, readings=2)
    assert chosen.excess == pytest.approx(truncnorm.mean(chosen.z, np.inf), rel=1e-9)


@pytest.mark.parametrize(
    "chosen",
    [
        FirstReading(),
        FirstReading(readings=2),
        FirstReading(readings=3),
        FirstReading(mean=135, within=14, cut_off=150),
    ],
)
def test_people_whose_pressure_never_changes_fall_by_as_much_in_a_simulation(chosen):
    draw, size = np.random.default_rng(20261122), 400_000
    usual = draw.normal(chosen.mean, chosen.between, size)
    first = usual + draw.normal(0, chosen.within, (chosen.readings, size)).mean(axis=0)
    later = usual + draw.normal(0, chosen.within, size)
    falls = (first - later)[first > chosen.cut_off]
    error = falls.std() / np.sqrt(falls.size)
    assert abs(falls.mean() - expected_fall(chosen)) < 4 * error
    assert falls.std() == pytest.approx(fall_spread(chosen), rel=0.01)


def test_nothing_falls_by_itself_where_readings_do_not_vary_or_nobody_is_left_out():
    assert expected_fall(FirstReading(within=1e-6)) == pytest.approx(0, abs=1e-6)
    assert expected_fall(FirstReading(cut_off=0)) == pytest.approx(0, abs=1e-6)
