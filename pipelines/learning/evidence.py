"""All that a verdict is made from, gathered once; knows no verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.learning.due import has_begun, is_due, is_running, reach_of
from pipelines.learning.interval import Change, change_of
from pipelines.learning.odd_point import OddPoint, fired_in, odd_point
from pipelines.learning.result import CycleLike
from pipelines.learning.segments import FloatArray, Segment, Segments, segments_of
from pipelines.learning.signal import Fired, signals
from pipelines.measures import Measure
from pipelines.spc import mann_kendall
from pipelines.vocabulary import Rule

#: Baseline points that a verdict needs.
FEWEST_BASELINE = 12
#: Share of the interval's half-width that the baseline's line must move Do by before it matters (0.8 standard errors).
TREND_MATTERS = 0.4
#: A baseline has a line at all where chance gives its trend less often than this (Mann-Kendall).
TREND_BELOW = 0.30


@dataclass(frozen=True)
class Trend:
    """What the baseline did before Do. `carried` is how far its line would have moved Do by itself, in the values' unit.

    `direction` is +1 or -1 where that is enough to matter beside the change's interval, else 0; `change` is then the
    change with a trend carried on, where one is claimed that way.
    """

    carried: float
    direction: int
    change: Change | None = None


@dataclass(frozen=True)
class Evidence:
    """What was seen of one cycle. `fired` holds the rules by direction, `odd` what is left without the most extreme point.

    `trend.change` and `odd` are sought only where a change is to be claimed.
    """

    segments: Segments
    change: Change | None
    fired: Mapping[int, tuple[Fired, ...]]
    trend: Trend
    odd: OddPoint | None
    overlaps: tuple[CycleLike, ...]
    has_begun: bool
    is_running: bool
    is_due: bool

    @property
    def signals(self) -> tuple[Fired, ...]:
        """Rules fired on the side of the change, with their points."""
        return self.fired.get(self.change.direction, ()) if self.change else ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Rules fired on the side of the change."""
        return tuple(one.rule for one in self.signals)

    @property
    def is_moving_already(self) -> bool:
        """Whether the baseline's line, carried on, would move Do in the direction of the change by enough to matter."""
        return self.change is not None and self.trend.direction == self.change.direction != 0


def gather(
    points: pd.DataFrame,
    cycle: CycleLike,
    measure: Measure,
    other_cycles: Sequence[CycleLike],
    data_until: dt.date | None,
) -> Evidence:
    """Cut the points, look for signals on either side, and estimate the change where a baseline allows it."""
    segments = segments_of(points, cycle, measure, data_until)
    reach = reach_of(points, data_until)
    is_sound = len(segments.before) >= FEWEST_BASELINE and not impossible(segments, measure)
    change = change_of(segments, measure) if is_sound else None
    fired = {way: fired_in(segments, change, way) if change else signals(segments, way) for way in (1, -1)}
    claimed = change if change and change.excludes_none and fired.get(change.direction) else None
    return Evidence(
        segments=segments,
        change=change,
        fired=fired,
        trend=_trend_before(segments, change, claimed, measure),
        odd=odd_point(segments, measure, claimed) if claimed else None,
        overlaps=tuple(other for other in other_cycles if overlap(cycle, other)),
        has_begun=has_begun(cycle, reach),
        is_running=is_running(cycle, reach),
        is_due=is_due(cycle, reach),
    )


def impossible(segments: Segments, measure: Measure) -> bool:
    """Whether a value cannot be: a share outside 0 to 1, or a count of people below nothing."""
    values = np.concatenate([segments.before.value, segments.during.value])
    if measure.is_share:
        return bool(((values < 0) | (values > 1)).any())
    return measure.counts is not None and bool((values < 0).any())


def _trend_before(
    segments: Segments, change: Change | None, claimed: Change | None, measure: Measure
) -> Trend:
    """Carry the baseline's line on as it was seen: a season taken out would take part of a trend along."""
    carried = carried_on(segments.before, segments.during)
    level = float(segments.before.value.mean()) if len(segments.before) else 0.0
    reach = change.half_width * (abs(level) if change.scale == "ratio" else 1.0) if change else np.inf
    direction = int(np.sign(carried)) if abs(carried) > TREND_MATTERS * reach else 0
    if claimed is None or direction != claimed.direction:
        return Trend(carried, direction)
    return Trend(carried, direction, change_of(segments, measure, has_drift=True))


def carried_on(before: Segment, during: Segment) -> float:
    """Return how far the baseline's least-squares line moves from its middle to the middle of Do; 0 without points."""
    if len(before) < 2 or not len(during):
        return 0.0
    distance = float(during.first_day.mean() - before.first_day.mean())
    return slope_of(before.first_day, before.value) * distance


def slope_of(day: FloatArray, value: FloatArray) -> float:
    """Return how far the least-squares line of two or more points moves a day; 0 where chance often gives such a trend."""
    if mann_kendall(value).p_value >= TREND_BELOW:
        return 0.0
    off = day - day.mean()
    return float(off @ value / (off @ off))


def overlap(one: CycleLike, other: CycleLike) -> bool:
    """Whether the Do of two cycles share a day; an open end has not come yet."""
    if one.do_start is None or other.do_start is None or one.cycle_id == other.cycle_id:
        return False
    one_ends_before = one.do_end is not None and one.do_end < other.do_start
    other_ends_before = other.do_end is not None and other.do_end < one.do_start
    return not (one_ends_before or other_ends_before)
