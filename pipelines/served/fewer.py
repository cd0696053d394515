"""Which groups are served less than the others, when many are compared at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Chance that one group or more on a place's page is marked although none is served less.
ALARM = 0.025


def fewer_than(
    served: Sequence[float], people: Sequence[float], all_served: Sequence[float], all_people: Sequence[float]
) -> list[bool]:
    """Return which groups are served less than everybody else, with Holm's correction for their number.

    The chance of so few or fewer is exact: so many of the group when those served are drawn from everybody at random
    (Fisher's test, one side), which knows that the group is a part of everybody. Without a correction 57 groups, 19 for
    each of three questions, would show one or two by chance every half-year; with it, one in at most 1 of 40.

    Parameters
    ----------
    served, people
        Of each group, shape (k,); whole numbers, people above 0. Rounded ones may exceed everybody's by a rounding.
    all_served, all_people
        Of everybody, beside each group, shape (k,).

    Returns
    -------
    list
        Whether each is marked. Sources: Fisher, J R Stat Soc 1935;98:39; Holm, Scand J Stat 1979;6:65.
    """
    from scipy.stats import hypergeom

    if not served:
        return []
    everybody = np.round(all_people)
    chance = np.asarray(
        hypergeom.cdf(
            np.round(served),
            everybody,
            np.minimum(np.round(all_served), everybody),
            np.minimum(np.round(people), everybody),
        )
    )
    order = np.argsort(chance, kind="stable")
    needed = ALARM / np.arange(chance.size, 0, -1)
    marked = np.zeros(chance.size, dtype=bool)
    marked[order] = np.logical_and.accumulate(chance[order] <= needed)
    return [bool(one) for one in marked]
