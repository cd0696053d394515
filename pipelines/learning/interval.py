"""The interval of a change: a GLM over baseline and Do, widened for what neighbouring points share."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.segments import Segment, Segments
from pipelines.measures import Measure
from pipelines.vocabulary import ChartKind, DataType

FloatArray = NDArray[np.float64]

DAYS_A_YEAR = 365.25
#: Days that points must span, first and last counted, before a season can be told from a change.
SPAN_FOR_SEASON = 365
#: Autocorrelation is taken as at most this, so that the widening stays finite.
GREATEST_PHI = 0.95
LEVEL = 0.95
FEWEST_POINTS = 6
#: A log ratio beyond this means that the fit ran away, not that anything grew three-million-fold.
LARGEST_LOG = 15.0
#: Residuals this small beside the values, or a change beside its error, are rounding: no pattern, no direction.
ROUNDING = 1e-9


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
    corrected for its small-sample bias; Student's t with the residual degrees of freedom. Where one side counts
    nothing, or all of all, half an event is lent to it, spread over its points (Haldane 1956), so that the ratio
    stays finite.

    Returns
    -------
    Change or None
        None where the model cannot be fitted: no Do points, too few in all, nothing that ever differs, or one value
        that outweighs all others so far that no bound is finite.
    """
    family = family_of(measure)
    if not len(segments.during) or len(segments.before) + len(segments.during) < FEWEST_POINTS:
        return None
    before, during = _with_half_events(segments.before, segments.during, family)
    both = _joined(before, during)
    if _never_differs(both, family):
        return None
    is_do = np.repeat([0.0, 1.0], [len(before), len(during)])
    plain = _fit(both, _design(is_do), family)
    seasonal = None
    if segments.span_days >= SPAN_FOR_SEASON:
        seasonal = _fit(both, _design(is_do, both.first_day), family)
    used = seasonal or plain
    if used is None:
        return None
    phi = min(max(used.phi, plain.phi if plain else 0.0, 0.0), GREATEST_PHI)
    return _scaled(used, phi, before, family, has_season=seasonal is not None)


def family_of(measure: Measure) -> str:
    """Return the family of distributions a measure is modelled with: binomial, poisson or gaussian."""
    if measure.is_share:
        return "binomial"
    is_count = measure.kind in (DataType.COUNT, DataType.RATE, ChartKind.C, ChartKind.U, ChartKind.UP)
    return "poisson" if is_count or measure.counts else "gaussian"


def _joined(one: Segment, other: Segment) -> Segment:
    names = ("value", "numerator", "denominator", "first_day", "last_day")
    return Segment(*(np.concatenate([getattr(one, name), getattr(other, name)]) for name in names))


def _with_half_events(one: Segment, other: Segment, family: str) -> tuple[Segment, Segment]:
    """Lend half an event to a side whose log or logit would be infinite, unless the other side's is too."""
    if family == "gaussian":
        return one, other
    sides = [_infinite_side(part, family) for part in (one, other)]
    if sides[0] == sides[1]:
        return one, other
    return _lend(one, -0.5 * sides[0]), _lend(other, -0.5 * sides[1])


def _infinite_side(points: Segment, family: str) -> int:
    """Return -1 where nothing was counted, +1 where all of all were, 0 between."""
    total = _counts(points).sum()
    if total <= 0:
        return -1
    return 1 if family == "binomial" and total >= points.denominator.sum() else 0


def _lend(points: Segment, events: float) -> Segment:
    exposure = points.denominator if _has_exposure(points) else np.ones(len(points))
    lent = _counts(points) + events * exposure / exposure.sum()
    return replace(points, numerator=lent, value=lent / exposure) if events else points


def _has_exposure(points: Segment) -> bool:
    return bool(np.isfinite(points.denominator).all())


def _counts(points: Segment) -> FloatArray:
    return points.numerator if _has_exposure(points) else points.value


def _never_differs(points: Segment, family: str) -> bool:
    return (family != "gaussian" and _infinite_side(points, family) != 0) or np.ptp(points.value) == 0


def _design(is_do: FloatArray, day: FloatArray | None = None) -> FloatArray:
    columns = [np.ones_like(is_do), is_do]
    if day is not None:
        angle = 2 * np.pi * day / DAYS_A_YEAR
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _fit(points: Segment, design: FloatArray, family: str) -> _Fit | None:
    """Fit one GLM; None where Do cannot be told from the season, the fit ran away, or nothing is left to fit with."""
    df = len(points) - design.shape[1]
    if df < 3 or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    fitted = _fitted(points, design, family)
    if fitted is None:
        return None
    pearson = float(fitted.pearson_chi2 / df)
    dispersion = pearson if family == "gaussian" else max(pearson, 1.0)
    coefficient = float(fitted.params[1])
    variance = float(fitted.normalized_cov_params[1, 1] * dispersion)
    residuals = np.asarray(fitted.resid_pearson)
    if np.abs(residuals).max() <= ROUNDING * np.abs(points.value).max():
        residuals = np.zeros_like(residuals)
    if not np.isfinite([coefficient, variance]).all() or variance < 0:
        return None
    if abs(coefficient) <= ROUNDING * np.sqrt(variance):
        coefficient = 0.0  # equal on both sides: the sign of a rounding error is no direction
    if family != "gaussian" and abs(coefficient) > LARGEST_LOG:
        return None
    return _Fit(coefficient, variance, df, dispersion, lag_one(residuals))


def _fitted(points: Segment, design: FloatArray, family: str) -> Any | None:
    """Return the model fitted, or None where its steps ran out of all bounds (one count far beyond the others)."""
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning, SingularMatrixWarning

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Equal values on either side fit perfectly, which is no fault; a fit that ran away is refused after.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        warnings.simplefilter("error", SingularMatrixWarning)
        if family == "binomial":
            share = points.numerator / points.denominator
            model = GLM(share, design, family=families.Binomial(), var_weights=points.denominator)
        elif family == "poisson":
            exposure = points.denominator if _has_exposure(points) else None
            model = GLM(_counts(points), design, family=families.Poisson(), exposure=exposure)
        else:
            model = GLM(points.value, design, family=families.Gaussian())
        try:
            return model.fit(start_params=_start(points, design, family), rtol=1e-12)
        except (ValueError, SingularMatrixWarning):
            return None


def _start(points: Segment, design: FloatArray, family: str) -> FloatArray | None:
    """Return the fit without a season, which has a closed form: the rates of either side, on the model's scale."""
    if family == "gaussian":
        return None
    is_do = design[:, 1] == 1
    exposure = points.denominator if _has_exposure(points) else np.ones(len(points))
    rate = np.array([_counts(points)[part].sum() / exposure[part].sum() for part in (~is_do, is_do)])
    level = np.log(rate) - (np.log1p(-rate) if family == "binomial" else 0.0)
    return np.array([level[0], level[1] - level[0], *np.zeros(design.shape[1] - 2)])


def lag_one(residuals: FloatArray) -> float:
    """Return the lag-1 autocorrelation, corrected for its bias of about -(1+3φ)/n (Marriott & Pope 1954)."""
    centred = residuals - residuals.mean()
    total = float(centred @ centred)
    if len(centred) < 4 or total <= 0:
        return 0.0
    raw = float(centred[1:] @ centred[:-1]) / total
    return raw + (1 + 3 * raw) / len(centred)


def _scaled(fit: _Fit, phi: float, before: Segment, family: str, *, has_season: bool) -> Change | None:
    """Turn a fit into a change on its published scale; None where a bound is not finite there."""
    from scipy.stats import t

    error = max(np.sqrt(fit.variance * (1 + phi) / (1 - phi)), np.finfo(float).tiny)
    reach = float(t.ppf(0.5 + LEVEL / 2, fit.df)) * error
    p_value = float(2 * t.sf(abs(fit.coefficient) / error, fit.df))
    bounds = np.array([fit.coefficient, fit.coefficient - reach, fit.coefficient + reach])
    scale = "ratio" if family == "poisson" else "difference"
    with np.errstate(over="ignore"):
        if family == "poisson":
            bounds = np.exp(bounds)
        elif family == "binomial":
            bounds = _share_difference(bounds, before)
    if not np.isfinite(bounds).all():
        return None
    mid, low, high = (float(value) for value in bounds)
    direction = int(np.sign(fit.coefficient))
    return Change(mid, low, high, scale, p_value, phi, fit.dispersion, has_season, direction)


def _share_difference(log_odds: FloatArray, before: Segment) -> FloatArray:
    """Turn changes of the log odds into changes of the share, at the share seen before Do."""
    share = before.numerator.sum() / before.denominator.sum()
    share = np.clip(share, 1e-9, 1 - 1e-9)
    return 1 / (1 + np.exp(-(np.log(share / (1 - share)) + log_odds))) - share
