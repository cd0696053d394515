"""Amounts of money: whether a sum tells what one of its contributors gave.

Sources: Hundepool and others, Statistical Disclosure Control (2012), chapter 4: the (n,k) rule, the p % rule; the
numbers are the project's (docs/privacy.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: Fewest contributors to a sum that is shown.
CONTRIBUTORS_FROM = 3

#: So many of the largest contributors may give at most this share (0 to 1) of the sum.
LARGEST = ((1, 0.75), (2, 0.90))

#: What the others give besides the two largest has to be at least this share of the largest.
P = 0.10

#: Units that are money.
MONEY = ("£", "gbp", "pound", "money")


def is_money(unit: str) -> bool:
    """Tell whether a unit is money: "£ a week", "pounds"."""
    return any(word in unit.lower() for word in MONEY)


def is_dominated(amounts: Sequence[float] | np.ndarray) -> bool:
    """Tell whether a sum gives too much away about one of its contributors.

    Parameters
    ----------
    amounts
        What each contributor gave, in any one unit; those who gave nothing, or whose amount is missing, are none.

    Returns
    -------
    bool
        True where there are fewer than three contributors; where the largest gives more than 75 %, or the two largest
        more than 90 %; or where the second largest could work out the largest to within 10 % (the p % rule).

    Notes
    -----
    Of amounts below 0 (money paid back) the size counts: the sum then tells less of each, never more.
    """
    given = np.sort(np.abs(np.asarray(amounts, dtype=float)))[::-1]
    given = given[given > 0]  # drops missing ones too
    if given.size == 0:
        return False
    if given.size < CONTRIBUTORS_FROM:
        return True
    total = given.sum()
    too_large = any(given[:n].sum() > share * total for n, share in LARGEST)
    return bool(too_large or total - given[:2].sum() < P * given[0])
