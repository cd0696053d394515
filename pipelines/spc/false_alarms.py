"""How often chance alone makes a chart speak: the figure to print beside it.

For `mdc` it is the chance that the latest point of a stable chart is coloured. For the sets that read a chart as a
whole, `ihi` and Anhøj's, it is the chance that the chart signals at all, by its runs or by its latest point. Charts
whose limits come about alike share their figures, simulated on data of their own kind (`simulate_false_alarms`):
independent, so that autocorrelation raises them, and without the skew of small counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from pipelines.spc.groups import FloatArray
from pipelines.spc.rule_sets import RuleSet


def false_alarm_rates(family: str, rules: RuleSet, n_points: ArrayLike, n_base: ArrayLike) -> FloatArray:
    """Return the share of stable charts that would speak now.

    Parameters
    ----------
    family
        Which charts: a key of the table (see `limits.KINDS`).
    rules
        The rule set.
    n_points
        Known points of each phase, shape (m,).
    n_base
        Of these, the points that set the lines; as many as n_points where nothing is frozen.

    Returns
    -------
    FloatArray
        Shape (m,), 0 to 1, read off simulated tables, linear between their places and constant beyond; nan below 3
        points, where nothing can be said.
    """
    import pipelines.spc.false_alarm_table as table

    total, base = np.atleast_1d(n_points).astype(float), np.atleast_1d(n_base).astype(float)
    key = (family, rules.name)
    rate = np.interp(total, table.POINTS, table.OWN[key])
    frozen = base < total
    if frozen.any():
        by_base = np.array(
            [np.interp(total[frozen] - base[frozen], table.AFTER, row) for row in table.FROZEN[key]]
        )
        rate[frozen] = between(base[frozen], np.array(table.BASES, dtype=float), by_base)
    rate[(total < table.POINTS[0]) | (base < 2)] = np.nan
    return rate


def between(at: FloatArray, places: FloatArray, rows: FloatArray) -> FloatArray:
    """Interpolate down the columns of rows, shape (places, m), each column at a place of its own, shape (m,)."""
    inside = np.clip(at, places[0], places[-1])
    above = np.clip(np.searchsorted(places, inside), 1, len(places) - 1)
    share = (inside - places[above - 1]) / (places[above] - places[above - 1])
    columns = np.arange(at.size)
    found: FloatArray = rows[above - 1, columns] * (1 - share) + rows[above, columns] * share
    return found
