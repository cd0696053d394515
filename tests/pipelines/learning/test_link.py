"""What neighbours share: its estimate, its shrinkage, and what it does to a variance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import toeplitz

from pipelines.learning.link import GREATEST_PHI, by_distance, lag_one, linked, shrunk


@pytest.mark.parametrize("phi", [0.0, 0.3])
def test_the_correction_takes_away_the_bias_that_a_season_and_a_step_add(phi):
    """Taking out four columns leaves 64 independent values with an autocorrelation of about -0.06; not so after."""
    rng = np.random.default_rng(9)
    week = np.arange(64)
    angle = 2 * np.pi * week / 52.18
    x = np.column_stack([np.ones(64), week >= 52, np.sin(angle), np.cos(angle)])
    maker = np.eye(64) - x @ np.linalg.pinv(x)
    series = rng.normal(size=(4000, 164))
    for k in range(1, 164):
        series[:, k] = phi * series[:, k - 1] + np.sqrt(1 - phi**2) * series[:, k]
    residuals = series[:, 100:] @ maker
    assert np.mean([lag_one(row) for row in residuals]) < phi - 0.03
    # At .3 a tenth of it stays unseen: the bias of the season's columns grows with phi, which the correction leaves out.
    assert np.mean([lag_one(row, maker) for row in residuals]) == pytest.approx(phi, abs=0.01 + phi / 10)


def test_the_lag_one_autocorrelation_is_corrected_for_short_series():
    """By hand: of 1, 2, 3, 4 the sum of squares is 5 and of neighbours' products 1.25."""
    assert lag_one(np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(0.25 + (1 + 0.75) / 4)
    assert lag_one(np.array([1.0, 2.0, 3.0])) == 0
    assert lag_one(np.ones(9)) == 0


def test_the_correction_takes_away_the_bias_of_a_short_series():
    rng = np.random.default_rng(8)
    noise = rng.normal(size=(4000, 70))
    series = np.zeros_like(noise)
    for k in range(1, 70):
        series[:, k] = 0.3 * series[:, k - 1] + noise[:, k]
    found = np.mean([lag_one(row) for row in series[:, 40:]])
    assert found == pytest.approx(0.3, abs=0.02)


def test_the_mean_of_four_linked_points_varies_as_it_does_by_hand():
    """(1 + 2 (3/4 · .3 + 2/4 · .09 + 1/4 · .027)) / 4; the (1+φ)/(1-φ) of long stretches would make it .464."""
    quarter = np.full(4, 0.25)
    assert linked(by_distance(np.outer(quarter, quarter)), 0.3) == pytest.approx(0.388375)


def test_linked_sums_are_traces_with_the_whole_matrix_of_correlations():
    random = np.random.default_rng(1)
    half = random.normal(size=(9, 9))
    form = half @ half.T
    phis = np.array([0.0, 0.2, 0.7])
    expected = [np.trace(form @ toeplitz(phi ** np.arange(9))) for phi in phis]
    assert linked(by_distance(form), phis) == pytest.approx(expected)


def test_a_long_mean_comes_to_the_usual_widening():
    size = 4000
    assert linked(by_distance(np.full((size, size), 1 / size)), 0.6) == pytest.approx(1.6 / 0.4, rel=0.01)


def test_a_link_within_a_standard_error_of_nothing_counts_as_nothing():
    error = (1 + 3 / 50) / np.sqrt(50)
    assert shrunk(0.99 * error, 50) == 0
    assert shrunk(1.01 * error, 50) > 0
    assert shrunk(-0.4, 50) == 0


def test_a_link_that_stands_out_stays_and_none_passes_the_greatest():
    assert shrunk(0.6, 60) == pytest.approx(0.6 - 1.05**2 / 60 / 0.6)
    assert 0.9 < shrunk(1.3, 60) < GREATEST_PHI


def test_chance_gives_a_correlation_the_variance_that_is_taken_off():
    random = np.random.default_rng(2)
    found = [lag_one(row) for row in random.normal(size=(4000, 30))]
    assert np.mean(found) == pytest.approx(0, abs=0.01)
    assert np.var(found) == pytest.approx((1 + 3 / 30) ** 2 / 30, rel=0.10)


def test_shrinking_comes_closer_to_the_truth_where_there_is_none():
    random = np.random.default_rng(3)
    raw = np.array([lag_one(row) for row in random.normal(size=(2000, 24))])
    assert (shrunk(raw, 24) ** 2).mean() < 0.5 * (np.maximum(raw, 0) ** 2).mean()
