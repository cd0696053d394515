"""Charts of samples of several values: xbar (their mean) and s (their standard deviation).

Source: Montgomery, Introduction to Statistical Quality Control, section 6.3 (6.27 to 6.31).
"""

from __future__ import annotations

import numpy as np

from pipelines.spc.constants import a3, b_reach
from pipelines.spc.groups import quotient
from pipelines.spc.limits.lines import FloatArray, Lines, PhasePoints, around


def xbar_lines(points: PhasePoints) -> Lines:
    """xbar: the mean of all values, and A3 mean standard deviations; no limits for a sample of one."""
    size = np.where(points.base, points.size, 0)
    total = points.phases.sum(size * points.value, points.base)
    centre = points.centre_or(quotient(total, points.phases.sum(size.astype(float))))
    sigma = a3(points.size) * points.phases.spread(_typical_spread(points)) / 3
    return around(points, centre, np.where(np.isfinite(points.value), sigma, np.nan))


def s_lines(points: PhasePoints) -> Lines:
    """s: the mean standard deviation S, with B3 S and B4 S; the lower limit is never below 0."""
    centre = points.centre_or(_typical_spread(points))
    sigma = b_reach(points.size) * points.phases.spread(centre) / 3
    return around(points, centre, sigma)


def _typical_spread(points: PhasePoints) -> FloatArray:
    """Return the standard deviation inside samples, a figure a phase.

    The mean over samples of one size; pooled by degrees of freedom where any two samples of the phase differ in size.
    """
    known = points.base & np.isfinite(points.spread)
    freedom = np.where(known, points.size - 1, 0).astype(float)
    squares = points.phases.sum(freedom * points.spread**2, known)
    pooled = np.sqrt(quotient(squares, points.phases.sum(freedom)))
    least = -points.phases.largest(-points.size, -1)
    is_even = least == points.phases.largest(points.size, 1)
    return np.where(is_even, points.phases.mean(points.spread, known), pooled)


def spreads(points: PhasePoints) -> FloatArray:
    """Return the standard deviation of each sample, shape (k,); nan for one value."""
    return points.spread
