"""Reach, quality and impact of one cycle: one time axis, the band and flag of this cycle alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from dashboard.figures.axis import TimeAxis
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.triptych import BEFORE, BEFORE_NARROW, axis_of, request_of

CYCLE = CycleBand("c2", "Cycle 2", dt.date(2026, 7, 6), dt.date(2026, 8, 30))
WHOLE = TimeAxis(pd.Timestamp("2024-01-01"), pd.Timestamp("2026-12-01"))


def test_the_axis_begins_some_weeks_before_the_cycle_and_runs_to_the_end_of_what_is_known():
    axis = axis_of(CYCLE, WHOLE)
    assert axis.start == pd.Timestamp(CYCLE.start) - BEFORE
    assert axis.end == WHOLE.end
    assert axis_of(CYCLE, WHOLE, narrow=True).start == pd.Timestamp(CYCLE.start) - BEFORE_NARROW


def test_the_axis_never_begins_before_the_first_point():
    late = TimeAxis(pd.Timestamp("2026-06-29"), WHOLE.end)
    assert axis_of(CYCLE, late).start == late.start


def test_a_cycle_that_lies_beyond_everything_known_leaves_the_axis_as_it_is():
    far = replace(CYCLE, start=dt.date(2028, 1, 3), end=None)
    assert axis_of(far, WHOLE) == WHOLE


def test_a_chart_of_the_triptych_keeps_its_points_and_shows_this_cycle_alone(make_points, make_request):
    other = CycleBand("c1", "Cycle 1", dt.date(2026, 6, 1), dt.date(2026, 6, 28))
    request = make_request(make_points([10, 12, 11, 13, 12, 11, 14]), cycles=[other, CYCLE])
    shown = request_of(request, CYCLE, axis_of(CYCLE, request.axis))
    assert shown.cycles == [CYCLE]
    assert shown.flags == [CYCLE.start]
    assert len(shown.points) == 7
