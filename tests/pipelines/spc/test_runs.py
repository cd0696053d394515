"""Runs analysis against published limits and exact probabilities."""

from __future__ import annotations

from itertools import combinations, pairwise
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import binom

from pipelines.spc.boxes import _joint
from pipelines.spc.groups import Groups
from pipelines.spc.runs import longest_run_max, n_crossings_min, runs, runs_allowed

#: Anhøj & Olesen, PLoS ONE 2014;9(11):e113825, as in the vignette of qicharts2: useful points -> longest, crossings.
PUBLISHED = {
    10: (6, 2), 11: (6, 2), 12: (7, 3), 13: (7, 3), 16: (7, 4), 20: (7, 6), 24: (8, 8), 30: (8, 10), 36: (8, 13),
    40: (8, 14), 52: (9, 20), 60: (9, 23), 104: (10, 43),
}  # fmt: skip


@pytest.mark.parametrize("n", PUBLISHED)
def test_limits_of_runs_are_those_published(n):
    assert (longest_run_max(n), n_crossings_min(n)) == PUBLISHED[n]


def test_the_least_crossings_are_the_5th_percentile_of_a_binomial():
    n = np.r_[2:400, 1500, 20_001]
    assert n_crossings_min(n).tolist() == binom.ppf(0.05, n - 1, 0.5).astype(int).tolist()


def test_points_on_the_line_and_gaps_are_left_out_and_the_rest_joined():
    found = runs([1.0, 0, 1, np.nan, 1, -1, 0, -1], 0)
    assert (found.n_useful[0], found.longest_run[0], found.n_crossings[0]) == (5, 3, 1)


def test_a_long_run_signals_and_one_as_long_as_allowed_does_not():
    tail = [-1.0, 1, -1, 1, -1]
    assert runs([1.0] * 8 + tail, 0).signal[0]
    assert not runs([1.0] * 7 + tail, 0).signal[0]


def test_few_crossings_signal():
    found = runs([1.0] * 6 + [-1.0] * 6, 0)
    assert found.n_crossings[0] < found.n_crossings_min[0]
    assert found.longest_run[0] <= found.longest_run_max[0]
    assert found.signal[0]


def test_a_constant_series_has_no_useful_points_and_no_signal():
    found = runs([7.0] * 15, 7)
    assert (found.n_useful[0], found.longest_run[0], found.signal[0]) == (0, 0, False)


def test_a_verdict_needs_ten_useful_points():
    assert runs([1.0] * 9, 0).signal[0]
    assert not runs([1.0] * 9, 0).verdict[0]
    assert runs([1.0] * 10, 0).verdict[0]


def test_each_phase_has_runs_of_its_own():
    found = runs([1.0] * 8 + [1.0] * 8, 0, phases=Groups(np.array([8, 8])))
    assert found.longest_run.tolist() == [8, 8]


def orders(above, below):
    """Number of runs of every order of so many points above and below a line."""
    for chosen in combinations(range(above + below), above):
        signs = [place in chosen for place in range(above + below)]
        yield 1 + sum(one != two for one, two in pairwise(signs))


@pytest.mark.parametrize("n", [4, 7, 10, 11, 12, 14])
def test_too_few_and_too_many_runs_are_the_outer_2_5_per_cent_of_all_orders(n):
    fewest, most = runs_allowed(n)
    counted = list(orders((n + 1) // 2, n // 2))
    held = zip(*([one < fewest, one == fewest, one > most, one == most] for one in counted), strict=True)
    share = [sum(one) / len(counted) for one in held]
    below, at_fewest, above, at_most = share
    assert below <= 0.025 < below + at_fewest
    assert above <= 0.025 < above + at_most


@pytest.mark.parametrize(("half", "few", "many"), [(5, 2, 10), (10, 6, 16), (15, 10, 22), (20, 14, 28)])
def test_critical_numbers_of_runs_are_those_of_swed_and_eisenhart(half, few, many):
    assert runs_allowed(2 * half) == (few + 1, many - 1)


def test_as_many_runs_as_points_are_too_many_for_ihi_and_nothing_for_anhoej():
    zigzag = [1.0, -1] * 10
    assert runs(zigzag, 0, "ihi").signal[0]
    assert not runs(zigzag, 0).signal[0]


#: Chance of a signal when the centre line is known, by shift in standard deviations: an independent dynamic
#: programme over side, run and crossings, of the same published rules.
CHANCE = {
    10: (0.045, 0.15, 0.44, 0.74, 0.91),
    12: (0.043, 0.16, 0.53, 0.87, 0.98),
    16: (0.047, 0.19, 0.58, 0.89, 0.98),
    20: (0.071, 0.27, 0.72, 0.96, 1.00),
    24: (0.066, 0.27, 0.76, 0.98, 1.00),
    36: (0.085, 0.38, 0.91, 1.00, 1.00),
    52: (0.077, 0.42, 0.95, 1.00, 1.00),
}


@pytest.mark.parametrize("n", CHANCE)
def test_the_rules_signal_as_often_as_an_exact_calculation_says(n):
    for shift, expected in zip((0, 0.5, 1, 1.5, 2), CHANCE[n], strict=True):
        quiet = _joint(NormalDist().cdf(shift))[longest_run_max(n), n, n_crossings_min(n) :].sum()
        assert 1 - quiet == pytest.approx(expected, abs=0.0006 if shift == 0 else 0.006)


def test_the_joint_distribution_is_that_of_all_series_of_eight_points():
    table = np.zeros((9, 8))
    for number in range(2**8):
        found = runs(np.array([1.0 if number >> i & 1 else -1.0 for i in range(8)]), 0)
        table[found.longest_run[0] :, found.n_crossings[0]] += 1 / 2**8
    np.testing.assert_allclose(_joint(0.5)[:9, 8, :8], table, atol=1e-15)
