"""Mann-Kendall against scipy's exact test and against a worked number."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kendalltau

from pipelines.spc import mann_kendall


@pytest.mark.parametrize("n", [3, 7, 12, 20, 33])
def test_p_is_exact_without_ties(n):
    y = np.random.default_rng(n).permutation(n).astype(float)
    theirs = kendalltau(np.arange(n), y, method="exact")
    ours = mann_kendall(y)
    assert ours.p_value == pytest.approx(theirs.pvalue, rel=1e-9)
    assert ours.tau == pytest.approx(theirs.statistic)


def test_tau_allows_for_ties_and_p_for_ties_and_continuity():
    y = np.array([1.0, 2, 2, 3, 1, 4, 4, 5, 3, 5, 6, 6])
    ours = mann_kendall(y)
    assert ours.tau == pytest.approx(kendalltau(np.arange(12), y).statistic)
    variance = (12 * 11 * 29 - 6 * (2 * 1 * 9)) / 18
    assert ours.s == 54 - 6  # of 66 pairs 6 are tied, 6 fall, counted by hand
    assert ours.p_value == pytest.approx(
        2 * (1 - 0.5 * (1 + _erf((48 - 1) / np.sqrt(2 * variance)))), rel=1e-6
    )


def _erf(x):
    from scipy.special import erf

    return erf(x)


def test_a_steady_rise_of_twelve_is_as_rare_as_two_in_twelve_factorial():
    assert mann_kendall(np.arange(12.0)).p_value == pytest.approx(2 / 479001600)


def test_many_points_use_the_normal_distribution_and_stay_near_the_exact_one():
    y = np.random.default_rng(4).normal(size=80) + np.arange(80) * 0.01
    assert mann_kendall(y).p_value == pytest.approx(kendalltau(np.arange(80), y).pvalue, rel=0.05)


@pytest.mark.parametrize("y", [[], [3.0], [5.0, 5.0, 5.0], [np.nan, 2.0]])
def test_where_there_is_nothing_to_test_p_is_one_and_tau_unknown(y):
    ours = mann_kendall(y)
    assert np.isnan(ours.tau)
    assert ours.p_value == 1.0


def test_gaps_are_left_out():
    assert mann_kendall([1.0, np.nan, 2.0, 4.0]) == mann_kendall([1.0, 2.0, 4.0])
