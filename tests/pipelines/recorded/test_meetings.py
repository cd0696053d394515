"""Meetings as rows: open until they end, what was agreed with where it belongs, and what became of it."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.inputs import read_inputs
from pipelines.recorded.meetings import agreed_rows, homes_of, meeting_rows
from pipelines.records.chain import EMPTY, end_of, link, record_of
from pipelines.records.kinds import Agreed, FollowedUp, MeetingHeld, Withdrawn
from pipelines.records.text import write_text
from pipelines.vocabulary import Became, Choice
from tests.pipelines.recorded.small import LATER, write

FIRST, SECOND = dt.date(2026, 7, 7), dt.date(2026, 8, 4)
ON_CYCLE = Agreed("first", "cycle-closed:barbers_1:2026-07-26", "barbers_1", "Keep it?", Choice.ADOPT)
ON_SERIES = Agreed(
    "first", "signal:said_yes@mosque:2026-07-01", "said_yes@mosque", "Is it slower?", Choice.FIND_THE_CAUSE,
    "It began in June.", "GP health lead", dt.date(2026, 8, 1),
)  # fmt: skip


def meeting(name: str, day: dt.date, minutes: int | None = None) -> MeetingHeld:
    return MeetingHeld(name, day, "Steering group", day - dt.timedelta(days=28), minutes)


class Minutes:
    """A chain that is written step by step, and the tables that come of it."""

    def __init__(self, data):
        self.data, self.records, self.head = data, [], EMPTY

    def save(self, *steps) -> Minutes:
        """Save bodies; each a body, or a body with the number of the record whose place it takes."""
        for step in steps:
            body, old = step if isinstance(step, tuple) else (step, None)
            number = len(self.records) + 1
            moment = LATER + dt.timedelta(minutes=number)
            row = link(self.head, body, "Steering group", moment, f"id{old}" if old else None, f"id{number}")
            self.head = end_of([row])
            self.records.append(record_of(row))
        return self

    def read(self):
        """Return what a build reads."""
        write_text(self.records, self.data / "inbox/records.jsonl")
        return read_inputs(self.data)

    def agreed(self) -> list[dict]:
        """Return the rows of what was agreed."""
        inputs = self.read()
        both = inputs.together
        homes = homes_of(both.checked.cycles, both.checked.prototypes)
        return agreed_rows(inputs.records, both.recorded, both.fit, homes)


@pytest.fixture
def minutes(tmp_path) -> Minutes:
    return Minutes(write(tmp_path / "data"))


def told(minutes: Minutes) -> list[tuple]:
    return [(row["became"], row["became_on"], row["is_standing"]) for row in minutes.agreed()]


def test_a_meeting_is_one_row_open_until_the_record_of_its_end(minutes):
    minutes.save(meeting("second", SECOND), meeting("first", FIRST), (meeting("first", FIRST, 75), 2))
    rows = meeting_rows(minutes.read().recorded)
    assert [(row["meeting_id"], row["minutes"], row["record_id"]) for row in rows] == [
        ("first", 75, "id3"),
        ("second", None, "id1"),
    ]
    assert {row["who"] for row in rows} == {"Steering group"}


def test_what_was_agreed_stands_with_its_place_its_meeting_and_its_sentence(minutes):
    minutes.save(meeting("first", FIRST), ON_CYCLE, ON_SERIES, (meeting("first", FIRST, 60), 1))
    one, other = minutes.agreed()
    assert (one["prototype_id"], one["neighbourhood_id"], one["sentence"]) == ("barbers", "ash", "Adopt.")
    assert (other["prototype_id"], other["neighbourhood_id"]) == ("mosque", "brook")
    assert other["sentence"] == "Find the cause: GP health lead, by 1 August."
    assert other["held_on"] == FIRST
    assert [one["became"], one["became_on"], one["became_text"]] == [None, None, None]


def test_what_became_of_it_is_what_was_told_for_the_latest_day_whenever_it_was_typed(minutes):
    minutes.save(
        meeting("first", FIRST),
        ON_SERIES,
        FollowedUp("id2", Became.DONE, SECOND, "The rota was changed back."),
        FollowedUp("id2", Became.UNDER_WAY, FIRST + dt.timedelta(days=7)),
    )
    (row,) = minutes.agreed()
    assert (row["became"], row["became_on"], row["became_text"]) == (
        "done",
        SECOND,
        "The rota was changed back.",
    )
    assert row["sentence"].endswith("by 1 August. Done.")


def test_of_two_told_for_one_day_the_one_saved_later_stands_and_one_taken_back_does_not(minutes):
    minutes.save(
        meeting("first", FIRST),
        ON_SERIES,
        FollowedUp("id2", Became.NOT_DONE, SECOND),
        FollowedUp("id2", Became.DONE, SECOND),
    )
    assert told(minutes) == [("done", SECOND, True)]
    minutes.save(Withdrawn("id4", "It was another."))
    assert told(minutes) == [("not done", SECOND, True)]


def test_what_became_is_told_of_every_version_of_what_was_agreed(minutes):
    later = Agreed("first", ON_SERIES.item, ON_SERIES.about, ON_SERIES.question, Choice.KEEP_GOING)
    minutes.save(
        meeting("first", FIRST),
        ON_SERIES,
        FollowedUp("id2", Became.UNDER_WAY, SECOND),
        (later, 2),
        (later, 4),
    )
    assert told(minutes) == [("under way", SECOND, False)] * 2 + [("under way", SECOND, True)]
    minutes.save(FollowedUp("id5", Became.DONE, SECOND + dt.timedelta(days=1)))
    assert {became for became, *_ in told(minutes)} == {"done"}


def test_what_was_taken_back_stays_readable_and_stands_no_more(minutes):
    minutes.save(meeting("first", FIRST), ON_CYCLE, Withdrawn("id2", "Nobody meant that."))
    assert told(minutes) == [(None, None, False)]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        (Agreed("nowhere", ON_CYCLE.item, "barbers_1", "Keep it?", Choice.ADOPT), "meeting_id"),
        (Agreed("first", "cycle-closed:gone_1:2026-07-26", "gone_1", "Keep it?", Choice.ADOPT), "about"),
        (Agreed("first", "signal:x@barbers:2026-07-26", "x@barbers", "Better?", Choice.ADOPT), "about"),
        (FollowedUp("id1", Became.DONE, SECOND), "record_id"),
        (MeetingHeld("second", FIRST, "Steering group", SECOND), "since"),
        (meeting("second", dt.date(1990, 1, 1)), "held_on"),
    ],
)
def test_what_speaks_of_nothing_that_is_there_is_told_with_its_column_and_left_out(minutes, body, column):
    minutes.save(meeting("first", FIRST), body)
    inputs = minutes.read()
    (fault,) = [fault for fault in inputs.checked.faults if fault.file == "records"]
    assert (fault.line, fault.column) == (2, column)
    assert minutes.agreed() == []
    assert [row["meeting_id"] for row in meeting_rows(inputs.recorded)] == ["first"]


def test_a_meeting_taken_back_takes_what_it_agreed_out_of_the_minutes(minutes):
    """No form lets this happen: such a chain was put together elsewhere."""
    minutes.save(
        meeting("first", FIRST), ON_CYCLE, FollowedUp("id2", Became.DONE, SECOND), Withdrawn("id1", "No.")
    )
    assert minutes.agreed() == []
    assert meeting_rows(minutes.read().recorded) == []
