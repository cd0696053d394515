"""The interval of a change: a model over baseline and Do, widened for what neighbouring points share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from pipelines.learning.model import Fit, FloatArray, counted, design_of, fit, has_exposure
from pipelines.learning.segments import Segment, Segments
from pipelines.measures import Measure
from pipelines.vocabulary import ChartKind, DataType

#: Days that points must span, first and last counted, before a season can be told from a change.
SPAN_FOR_SEASON = 365
LEVEL = 0.95
FEWEST_POINTS = 6


@dataclass(frozen=True)
class Change:
    """The change at Do. `scale` is ratio or difference; low and high bound 95 %; phi and dispersion as used.

    `season` is what the season of the model adds to each point of baseline and Do, in the unit of the values.
    """

    estimate: float
    low: float
    high: float
    scale: str
    p_value: float
    phi: float
    dispersion: float
    has_season: bool
    direction: int
    season: FloatArray = field(compare=False, repr=False)

    @property
    def excludes_none(self) -> bool:
        """Whether the interval excludes no change."""
        none = 1.0 if self.scale == "ratio" else 0.0
        return not self.low <= none <= self.high

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def change_of(segments: Segments, measure: Measure, *, has_drift: bool = False) -> Change | None:
    """Estimate the change from baseline to Do.

    Quasi-binomial for shares, quasi-Poisson for counts and rates (dispersion from Pearson, never below 1),
    Gaussian for values; an annual sine and cosine, free when the points span a year, else shrunk to a season of usual
    size; variances as they are where neighbours are linked by φ, the lag-1 autocorrelation of the residuals (`link`);
    Student's t with the residual degrees of freedom. Where one side counts nothing, or all of
    all, half an event is lent to it, spread over its points (Haldane 1956), so that the ratio stays finite.

    Parameters
    ----------
    segments
        Baseline and Do.
    measure
        What kind of number it is.
    has_drift
        Whether a drift that goes on from the baseline is allowed for.

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
    for is_known in (True, False) if segments.span_days >= SPAN_FOR_SEASON else (False,):
        design = design_of(both, len(before), is_season_known=is_known, has_drift=has_drift)
        fitted = fit(both, design, family, len(before))
        if fitted is not None:
            return _scaled(fitted, before, family, has_season=is_known)
    return None


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
    total = counted(points).sum()
    if total <= 0:
        return -1
    return 1 if family == "binomial" and total >= points.denominator.sum() else 0


def _lend(points: Segment, events: float) -> Segment:
    exposure = points.denominator if has_exposure(points) else np.ones(len(points))
    lent = counted(points) + events * exposure / exposure.sum()
    return replace(points, numerator=lent, value=lent / exposure) if events else points


def _never_differs(points: Segment, family: str) -> bool:
    return (family != "gaussian" and _infinite_side(points, family) != 0) or np.ptp(points.value) == 0


def _scaled(fitted: Fit, before: Segment, family: str, *, has_season: bool) -> Change | None:
    """Turn a fit into a change on its published scale; None where a bound is not finite there."""
    from scipy.stats import t

    error = max(np.sqrt(fitted.spread + fitted.allowed), np.finfo(float).tiny)
    reach = float(t.ppf(0.5 + LEVEL / 2, fitted.df)) * error
    p_value = float(2 * t.sf(abs(fitted.coefficient) / error, fitted.df))
    bounds = np.array([fitted.coefficient, fitted.coefficient - reach, fitted.coefficient + reach])
    scale = "ratio" if family == "poisson" else "difference"
    with np.errstate(over="ignore"):
        if family == "poisson":
            bounds = np.exp(bounds)
        elif family == "binomial":
            bounds = _share_difference(bounds, before)
    if not np.isfinite(bounds).all():
        return None
    mid, low, high = (float(value) for value in bounds)
    direction = int(np.sign(fitted.coefficient))
    return Change(
        mid, low, high, scale, p_value, fitted.phi, fitted.dispersion, has_season, direction, fitted.season
    )


def _share_difference(log_odds: FloatArray, before: Segment) -> FloatArray:
    """Turn changes of the log odds into changes of the share, at the share seen before Do."""
    share = before.numerator.sum() / before.denominator.sum()
    share = np.clip(share, 1e-9, 1 - 1e-9)
    return 1 / (1 + np.exp(-(np.log(share / (1 - share)) + log_odds))) - share
