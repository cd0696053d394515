"""The interval of a change: a GLM over baseline and Do, widened for what neighbouring points share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.segments import Segment, Segments
from pipelines.measures import Measure
from pipelines.vocabulary import ChartKind, DataType

FloatArray = NDArray[np.float64]

DAYS_A_YEAR = 365.25
#: Autocorrelation is taken as at most this, so that the widening stays finite.
GREATEST_PHI = 0.95
LEVEL = 0.95


@dataclass(frozen=True)
class Change:
    """The change at Do. `scale` is ratio or difference; low and high bound 95 %; phi and dispersion as used."""

    estimate: float
    low: float
    high: float
    scale: str
    p_value: float
    phi: float
    dispersion: float
    has_season: bool
    direction: int

    @property
    def excludes_none(self) -> bool:
        """Whether the interval excludes no change."""
        none = 1.0 if self.scale == "ratio" else 0.0
        return not self.low <= none <= self.high


@dataclass(frozen=True)
class _Fit:
    coefficient: float
    variance: float
    df: int
    dispersion: float
    phi: float


def change_of(segments: Segments, measure: Measure) -> Change | None:
    """Estimate the change from baseline to Do.

    Quasi-binomial for shares, quasi-Poisson for counts and rates (dispersion from Pearson, never below 1),
    Gaussian for values; an annual sine and cosine when the points span a year; the standard error times
    √((1+φ)/(1-φ)), φ being the larger lag-1 autocorrelation of the residuals with and without the season, each
    corrected for its small-sample bias; Student's t with the residual degrees of freedom.

    Returns
    -------
    Change or None
        None where the model cannot be fitted: no Do points, too few in all, or nothing but zeros.
    """
    family = _family(measure)
    both = _joined(segments.before, segments.during)
    is_do = np.repeat([0.0, 1.0], [len(segments.before), len(segments.during)])
    if not len(segments.during) or len(both) < 6 or _is_empty(both, family):
        return None
    plain = _fit(both, _design(is_do), family)
    seasonal = None
    if segments.span_days >= DAYS_A_YEAR:
        seasonal = _fit(both, _design(is_do, both.day), family)
    used = seasonal or plain
    if used is None:
        return None
    phi = min(max(used.phi, plain.phi if plain else 0.0, 0.0), GREATEST_PHI)
    return _scaled(used, phi, segments.before, family, has_season=seasonal is not None)


def _family(measure: Measure) -> str:
    if measure.is_share:
        return "binomial"
    is_count = measure.kind in (DataType.COUNT, DataType.RATE, ChartKind.C, ChartKind.U, ChartKind.UP)
    return "poisson" if is_count or measure.counts else "gaussian"


def _joined(one: Segment, other: Segment) -> Segment:
    pairs = ((getattr(one, n), getattr(other, n)) for n in ("value", "numerator", "denominator", "day"))
    return Segment(*(np.concatenate(pair) for pair in pairs))


def _is_empty(points: Segment, family: str) -> bool:
    """Whether the log or logit of one side would be infinite whatever is done: nothing counted, or all of all."""
    if family == "gaussian":
        return False
    total = points.numerator.sum() if np.isfinite(points.numerator).all() else points.value.sum()
    return total <= 0 or (family == "binomial" and total >= points.denominator.sum())


def _design(is_do: FloatArray, day: FloatArray | None = None) -> FloatArray:
    columns = [np.ones_like(is_do), is_do]
    if day is not None:
        angle = 2 * np.pi * day / DAYS_A_YEAR
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _fit(points: Segment, design: FloatArray, family: str) -> _Fit | None:
    """Fit one GLM; None where the Do indicator cannot be told from the season, or nothing is left to estimate with."""
    df = len(points) - design.shape[1]
    if df < 3 or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    fitted = _model(points, design, family).fit()
    pearson = float(fitted.pearson_chi2 / df)
    dispersion = pearson if family == "gaussian" else max(pearson, 1.0)
    variance = float(fitted.normalized_cov_params[1, 1] * dispersion)
    if not np.isfinite(variance) or variance <= 0:
        return None
    return _Fit(float(fitted.params[1]), variance, df, dispersion, lag_one(fitted.resid_pearson))


def _model(points: Segment, design: FloatArray, family: str) -> Any:
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    if family == "binomial":
        return GLM(points.value, design, family=families.Binomial(), var_weights=points.denominator)
    if family == "poisson":
        has_exposure = np.isfinite(points.denominator).all()
        exposure = points.denominator if has_exposure else None
        counts = points.numerator if has_exposure else points.value
        return GLM(counts, design, family=families.Poisson(), exposure=exposure)
    return GLM(points.value, design, family=families.Gaussian())


def lag_one(residuals: FloatArray) -> float:
    """Return the lag-1 autocorrelation, corrected for its bias of about -(1+3φ)/n (Marriott & Pope 1954)."""
    centred = residuals - residuals.mean()
    total = float(centred @ centred)
    if len(centred) < 4 or total <= 0:
        return 0.0
    raw = float(centred[1:] @ centred[:-1]) / total
    return raw + (1 + 3 * raw) / len(centred)


def _scaled(fit: _Fit, phi: float, before: Segment, family: str, *, has_season: bool) -> Change:
    from scipy.stats import t

    error = np.sqrt(fit.variance * (1 + phi) / (1 - phi))
    reach = float(t.ppf(0.5 + LEVEL / 2, fit.df)) * error
    p_value = float(2 * t.sf(abs(fit.coefficient) / error, fit.df))
    bounds = np.array([fit.coefficient, fit.coefficient - reach, fit.coefficient + reach])
    scale = "difference"
    if family == "poisson":
        bounds, scale = np.exp(bounds), "ratio"
    elif family == "binomial":
        bounds = _share_difference(bounds, before)
    mid, low, high = (float(value) for value in bounds)
    direction = int(np.sign(fit.coefficient))
    return Change(mid, low, high, scale, p_value, phi, fit.dispersion, has_season, direction)


def _share_difference(log_odds: FloatArray, before: Segment) -> FloatArray:
    """Turn changes of the log odds into changes of the share, at the share seen before Do."""
    share = before.numerator.sum() / before.denominator.sum()
    share = np.clip(share, 1e-9, 1 - 1e-9)
    return 1 / (1 + np.exp(-(np.log(share / (1 - share)) + log_odds))) - share
