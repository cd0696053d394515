"""The time of day, its zone, and summer time in London."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from pipelines.sources.written.clock import london_wall, read_clock


@pytest.mark.parametrize(
    ("written", "seconds", "offset"),
    [
        ("T09:00:00+00:00", 9 * 3600, 0),
        ("T09:00:00Z", 9 * 3600, 0),
        (" 9:00:00 AM GMT+1", 9 * 3600, 3600),
        (" 12:30 AM", 1800, None),
        (" 12:30 p.m.", 12 * 3600 + 1800, None),
        (" 9am", 9 * 3600, None),
        (" 14:30 BST", 14 * 3600 + 1800, 3600),
        (" 10:00-12:00", 10 * 3600, None),
        ("T10:00+0530", 10 * 3600, 5 * 3600 + 1800),
        ("T10:00:00+99:00", 10 * 3600, None),
    ],
)
def test_a_time_and_its_zone_are_read(written, seconds, offset):
    clock = read_clock(written)
    assert (clock.seconds, clock.offset, clock.is_wrong) == (seconds, offset, False)


@pytest.mark.parametrize("written", [" 25:00", " 10:61", " 13:00 pm", " 0:30 am"])
def test_a_time_that_there_is_not_is_wrong(written):
    assert read_clock(written).is_wrong


def test_nothing_written_is_not_wrong():
    assert (read_clock("").seconds, read_clock("").is_wrong) == (None, False)


@pytest.mark.parametrize(
    ("utc", "wall"),
    [
        ("2026-03-29T00:59:59", "2026-03-29T00:59:59"),
        ("2026-03-29T01:00:00", "2026-03-29T02:00:00"),
        ("2026-10-25T00:59:59", "2026-10-25T01:59:59"),
        ("2026-10-25T01:00:00", "2026-10-25T01:00:00"),
    ],
)
def test_london_puts_its_clocks_forward_and_back_at_one_in_the_morning(utc, wall):
    instant = np.array([np.datetime64(utc).astype("datetime64[s]").astype(np.int64)])
    assert dt.datetime(1970, 1, 1) + dt.timedelta(
        seconds=int(london_wall(instant)[0])
    ) == dt.datetime.fromisoformat(wall)


def test_no_moments_have_no_times():
    assert len(london_wall(np.array([], dtype=np.int64))) == 0
