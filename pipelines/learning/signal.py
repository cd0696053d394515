"""A one-sided signal in the points of Do, against the frozen baseline (docs/method.md, Judging a cycle)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.segments import Places, Segments
from pipelines.spc import rules, runs
from pipelines.vocabulary import Rule

#: Do points off the median from which a long run on one side of it may speak.
POINTS_FOR_RUN = 10


def signals(segments: Segments, direction: int) -> tuple[Rule, ...]:
    """Return the rules that the Do points fire on one side.

    Parameters
    ----------
    segments
        Baseline and Do; lines NaN where not shown, which then cannot fire. A gap breaks a row of points, as on the
        chart; a run about the median joins over it, as Anhøj's rules do.
    direction
        +1 up, -1 down.
    """
    places = segments.places
    value, lines = places.value, places.lines
    if not np.isfinite(value).any():
        return ()
    outside = rules.beyond_limits(value, lines["lower_limit"], lines["upper_limit"])
    fires = {
        Rule.BEYOND_LIMITS: bool((outside == direction).any()),
        Rule.TWO_OF_THREE: _two_of_three(places, direction),
        Rule.SHIFT: bool((rules.shift(value, lines["centre_line"]) == direction).any()),
        Rule.LONG_RUN: _long_run(segments, direction),
    }
    return tuple(rule for rule, holds in fires.items() if holds)


def _two_of_three(places: Places, direction: int) -> bool:
    """Two of three between 2 and 3 sigma or beyond, all three on one side: the 3-sigma line is taken to infinity."""
    lines = places.lines
    near = (lines["centre_line"], lines["lower_2sigma"], lines["upper_2sigma"])
    far = rules.two_of_three(places.value, *near, -np.inf, np.inf)
    return bool((far == direction).any())


def _long_run(segments: Segments, direction: int) -> bool:
    if not len(segments.before):
        return False
    sides = rules.side(segments.places.value, np.median(segments.before.value))
    useful = sides[sides != 0]
    allowed = int(runs.longest_run_max(useful.size))
    return useful.size >= POINTS_FOR_RUN and longest(useful == direction) > allowed


def longest(is_member: NDArray[np.bool_]) -> int:
    """Return the length of the longest run of True."""
    breaks = np.flatnonzero(~np.concatenate(([False], is_member, [False])))
    return int(np.diff(breaks).max() - 1)
