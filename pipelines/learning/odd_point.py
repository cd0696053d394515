"""Whether one odd point carries a verdict: where the most extreme point stands apart, it is counted like the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipelines.learning.interval import Change, change_of
from pipelines.learning.segments import FloatArray, Segments
from pipelines.learning.signal import Fired, signals
from pipelines.measures import Measure
from pipelines.spc.constants import D2_OF_TWO
from pipelines.vocabulary import Rule

#: Of four points one is odd where it lies further beyond the next one than so many sigma of the baseline.
ODD_FROM = 2.0


@dataclass(frozen=True)
class OddPoint:
    """The most extreme point of Do on the side of the change, and what is left when it counts like the next one.

    `first_day` is in days since 1970; `value` and `counted_as` in the unit of the values, the latter None where Do has
    no other point. `is_apart` says whether it stands so far beyond the next one that it is tried at all; `change` and
    `fired` are those of the second trial, without one None and empty.
    """

    first_day: float
    value: float
    counted_as: float | None
    is_apart: bool
    change: Change | None
    fired: tuple[Fired, ...]

    def carries(self, direction: int) -> bool:
        """Whether it is odd, and without it nothing holds in that direction: no signal, or an interval that includes none."""
        if not self.is_apart:
            return False
        holds = self.change is not None and self.change.excludes_none and self.change.direction == direction
        return not (holds and self.fired)


def odd_point(segments: Segments, measure: Measure, change: Change, *, has_drift: bool = False) -> OddPoint:
    """Try the change again with the most extreme point of Do counted like the next one, where it stands apart.

    Of four points without an odd one the highest lies more than two sigma beyond the next in four of a hundred cases;
    one odd week of five sigma does so in 96. Counting it like the next one keeps its place and its denominator, and
    gives up less than leaving it out: of four points the other three still make a mean of four (winsorising, Dixon 1960).
    """
    during, direction = segments.during, change.direction
    season = change.season[len(segments.before) :] if change.has_season else np.zeros(len(during))
    level = during.value - season
    order = np.argsort(-direction * level, kind="stable")
    first, value = int(order[0]), float(during.value[order[0]])
    if len(order) < 2:
        return OddPoint(float(during.first_day[first]), value, None, True, None, ())
    others = np.delete(during.value, first)
    # With a season taken out and put back it must stay what can be seen: within the other points.
    lowered = float(np.clip(level[order[1]] + season[first], others.min(), others.max()))
    gap = direction * float(level[first] - level[order[1]])
    if not gap > odd_from(len(order)) * _usual_sigma(segments.before.value):
        return OddPoint(float(during.first_day[first]), value, lowered, False, None, ())
    tried = _with_value(segments, first, lowered)
    again = change_of(tried, measure, has_drift=has_drift)
    fired = fired_in(tried, change, direction)
    return OddPoint(float(during.first_day[first]), value, lowered, True, again, fired)


def odd_from(points: int) -> float:
    """Return how many sigma of the baseline the most extreme of two or more points must lie beyond the next one.

    Of n normal values the highest lies beyond the next by more than t in about exp(-t √(2 ln n)) of cases, so that this
    distance is as seldom whatever n.
    """
    return ODD_FROM * float(np.sqrt(np.log(4) / np.log(points)))


def _usual_sigma(before: FloatArray) -> float:
    """Return the spread of neighbours of the baseline: a trend or a season hardly moves it."""
    return float(np.abs(np.diff(before)).mean()) / D2_OF_TWO


def fired_in(segments: Segments, change: Change, direction: int) -> tuple[Fired, ...]:
    """Return the rules that fire as charted or, where a year shows a season, with the season taken out.

    The mean of Do speaks only as charted: its error without the season would be that of the season's estimate too.
    """
    fired = signals(segments, direction)
    if not change.has_season:
        return fired
    rules = {one.rule for one in fired}
    return fired + tuple(
        replace(one, is_without_season=True)
        for one in signals(without_season(segments, change), direction)
        if one.rule not in rules and one.rule != Rule.MEAN_OF_DO
    )


def without_season(segments: Segments, change: Change) -> Segments:
    """Take the season of the model out of the points of Do; the lines stay, since the baseline averages over it."""
    places = segments.places
    season = np.zeros(places.value.shape)
    season[places.is_seen] = change.season[len(segments.before) :]
    return replace(segments, places=replace(places, value=places.value - season))


def _with_value(segments: Segments, index: int, value: float) -> Segments:
    during, places = segments.during, segments.places
    values, charted = during.value.copy(), places.value.copy()
    values[index] = value
    place = np.flatnonzero(places.is_seen)[index]
    charted[place] = value if np.isfinite(charted[place]) else np.nan
    numerator = np.where(np.isfinite(during.denominator), values * during.denominator, values)
    return replace(
        segments,
        during=replace(during, value=values, numerator=numerator),
        places=replace(places, value=charted),
    )
