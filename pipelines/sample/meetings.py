"""What the made-up steering group agreed at two meetings, what became of it, and who saw it differently.

The questions come from what the logs of the sample's own seed show; of another seed they name what nobody sees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pipelines.records.kinds import Agreed, Body, DissentNoted, FollowedUp, MeetingHeld
from pipelines.vocabulary import Became, Choice

STEERING = "Steering group"


@dataclass(frozen=True)
class Told:
    """What became of something agreed, and the day on which it was told."""

    became: Became
    on: str
    text: str | None = None


@dataclass(frozen=True)
class Answer:
    """What was agreed on one question; `item` is the change that it came from."""

    item: str
    question: str
    choice: Choice
    reason: str | None = None
    by_whom: str | None = None
    by_when: str | None = None
    told: Told | None = None

    @property
    def about(self) -> str:
        """The cycle or series that the question speaks of."""
        return self.item.split(":")[1]

    @property
    def prototype_id(self) -> str:
        """The prototype of that cycle or series."""
        return self.about.partition("@")[2] or self.about.rpartition("_")[0]


@dataclass(frozen=True)
class Meeting:
    """A meeting: its day, how far back its news reached, how long it took and what else was said."""

    held_on: str
    since: str
    minutes: int
    text: str
    answers: tuple[Answer, ...]


MEETINGS = (
    Meeting("2026-09-29", "2026-08-25", 55, "Tea ran out before the questions did. Next time the urn comes first.", (
        Answer(
            "signal:came_back@creekside_fridge_table:2026-08-30",
            "Is “came back” in Creekside getting worse?",
            Choice.FIND_THE_CAUSE, "It began when guests had to sign up.", "the table's hosts", "2026-10-20",
            Told(Became.DONE, "2026-10-27", "Six guests were asked. Four of them do not like to promise a day."),
        ),
        Answer(
            "signal:less_alone@brook_end_gate:2026-09-06",
            "Is “less alone” in Brook End (Gate to gate) getting worse?",
            Choice.FIND_THE_CAUSE, "The gate was shut for half of August.", "the host", "2026-10-27",
            Told(Became.UNDER_WAY, "2026-10-27", "Two families asked, the others when term settles."),
        ),
        Answer(
            "signal:days_to_follow_up@long_meadow_market:2026-09-06",
            "Is “days to follow-up” in Long Meadow getting shorter?",
            Choice.FIND_THE_CAUSE, "One week is one week; ask what was different.", "the stall", "2026-10-13",
            Told(Became.NOT_DONE, "2026-10-27", "The person who kept the list was away."),
        ),
        Answer(
            "signal:bp_checked@saltmarsh_garage:2026-09-27",
            "Is “people checked” in Saltmarsh getting better?",
            Choice.KEEP_GOING,
        ),
    )),
    Meeting("2026-10-27", "2026-09-29", 70, "We agreed to hear from one gate in person each month.", (
        Answer(
            "cycle-closed:creekside_fridge_table_3:2026-10-18",
            "Adopt, adapt or abandon: if guests sign up beforehand, will more come back?",
            Choice.ABANDON, "It is worse than before and we know why.", "the table's hosts", "2026-10-30",
            Told(Became.DONE, "2026-10-30", "The list is gone and the door is open again."),
        ),
        Answer(
            "signal:said_yes@creekside_salon:2026-10-18",
            "Is “said yes” in Creekside getting worse?",
            Choice.FIND_THE_CAUSE, "It is the weeks in which the regulars ask.", "the stylist", "2026-11-17",
        ),
        Answer(
            "signal:said_yes@saltmarsh_garage:2026-10-25",
            "Is “said yes” in Saltmarsh getting worse?",
            Choice.FIND_THE_CAUSE, "Seven weeks below the line and no change that we made.", "GP health lead", "2026-12-08",
        ),
        Answer(
            "signal:meal_guests@brook_end_cook_together:2026-10-04",
            "Is “meal guests” in Brook End getting better?",
            Choice.KEEP_GOING, "Ask what the new cooks do differently while it lasts.", "two cooks", "2026-11-24",
        ),
    )),
)  # fmt: skip

#: Another reading of something agreed: the day, the cycle or series, words, role.
DISSENT = (
    "2026-10-27",
    "said_yes@creekside_salon",
    "The volunteer was on leave in September. Wait until she has been back for a month.",
    "practice manager",
)

#: A day, what was saved on it, the name by which others speak of it, and the name of the one whose place it takes.
Step = tuple[dt.date, Body, str, str]


def steering(prototypes: Collection[str]) -> Iterator[Step]:
    """Yield what the steering group saved about the prototypes that are there, a meeting after another.

    What became of something is told by its name where its record's id will stand.
    """
    for meeting in MEETINGS:
        yield from _meeting(meeting, [one for one in meeting.answers if one.prototype_id in prototypes])
    day, about, text, role = DISSENT
    if about.partition("@")[2] in prototypes:
        yield dt.date.fromisoformat(day), DissentNoted(about, text, role), "", ""


def _meeting(meeting: Meeting, answers: list[Answer]) -> Iterator[Step]:
    """Yield the beginning of a meeting, what was agreed, its end, and what became of what was agreed."""
    held_on, since = dt.date.fromisoformat(meeting.held_on), dt.date.fromisoformat(meeting.since)
    meeting_id = f"steering-{held_on}"
    begun = MeetingHeld(meeting_id, held_on, STEERING, since)
    yield held_on, begun, meeting_id, ""
    for one in answers:
        yield held_on, _agreed(meeting_id, one), one.item, ""
    yield held_on, replace(begun, minutes=meeting.minutes, text=meeting.text), "", meeting_id
    for one in answers:
        if one.told is not None:
            told_on = dt.date.fromisoformat(one.told.on)
            yield told_on, FollowedUp(one.item, one.told.became, told_on, one.told.text), "", ""


def _agreed(meeting_id: str, one: Answer) -> Agreed:
    by_when = dt.date.fromisoformat(one.by_when) if one.by_when else None
    return Agreed(meeting_id, one.item, one.about, one.question, one.choice, one.reason, one.by_whom, by_when)
