"""All that a verdict is made from, gathered once; knows no verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.learning.due import has_begun, is_due, is_running, reach_of
from pipelines.learning.interval import Change, change_of
from pipelines.learning.result import CycleLike
from pipelines.learning.segments import Segments, segments_of
from pipelines.learning.signal import signals
from pipelines.measures import Measure
from pipelines.spc import mann_kendall
from pipelines.vocabulary import Rule

#: Baseline points that a verdict needs.
FEWEST_BASELINE = 12
#: Below this a trend in the baseline lowers a verdict in its direction.
TREND_BELOW = 0.05


@dataclass(frozen=True)
class Evidence:
    """What was seen of one cycle. `fired` holds the rules by direction; `trend` is -1, 0 or 1 in the baseline."""

    segments: Segments
    change: Change | None
    fired: Mapping[int, tuple[Rule, ...]]
    trend: int
    overlaps: tuple[CycleLike, ...]
    has_begun: bool
    is_running: bool
    is_due: bool

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Rules fired on the side of the change."""
        return self.fired.get(self.change.direction, ()) if self.change else ()


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
    return Evidence(
        segments=segments,
        change=change_of(segments, measure) if is_sound else None,
        fired={direction: signals(segments, direction) for direction in (1, -1)},
        trend=_trend_before(segments),
        overlaps=tuple(other for other in other_cycles if _overlap(cycle, other)),
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


def _trend_before(segments: Segments) -> int:
    """Return the direction of a trend in the baseline, 0 where there is none (Mann-Kendall)."""
    found = mann_kendall(segments.before.value)
    return int(np.sign(found.s)) if found.p_value < TREND_BELOW else 0


def _overlap(one: CycleLike, other: CycleLike) -> bool:
    if one.do_start is None or other.do_start is None or one.cycle_id == other.cycle_id:
        return False
    one_ends_before = one.do_end is not None and one.do_end < other.do_start
    other_ends_before = other.do_end is not None and other.do_end < one.do_start
    return not (one_ends_before or other_ends_before)
