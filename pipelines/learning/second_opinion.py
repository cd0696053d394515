"""A second opinion on a cycle: segmented regression, shown beside the verdict and never part of it.

The verdict asks whether Do differs from before; this asks whether it differs from where the line before was heading.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.interval import SPAN_FOR_SEASON, family_of
from pipelines.learning.model import DAYS_A_YEAR, ROUNDING
from pipelines.learning.segmented import (
    SLOPE,
    STEP,
    Lines,
    design_of,
    newey_west,
    reml_ar1,
    straightened,
)
from pipelines.learning.segments import Segment, Segments
from pipelines.measures import Measure

FloatArray = NDArray[np.float64]

#: Points needed on either side: below 12 a line is described, not tested (docs/method.md, Judging a cycle).
FEWEST_POINTS = 12
#: Days that points must span before two waves a year can be told apart from a step.
SPAN_FOR_TWO_HARMONICS = 2 * SPAN_FOR_SEASON
LEVEL = 0.95


@dataclass(frozen=True)
class SecondOpinion:
    """The step at the first point of Do, and the change of slope a period, each with its 95 % interval.

    `scale` is ratio (counts, rates: 1 is no step, 1 no change of slope) or difference (in the stored unit: 0).
    `newey_west_low` and `_high` bound the step by the other method; where the two disagree the step is doubtful.
    `direction` is +1 or -1 where the interval of the step excludes none, else 0. `phi` is the correlation of
    neighbouring errors, `dispersion` their variance (of counts and shares in units of what chance alone gives).
    """

    step: float
    step_low: float
    step_high: float
    scale: str
    p_value: float
    slope: float
    slope_low: float
    slope_high: float
    phi: float
    dispersion: float
    newey_west_low: float
    newey_west_high: float
    n_before: int
    n_during: int
    harmonics: int
    direction: int

    def agrees_with(self, direction: int) -> bool:
        """Whether it tells the same direction, +1, -1, or 0 for no evidence of one."""
        return self.direction == direction


@dataclass(frozen=True)
class _Linear:
    """A linear model of all points; `centre` is the share at the step had nothing changed, None where not a share."""

    response: FloatArray
    design: FloatArray
    floor: float
    centre: float | None


def second_opinion(segments: Segments, measure: Measure) -> SecondOpinion | None:
    """Fit two lines to 12 or more points before Do and 12 or more in it.

    Generalised least squares with AR(1) errors by REML and Student's t with n - k degrees of freedom; of counts and
    shares on the linear model that the quasi-Poisson or quasi-binomial GLM is at its solution, weights and offset
    included, the dispersion never below 1. Newey-West stands beside it. One annual harmonic where the points span a
    year, two where they span two.

    Parameters
    ----------
    segments
        Baseline and Do, as the verdict sees them.
    measure
        The cycle's primary measure.

    Returns
    -------
    SecondOpinion or None
        None where there is none, also where Do lies further from the baseline than that is long; why it is none says
        `why_no_second_opinion`.
    """
    found = _opinion(segments, measure)
    return found if isinstance(found, SecondOpinion) else None


def why_no_second_opinion(segments: Segments, measure: Measure) -> str | None:
    """Return in a clause why there is no second opinion, or None where there is one."""
    found = _opinion(segments, measure)
    return found if isinstance(found, str) else None


def _opinion(segments: Segments, measure: Measure) -> SecondOpinion | str:
    before, during = segments.before, segments.during
    if min(len(before), len(during)) < FEWEST_POINTS:
        counted = f"there are {len(before)} and {len(during)}"
        return f"it needs {FEWEST_POINTS} points before Do and {FEWEST_POINTS} in it; {counted}"
    if during.first_day[0] - before.last_day[-1] > before.last_day[-1] - before.first_day[0]:
        return "Do began too long after the points before it for their line to be carried on"
    family = family_of(measure)
    if reason := _nothing_to_fit(before, during, family):
        return reason
    time = _periods(before, during)
    harmonics = _harmonics(segments.span_days)
    linear = _linear(before, during, time, harmonics, family)
    if linear is None:
        return "the lines cannot be fitted to these points"
    gaps = np.maximum(np.round(np.diff(time)), 1)
    fitted = reml_ar1(linear.response[:, None], linear.design, gaps, floor=linear.floor)
    if np.sqrt(fitted.dispersion[0]) <= ROUNDING * np.abs(linear.response).max():
        return "every point lies on its line, so there is no scatter to judge by"
    bounds = newey_west(linear.response, linear.design)
    return _told(
        fitted, (bounds[0][STEP], bounds[1][STEP]), linear, family, (len(before), len(during)), harmonics
    )


def _nothing_to_fit(before: Segment, during: Segment, family: str) -> str | None:
    values = np.concatenate([before.value, during.value])
    if np.ptp(values) == 0:
        return "no value differs from any other"
    if family == "gaussian":
        return None
    for part in (before, during):
        events, exposure = _counts(part, family)
        if (events < 0).any() or (family == "binomial" and (events > exposure).any()):
            return "a value cannot be"
        if events.sum() == 0 or (family == "binomial" and events.sum() == exposure.sum()):
            return "one side counts nothing, or all of all"
    return None


def _counts(part: Segment, family: str) -> tuple[FloatArray, FloatArray]:
    """Return counts and what they are counted over: one period each where the measure has no denominator."""
    if family == "binomial" or np.isfinite(part.denominator).all():
        return part.numerator, part.denominator
    return part.value, np.ones(len(part))


def _periods(before: Segment, during: Segment) -> FloatArray:
    """Return the time of each point in periods, 0 at the first of Do; sessions of one day are counted one by one."""
    day = np.concatenate([before.first_day, during.first_day])
    usual = float(np.median(np.diff(day)))
    if usual <= 0:
        return np.arange(len(day), dtype=float) - len(before)
    return (day - during.first_day[0]) / usual


def _harmonics(span_days: float) -> int:
    return int(span_days >= SPAN_FOR_SEASON) + int(span_days >= SPAN_FOR_TWO_HARMONICS)


def _linear(
    before: Segment, during: Segment, time: FloatArray, harmonics: int, family: str
) -> _Linear | None:
    is_during = np.repeat([0.0, 1.0], [len(before), len(during)])
    year = np.concatenate([before.first_day, during.first_day]) / DAYS_A_YEAR
    design = design_of(time, is_during, year, harmonics=harmonics)
    if len(time) <= design.shape[1] + 2 or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    if family == "gaussian":
        return _Linear(np.concatenate([before.value, during.value]), design, 0.0, None)
    events, exposure = (
        np.concatenate(pair) for pair in zip(_counts(before, family), _counts(during, family), strict=True)
    )
    glm = straightened(events, exposure, design, family)
    if glm is None:
        return None
    centre = float(1 / (1 + np.exp(-glm.coefficients[0]))) if family == "binomial" else None
    return _Linear(glm.response, glm.design, 1.0, centre)


def _told(
    fitted: Lines,
    newey_west_step: tuple[float, float],
    linear: _Linear,
    family: str,
    sizes: tuple[int, int],
    harmonics: int,
) -> SecondOpinion | str:
    from scipy.stats import t

    middle = fitted.coefficients[0]
    error = np.sqrt(np.diag(fitted.covariance[0]))
    reach = float(t.ppf(0.5 + LEVEL / 2, fitted.df)) * error
    step = np.array([middle[STEP], middle[STEP] - reach[STEP], middle[STEP] + reach[STEP], *newey_west_step])
    slope = np.array([middle[SLOPE], middle[SLOPE] - reach[SLOPE], middle[SLOPE] + reach[SLOPE]])
    steps, slopes = _on_scale(step, slope, family, linear.centre)
    if not np.isfinite([*steps, *slopes]).all():
        return "the lines cannot be fitted to these points"
    is_sure = step[1] > 0 or step[2] < 0
    return SecondOpinion(
        step=float(steps[0]),
        step_low=float(steps[1]),
        step_high=float(steps[2]),
        scale="ratio" if family == "poisson" else "difference",
        p_value=float(2 * t.sf(abs(middle[STEP]) / error[STEP], fitted.df)),
        slope=float(slopes[0]),
        slope_low=float(slopes[1]),
        slope_high=float(slopes[2]),
        phi=float(fitted.phi[0]),
        dispersion=float(fitted.dispersion[0]),
        newey_west_low=float(steps[3]),
        newey_west_high=float(steps[4]),
        n_before=sizes[0],
        n_during=sizes[1],
        harmonics=harmonics,
        direction=int(np.sign(middle[STEP])) if is_sure else 0,
    )


def _on_scale(
    step: FloatArray, slope: FloatArray, family: str, centre: float | None
) -> tuple[FloatArray, FloatArray]:
    """Turn logs into ratios, and log odds into differences of the share seen from where the line before led."""
    if family == "poisson":
        with np.errstate(over="ignore"):
            return np.exp(step), np.exp(slope)
    if centre is None:
        return step, slope
    odds = np.log(centre / (1 - centre))
    return 1 / (1 + np.exp(-(odds + step))) - centre, slope * centre * (1 - centre)
