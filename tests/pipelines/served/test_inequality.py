"""Slope and relative index of inequality against published results, least squares and simulation.

The published results are printed in the worked examples of PHEindicatormethods 1.3.2 (vignette "Worked examples for
phe_sii function", examples 1 and 3, as kept at cran/PHEindicatormethods inst/doc/WorkedExamples_phe_sii.html). Their
inputs are public figures kept beside that package's tests (ukhsa-collaboration/PHEindicatormethods, tests/testthat,
NCMP_testdata.csv and LE_testdata.csv): obese children by deprivation tenth (National Child Measurement Programme,
England) and life expectancy of men by deprivation tenth. Its limits are percentiles of 100,000 simulations (of 1,000
for life expectancy), so they agree to that noise. No published relative index was found with its inputs.
"""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from pipelines.served.inequality import ends_of_line, inequality
from pipelines.spc import wilson

#: Children measured and obese, most deprived tenth first; then the printed index and limits in per cent, most less least.
CHILDREN = {
    "2006/07 year 6": (
        [34353, 32112, 27715, 25372, 23889, 23260, 23180, 24193, 23609, 24488],
        [7287, 6881, 5656, 4868, 4176, 3876, 3617, 3546, 3314, 2960],
        (10.720032, 10.219930, 11.216222),
    ),
    "2006/07 reception": (
        [36111, 31803, 26681, 24184, 23023, 21506, 22197, 23679, 23271, 23464],
        [4362, 3734, 3032, 2561, 2304, 2024, 1938, 1981, 1856, 1635],
        (5.818547, 5.413881, 6.214953),
    ),
    "2007/08 year 6": (
        [63755, 55475, 49526, 46129, 44223, 43000, 42468, 43870, 45095, 48700],
        [14102, 12278, 10512, 9148, 8263, 7411, 6957, 6854, 6585, 6168],
        (11.025821, 10.650050, 11.398987),
    ),
    "2007/08 reception": (
        [65479, 55395, 48288, 44317, 41798, 40991, 40083, 42979, 44983, 46830],
        [7776, 6419, 5283, 4617, 4150, 3689, 3409, 3441, 3319, 3187],
        (6.048249, 5.759181, 6.338436),
    ),
    "2008/09 year 6": (
        [62108, 57800, 51761, 48486, 47796, 46516, 45748, 47299, 48554, 51149],
        [13963, 12767, 10921, 9782, 9001, 8210, 7549, 7216, 6859, 6413],
        (11.528301, 11.162399, 11.892320),
    ),
}
#: Men, their life expectancy and its standard error; the printed index and limits in years, least less most deprived.
MEN = {
    "E06000005": (
        [14404, 13797, 16090, 12741, 18360, 15140, 16610, 15231, 17322, 14097],
        [
            72.24345546,
            74.18504547,
            76.18067458,
            75.10176875,
            76.35195127,
            81.44594268,
            80.35266153,
            79.52257957,
            83.26955872,
            82.67629102,
        ],
        [
            1.201063491,
            1.053851208,
            1.100489479,
            1.166971958,
            0.858364562,
            1.361867516,
            0.865853521,
            1.145417419,
            1.226088756,
            1.299727629,
        ],
        (11.68095, 9.201616, 14.24529),
    ),
    "E06000007": (
        [33010, 29861, 31818, 30633, 29006, 31665, 28535, 30847, 35047, 28769],
        [
            73.11376394,
            73.03773624,
            76.44686697,
            78.2741337,
            79.55985603,
            80.69868148,
            79.90792029,
            82.33915366,
            82.13627106,
            83.22718509,
        ],
        [
            0.702880179,
            0.780915476,
            0.784156262,
            0.818330155,
            0.658232933,
            0.655050418,
            0.649921165,
            0.743453555,
            0.637512118,
            0.666312752,
        ],
        (11.59893, 10.134951, 13.06471),
    ),
}


@pytest.mark.parametrize("name", CHILDREN)
def test_the_slope_index_of_a_prevalence_is_the_published_one(name):
    measured, obese, (slope, low, high) = CHILDREN[name]
    n, x = np.array(measured, float), np.array(obese, float)
    found = inequality(x / n, *wilson(x, n), n)
    assert -100 * found.slope == pytest.approx(slope, abs=5e-7)
    # Three times the noise of a percentile of 100,000 simulations (0.26 standard deviations of an index is its error).
    assert (-100 * found.slope_high, -100 * found.slope_low) == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize("name", MEN)
def test_the_slope_index_of_life_expectancy_is_the_published_one(name):
    men, years, error, (slope, low, high) = MEN[name]
    reach = 1.959964 * np.array(error)
    found = inequality(years, np.array(years) - reach, np.array(years) + reach, men)
    assert found.slope == pytest.approx(slope, abs=5e-6)
    assert (found.slope_low, found.slope_high) == pytest.approx((low, high), abs=0.25)


groups = st.integers(3, 10).flatmap(
    lambda k: st.tuples(
        st.lists(st.integers(20, 5000), min_size=k, max_size=k),
        st.lists(st.floats(0.05, 0.95), min_size=k, max_size=k),
    )
)


@given(groups)
def test_the_line_is_that_of_weighted_least_squares(drawn):
    people, share = (np.array(one, float) for one in drawn)
    rank = np.cumsum(people) / people.sum() - people / people.sum() / 2
    fitted = sm.WLS(share, sm.add_constant(rank), weights=people).fit().params
    found = inequality(share, share, share, people)
    assert found.slope == pytest.approx(fitted[1], abs=1e-9)
    if fitted[0] > 1e-6 and fitted.sum() > 1e-6:
        assert found.relative == pytest.approx(fitted.sum() / fitted[0], rel=1e-6)


@given(groups)
def test_turning_the_order_round_turns_the_slope_round(drawn):
    people, share = (np.array(one, float) for one in drawn)
    low, high = wilson(np.round(share * people), people)
    y = np.round(share * people) / people
    one, other = inequality(y, low, high, people), inequality(y[::-1], low[::-1], high[::-1], people[::-1])
    assert (one.slope, one.slope_low, one.slope_high) == pytest.approx(
        (-other.slope, -other.slope_high, -other.slope_low), abs=1e-9
    )


def test_a_straight_line_is_found_whatever_the_sizes():
    people = np.array([300.0, 900, 150, 700, 450])
    rank = np.cumsum(people) / people.sum() - people / people.sum() / 2
    found = inequality(0.2 + 0.1 * rank, 0.2 + 0.1 * rank, 0.2 + 0.1 * rank, people)
    assert found.slope == pytest.approx(0.1)
    assert found.relative == pytest.approx(1.5)
    assert (found.relative_low, found.relative_high) == pytest.approx((1.5, 1.5))


def test_the_relative_index_has_the_limits_that_simulation_of_its_groups_gives():
    random = np.random.default_rng(3)
    people = np.array([500.0, 520, 480, 510, 490])
    share = np.array([0.045, 0.06, 0.065, 0.07, 0.08])
    error = np.sqrt(share * (1 - share) / people)
    first, last = ends_of_line(people)
    drawn = share + error * random.standard_normal((200_000, 5))
    low, high = np.percentile((drawn @ last) / (drawn @ first), [2.5, 97.5])
    reach = 1.959964 * error
    found = inequality(share, share - reach, share + reach, people)
    assert (found.relative_low, found.relative_high) == pytest.approx((low, high), rel=0.01)


@pytest.mark.parametrize("shares", [[0.05, 0.055, 0.065, 0.07, 0.08], [0.45, 0.48, 0.5, 0.52, 0.55]])
def test_the_intervals_hold_the_truth_19_times_in_20(shares):
    random, people = np.random.default_rng(5), np.array([440, 455, 400, 480, 430])
    first, last = ends_of_line(people.astype(float))
    slope, ratio = (last - first) @ shares, (last @ shares) / (first @ shares)
    held = []
    for _ in range(400):
        x = random.binomial(people, shares)
        found = inequality(x / people, *wilson(x, people), people)
        held.append(
            (found.slope_low <= slope <= found.slope_high, found.relative_low <= ratio <= found.relative_high)
        )
    assert np.mean(held, axis=0) == pytest.approx([0.95, 0.95], abs=0.03)


def test_too_few_groups_or_one_held_back_give_no_index():
    assert inequality([0.1, 0.2], [0.1, 0.2], [0.1, 0.2], [10, 10]) is None
    assert inequality([0.1, np.nan, 0.3], [0, np.nan, 0], [1, np.nan, 1], [10, 10, 10]) is None


def test_a_line_that_falls_below_nothing_has_a_slope_and_no_ratio():
    found = inequality([0.0, 0.0, 0.3], [0, 0, 0.2], [0.1, 0.1, 0.4], [10, 10, 10])
    assert found.slope > 0
    assert np.isnan(found.relative)
    assert np.isnan(found.relative_low)


def test_a_first_end_that_cannot_be_told_from_nothing_gives_a_ratio_without_an_upper_end():
    found = inequality([0.04, 0.05, 0.1], [0.0, 0.01, 0.04], [0.12, 0.15, 0.22], [50, 50, 50])
    assert found.relative_high == np.inf
    assert 0 <= found.relative_low < found.relative
