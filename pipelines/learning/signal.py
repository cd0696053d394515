"""A one-sided signal in the points of Do, against the frozen baseline (docs/method.md, Judging a cycle)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.segments import Segments
from pipelines.spc import rules, runs
from pipelines.vocabulary import Rule

#: Do points from which a long run on one side of the frozen median may speak.
POINTS_FOR_RUN = 10


def signals(segments: Segments, direction: int) -> tuple[Rule, ...]:
    """Return the rules that the Do points fire on one side.

    Parameters
    ----------
    segments
        Baseline and Do; lines NaN where not shown, which then cannot fire.
    direction
        +1 up, -1 down.
    """
    value, lines = segments.during.value, segments.lines
    if not len(value):
        return ()
    fired = []
    outside = rules.beyond_limits(value, lines["lower_limit"], lines["upper_limit"])
    if (outside == direction).any():
        fired.append(Rule.BEYOND_LIMITS)
    if _two_of_three(segments, direction):
        fired.append(Rule.TWO_OF_THREE)
    if (rules.shift(value, lines["centre_line"]) == direction).any():
        fired.append(Rule.SHIFT)
    if _long_run(segments, direction):
        fired.append(Rule.LONG_RUN)
    return tuple(fired)


def _two_of_three(segments: Segments, direction: int) -> bool:
    """Two of three between 2 and 3 sigma or beyond, all three on one side: the 3-sigma line is taken to infinity."""
    lines, infinite = segments.lines, np.full(len(segments.during), np.inf)
    far = rules.two_of_three(
        segments.during.value,
        lines["centre_line"],
        lines["lower_2sigma"],
        lines["upper_2sigma"],
        -infinite,
        infinite,
    )
    return bool((far == direction).any())


def _long_run(segments: Segments, direction: int) -> bool:
    if not len(segments.before):
        return False
    sides = rules.side(segments.during.value, np.median(segments.before.value))
    useful = sides[sides != 0]
    return useful.size >= POINTS_FOR_RUN and longest(useful == direction) > runs.longest_run_max(useful.size)


def longest(is_member: NDArray[np.bool_]) -> int:
    """Return the length of the longest run of True."""
    breaks = np.flatnonzero(~np.concatenate(([False], is_member, [False])))
    return int(np.diff(breaks).max() - 1) if breaks.size > 1 else 0
