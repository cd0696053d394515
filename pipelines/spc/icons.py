"""Variation and assurance icons (docs/method.md, Charts 9; NHS England, Making Data Count)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.spc.coded import Coded
from pipelines.spc.constants import RELATIVE_TOLERANCE
from pipelines.spc.groups import BoolArray, FloatArray, Groups, IntArray
from pipelines.spc.rules import Signs
from pipelines.vocabulary import POINTS_FOR_ICON, Assurance, Better, Variation


class Icons(NamedTuple):
    """The two icons of a phase."""

    variation: Variation
    assurance: Assurance


class Latest(NamedTuple):
    """What the icons of each phase speak of, shape (m,): known points, and what holds at the latest.

    `direction` is that of the latest point's winning rule; `target` the phase's last target, nan for none; `lower`
    and `upper` its last known limits, not clipped.
    """

    n_known: IntArray
    direction: Signs
    target: FloatArray
    lower: FloatArray
    upper: FloatArray


#: The icon of a latest point that is low, and of one that is high.
_VARIATIONS = {
    Better.UP: (Variation.CONCERN_LOW, Variation.IMPROVEMENT_HIGH),
    Better.DOWN: (Variation.IMPROVEMENT_LOW, Variation.CONCERN_HIGH),
    Better.NEITHER: (Variation.NEUTRAL_LOW, Variation.NEUTRAL_HIGH),
}


def latest_of(
    phases: Groups,
    value: FloatArray,
    direction: Signs,
    target: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    *,
    skip_missing: bool = True,
) -> Latest:
    """Pick what holds at the end of each phase.

    Parameters
    ----------
    phases, value, direction, target, lower, upper
        The points, shape (k,), and their phases.
    skip_missing
        True: the latest point with a value speaks. False: a missing last value is common cause, as in
        NHSRplotthedots.
    """
    known = np.isfinite(value)
    ends = phases.last
    speaks = _last_of(known, phases) if skip_missing else ends
    limited = _last_of(known & np.isfinite(lower), phases)
    return Latest(
        n_known=phases.count(known),
        direction=_at(direction, speaks, 0),
        target=_at(target, np.where(phases.size > 0, ends, -1), np.nan),
        lower=_at(lower, limited, np.nan),
        upper=_at(upper, limited, np.nan),
    )


def variation(latest: Latest, better: Better, min_points: int = POINTS_FOR_ICON) -> Coded:
    """Return the variation icon of each phase: the type of its latest point, from `min_points` known points."""
    icons = Coded.all(Variation.COMMON_CAUSE, latest.n_known.size, Variation)
    for direction, word in zip((-1, 1), _VARIATIONS[better], strict=True):
        icons.put(latest.direction == direction, word)
    icons.put(latest.n_known < max(min_points, 1), Variation.TOO_FEW)
    icons.put(latest.n_known == 0, Variation.NONE)
    return icons


def assurance(latest: Latest, better: Better, min_points: int = POINTS_FOR_ICON) -> Coded:
    """Return the assurance icon of each phase: where its target stands against unclipped 3-sigma limits.

    A target strictly outside the limits is always or never met; one inside or on a limit, and unknown limits, are
    hit or miss. Limits of no width hold one value, which meets the target when it equals it or lies on its better
    side. With neither direction better, no target or too few points the icon is empty.
    """
    target, lower, upper = latest.target, latest.lower, latest.upper
    slack = RELATIVE_TOLERANCE * np.maximum(np.abs(target), np.maximum(np.abs(lower), np.abs(upper)))
    has_no_width = upper - lower <= slack
    meets, misses = (target < lower - slack), (target > upper + slack)
    meets_equal = target <= upper + slack
    if better is Better.DOWN:
        meets, misses, meets_equal = misses, meets, target >= upper - slack
    icons = Coded.all(Assurance.HIT_OR_MISS, target.size, Assurance)
    icons.put(np.where(has_no_width, meets_equal, meets), Assurance.PASS)
    icons.put(np.where(has_no_width, ~meets_equal, misses), Assurance.FAIL)
    is_empty = np.isnan(target) | (better is Better.NEITHER) | (latest.n_known < max(min_points, 1))
    icons.put(is_empty, Assurance.EMPTY)
    return icons


def _last_of(mask: BoolArray, groups: Groups) -> IntArray:
    """Return the last entry of each group in `mask`, shape (m,), -1 for none."""
    if mask.all():
        return np.where(groups.size > 0, groups.last, -1)
    found: IntArray = groups.largest(np.where(mask, np.arange(groups.k), -1), -1)
    return found


def _at(values: NDArray[Any], places: IntArray, nothing: float) -> NDArray[Any]:
    if values.size == 0:
        return np.full(places.shape, nothing, dtype=values.dtype)
    return np.where(places >= 0, values[places], values.dtype.type(nothing))
