"""How often chance alone makes a chart speak: the figure to print beside it.

For `mdc` and `ihi` it is the chance that the latest point of a stable chart is coloured. For the Anhøj sets it is the
chance that the chart signals at all, by its runs or, where it has limits, by its latest point; a run chart is read as
a whole. All figures suppose independent normal values; autocorrelation raises them (docs/method.md).
"""

from __future__ import annotations

import numpy as np

from pipelines.spc.rule_sets import RuleSet


def false_alarm_rate(rules: RuleSet, n_points: int, n_base: int, *, has_limits: bool) -> float:
    """Return the share of stable charts that would speak now.

    Parameters
    ----------
    rules
        The rule set.
    n_points
        Known points of the phase.
    n_base
        Of these, the points that set the lines; as many as n_points where nothing is frozen.
    has_limits
        Whether the chart has limits; else it is a run chart about its median.

    Returns
    -------
    float
        0 to 1, read off simulated tables (200,000 series a figure), linear between their places and constant beyond;
        nan below 3 points, where nothing can be said.
    """
    import pipelines.spc.false_alarm_table as table

    key = (rules.name, has_limits)
    if n_points < table.POINTS[0] or n_base < 2:
        return float("nan")
    if n_base >= n_points:
        return float(np.interp(n_points, table.POINTS, table.OWN[key]))
    after = [float(np.interp(n_points - n_base, table.AFTER, row)) for row in table.FROZEN[key]]
    return float(np.interp(n_base, table.BASES, after))
