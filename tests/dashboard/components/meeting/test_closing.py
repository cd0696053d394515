"""Who saw an answer differently is counted for the meeting it was said in, while it is open and after it has ended."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard.components.meeting import closing

DAY = dt.date(2026, 10, 27)


def at(hour, day=DAY):
    return dt.datetime.combine(day, dt.time(hour))


def seen(said, saved_at, is_over):
    """How many of the readings said at these times belong to the meeting."""
    readings = pd.DataFrame({"saved_at": said, "text": "We saw it differently."})
    sitting = SimpleNamespace(
        meeting={"saved_at": saved_at},
        held_on=DAY,
        is_over=is_over,
        store=SimpleNamespace(dissents=lambda about: readings),
    )
    return len(closing._dissents(sitting, {"about": "ashfield_2"}))


@pytest.mark.parametrize(("hour", "counted"), [(17, 0), (18, 1), (19, 1)])
def test_of_an_open_meeting_what_was_said_since_it_began_counts(hour, counted):
    assert seen([at(hour)], at(18), is_over=False) == counted


@pytest.mark.parametrize(("hour", "counted"), [(19, 1), (20, 1), (21, 0)])
def test_of_a_meeting_that_ended_what_was_said_on_its_day_until_its_end_counts(hour, counted):
    assert seen([at(hour)], at(20), is_over=True) == counted


def test_what_was_said_on_another_day_does_not_count_for_a_meeting_that_ended():
    assert seen([at(19, DAY - dt.timedelta(days=1))], at(20), is_over=True) == 0


def test_somebody_who_only_looks_has_no_meeting_to_count_for():
    sitting = SimpleNamespace(meeting=None)
    assert closing._dissents(sitting, {"about": "ashfield_2"}) == []
