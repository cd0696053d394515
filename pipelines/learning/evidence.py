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
from pipelines.learning.segments import Segments, segments_of
from pipelines.learning.signal import Fired, signals
from pipelines.measures import Measure
from pipelines.spc import MannKendall, mann_kendall
from pipelines.vocabulary import Rule

#: Baseline points that a verdict needs.
FEWEST_BASELINE = 12
#: Below this the baseline may have been moving, so that a verdict in its direction must also hold against its trend.
TREND_BELOW = 0.20


@dataclass(frozen=True)
class Trend:
    """What the baseline did before Do: the test for a trend, and the change with that trend carried on, where it matters."""

    test: MannKendall
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
        """Whether the baseline may have been moving in the direction of the change."""
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
        trend=_trend_before(segments, claimed, measure),
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


def _trend_before(segments: Segments, claimed: Change | None, measure: Measure) -> Trend:
    """Test the baseline for a trend (Mann-Kendall) as it was seen: a season taken out would take part of it along."""
    test = mann_kendall(segments.before.value)
    direction = int(np.sign(test.s)) if test.p_value < TREND_BELOW else 0
    if claimed is None or direction != claimed.direction:
        return Trend(test, direction)
    return Trend(test, direction, change_of(segments, measure, has_drift=True))


def overlap(one: CycleLike, other: CycleLike) -> bool:
    """Whether the Do of two cycles share a day; an open end has not come yet."""
    if one.do_start is None or other.do_start is None or one.cycle_id == other.cycle_id:
        return False
    one_ends_before = one.do_end is not None and one.do_end < other.do_start
    other_ends_before = other.do_end is not None and other.do_end < one.do_start
    return not (one_ends_before or other_ends_before)
