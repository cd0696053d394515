"""Time stamps, told as a London clock showed them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.times import read_times


def times(*cells, orders=()):
    return [None if np.isnat(at) else at.item() for at in read_times(pa.array(cells, pa.string()), orders)]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("09/09/2024 16:02:11", "2024-09-09T16:02:11"),
        ("2024-01-08T09:00:00.000+00:00", "2024-01-08T09:00:00"),
        ("2026-07-08T09:00:00.000Z", "2026-07-08T10:00:00"),
        ("2024/01/08 9:00:00 AM GMT", "2024-01-08T09:00:00"),
        ("2024/07/08 9:00:00 AM GMT+1", "2024-07-08T09:00:00"),
        ("2015/07/06 1:54:58 PM BST", "2015-07-06T13:54:58"),
        ("Tue Feb 17 2026 10:00:00 GMT+0000 (Greenwich Mean Time)", "2026-02-17T10:00:00"),
        ("1/13/2024 12:05:00 AM", "2024-01-13T00:05:00"),
        ("13/1/2024 12:05\u202fpm", "2024-01-13T12:05:00"),
        ("17 Feb 2026 at 9am", "2026-02-17T09:00:00"),
        ("17/2/2026 2.30pm", "2026-02-17T14:30:00"),
        ("17/2/2026 10:00-12:00", "2026-02-17T10:00:00"),
        ("46209.4236", "2026-07-06T10:09:59"),
        ("2026-02-17", "2026-02-17T00:00:00"),
    ],
)
def test_a_stamp_is_read(written, at):
    assert times(written) == [dt.datetime.fromisoformat(at)]


@pytest.mark.parametrize("written", ["", "tomorrow", "2026-02-17 25:00", "2026-02-30 10:00", "10:00"])
def test_what_is_no_stamp_has_no_time(written):
    assert times(written) == [None]


def test_the_order_of_day_and_month_is_voted_for_or_taken_from_another_column():
    assert times("4/2/2026 9:00:00", "4/13/2026 9:00:00")[0] == dt.datetime(2026, 4, 2, 9)
    told = (DateOrder("0/0/0000", False, 3, 0, "They are."),)
    assert times("4/2/2026 9:00:00", orders=told) == [dt.datetime(2026, 4, 2, 9)]
    assert times("4/2/2026 9:00:00") == [dt.datetime(2026, 2, 4, 9)]


@given(st.datetimes(dt.datetime(2001, 1, 1), dt.datetime(2090, 1, 1)), st.integers(-10, 14))
def test_a_moment_is_the_same_wall_time_in_whatever_zone_it_is_written(moment, hours):
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    wall = moment.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
    written = moment.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    assert times(written.isoformat(), f"{moment:%Y/%m/%d %I:%M:%S %p} UTC") == [wall, wall]


@given(st.lists(st.text(max_size=25), max_size=8))
def test_whatever_stands_in_a_column_it_has_as_many_times(cells):
    assert len(times(*cells)) == len(cells)
