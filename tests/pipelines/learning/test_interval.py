"""The interval of a change, against a plain statsmodels formula fit and against what can be done by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.linalg import toeplitz
from scipy.stats import t

from pipelines.learning.interval import change_of
from pipelines.learning.model import SEASON_VARIANCE
from pipelines.learning.segments import segments_of
from pipelines.vocabulary import DataType

RATE_OF_DO = 0.885  # as large as the change published for Sicily's smoking ban (Lopez Bernal 2017)


@pytest.fixture(scope="session")
def changed(made):
    def changed(before, during, measure, **options):
        points = made.table(before, during, **options)
        return change_of(segments_of(points, made.cycle(points, len(during)), measure), measure)

    return changed


def reference_lag_one(fit):
    """Autocorrelation of Pearson residuals, less what it is on average under the fitted model without any."""
    from statsmodels.tsa.stattools import acf

    residuals = np.asarray(fit.resid_pearson)
    weights = fit.model.family.weights(np.asarray(fit.mu)) * fit.model.var_weights
    basis, _ = np.linalg.qr(fit.model.exog * np.sqrt(weights)[:, None])
    maker = np.eye(len(residuals)) - basis @ basis.T  # a projection is its own square
    raw = (residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum()
    assert raw == pytest.approx(acf(residuals, nlags=1, fft=False)[1], abs=0.01)
    return raw - np.diag(maker, 1).sum() / np.trace(maker) + 3 * raw / len(residuals)


def seasonal_months(seed=1):
    """Fifty-nine months of counts with exposure, season and extra scatter; Do after thirty-six."""
    rng = np.random.default_rng(seed)
    month = np.arange(59)
    exposure = 360.0 + month
    scatter = rng.gamma(200, 1 / 200, size=59)
    rate = 2.2 * np.exp(0.08 * np.sin(2 * np.pi * month / 12)) * np.where(month < 36, 1, RATE_OF_DO)
    return rng.poisson(exposure * rate * scatter).astype(float), exposure


def reference(points, n_do, formula, family, **model):
    """Fit the textbook's formula: sine and cosine of the day, scale from Pearson's chi-square."""
    import statsmodels.formula.api as smf

    days = pd.to_datetime(points["period_start"])
    angle = 2 * np.pi * (days - pd.Timestamp("1970-01-01")).dt.days / 365.25
    rows = points.assign(
        do=np.arange(len(points)) >= len(points) - n_do, sine=np.sin(angle), cosine=np.cos(angle)
    )
    rows["do"] = rows["do"].astype(int)
    return [
        smf.glm(text, rows, family=family, **model).fit(scale="X2") for text in (formula, formula + SEASON)
    ]


SEASON = " + sine + cosine"


def linked_error(fit):
    """φ, dispersion and standard error of the change, given what neighbours share: (X'WX)⁻¹X'W½ R W½X(X'WX)⁻¹ by hand."""
    phi = max(0.0, reference_lag_one(fit))
    size = len(fit.mu)
    phi *= max(0.0, 1 - (1 + 3 / size) ** 2 / size / phi**2) if phi else 0.0
    weights = fit.model.family.weights(np.asarray(fit.mu)) * fit.model.var_weights
    x = fit.model.exog * np.sqrt(weights)[:, None]
    link = toeplitz(phi ** np.arange(size))
    inverse = np.linalg.inv(x.T @ x)
    maker = np.eye(size) - x @ inverse @ x.T
    residuals = (fit.model.endog - fit.mu) * np.sqrt(
        fit.model.var_weights / fit.model.family.variance(np.asarray(fit.mu))
    )
    dispersion = (residuals**2).sum() / np.trace(maker @ link)
    at = fit.model.exog_names.index("do")
    return phi, dispersion, math.sqrt(dispersion * (inverse @ x.T @ link @ x @ inverse)[at, at])


@pytest.mark.parametrize(("seed", "is_linked"), [(1, False), (7, True)])
def test_a_rate_with_a_season_agrees_with_a_quasi_poisson_formula_fit(
    changed, made, measure_of, seed, is_linked
):
    import statsmodels.api as sm

    x, n = seasonal_months(seed)
    rate = measure_of(kind=DataType.RATE, denominator="people")
    change = changed(x[:36], x[36:], rate, denominator=n, step=30)
    points = made.table(x[:36], x[36:], denominator=n, step=30)
    fits = reference(points, 23, "numerator ~ do", sm.families.Poisson(), offset=np.log(n))
    used, (phi, dispersion, error) = fits[1], linked_error(fits[1])
    assert used.scale > 1
    assert (phi > 0, dispersion > 1.0001 * used.scale) == (is_linked, is_linked)
    assert change.dispersion == pytest.approx(dispersion, rel=1e-6)
    assert change.phi == pytest.approx(phi, abs=1e-6)
    reach = t.ppf(0.975, 55) * error
    assert change.estimate == pytest.approx(math.exp(used.params["do"]), rel=1e-7)
    assert change.low == pytest.approx(math.exp(used.params["do"] - reach), rel=1e-6)
    assert change.high == pytest.approx(math.exp(used.params["do"] + reach), rel=1e-6)
    assert change.p_value == pytest.approx(2 * t.sf(abs(used.params["do"]) / error, 55), rel=1e-5)
    assert (change.scale, change.has_season, change.direction) == ("ratio", True, -1)
    assert change.low < RATE_OF_DO < change.high


def test_a_share_with_a_season_agrees_with_a_quasi_binomial_formula_fit(changed, made, share):
    import statsmodels.api as sm

    rng = np.random.default_rng(3)
    n = rng.integers(30, 60, 80)
    x = rng.binomial(n, rng.beta(20, 20, 80)).astype(float)
    change = changed(x[:60], x[60:], share, denominator=n.astype(float))
    points = made.table(x[:60], x[60:], denominator=n.astype(float))
    # Shares with weights: with two columns of counts, statsmodels' scale="X2" forgets the trials (0.05 for 2.1 here).
    fits = reference(points, 20, "value ~ do", sm.families.Binomial(), var_weights=n.astype(float))
    used, (phi, by_hand, error) = fits[1], linked_error(fits[1])
    before = x[:60].sum() / n[:60].sum()
    log_odds = math.log(before / (1 - before))
    reach = t.ppf(0.975, 76) * error
    expected = [
        1 / (1 + math.exp(-(log_odds + used.params["do"] + side * reach))) - before for side in (0, -1, 1)
    ]
    assert [change.estimate, change.low, change.high] == pytest.approx(expected, rel=1e-6)
    assert (change.dispersion, change.phi) == pytest.approx((by_hand, phi), rel=1e-6)
    assert change.scale == "difference"


def test_a_value_with_a_season_agrees_with_a_gaussian_formula_fit(changed, made):
    import statsmodels.api as sm

    rng = np.random.default_rng(4)
    y = 50 + 5 * np.sin(np.arange(70) / 8) + rng.normal(size=70)
    y[55:] += 3
    change = changed(y[:55], y[55:], made.value)
    fits = reference(made.table(y[:55], y[55:]), 15, "value ~ do", sm.families.Gaussian())
    used, (phi, _, error) = fits[1], linked_error(fits[1])
    reach = t.ppf(0.975, 66) * error
    assert change.phi == pytest.approx(phi, abs=1e-6)
    assert (change.estimate, change.high) == pytest.approx(
        (used.params["do"], used.params["do"] + reach), rel=1e-6
    )


# Before a year is seen: a season of usual size, shrunk.


def shrunk(points, n_do):
    """Columns 1, Do, sine and cosine of a chart, and the precision of the last two."""
    day = (pd.to_datetime(points["period_start"]) - pd.Timestamp("1970-01-01")).dt.days.to_numpy()
    angle = 2 * np.pi * day / 365.25
    is_do = (np.arange(len(day)) >= len(day) - n_do).astype(float)
    return np.column_stack([np.ones(len(day)), is_do, np.sin(angle), np.cos(angle)]), 1 / SEASON_VARIANCE


def test_a_value_before_a_year_is_the_mixed_model_with_a_season_of_that_variance(changed, made):
    """Generalised least squares whose covariance is I + 0.16 ZZ' gives the same estimate and the same variance."""
    import statsmodels.api as sm

    during = [54, 60, 52, 58]
    change = changed(made.settled, during, made.value)
    x, precision = shrunk(made.table(made.settled, during), 4)
    y = np.array([*made.settled, *during], dtype=float)
    season = x[:, 2:]
    fitted = sm.GLS(y, x[:, :2], sigma=np.eye(24) + season @ season.T / precision).fit()
    assert change.estimate == pytest.approx(fitted.params[1], rel=1e-9)
    rows = np.vstack([x, np.diag([0, 0, precision**0.5, precision**0.5])[2:]])
    params = np.linalg.lstsq(rows, np.concatenate([y, [0, 0]]), rcond=None)[0]
    df = 24 - np.trace(x @ np.linalg.inv(rows.T @ rows) @ x.T)
    variance = ((y - x @ params) ** 2).sum() / df
    assert change.dispersion == pytest.approx(variance, rel=1e-9)
    assert change.phi == 0
    reach = t.ppf(0.975, df) * math.sqrt(variance * fitted.normalized_cov_params[1, 1])
    assert (change.low, change.high) == pytest.approx(
        (change.estimate - reach, change.estimate + reach), rel=1e-9
    )
    assert change.has_season is False


def test_a_count_before_a_year_is_the_ridge_fit_of_statsmodels(changed, made, count):
    """The level is not shrunk, so the fitted counts sum to those seen, and the mean weight is the mean count."""
    import statsmodels.api as sm

    during = [60, 64, 62, 58]
    change = changed(made.settled, during, count)
    x, precision = shrunk(made.table(made.settled, during), 4)
    y = np.array([*made.settled, *during], dtype=float)
    shrink = np.array([0, 0, precision, precision]) * y.mean() / len(y)
    model = sm.GLM(y, x, family=sm.families.Poisson())
    fitted = model.fit_regularized(alpha=shrink, L1_wt=0.0, cnvrg_tol=1e-12, maxiter=2000)
    assert math.log(change.estimate) == pytest.approx(fitted.params[1], abs=1e-5)
    assert change.scale == "ratio"


def test_a_share_before_a_year_solves_the_equations_of_the_ridge_fit(made, share):
    """At the solution X'(x - mu) is the precision times the coefficients (the gradient of the penalised likelihood)."""
    from pipelines.learning.interval import _joined
    from pipelines.learning.model import _Steps, design_of

    x, n = np.array([21, 30, 18, 25] * 5 + [30, 33, 29, 35], float), np.array([50, 55, 47, 52] * 6, float)
    points = made.table(x[:20], x[20:], denominator=n)
    segments = segments_of(points, made.cycle(points, 4), share)
    design = design_of(_joined(segments.before, segments.during), 20, is_season_known=False)
    steps = _Steps.of(_joined(segments.before, segments.during), design, "binomial")
    mu = n / (1 + np.exp(-design.columns @ steps.params))
    weight = (mu * (1 - mu / n)).mean()
    gradient = design.columns.T @ (x - mu)
    assert gradient == pytest.approx(weight * design.precision * steps.params, abs=1e-7)
    assert gradient[:2] == pytest.approx([0, 0], abs=1e-7)


def test_a_season_of_usual_size_moves_the_change_little_and_widens_it(changed, made):
    """Six months that stand level say little of a season: the change stays about that of the means, with more doubt."""
    y = np.resize(made.settled, 26).astype(float)
    change = changed(y, [56, 54, 57, 55] * 3, made.value)
    assert change.estimate == pytest.approx(5.5 - (y.mean() - 50), abs=0.6)
    residuals = np.concatenate([y - y.mean(), np.resize([0.5, -1.5, 1.5, -0.5], 12)])
    plain = t.ppf(0.975, 36) * math.sqrt((residuals**2).sum() / 36 * (1 / 26 + 1 / 12))
    assert (change.high - change.low) / 2 > plain


def test_a_wave_in_half_a_year_is_taken_for_a_season_rather_than_for_a_change(changed, made):
    """A wave of one and a half standard deviations a year: the means differ by far more than the model's change."""
    week = np.arange(38)
    wave = 6 * np.sin(2 * np.pi * week / 52.18)
    noise = np.resize([4, -4, 3, -3, 5, -5, 2, -2], 38)
    y = 50 + wave + noise
    change = changed(y[:26], y[26:], made.value)
    assert abs(change.estimate) < 0.75 * abs(y[26:].mean() - y[:26].mean())


def test_a_drift_carried_on_from_the_baseline_takes_the_change_with_it(made):
    y = 50 + 0.3 * np.arange(64) + np.resize([1.0, -1.0, 0.5, -0.5], 64)
    points = made.table(y[:52], y[52:])
    segments = segments_of(points, made.cycle(points, 12), made.value)
    plain, drifting = (change_of(segments, made.value, has_drift=drift) for drift in (False, True))
    assert plain.estimate > 2
    assert abs(drifting.estimate) < 0.35 * plain.estimate


def test_counts_that_scatter_less_than_chance_are_not_believed_to(changed, count):
    """Poisson alone gives the log ratio a variance of 1/1010 + 1/412; an allowance for the season only adds to it."""
    change = changed([50, 51] * 10, [52, 51] * 4, count)
    assert change.dispersion == 1
    error = math.sqrt(1 / 1010 + 1 / 412)
    assert change.high / change.estimate > math.exp(1.96 * error)


def test_counts_that_scatter_more_widen_the_interval(changed, count):
    calm = changed([50, 40] * 10, [50, 60] * 4, count)
    wild = changed([70, 20] * 10, [30, 80] * 4, count)
    assert wild.dispersion > 5
    assert wild.high / wild.low > calm.high / calm.low


def test_points_that_follow_their_neighbours_widen_the_interval(changed, made):
    slow = [45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46]
    shuffled = [50, 45, 55, 46, 54, 47, 53, 48, 52, 49, 51, 54, 46, 53, 47, 52, 48, 51, 49, 50]
    clumped, mixed = (
        changed(slow, [56, 57, 58, 57], made.value),
        changed(shuffled, [56, 57, 58, 57], made.value),
    )
    assert clumped.phi > 0.5
    assert mixed.phi == 0
    assert clumped.high - clumped.low > 1.5 * (mixed.high - mixed.low)


@pytest.mark.parametrize(("weeks", "has_season"), [(52, False), (53, True)])
def test_a_season_enters_once_the_points_span_a_year(changed, made, weeks, has_season):
    y = np.resize(made.settled, weeks - 8).astype(float)
    assert changed(y, [51, 49, 52, 50, 48, 53, 47, 51], made.value).has_season is has_season


def test_twelve_months_span_a_year(changed, made):
    y = np.resize(made.settled, 28).astype(float)
    assert changed(y[:20], y[20:], made.value, step=13).has_season is False
    assert changed(y[:20], y[20:], made.value, step=14).has_season is True


def test_a_season_alone_is_not_taken_for_a_change(changed, made):
    week = np.arange(65)
    noise = np.random.default_rng(5).normal(size=65)
    y = 50 + 6 * np.sin(2 * np.pi * week / 52.18) + noise
    assert changed(y[:52], y[52:], made.value).excludes_none is False
    assert abs(y[52:].mean() - y[:52].mean()) > 2.5


def test_a_do_in_which_nothing_happened_still_has_an_interval(changed, count):
    """Half an event is lent to the empty side: (0.5 / 4) / 2 = 0.0625."""
    change = changed([2, 1, 3, 2] * 5, [0] * 4, count)
    assert change.estimate == pytest.approx(0.0625, rel=0.4)  # a season of usual size has its share
    assert change.low < 0.0625 < change.high
    assert change.low < change.estimate < 1
    assert math.isfinite(change.high)


def test_a_baseline_in_which_nothing_happened_still_has_an_interval(changed, count):
    """Half an event is lent to the empty side: 2 / (0.5 / 20) = 80."""
    change = changed([0] * 20, [2, 1, 3, 2], count)
    assert change.estimate == pytest.approx(80, rel=0.4)
    assert 1 < change.low < 80 < change.high < math.inf


def test_a_do_in_which_all_said_yes_still_has_an_interval(changed, share):
    change = changed([10, 11, 9, 10] * 5, [20] * 4, share, denominator=20)
    assert change.estimate == pytest.approx(79.5 / 80 - 0.5, abs=0.01)
    assert change.excludes_none


def test_where_nothing_ever_differs_there_is_nothing_to_estimate(changed, made, count, share):
    assert changed([5] * 20, [5] * 4, made.value) is None
    assert changed([0] * 20, [0] * 4, count) is None
    assert changed([20] * 20, [20] * 4, share, denominator=20) is None


def test_without_do_or_with_five_points_there_is_nothing_to_estimate(changed, made):
    assert changed(made.settled, [None, None], made.value) is None
    assert changed([50, 52, 51], [49, 50], made.value) is None


def test_a_step_without_any_scatter_is_certain(changed, made):
    change = changed([5] * 10 + [5] * 10, [7] * 4, made.value)
    assert (change.estimate, change.low, change.high) == pytest.approx((2, 2, 2), abs=1e-9)
    assert change.excludes_none
    assert change.phi == 0


def test_the_same_before_and_after_is_no_change(changed, made, count):
    same = [20] * 11 + [21]
    for measure in (made.value, count):
        change = changed(same, same, measure)
        assert not change.excludes_none
        none = 1.0 if change.scale == "ratio" else 0.0
        assert change.estimate == pytest.approx(none, abs=0.2)


def test_events_in_one_season_only_do_not_run_away(changed, count):
    """All events of a year fall in ten weeks: the seasonal fit may have no finite answer, and then the plain one holds."""
    y = np.zeros(60)
    y[20:30] = [1, 2, 3, 2, 4, 3, 2, 1, 2, 1]
    change = changed(y[:52], y[52:], count)
    assert change is None or all(map(math.isfinite, (change.low, change.high, change.p_value)))


@pytest.mark.parametrize("typed", [1e4, 1e5, 1e8, 1e12])
@pytest.mark.parametrize("week", [5, 63])
def test_one_count_far_beyond_the_others_stops_no_build(changed, made, count, typed, week):
    """Someone types 100000 for 10: the first step of the fit would run out of all bounds."""
    counted = [*np.resize(made.settled, 60).tolist(), *made.settled[:8]]
    counted[week] = typed
    change = changed(counted[:60], counted[60:], count)
    assert change is None or 0 <= change.low < change.estimate < change.high < math.inf


def test_where_no_bound_is_finite_there_is_no_interval(changed, made, count):
    """At twenty-four points without a season, a baseline week of 10^9 leaves Do a standard error above 700 in the log."""
    assert changed([*made.settled[:-1], 1e9], [52, 48, 51, 49], count) is None
