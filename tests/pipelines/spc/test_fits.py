"""The GLM's centre is the quotient of the sums, its dispersion Pearson's; the closed form gives the same."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.spc import chart
from pipelines.spc.fits import ByGlm, ClosedForm
from pipelines.spc.groups import Groups

FITTERS = (ByGlm(), ClosedForm())
by_both = pytest.mark.parametrize("fitter", FITTERS, ids=["glm", "closed form"])


def one(values):
    return Groups.one(len(values))


def autocorrelation(fitter, y):
    values = np.asarray(y, dtype=float)
    return float(fitter.autocorrelation(values, one(values))[0])


@by_both
@settings(max_examples=60, deadline=None)
@given(cells=st.lists(st.tuples(st.integers(1, 5000), st.floats(0, 1)), min_size=2, max_size=40))
def test_the_centre_is_the_quotient_of_the_sums(fitter, cells):
    trials = np.array([float(size) for size, _ in cells])
    events = np.array([float(round(size * share)) for size, share in cells])
    expected = events.sum() / trials.sum()
    assert fitter.binomial(events, trials, one(events)).centre[0] == pytest.approx(expected, rel=1e-12)
    assert fitter.poisson(events, trials, one(events)).centre[0] == pytest.approx(expected, rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 3000)), min_size=3, max_size=30),
    cut=st.integers(1, 29),
)
def test_centre_and_dispersion_of_every_phase_are_the_same_by_glm_and_in_closed_form(counts, cut):
    events = np.array([float(min(x, n)) for x, n in counts])
    trials = np.array([float(n) for _, n in counts])
    cut = min(cut, len(counts))
    phases = Groups(np.array([cut, len(counts) - cut]))
    for family in ("binomial", "poisson"):
        glm, closed = (getattr(fitter, family)(events, trials, phases) for fitter in FITTERS)
        np.testing.assert_allclose(glm.centre, closed.centre, rtol=1e-10)
        np.testing.assert_allclose(glm.dispersion, closed.dispersion, rtol=1e-8, atol=1e-15)


@by_both
def test_the_dispersion_of_shares_is_pearsons_chi_square_over_the_degrees_of_freedom(fitter):
    trials = np.array([50.0, 80, 65, 40, 90])
    events = np.array([10.0, 30, 12, 20, 25])
    share = events.sum() / trials.sum()
    expected = ((events - trials * share) ** 2 / (trials * share * (1 - share))).sum() / 4
    assert fitter.binomial(events, trials, one(events)).dispersion[0] == pytest.approx(expected)
    assert chart(events, trials, kind="p").summary()["dispersion"].iloc[0] == pytest.approx(expected)


@by_both
def test_the_dispersion_of_rates_is_that_of_a_poisson_glm_with_exposure(fitter):
    exposure = np.array([50.0, 80, 65, 40, 90])
    events = np.array([10.0, 30, 12, 20, 25])
    fitted = sm.GLM(events, np.ones(5), family=sm.families.Poisson(), exposure=exposure).fit()
    found = fitter.poisson(events, exposure, one(events))
    assert found.dispersion[0] == pytest.approx(fitted.pearson_chi2 / 4)
    assert found.centre[0] == pytest.approx(np.exp(fitted.params[0]))


@pytest.mark.parametrize("kind", ["p", "pp", "u", "up", "c"])
def test_every_phase_of_counts_rates_and_shares_has_its_own_fit(kind):
    events, trials = np.r_[np.full(12, 10.0), np.full(12, 20.0)] + np.tile([0, 1], 12), np.full(24, 50.0)
    drawn = chart(events, None if kind == "c" else trials, kind=kind, phases=[12])
    per_point = 1 if kind == "c" else 50
    centres = drawn.to_frame().groupby("phase")["centre_line"].first() * per_point
    assert centres.tolist() == pytest.approx([10.5, 20.5])
    assert drawn.summary()["dispersion"].notna().all()


@by_both
@pytest.mark.parametrize("events", [[0.0, 0, 0], [5.0, 5, 5], [9.0, 1, 1]])
def test_without_a_finite_fit_the_centre_is_the_quotient_and_the_dispersion_unknown(fitter, events):
    fit = fitter.binomial(np.array(events), np.full(3, 5.0), one(events))
    assert fit.centre[0] == sum(events) / 15
    assert np.isnan(fit.dispersion[0])


@by_both
def test_the_autocorrelation_is_that_of_neighbours_and_does_not_bridge_gaps(fitter):
    y = np.array([1.0, 2, 1, 2, 1, 2, 1, 2])
    deviations = y - y.mean()
    expected = (deviations[1:] * deviations[:-1]).sum() / (deviations**2).sum()
    assert autocorrelation(fitter, y) == pytest.approx(expected)
    broken = np.insert(y, 4, np.nan)
    assert abs(autocorrelation(fitter, broken)) < abs(autocorrelation(fitter, y))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.just(float("nan")), st.floats(-1e6, 1e6)), max_size=30))
def test_the_autocorrelation_in_closed_form_is_that_of_statsmodels(y):
    glm, closed = (autocorrelation(fitter, y) for fitter in FITTERS)
    assert closed == pytest.approx(glm, abs=1e-9, nan_ok=True)


@by_both
@pytest.mark.parametrize("y", [[], [1.0, 2, 3], [4.0] * 9, [np.nan] * 6])
def test_too_little_to_correlate_is_nan(fitter, y):
    assert np.isnan(autocorrelation(fitter, y))


@by_both
def test_values_near_the_smallest_double_have_an_autocorrelation_like_any_others(fitter):
    tiny = [0.0, 0.0, 0.0, 2.225073858507203e-309]
    assert autocorrelation(fitter, tiny) == pytest.approx(autocorrelation(fitter, [0.0, 0.0, 0.0, 1.0]))


def test_a_share_too_small_for_a_glm_keeps_its_closed_form():
    drawn = chart([1e-310, 0.0], [1.0, 1.0], kind="p")
    assert drawn.centre_line[0] == pytest.approx(5e-311, abs=1e-320)
