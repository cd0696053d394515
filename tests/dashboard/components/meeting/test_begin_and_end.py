"""A meeting's name, and how long it took."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.components.meeting.begin import LETTERS, meeting_id
from dashboard.components.meeting.closing import minutes_since
from dashboard.components.save import LONDON
from pipelines.records.faults import LONGEST_MEETING, faults_of
from pipelines.records.kinds import MeetingHeld

DAY = dt.date(2026, 10, 27)


def test_each_meeting_of_a_day_has_a_name_of_its_own_that_may_be_recorded():
    taken: list[str] = []
    for _ in LETTERS:
        taken.append(meeting_id(DAY, taken))
        body = MeetingHeld(taken[-1], DAY, "Steering group", DAY)
        assert list(faults_of(body, dt.datetime(2026, 10, 27, 12, tzinfo=dt.UTC))) == []
    assert len(set(taken)) == len(LETTERS)
    assert taken[0] == "steering-2026-10-27"


@pytest.mark.parametrize(
    ("taken", "minutes"),
    [
        (dt.timedelta(minutes=47, seconds=40), 48),
        (dt.timedelta(seconds=3), 1),
        (dt.timedelta(days=2), LONGEST_MEETING),
    ],
)
def test_minutes_are_counted_from_utc_whatever_london_s_clocks_show(taken, minutes):
    began = dt.datetime(2026, 7, 1, 17, 0)
    now = (began.replace(tzinfo=dt.UTC) + taken).astimezone(LONDON)
    assert minutes_since(began, now) == minutes
