"""How far the data reach, and so whether Do is still running and whether a prediction is due.

Nothing here asks the clock: two builds of the same input must give the same result.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from pipelines.learning.result import CycleLike

#: A weekly point may end up to six days before a date that falls inside the next week.
GRACE_DAYS = 6


def reach_of(points: pd.DataFrame, data_until: dt.date | None = None) -> dt.date | None:
    """Return the last day the data speak of: the end of the latest period, or a later day that others reach."""
    ends = points["period_end"]
    latest = None if ends.empty else pd.Timestamp(ends.max()).date()
    known = [day for day in (latest, data_until) if day is not None]
    return max(known, default=None)


def has_begun(cycle: CycleLike, reach: dt.date | None) -> bool:
    """Whether the data reach into Do."""
    return cycle.do_start is not None and reach is not None and cycle.do_start <= reach


def is_running(cycle: CycleLike, reach: dt.date | None) -> bool:
    """Whether Do has begun, ends after the data do, or has no end, and nobody has decided yet."""
    if cycle.decided_on is not None or reach is None or not has_begun(cycle, reach):
        return False
    return cycle.do_end is None or cycle.do_end > reach


def is_due(cycle: CycleLike, reach: dt.date | None) -> bool:
    """Whether a prediction may be scored: a decision is recorded, or the data reach its day or the end of Do."""
    if cycle.decided_on is not None:
        return True
    days = [day for day in (cycle.predicted_for, cycle.do_end) if day is not None]
    return bool(days) and reach is not None and reach >= min(days) - dt.timedelta(days=GRACE_DAYS)


def planned_until(cycle: CycleLike, reach: dt.date) -> dt.date:
    """Return the last day on which a test of this cycle can have been planned and missed.

    A decision says that Do is over: what was planned until then counts even where the log stops before it.
    """
    last = max(reach, cycle.decided_on) if cycle.decided_on is not None else reach
    return min(last, cycle.do_end) if cycle.do_end is not None else last
