"""The model of a change: a GLM over baseline and Do, with what is allowed for but not known (docs/method.md).

A season, and a drift where the baseline may already have been moving, are columns of the model beside the indicator of
Do. Where the points cannot settle such a column by themselves it is shrunk towards nothing: its coefficient is taken to
come from a normal distribution about 0 whose variance is stated in units of one point's (penalised quasi-likelihood,
Breslow & Clayton 1993; for single values this is exactly the mixed model with that variance).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.link import by_distance, lag_one, linked, shrunk
from pipelines.learning.segments import Segment

FloatArray = NDArray[np.float64]

DAYS_A_YEAR = 365.25
#: Variance of the coefficients of the yearly sine and cosine, in variances of one point, before a year is seen: a
#: season of usual size swings by about half a standard deviation either way.
SEASON_VARIANCE = 0.16
#: Variance of a drift a year, in variances of one point.
DRIFT_VARIANCE = 2.0
#: A log ratio beyond this means that the fit ran away, not that anything grew three-million-fold.
LARGEST_LOG = 15.0
#: Residuals this small beside the values, or a change beside its error, are rounding: no pattern, no direction.
ROUNDING = 1e-9
#: Steps of the shrunk fit; it settles in four or five.
MOST_STEPS = 25


@dataclass(frozen=True)
class Fit:
    """A fitted model. `spread` is the variance that chance gives the coefficient of Do, `allowed` what the shrunk columns add.

    `phi` is the lag-1 autocorrelation of the Pearson residuals, corrected for its bias under this very model and shrunk
    by what chance gives it; dispersion and spread are those under it. `season` is what the season adds to each point,
    in its own unit, shape (k,), 0 on average over the baseline.
    """

    coefficient: float
    spread: float
    allowed: float
    df: float
    dispersion: float
    phi: float
    season: FloatArray


@dataclass(frozen=True)
class Design:
    """Columns of the model, shape (k, m): one, Do, sine and cosine, drift. `precision` (m,) shrinks; 0 leaves free."""

    columns: FloatArray
    precision: FloatArray

    @property
    def is_shrunk(self) -> bool:
        """Whether any column is."""
        return bool(self.precision.any())


def design_of(points: Segment, n_before: int, *, is_season_known: bool, has_drift: bool = False) -> Design:
    """Return the columns for `points`, of which the first `n_before` are the baseline."""
    day = points.first_day
    is_do = (np.arange(len(points)) >= n_before).astype(float)
    angle = 2 * np.pi * day / DAYS_A_YEAR
    columns = [np.ones(len(points)), is_do, np.sin(angle), np.cos(angle)]
    season = 0.0 if is_season_known else 1 / SEASON_VARIANCE
    precision = [0.0, 0.0, season, season]
    if has_drift:
        columns.append((day - day[:n_before].mean()) / DAYS_A_YEAR)
        precision.append(1 / DRIFT_VARIANCE)
    return Design(np.column_stack(columns), np.array(precision))


def fit(points: Segment, design: Design, family: str, n_before: int) -> Fit | None:
    """Fit the model; None where Do cannot be told from the season, the fit ran away, or nothing is left to fit with.

    Quasi-binomial for shares, quasi-Poisson for counts and rates (Pearson dispersion, never below 1), Gaussian for
    values.
    """
    free = design.columns[:, design.precision == 0]
    if len(points) - design.columns.shape[1] < 3 or np.linalg.matrix_rank(free) < free.shape[1]:
        return None
    fitted = _Steps.of(points, design, family)
    return None if fitted is None else _summed_up(fitted, points, design, family, n_before)


def has_exposure(points: Segment) -> bool:
    """Whether the values have denominators."""
    return bool(np.isfinite(points.denominator).all())


def counted(points: Segment) -> FloatArray:
    """Return numerators, or values that have no denominator."""
    return points.numerator if has_exposure(points) else points.value


@dataclass(frozen=True)
class _Steps:
    """Where the steps of a fit ended: coefficients, working weights, Pearson residuals, and what gives means again."""

    params: FloatArray
    weights: FloatArray
    residuals: FloatArray
    model: Any

    @classmethod
    def of(cls, points: Segment, design: Design, family: str) -> _Steps | None:
        """Fit by statsmodels; a shrunk column takes further steps from the fit without it."""
        is_free = design.precision == 0
        model = _model(points, design.columns[:, is_free], family)
        params = _fitted(model, _start(points, design.columns[:, is_free], family))
        if params is None:
            return None
        whole = np.zeros(len(is_free))
        whole[is_free] = params
        with np.errstate(all="ignore"):
            steps = cls._at(whole, design, model)
            return steps._shrunk(design) if design.is_shrunk else steps

    @classmethod
    def _at(cls, params: FloatArray, design: Design, model: Any) -> _Steps:
        line = design.columns @ params
        mean = model.family.link.inverse(line + _offset(model))
        weights = model.family.weights(mean) * model.iweights
        residuals = (model.endog - mean) * np.sqrt(model.iweights / model.family.variance(mean))
        return cls(params, weights, residuals, model)

    def _shrunk(self, design: Design) -> _Steps | None:
        steps = self
        for _ in range(MOST_STEPS):
            x, root = design.columns, np.sqrt(steps.weights)
            line = x @ steps.params + steps.residuals / root
            try:
                params: FloatArray = np.linalg.solve(
                    steps.information(design), x.T @ (steps.weights * line)
                ).astype(float)
            except np.linalg.LinAlgError:
                return None
            moved = np.abs(params - steps.params).max()
            steps = self._at(params, design, self.model)
            if not np.isfinite(steps.residuals).all():
                return None
            if moved <= 1e-10 * (1 + np.abs(params).max()):
                return steps
        return None

    def information(self, design: Design) -> FloatArray:
        """Return X'WX with the precision of the shrunk columns, one point's weight being the mean one."""
        x = design.columns
        return x.T @ (self.weights[:, None] * x) + np.diag(design.precision * self.weights.mean())

    def mean(self, line: FloatArray) -> FloatArray:
        """Return the mean on the scale of the values."""
        return np.asarray(self.model.family.link.inverse(line), dtype=float)


def _offset(model: Any) -> FloatArray | float:
    return getattr(model, "_offset_exposure", 0.0)


def _summed_up(steps: _Steps, points: Segment, design: Design, family: str, n_before: int) -> Fit | None:
    x, information = design.columns, steps.information(design)
    try:
        inverse: FloatArray = np.linalg.inv(information).astype(float)
    except np.linalg.LinAlgError:
        return None
    unshrunk = x.T @ (steps.weights[:, None] * x)
    df = len(points) - float(np.trace(inverse @ unshrunk))
    scaled = x * np.sqrt(steps.weights)[:, None]
    maker = np.eye(len(points)) - scaled @ inverse @ scaled.T
    phi = _phi(steps, maker, points)
    dispersion = _dispersion(steps, maker, phi, df)
    dispersion = dispersion if family == "gaussian" else max(dispersion, 1.0)
    sandwich = float((inverse @ unshrunk @ inverse)[1, 1])
    weights = inverse[1] @ scaled.T
    spread = float(linked(by_distance(np.outer(weights, weights)), phi)) * dispersion
    allowed = max(float(inverse[1, 1]) - sandwich, 0.0) * dispersion if design.is_shrunk else 0.0
    coefficient = float(steps.params[1])
    if not np.isfinite([coefficient, spread, allowed]).all() or spread < 0:
        return None
    if abs(coefficient) <= ROUNDING * np.sqrt(spread + allowed):
        coefficient = 0.0  # equal on both sides: the sign of a rounding error is no direction
    if family != "gaussian" and abs(coefficient) > LARGEST_LOG:
        return None
    return Fit(coefficient, spread, allowed, df, dispersion, phi, _season(steps, design, n_before))


def _phi(steps: _Steps, maker: FloatArray, points: Segment) -> float:
    if np.abs(steps.residuals).max() <= ROUNDING * np.abs(points.value).max():
        return 0.0
    return float(shrunk(lag_one(steps.residuals, maker), len(points)))


def _dispersion(steps: _Steps, maker: FloatArray, phi: float, df: float) -> float:
    """Return the Pearson dispersion; linked residuals spread less than their points, and that is given back."""
    sums = by_distance(maker.T @ maker)
    return float(steps.residuals @ steps.residuals / (df * linked(sums, phi) / sums[0]))


def _season(steps: _Steps, design: Design, n_before: int) -> FloatArray:
    """Return what the season adds to the mean of every point, against the baseline's average place in the year."""
    usual = design.columns.copy()
    usual[:, 2:4] = design.columns[:n_before, 2:4].mean(axis=0)
    with np.errstate(all="ignore"):
        return steps.mean(design.columns @ steps.params) - steps.mean(usual @ steps.params)


def _model(points: Segment, columns: FloatArray, family: str) -> Any:
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    if family == "binomial":
        share = points.numerator / points.denominator
        return GLM(share, columns, family=families.Binomial(), var_weights=points.denominator)
    if family == "poisson":
        exposure = points.denominator if has_exposure(points) else None
        return GLM(counted(points), columns, family=families.Poisson(), exposure=exposure)
    return GLM(points.value, columns, family=families.Gaussian())


def _fitted(model: Any, start: FloatArray | None) -> FloatArray | None:
    """Return the coefficients, or None where the steps ran out of all bounds (one count far beyond the others)."""
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning, SingularMatrixWarning

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Equal values on either side fit perfectly, which is no fault; a fit that ran away is refused after.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        warnings.simplefilter("error", SingularMatrixWarning)
        try:
            return np.asarray(model.fit(start_params=start, rtol=1e-12).params, dtype=float)
        except (ValueError, SingularMatrixWarning):
            return None


def _start(points: Segment, columns: FloatArray, family: str) -> FloatArray | None:
    """Return the fit without a season, which has a closed form: the rates of either side, on the model's scale."""
    if family == "gaussian":
        return None
    is_do = columns[:, 1] == 1
    exposure = points.denominator if has_exposure(points) else np.ones(len(points))
    rate = np.array([counted(points)[part].sum() / exposure[part].sum() for part in (~is_do, is_do)])
    level = np.log(rate) - (np.log1p(-rate) if family == "binomial" else 0.0)
    return np.array([level[0], level[1] - level[0], *np.zeros(columns.shape[1] - 2)])
