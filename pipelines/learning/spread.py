"""The usual spread of a baseline: its level, how far its points scatter, and how neighbours are linked."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.learning.interval import SPAN_FOR_SEASON, family_of
from pipelines.learning.link import lag_one
from pipelines.learning.model import DAYS_A_YEAR
from pipelines.learning.trials import FloatArray, Lines, Plan
from pipelines.measures import Measure

#: Neighbours are taken as linked at most so far: a short baseline does not know better.
GREATEST_PHI = 0.8


@dataclass(frozen=True)
class Base:
    """The baseline's points, shape (k,) each; denominators NaN where there are none. `width` is a period's days."""

    value: FloatArray
    denominator: FloatArray
    first_day: FloatArray
    width: float

    @classmethod
    def of(cls, points: pd.DataFrame, measure: Measure) -> Base:
        """Take them out of rows of chart_point, without gaps, hidden points and points that nobody was asked in.

        Where the usual range was moved, only the points that set the latest count: a new cycle is held against them.
        """
        known: NDArray[np.bool_] = points["is_baseline"].to_numpy(bool) & ~points["is_hidden"].to_numpy(bool)
        known &= np.isfinite(points["value"].to_numpy(float))
        if "phase" in points:
            known &= points["phase"].to_numpy(int) == points["phase"].max()
        if measure.denominator is not None:
            known &= points["denominator"].to_numpy(float) > 0
        start, end = (
            points[name].to_numpy("datetime64[D]").astype(float) for name in ("period_start", "period_end")
        )
        return cls(
            value=points["value"].to_numpy(float)[known],
            denominator=points["denominator"].to_numpy(float)[known],
            first_day=start[known],
            width=float(np.median(end - start)) + 1 if len(start) else 1.0,
        )

    @property
    def has_denominator(self) -> bool:
        """Whether the values are quotients."""
        return bool(np.isfinite(self.denominator).all())

    @property
    def level(self) -> float:
        """The value over all points: the sums' quotient, or the mean."""
        weight = self.denominator if self.has_denominator else np.ones(len(self.value))
        return float((weight * self.value).sum() / weight.sum())


@dataclass(frozen=True)
class Spread:
    """Level and spread of one baseline point.

    `sigma` is its standard deviation on the scale on which that is the same at every level: as it is for values, the
    square root for counts and rates, the arcsine of the square root for shares. `dispersion` is its variance, of counts
    and shares in units of what chance alone gives. `people` are a period's denominator in Do, None where there is none,
    and `do_weight` how many times the baseline's they are.
    """

    family: str
    level: float
    sigma: float
    dispersion: float
    phi: float
    people: float | None
    do_weight: float
    first_day: FloatArray = field(repr=False)
    width: float
    is_never_negative: bool

    @classmethod
    def of(cls, base: Base, measure: Measure, people: float | None) -> Spread:
        """Take level, scatter and link out of a baseline of 12 or more points that differ; `people` as a plan says."""
        family = family_of(measure)
        has_people = base.has_denominator and family != "gaussian"
        weight = base.denominator if has_people else np.ones(len(base.value))
        level, usual = base.level, float(weight.mean())
        residuals, maker, df = _left_over(base, weight / usual)
        variance = float((residuals**2).sum() / df)
        chance = {"binomial": level * (1 - level), "poisson": level}.get(family, usual) / usual
        dispersion = variance / chance if family == "gaussian" else max(variance / chance, 1.0)
        return cls(
            family=family,
            level=level,
            sigma=math.sqrt(dispersion) if family == "gaussian" else math.sqrt(dispersion / usual) / 2,
            dispersion=dispersion,
            phi=min(max(lag_one(residuals, maker), 0.0), GREATEST_PHI),
            people=(people or usual) if has_people else None,
            do_weight=(people or usual) / usual if has_people else 1.0,
            first_day=base.first_day,
            width=base.width,
            is_never_negative=measure.is_never_negative,
        )

    def plan(self, do_days: FloatArray, lines: Lines, *, drift: float) -> Plan:
        """Return what the trials need to know, in units of one baseline point's standard deviation.

        `drift` is how far the baseline's line moves a day in the direction of the change, in the values' unit.
        """
        least = 0.0 if self.family == "gaussian" else 1 / self.dispersion
        return Plan(
            first_day=tuple(self.first_day.tolist()),
            do_days=tuple(do_days.tolist()),
            width=self.width,
            do_weight=self.do_weight,
            phi=self.phi,
            least_variance=least,
            lines=lines,
            drift=drift / self._sd,
        )

    def moved(self, change: float) -> float:
        """Return the value so many standard deviations from the level; NaN where there is none."""
        place = self._place(self.level) + change * self.sigma
        if self.family == "gaussian":
            return place if np.isfinite(place) and not (self.is_never_negative and place < 0) else math.nan
        if not 0 <= place <= (math.pi / 2 if self.family == "binomial" else math.inf) or math.isinf(place):
            return math.nan
        return math.sin(place) ** 2 if self.family == "binomial" else place**2

    def distance(self, value: float) -> float:
        """Return how many standard deviations a value lies from the level, signed."""
        return (self._place(value) - self._place(self.level)) / self.sigma

    @property
    def _sd(self) -> float:
        """Standard deviation of a baseline point in the values' unit."""
        if self.family == "gaussian":
            return self.sigma
        rest = 1 - self.level if self.family == "binomial" else 1.0
        return 2 * self.sigma * math.sqrt(self.level * rest)

    def _place(self, value: float) -> float:
        if self.family == "gaussian":
            return value
        root = math.sqrt(max(value, 0.0))
        return math.asin(min(root, 1.0)) if self.family == "binomial" else root


def _left_over(base: Base, weight: FloatArray) -> tuple[FloatArray, FloatArray, int]:
    """Return what is left of the baseline without its mean and, where it spans a year, its season."""
    columns = [np.ones(len(base.value))]
    if base.first_day[-1] + base.width - base.first_day[0] >= SPAN_FOR_SEASON:
        angle = 2 * np.pi * base.first_day / DAYS_A_YEAR
        columns += [np.sin(angle), np.cos(angle)]
    root = np.sqrt(weight)
    design = np.column_stack(columns) * root[:, None]
    maker = np.eye(len(root)) - design @ np.linalg.pinv(design)
    return maker @ (root * base.value), maker, len(root) - design.shape[1]
