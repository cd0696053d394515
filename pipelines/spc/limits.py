"""Centre line and limits, one function a chart, its source beside it; `KINDS` is the register of all charts.

Every function takes one phase and returns lines of shape (k,), not clipped. Sources: Montgomery, Introduction to
Statistical Quality Control; Wheeler, Understanding Variation; Nelson, J Qual Technol 1982;14:172 (screening); Laney,
Qual Eng 2002;14:531 (p').
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.errors import ChartError
from pipelines.spc.glm import Fit, binomial_fit
from pipelines.vocabulary import ChartKind

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

#: Mean moving range of normal values in standard deviations (d2 for two values; Montgomery, appendix VI).
D2_OF_TWO = 1.128
#: Upper limit of a moving range in mean moving ranges (D4 for two values), also the screen of Nelson 1982.
D4_OF_TWO = 3.267


@dataclass(frozen=True)
class Phase:
    """One phase of a chart, shape (k,) each: what a limits function may use.

    `value` is what is plotted. `window` marks the baseline, all of the phase where none is set; `excluded` what the
    caller left out; `in_window` the window less the excluded, gaps too; `base` the known points of that, which set
    the lines. `given_centre` replaces the computed centre. `factor` is in mean moving ranges; `screen` drops
    outlying ranges once; `sigma_z_floor` is the least sigma_z of a p' chart.
    """

    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    window: BoolArray
    base: BoolArray
    in_window: BoolArray
    excluded: BoolArray
    given_centre: float | None = None
    factor: float = 2.66
    screen: bool = False
    sigma_z_floor: float = 0.0
    is_ordered: bool = True


@dataclass(frozen=True)
class Lines:
    """Lines of one phase, shape (k,): centre and what lies 3 and 2 sigma from it; nan where there is no line."""

    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    lower2: FloatArray
    upper2: FloatArray
    dispersion: float = float("nan")
    sigma_z: float = float("nan")


@dataclass(frozen=True)
class Kind:
    """What a kind of chart needs and how it is drawn.

    `floor` and `ceiling` bound the limits in a drawing, in the unit of the value; `value` makes the plotted value
    of each phase from value or ratio.
    """

    limits: Callable[[Phase], Lines]
    needs_denominator: bool = False
    has_limits: bool = True
    has_runs: bool = True
    floor: float = -np.inf
    ceiling: float = np.inf
    plotted: Callable[[FloatArray], FloatArray] | None = None


def run_lines(phase: Phase) -> Lines:
    """Run chart: the median, no limits (Perla, Provost & Murray, BMJ Qual Saf 2011;20:46)."""
    values = phase.value[phase.base]
    centre = _centre(phase, float(np.median(values)) if values.size else np.nan)
    return _around(centre, np.nan)


def i_lines(phase: Phase) -> Lines:
    """XmR: mean and 2.66 mean moving ranges (Wheeler; Making Data Count); 3 / 1.128 is the textbook's factor."""
    values = phase.value[phase.base]
    centre = _centre(phase, float(np.mean(values)) if values.size else np.nan)
    return _around(
        centre, phase.factor * mean_moving_range(phase.value[phase.in_window], screen=phase.screen) / 3
    )


def mr_lines(phase: Phase) -> Lines:
    """Moving ranges: their mean and 3.267 times it (Montgomery section 6.4); the lower limit is 0."""
    ranges = phase.value[phase.base]
    centre = _centre(phase, float(np.mean(ranges)) if ranges.size else np.nan)
    lines = _around(centre, np.nan)
    zero = np.zeros(lines.centre.shape)
    return Lines(lines.centre, zero, D4_OF_TWO * lines.centre, zero, D4_OF_TWO * 2 / 3 * lines.centre)


def p_lines(phase: Phase) -> Lines:
    """p: total events over total trials; sigma of a share of n (Montgomery section 7.2)."""
    return _binomial(phase)[0]


def pp_lines(phase: Phase) -> Lines:
    """p': the limits of p widened or narrowed by sigma_z = mean |z - z before| / 1.128 (Laney 2002)."""
    plain, fit = _binomial(phase)
    sigma = (plain.upper - plain.centre) / 3
    known = np.isfinite(sigma) & (sigma > 0)
    z = np.divide(phase.value - plain.centre, sigma, out=np.full(sigma.shape, np.nan), where=known)
    sigma_z = max(_sigma_z(z[phase.in_window], phase), phase.sigma_z_floor)
    lines = _around(plain.centre, sigma * sigma_z)
    return Lines(lines.centre, lines.lower, lines.upper, lines.lower2, lines.upper2, fit.dispersion, sigma_z)


def mean_moving_range(values: FloatArray, *, screen: bool) -> float:
    """Return the mean of |value - value before|, in the values' unit; nan when there is no pair.

    A missing value breaks the chain: no range bridges a gap. `screen` drops ranges of 3.267 means or more, once
    (Nelson 1982); with no range below that (a constant series) nothing is left.
    """
    ranges = np.abs(np.diff(values))
    ranges = ranges[np.isfinite(ranges)]
    if screen and ranges.size:
        ranges = ranges[ranges < D4_OF_TWO * np.mean(ranges)]
    return float(np.mean(ranges)) if ranges.size else float("nan")


def _sigma_z(z: FloatArray, phase: Phase) -> float:
    if phase.is_ordered:
        return mean_moving_range(z, screen=phase.screen) / D2_OF_TWO
    known = z[np.isfinite(z)]
    return float(np.std(known, ddof=1)) if known.size > 1 else float("nan")


def _binomial(phase: Phase) -> tuple[Lines, Fit]:
    events, trials = phase.numerator[phase.base], phase.denominator[phase.base]
    fit = binomial_fit(events, trials)
    centre = _centre(phase, fit.centre)
    share = np.clip(
        centre, 0, 1
    )  # more events than trials are faulty data: no scatter can be computed for them
    variance = share * (1 - share)
    has_trials = np.isfinite(phase.value)
    each = np.divide(variance, phase.denominator, out=np.full(variance.shape, np.nan), where=has_trials)
    lines = _around(centre, np.sqrt(each))
    return Lines(lines.centre, lines.lower, lines.upper, lines.lower2, lines.upper2, fit.dispersion), fit


def _centre(phase: Phase, computed: float) -> FloatArray:
    level = computed if phase.given_centre is None else phase.given_centre
    return np.full(phase.value.shape, level)


def _around(centre: FloatArray, sigma: FloatArray | float) -> Lines:
    spread = np.broadcast_to(np.asarray(sigma, dtype=float), centre.shape)
    return Lines(centre, centre - 3 * spread, centre + 3 * spread, centre - 2 * spread, centre + 2 * spread)


def moving_ranges(value: FloatArray) -> FloatArray:
    """Return |value - value before|, shape (k,); nan for the first point and beside a gap."""
    return np.abs(np.diff(value, prepend=np.nan))


KINDS: dict[ChartKind, Kind] = {
    ChartKind.RUN: Kind(run_lines, has_limits=False),
    ChartKind.I: Kind(i_lines),
    ChartKind.MR: Kind(mr_lines, has_runs=False, floor=0.0, plotted=moving_ranges),
    ChartKind.P: Kind(p_lines, needs_denominator=True, floor=0.0, ceiling=1.0),
    ChartKind.PP: Kind(pp_lines, needs_denominator=True, floor=0.0, ceiling=1.0),
}


def kind_of(name: ChartKind | str) -> tuple[ChartKind, Kind]:
    """Return a kind by its word.

    Raises
    ------
    ChartError
        When the word is no chart of this engine.
    """
    try:
        word = ChartKind(name)
        return word, KINDS[word]
    except (ValueError, KeyError):
        known = ", ".join(KINDS)
        raise ChartError(
            f'There is no chart "{name}" in this version. Choose one of: {known}, auto.'
        ) from None
