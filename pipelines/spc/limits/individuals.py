"""Charts of single values: run, i, mr, i'.

Sources: Perla, Provost & Murray, BMJ Qual Saf 2011;20:46 (run); Wheeler, Understanding Variation, and NHS England,
Making Data Count (i); Montgomery, Introduction to Statistical Quality Control, section 6.4 (i, mr); Taylor, Normalized
individuals control chart (i').
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.spc.constants import D4_OF_TWO
from pipelines.spc.groups import quotient
from pipelines.spc.limits.lines import (
    FloatArray,
    Lines,
    PhasePoints,
    around,
    level,
    mean_moving_range,
    screened_mean,
)

#: Mean of |a - b| of two normal values in standard deviations of a - b is the inverse of this.
SD_OF_MEAN_DIFFERENCE = np.sqrt(np.pi / 2)


def run_lines(points: PhasePoints) -> Lines:
    """Run chart: the median, no limits."""
    centre = points.centre_or(points.phases.median(np.where(points.base, points.value, np.nan)))
    return level(points, centre, np.full(centre.shape, np.nan))


def i_lines(points: PhasePoints) -> Lines:
    """XmR: mean and 2.66 mean moving ranges; 3 / 1.128 is the textbook's factor."""
    centre = points.centre_or(points.phases.mean(points.value, points.base))
    ranges = mean_moving_range(points.value, points.phases, screen=points.screen, kept=points.in_window)
    return level(points, centre, points.factor / 3 * ranges)


def mr_lines(points: PhasePoints) -> Lines:
    """Moving ranges: their mean and 3.267 times it; the lower limit is 0."""
    centre = points.centre_or(points.phases.mean(points.value, points.base))
    lines = level(points, centre, (D4_OF_TWO - 1) / 3 * centre)
    zero = np.zeros(lines.lower.shape)
    near = points.phases.spread(D4_OF_TWO * 2 / 3 * centre)
    return replace(lines, lower=zero, lower2=zero, upper2=near)


def ip_lines(points: PhasePoints) -> Lines:
    """I': values that rest on different numbers of observations, so that each has limits of its own.

    The spread comes from all successive differences of the phase, baseline or not, excluded or not: a step between
    two neighbours says little about a level (Taylor; qicharts2 does the same).
    """
    weight = points.denominator if points.has_denominator else points.size.astype(float)
    in_base = points.base & np.isfinite(weight)
    total = points.phases.sum(weight * points.value, in_base)
    centre = points.centre_or(quotient(total, points.phases.sum(weight, in_base)))
    inverse = quotient(np.ones(weight.shape), np.where(np.isfinite(points.value), weight, 0.0))
    apart = np.abs(points.phases.steps(points.value))
    scaled = SD_OF_MEAN_DIFFERENCE * apart / np.sqrt(inverse + points.phases.before(inverse))
    sigma_of_one = screened_mean(scaled, points.phases, screen=points.screen)
    return around(points, centre, points.phases.spread(sigma_of_one) * np.sqrt(inverse))


def moving_ranges(points: PhasePoints) -> FloatArray:
    """Return |value - value before|, shape (k,); nan for the first point of a phase and beside a gap."""
    return np.abs(points.phases.steps(points.value))
