"""A one-sided signal in the points of Do, against the frozen baseline (docs/method.md, Judging a cycle)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.segments import Places, Segments
from pipelines.spc import rules, runs
from pipelines.vocabulary import Rule

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

#: Standard errors of a mean of so many points that the mean of Do must lie from the average.
MEAN_REACH = 2.0
#: Do points whose mean may speak.
FEWEST_FOR_MEAN = 4
#: Do points off the median from which a long run on one side of it may speak.
POINTS_FOR_RUN = 10


@dataclass(frozen=True)
class Fired:
    """One rule that fires in Do, and its points: their places among those of Do, in time order.

    `is_without_season` says that it fires only once the season of the model is taken out of the points.
    """

    rule: Rule
    at: tuple[int, ...]
    is_without_season: bool = False


def signals(segments: Segments, direction: int) -> tuple[Fired, ...]:
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
    points = {
        Rule.BEYOND_LIMITS: outside == direction,
        Rule.TWO_OF_THREE: _two_of_three(places) == direction,
        Rule.FOUR_OF_FIVE: _four_of_five(places, direction),
        Rule.MEAN_OF_DO: _mean_of_do(places, len(segments.before), direction),
        Rule.SHIFT: rules.shift(value, lines["centre_line"]) == direction,
        Rule.LONG_RUN: _long_run(segments, direction),
    }
    return tuple(
        Fired(rule, tuple(np.flatnonzero(marked).tolist())) for rule, marked in points.items() if marked.any()
    )


def _two_of_three(places: Places) -> NDArray[np.int8]:
    """Two of three between 2 and 3 sigma or beyond, all three on one side: the 3-sigma line is taken to infinity."""
    lines = places.lines
    near = (lines["centre_line"], lines["lower_2sigma"], lines["upper_2sigma"])
    return rules.two_of_three(places.value, *near, -np.inf, np.inf)


def _four_of_five(places: Places, direction: int) -> BoolArray:
    """Return the points of every four of five in a row beyond 1 sigma on one side (Western Electric 1956).

    Four in a row are enough where Do has no fifth. One odd point cannot make it fire.
    """
    line = places.lines["centre_line"] + direction * _sigma(places)
    is_far = rules.side(places.value, line) == direction
    marked = np.zeros(is_far.shape, dtype=bool)
    for start in range(max(is_far.size - 4, 1)):
        window = slice(start, start + 5)
        if is_far[window].sum() >= 4:
            marked[window] |= is_far[window]
    return marked


def _mean_of_do(places: Places, n_before: int, direction: int) -> BoolArray:
    """Return all points of Do where their mean lies further from the average than means of so many points do.

    The rule of an x-bar chart (Shewhart 1931) with Do as its one subgroup; the average is known from `n_before` points
    only, and that is allowed for. What one odd point does to a mean is the odd-point trial's business.
    """
    centre, sigma = places.lines["centre_line"], _sigma(places)
    seen = np.isfinite(places.value) & np.isfinite(centre) & np.isfinite(sigma)
    n = int(seen.sum())
    if n < FEWEST_FOR_MEAN or not n_before:
        return np.zeros(seen.shape, dtype=bool)
    off = direction * float((places.value - centre)[seen].mean())
    squares = float((sigma[seen] ** 2).mean())
    return seen & bool(off > MEAN_REACH * np.sqrt(squares * (1 / n + 1 / n_before)))


def _sigma(places: Places) -> FloatArray:
    """Return a third of the way to the limits; the wider side, since a line below what is possible is drawn nearer."""
    centre = places.lines["centre_line"]
    return np.fmax(places.lines["upper_2sigma"] - centre, centre - places.lines["lower_2sigma"]) / 2


def _long_run(segments: Segments, direction: int) -> BoolArray:
    """Return the points of the longest run on one side of the baseline's median where it is longer than chance."""
    marked = np.zeros(segments.places.value.shape, dtype=bool)
    if not len(segments.before):
        return marked
    sides = rules.side(segments.places.value, np.median(segments.before.value))
    useful = np.flatnonzero(sides)
    first, length = longest(sides[useful] == direction)
    if useful.size >= POINTS_FOR_RUN and length > int(runs.longest_run_max(useful.size)):
        marked[useful[first : first + length]] = True
    return marked


def longest(is_member: BoolArray) -> tuple[int, int]:
    """Return where the longest run of True begins, the first of them, and its length; (0, 0) where there is none."""
    breaks = np.flatnonzero(~np.concatenate(([False], is_member, [False])))
    lengths = np.diff(breaks) - 1
    first = int(lengths.argmax())
    return int(breaks[first]), int(lengths[first])
