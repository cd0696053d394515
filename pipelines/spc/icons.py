"""Variation and assurance icons (docs/method.md, Charts 9; NHS England, Making Data Count)."""

from __future__ import annotations

import math
from typing import NamedTuple

from pipelines.vocabulary import Assurance, Better, Variation

#: An icon needs this many known points in its phase.
MIN_POINTS = 13


class Icons(NamedTuple):
    """The two icons of a phase."""

    variation: Variation
    assurance: Assurance


_VARIATIONS = {
    (1, Better.UP): Variation.IMPROVEMENT_HIGH,
    (-1, Better.UP): Variation.CONCERN_LOW,
    (1, Better.DOWN): Variation.CONCERN_HIGH,
    (-1, Better.DOWN): Variation.IMPROVEMENT_LOW,
    (1, Better.NEITHER): Variation.NEUTRAL_HIGH,
    (-1, Better.NEITHER): Variation.NEUTRAL_LOW,
}


def variation(direction: int, better: Better) -> Variation:
    """Return the variation icon of a point whose winning rule points up (+1), down (-1) or nowhere (0)."""
    return _VARIATIONS.get((direction, better), Variation.COMMON_CAUSE)


def assurance(target: float, lower: float, upper: float, better: Better) -> Assurance:
    """Return the assurance icon: where a target stands against unclipped 3-sigma limits.

    Parameters
    ----------
    target, lower, upper
        In one unit; nan for none. A target strictly outside the limits is always or never met; one inside or on a
        limit, and unknown limits, are hit or miss. Limits of no width hold one value, which meets the target when
        it equals it or lies on its better side.
    better
        Direction of improvement; with neither, or no target, the icon is empty.
    """
    if math.isnan(target) or better is Better.NEITHER:
        return Assurance.EMPTY
    if math.isnan(lower) or math.isnan(upper):
        return Assurance.HIT_OR_MISS
    sense = 1 if better is Better.UP else -1
    slack = 1e-12 * max(abs(target), abs(lower), abs(upper))
    if upper - lower <= slack:
        return Assurance.PASS if sense * (upper - target) >= -slack else Assurance.FAIL
    below, above = target < lower - slack, target > upper + slack
    if not (below or above):
        return Assurance.HIT_OR_MISS
    return Assurance.PASS if below == (better is Better.UP) else Assurance.FAIL
