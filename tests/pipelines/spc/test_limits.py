"""Limits against published numbers, each with its source."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.spc import chart
from pipelines.spc.groups import Groups
from pipelines.spc.limits import lines

#: Montgomery, Introduction to Statistical Quality Control, section 6.5: twenty values for the limits, twenty new ones.
FIRST = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
LATER = [305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328]


@pytest.fixture(scope="module")
def montgomery():
    return chart(FIRST + LATER, kind="i", baseline=20, factor=3 / 1.128)


def test_individual_values_have_the_limits_of_montgomery_6_5(montgomery):
    frame = montgomery.to_frame()
    assert frame["centre_line"].unique() == pytest.approx([300.5])
    assert frame["lower_limit"].iloc[0] == pytest.approx(279.78, abs=0.005)
    assert frame["upper_limit"].iloc[0] == pytest.approx(321.22, abs=0.005)
    assert np.flatnonzero(frame["beyond_limits"]).tolist() == [38, 39]


def test_individual_values_have_the_runs_of_montgomery_6_5(montgomery):
    row = montgomery.summary().iloc[0]
    assert (row["longest_run"], row["longest_run_max"]) == (6, 8)
    assert (row["n_crossings"], row["n_crossings_min"]) == (20, 14)
    assert not row["runs_signal"]


def test_moving_ranges_have_the_limits_of_montgomery_6_5():
    frame = chart(FIRST, kind="mr").to_frame()
    assert frame["centre_line"].iloc[0] == pytest.approx(7.7895, abs=5e-5)
    assert frame["upper_limit"].iloc[0] == pytest.approx(25.448, abs=5e-4)
    assert frame["lower_limit"].iloc[0] == 0
    assert np.isnan(frame["value"].iloc[0])


def test_the_factor_of_making_data_count_is_2_66_mean_moving_ranges():
    frame = chart(FIRST, kind="i").to_frame()
    assert frame["upper_limit"].iloc[0] == pytest.approx(300.5 + 2.66 * 148 / 19)


@pytest.mark.parametrize(
    ("centre", "size", "lower", "upper"),
    [
        (0.2150, 50, 0.0407, 0.3893),  # Montgomery table 7.1, without samples 15 and 23
        (0.1097, 50, 0.0, 0.2423),  # the same machine after the adjustment, lower limit drawn at 0
        (0.09551, 100, 0.00734, 0.18369),  # Montgomery table 7.4, a sample of 100
    ],
)
def test_shares_have_the_limits_of_montgomery_chapter_7(centre, size, lower, upper):
    frame = chart([0.1 * size] * 12, [size] * 12, kind="p", centre_line=centre).to_frame()
    assert frame["lower_limit"].iloc[0] == pytest.approx(lower, abs=5e-5)
    assert frame["upper_limit"].iloc[0] == pytest.approx(upper, abs=5e-5)


def mean_moving_range(values, *, screen):
    return lines.mean_moving_range(np.array(values), Groups.one(len(values)), screen=screen)[0]


def test_a_moving_range_does_not_bridge_a_gap():
    assert mean_moving_range([1.0, 2.0, np.nan, 9.0, 10.0], screen=False) == 1.0


def test_screening_drops_ranges_of_3_267_means_or_more_once():
    values = [0.0, 1, 0, 1, 0, 1, 0, 1, 30]
    assert mean_moving_range(values, screen=False) == pytest.approx(36 / 8)
    assert mean_moving_range(values, screen=True) == 1.0


def test_limits_of_no_width_are_computed_for_a_constant_series_and_none_are_left_when_screened():
    assert chart([7.0] * 15, kind="i").to_frame()["upper_limit"].unique().tolist() == [7.0]
    assert chart([7.0] * 15, kind="i", screen=True).to_frame()["upper_limit"].isna().all()


def test_limits_are_computed_even_for_three_points_but_marked_a_trial():
    drawn = chart([5.0, 7.0, 6.0], kind="i")
    assert drawn.to_frame()["upper_limit"].iloc[0] == pytest.approx(6 + 2.66 * 1.5)
    assert drawn.summary()["limits_state"].tolist() == ["trial"]


def test_a_p_prime_chart_widens_p_by_the_moving_range_of_z():
    events, trials = np.array([40.0, 60, 45, 70, 30, 55]), np.full(6, 100.0)
    p, pp = (chart(events, trials, kind=kind) for kind in ("p", "pp"))
    z = (events / trials - 0.5) / 0.05
    sigma_z = np.abs(np.diff(z)).mean() / 1.128
    assert pp.summary()["sigma_z"].iloc[0] == pytest.approx(sigma_z)
    np.testing.assert_allclose(pp.upper_limit - 0.5, (p.upper_limit - 0.5) * sigma_z)


def test_explicit_p_prime_is_not_floored_and_auto_is():
    events, trials = np.array([600.0, 602, 601, 600, 602, 601] * 3), np.full(18, 1200.0)
    assert chart(events, trials, kind="pp").summary()["sigma_z"].iloc[0] < 1
    auto = chart(events, trials, kind="auto", data_type="proportion")
    assert auto.kind == "pp"
    assert auto.summary()["sigma_z"].tolist() == [1.0]


def test_i_prime_gives_points_that_rest_on_more_observations_narrower_limits():
    drawn = chart([10.0, 24, 9, 22, 11, 19], [50.0, 100, 50, 100, 50, 100], kind="ip")
    reach = drawn.upper_limit - drawn.centre_line
    assert reach[0] / reach[1] == pytest.approx(np.sqrt(2))


def test_i_prime_with_equal_numbers_is_an_i_chart_by_the_exact_constant():
    shares = np.array([0.2, 0.24, 0.18, 0.22, 0.22, 0.19])
    ip, i = chart(shares * 50, [50.0] * 6, kind="ip"), chart(shares, kind="i", factor=3 * np.sqrt(np.pi) / 2)
    np.testing.assert_allclose(ip.upper_limit, i.upper_limit)


def test_a_time_of_zero_sets_no_limits_and_the_chart_says_so():
    times = [20.0, 31, 8, 44, 17, 0, 26, 39, 12, 50, 22, 35, 28]
    drawn = chart(times, kind="t")
    row = drawn.summary().iloc[0]
    assert (row["limits_state"], row["why_no_limits"], row["remedy"]) == ("none", "not_positive", "run_chart")
    assert drawn.value.tolist() == times


def test_a_given_centre_of_a_t_chart_is_a_time():
    assert chart([20.0, 31, 8, 44], kind="t", centre_line=25.0).centre_line[0] == pytest.approx(25)


def test_a_count_that_varies_more_than_poisson_falls_back_to_its_values():
    restless = np.random.default_rng(5).poisson(np.tile([5, 40], 12)).astype(float)
    row = chart(restless, kind="c").summary().iloc[0]
    assert (row["limits_state"], row["why_no_limits"], row["remedy"]) == ("none", "over_dispersed", "i")
    steady = np.random.default_rng(5).poisson(20, 24).astype(float)
    assert chart(steady, kind="c").summary()["limits_state"].tolist() == ["established"]


def test_a_sample_of_one_has_no_limits():
    x = [1, 1, 1, 2, 3, 3, 3]
    drawn = chart([5.0, 6, 7, 9, 4, 6, 5], x=x, kind="xbar")
    assert np.isnan(drawn.upper_limit).tolist() == [False, True, False]
