"""Reach, quality and impact of one cycle under one another: which charts, and the time axis that they share."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from dashboard.figures.axis import TimeAxis
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.cycle_band import CycleBand

#: How far before a cycle its charts begin, on a desk and on a phone.
BEFORE, BEFORE_NARROW = dt.timedelta(weeks=26), dt.timedelta(weeks=12)


def axis_of(cycle: CycleBand, axis: TimeAxis, *, narrow: bool = False) -> TimeAxis:
    """Return the time axis of a cycle: some weeks before its first day, to the end of what is known.

    Parameters
    ----------
    cycle
        The cycle.
    axis
        The axis of everything that its prototype's charts hold.
    narrow
        On a phone fewer weeks stand before the cycle.
    """
    before = BEFORE_NARROW if narrow else BEFORE
    start = max(axis.start, pd.Timestamp(cycle.start) - before)
    return TimeAxis(start, axis.end) if start < axis.end else axis


def request_of(request: ChartRequest, cycle: CycleBand, axis: TimeAxis) -> ChartRequest:
    """Return a chart on the cycle's axis, with the band, flag and prediction of this cycle alone."""
    return replace(request, axis=axis, cycles=[cycle], flags=[cycle.start])
