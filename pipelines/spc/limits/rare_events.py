"""Charts for rare events: g (how many cases between them) and t (how long between them).

Sources: Benneyan, Qual Eng 2001 (g): a geometric count of mean m has standard deviation sqrt(m (m + 1)); Nelson, J
Qual Technol 1994;26:239 (t): an exponential time to the power 1 / 3.6 is nearly normal.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.spc.limits.individuals import i_lines
from pipelines.spc.limits.lines import FloatArray, Lines, PhasePoints, level

#: Power that makes exponential times nearly normal.
NELSON = 3.6
#: Median of a geometric count in means, for large means (ln 2).
MEDIAN_OF_GEOMETRIC = 0.693


def g_lines(points: PhasePoints) -> Lines:
    """g: limits from the mean; the centre line is the median, about which a skewed count runs evenly.

    A given centre is the mean; the line is drawn at 0.693 of it.
    """
    mean = points.centre_or(points.phases.mean(points.value, points.base))
    if points.given_centre is None:
        middle = points.phases.median(np.where(points.base, points.value, np.nan))
    else:
        middle = MEDIAN_OF_GEOMETRIC * mean
    sigma = np.sqrt(np.maximum(mean * (mean + 1), 0))
    return level(points, mean, sigma, drawn_at=middle)


def t_lines(points: PhasePoints) -> Lines:
    """t: an i chart of time to the power 1 / 3.6, taken back; the lower limit is never below 0.

    A time of zero or less has no place on the scale: it sets no line.
    """
    is_time = points.value > 0
    power = np.power(points.value, 1 / NELSON, out=np.full(points.value.shape, np.nan), where=is_time)
    given = None if points.given_centre is None else float(max(points.given_centre, 0) ** (1 / NELSON))
    lines = i_lines(replace(points, value=power, base=points.base & is_time, given_centre=given))
    return replace(
        lines,
        centre=_back(lines.centre),
        lower=np.nan_to_num(_back(lines.lower), nan=0.0),
        upper=_back(lines.upper),
        lower2=_back(lines.lower2),
        upper2=_back(lines.upper2),
    )


def _back(line: FloatArray) -> FloatArray:
    """Take a line back to times; nan where it lies below 0."""
    return np.power(line, NELSON, out=np.full(line.shape, np.nan), where=line >= 0)
