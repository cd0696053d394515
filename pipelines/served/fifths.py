"""Fifths of a borough's small areas by deprivation: the fifth within the borough, not within England.

By England's fifths nearly all of Barking and Dagenham is one group (of its 115 small areas 32 lie in the most deprived
fifth, 73 in the second, 9 in the third, 1 in the fourth): within the borough each fifth holds 23 of them.
"""

from __future__ import annotations

from collections.abc import Mapping

FIFTHS = 5


def fifths_within(ranks: Mapping[str, float]) -> dict[str, int]:
    """Return the fifth of each small area among those given, 1 the most deprived.

    Parameters
    ----------
    ranks
        Code of a small area to its rank in the English indices of deprivation (IMD_rank), 1 the most deprived.

    Returns
    -------
    dict
        Code to fifth, 1 to 5, in order of rank; fifths differ in size by one area at most. Areas of equal rank stand in
        order of their codes, so that the same areas always give the same fifths.
    """
    ordered = sorted(ranks, key=lambda code: (ranks[code], code))
    return {code: 1 + at * FIFTHS // len(ordered) for at, code in enumerate(ordered)}
