"""The GLM's centre is the quotient of the sums; its dispersion Pearson's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.spc import chart
from pipelines.spc.glm import binomial_fit, lag_one_autocorrelation


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5000), st.floats(0, 1)), min_size=2, max_size=40))
def test_the_centre_is_the_quotient_of_the_sums(cells):
    trials = np.array([float(size) for size, _ in cells])
    events = np.array([float(round(size * share)) for size, share in cells])
    fit = binomial_fit(events, trials)
    assert fit.centre == pytest.approx(events.sum() / trials.sum(), rel=1e-12)


def test_the_dispersion_is_pearsons_chi_square_over_the_degrees_of_freedom():
    trials = np.array([50.0, 80, 65, 40, 90])
    events = np.array([10.0, 30, 12, 20, 25])
    share = events.sum() / trials.sum()
    expected = ((events - trials * share) ** 2 / (trials * share * (1 - share))).sum() / 4
    assert binomial_fit(events, trials).dispersion == pytest.approx(expected)
    assert chart(events, trials, kind="p").summary()["dispersion"].iloc[0] == pytest.approx(expected)


@pytest.mark.parametrize("events", [[0.0, 0, 0], [5.0, 5, 5], [9.0, 1, 1]])
def test_without_a_finite_fit_the_centre_is_the_quotient_and_the_dispersion_unknown(events):
    fit = binomial_fit(np.array(events), np.full(3, 5.0))
    assert fit.centre == sum(events) / 15
    assert np.isnan(fit.dispersion)


def test_every_phase_of_a_p_chart_has_its_own_fit():
    events, trials = np.r_[np.full(12, 10.0), np.full(12, 20.0)] + np.tile([0, 1], 12), np.full(24, 50.0)
    drawn = chart(events, trials, kind="p", phases=[12])
    assert drawn.to_frame().groupby("phase")["centre_line"].first().tolist() == pytest.approx([0.21, 0.41])
    assert drawn.summary()["dispersion"].notna().all()


def test_the_autocorrelation_is_that_of_neighbours_and_does_not_bridge_gaps():
    y = np.array([1.0, 2, 1, 2, 1, 2, 1, 2])
    deviations = y - y.mean()
    assert lag_one_autocorrelation(y) == pytest.approx(
        (deviations[1:] * deviations[:-1]).sum() / (deviations**2).sum()
    )
    broken = np.insert(y, 4, np.nan)
    assert abs(lag_one_autocorrelation(broken)) < abs(lag_one_autocorrelation(y))


@pytest.mark.parametrize("y", [[], [1.0, 2, 3], [4.0] * 9, [np.nan] * 6])
def test_too_little_to_correlate_is_nan(y):
    assert np.isnan(lag_one_autocorrelation(np.array(y, dtype=float)))


def test_values_near_the_smallest_double_have_an_autocorrelation_like_any_others():
    tiny = np.array([0.0, 0.0, 0.0, 2.225073858507203e-309])
    assert lag_one_autocorrelation(tiny) == pytest.approx(
        lag_one_autocorrelation(np.array([0.0, 0.0, 0.0, 1.0]))
    )
