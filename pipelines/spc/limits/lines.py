"""What a limits function gets and gives: the points of many phases, end to end, and the lines drawn through them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipelines.spc.constants import D2_OF_TWO, D4_OF_TWO
from pipelines.spc.fits import Fitter
from pipelines.spc.groups import Groups, quotient
from pipelines.spc.points import Points

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class PhasePoints:
    """The points of m phases, shape (k,) each: what a limits function may use.

    `value` is what is plotted, `joined` the points it comes from. `base` marks the known points that set the lines,
    `in_window` the same with their gaps. `given_centre` replaces the computed centre. `factor` is in mean moving
    ranges; `screen` drops outlying ranges once; `sigma_z_floor` is the least sigma_z of p' and u'. `fitter` gives
    centre and dispersion of shares and rates.
    """

    phases: Groups
    value: FloatArray
    joined: Points
    base: BoolArray
    in_window: BoolArray
    given_centre: float | None
    factor: float
    screen: bool
    sigma_z_floor: float
    fitter: Fitter

    @property
    def numerator(self) -> FloatArray:
        """The numerators, or the totals where there are none."""
        return self.joined.total

    @property
    def denominator(self) -> FloatArray:
        """The denominators, nan where there are none."""
        return self.joined.denominator

    @property
    def has_denominator(self) -> bool:
        """Whether points are numerators over denominators."""
        return self.joined.has_denominator

    @property
    def size(self) -> IntArray:
        """How many values a point joins."""
        return self.joined.size

    @property
    def spread(self) -> FloatArray:
        """The standard deviation of the values a point joins."""
        return self.joined.spread

    @property
    def is_ordered(self) -> bool:
        """Whether x has an order in time; False where it is a category."""
        return self.joined.is_ordered

    def centre_or(self, computed: FloatArray) -> FloatArray:
        """Return the given centre, or the computed one, a figure a phase."""
        return computed if self.given_centre is None else np.full(computed.shape, self.given_centre)


@dataclass(frozen=True)
class Lines:
    """Centre, a figure a phase, shape (m,), and what lies 3 and 2 sigma from it, shape (k,); nan for no line.

    `dispersion` is Pearson's, over what the distribution gives alone, `sigma_z` Laney's; figures a phase. Lines are
    not clipped.
    """

    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    lower2: FloatArray
    upper2: FloatArray
    dispersion: FloatArray
    sigma_z: FloatArray

    def times(self, by: float) -> Lines:
        """Return the lines in another unit."""
        return replace(
            self,
            centre=self.centre * by,
            lower=self.lower * by,
            upper=self.upper * by,
            lower2=self.lower2 * by,
            upper2=self.upper2 * by,
        )


def level(
    points: PhasePoints, centre: FloatArray, sigma: FloatArray, *, drawn_at: FloatArray | None = None
) -> Lines:
    """Return lines that are level in each phase: centre and sigma a figure a phase, shape (m,).

    `drawn_at` is the centre line where that is not what the limits are measured from.
    """
    spread = points.phases.spread
    nothing = np.full(len(points.phases), np.nan)
    return Lines(
        centre=centre if drawn_at is None else drawn_at,
        lower=spread(centre - 3 * sigma),
        upper=spread(centre + 3 * sigma),
        lower2=spread(centre - 2 * sigma),
        upper2=spread(centre + 2 * sigma),
        dispersion=nothing,
        sigma_z=nothing,
    )


def around(
    points: PhasePoints,
    centre: FloatArray,
    sigma: FloatArray,
    dispersion: FloatArray | None = None,
    sigma_z: FloatArray | None = None,
) -> Lines:
    """Return lines about a level centre, shape (m,), with a sigma of each point's own, shape (k,)."""
    middle = points.phases.spread(centre)
    far, near = 3 * sigma, 2 * sigma
    nothing = np.full(len(points.phases), np.nan)
    return Lines(
        centre=centre,
        lower=middle - far,
        upper=middle + far,
        lower2=middle - near,
        upper2=middle + near,
        dispersion=nothing if dispersion is None else dispersion,
        sigma_z=nothing if sigma_z is None else sigma_z,
    )


def mean_moving_range(
    values: FloatArray, phases: Groups, *, screen: bool, kept: BoolArray | None = None
) -> FloatArray:
    """Return the mean of |value - value before| of each phase, shape (m,), in the values' unit; nan without a pair.

    A missing value breaks the chain: no range bridges a gap. A point left out by `kept` is bridged. `screen` drops
    ranges of 3.267 means or more, once (Nelson, J Qual Technol 1982;14:172); with no range below that (a constant
    series) nothing is left.
    """
    if kept is not None and not kept.all():
        values, phases = values[kept], phases.kept(kept)
    ranges = phases.steps(values)
    return screened_mean(np.abs(ranges, out=ranges), phases, screen=screen)


def screened_mean(ranges: FloatArray, phases: Groups, *, screen: bool) -> FloatArray:
    """Return the mean of the known ranges of each phase, shape (m,), screened once where asked."""
    known = np.isfinite(ranges)
    mean = _mean_of_known(ranges, known, phases)
    if not screen:
        return mean
    return _mean_of_known(ranges, known & (ranges < phases.spread(D4_OF_TWO * mean)), phases)


def _mean_of_known(ranges: FloatArray, known: BoolArray, phases: Groups) -> FloatArray:
    return quotient(phases.sum(np.where(known, ranges, 0.0)), phases.count(known))


def sigma_of_z(points: PhasePoints, z: FloatArray) -> FloatArray:
    """Return Laney's sigma_z of each phase, shape (m,): the moving ranges of z / 1.128; the plain sd of a category."""
    if points.is_ordered:
        found = mean_moving_range(z, points.phases, screen=points.screen, kept=points.in_window) / D2_OF_TWO
    else:
        known = np.isfinite(z) & points.in_window
        off = z - points.phases.spread(points.phases.mean(z, known))
        number = points.phases.count(known)
        squares = points.phases.sum(off**2, known)
        found = np.sqrt(np.divide(squares, number - 1, out=np.full(squares.shape, np.nan), where=number > 1))
    return np.maximum(found, points.sigma_z_floor)
