"""What people enter: one frozen dataclass a kind of record. Knows no database, no file and no screen.

A record is never edited. A later one supersedes it, or a withdrawal takes it back; both stay readable.
Figures are in the measure's stored unit: shares 0 to 1. Days are days in London; nothing here asks the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from pipelines.vocabulary import Audience, Became, Choice, Decision, Direction, Stage

#: Share of results that a sealed range is meant to hold.
PROMISED = 0.8


@dataclass(frozen=True)
class PrototypeStarted:
    """A prototype of one neighbourhood, named; `planned_every` as in prototypes.csv."""

    KIND: ClassVar[str] = "prototype"

    prototype_id: str
    neighbourhood_id: str
    name: str
    theme: str | None = None
    planned_every: str | None = None
    started_on: dt.date | None = None


@dataclass(frozen=True)
class StageReached:
    """A prototype reached a stage on a day, and why; `stopped` is a stage like any other."""

    KIND: ClassVar[str] = "stage"

    prototype_id: str
    stage: Stage
    reached_on: dt.date
    reason: str


@dataclass(frozen=True)
class CyclePlanned:
    """A PDSA cycle: what is asked, what will be done differently, the one measure it is judged on, and when."""

    KIND: ClassVar[str] = "cycle"

    cycle_id: str
    prototype_id: str
    cycle_no: str
    question: str
    primary_measure: str
    do_start: dt.date
    do_end: dt.date | None = None
    plan: str | None = None


@dataclass(frozen=True)
class PredictionSealed:
    """What the group expects of a cycle's primary measure over Do: a value and the range it is 8 in 10 sure of.

    After the first point of Do it can be superseded with a reason, and what was sealed before is still what counts.
    """

    KIND: ClassVar[str] = "prediction"

    cycle_id: str
    measure_id: str
    direction: Direction
    value: float
    low: float
    high: float
    predicted_for: dt.date
    reason: str | None = None


@dataclass(frozen=True)
class SessionLogged:
    """One test session: what was counted, by item; or a test that was planned and not held, with the reason."""

    KIND: ClassVar[str] = "session"

    prototype_id: str
    tested_on: dt.date
    counts: Mapping[str, float] = field(default_factory=dict)
    cycle_no: str | None = None
    place: str | None = None
    place_type: str | None = None
    note: str | None = None
    was_held: bool = True
    why_not_held: str | None = None


@dataclass(frozen=True)
class LearningWritten:
    """What a group learned from a cycle, in its own words."""

    KIND: ClassVar[str] = "learning"

    cycle_id: str
    text: str


@dataclass(frozen=True)
class DecisionMade:
    """Adopt, adapt, abandon or continue, on a day, for a reason; what comes next, who does it and by when."""

    KIND: ClassVar[str] = "decision"

    cycle_id: str
    decision: Decision
    decided_on: dt.date
    reason: str
    next_step: str | None = None
    by_whom: str | None = None
    by_when: dt.date | None = None


@dataclass(frozen=True)
class BaselineAccepted:
    """The points that set a series' usual range, accepted by a named person."""

    KIND: ClassVar[str] = "baseline"

    series_id: str
    first_on: dt.date
    last_on: dt.date
    reason: str


@dataclass(frozen=True)
class RebaseAccepted:
    """A new usual range from a day on, with the five answers that allow it (docs/method.md, Charts 7)."""

    KIND: ClassVar[str] = "rebase"

    series_id: str
    from_on: dt.date
    reason: str
    is_distinct: bool
    is_reason_known: bool
    is_desirable_or_redefined: bool
    is_expected_to_continue: bool
    n_points_observed: int


@dataclass(frozen=True)
class Annotated:
    """Something that happened on a day, told on the charts of a prototype."""

    KIND: ClassVar[str] = "annotation"

    prototype_id: str
    happened_on: dt.date
    text: str


@dataclass(frozen=True)
class DissentNoted:
    """Another reading of a cycle or a chart: it is shown wherever they are shown. `about` is a cycle or series id."""

    KIND: ClassVar[str] = "dissent"

    about: str
    text: str
    role: str | None = None


@dataclass(frozen=True)
class QuoteGiven:
    """What somebody said, with their consent: for the group alone, or for everyone."""

    KIND: ClassVar[str] = "quote"

    prototype_id: str
    text: str
    said_by: str
    consent: str
    cycle_id: str | None = None


@dataclass(frozen=True)
class MeetingHeld:
    """A meeting on a day, and the day that its news reached back to.

    Recorded when it begins; superseded when it ends by the same with `minutes` and what else was said.
    """

    KIND: ClassVar[str] = "meeting"

    meeting_id: str
    held_on: dt.date
    name: str
    since: dt.date
    minutes: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class Agreed:
    """What a meeting agreed on one question: the choice, why, who does it and by when.

    `item` is the change that the question came from (table change), `about` the cycle or series it speaks of.
    `audience` is whose copy asked the question: what the group's own copy asks about a measure that is not for others
    is not shown to others.
    """

    KIND: ClassVar[str] = "agreed"

    meeting_id: str
    item: str
    about: str
    question: str
    choice: Choice
    reason: str | None = None
    by_whom: str | None = None
    by_when: dt.date | None = None
    audience: Audience = Audience.SHARED


@dataclass(frozen=True)
class FollowedUp:
    """What became of something agreed, told at a later meeting or before; the latest for a record stands."""

    KIND: ClassVar[str] = "followed"

    record_id: str
    became: Became
    told_on: dt.date
    text: str | None = None


@dataclass(frozen=True)
class Withdrawn:
    """A record taken back; it stays readable, and no longer counts."""

    KIND: ClassVar[str] = "withdrawal"

    record_id: str
    reason: str


Body = (
    PrototypeStarted
    | StageReached
    | CyclePlanned
    | PredictionSealed
    | SessionLogged
    | LearningWritten
    | DecisionMade
    | BaselineAccepted
    | RebaseAccepted
    | Annotated
    | DissentNoted
    | QuoteGiven
    | MeetingHeld
    | Agreed
    | FollowedUp
    | Withdrawn
)

#: Every kind by its word.
KINDS: dict[str, type[Body]] = {kind.KIND: kind for kind in Body.__args__}


@dataclass(frozen=True)
class Record:
    """One link of the chain.

    Attributes
    ----------
    number
        1, 2, ... without a gap.
    record_id
        Unique for ever.
    saved_at
        UTC, to the microsecond; never before the record before it.
    who
        As the person signed, a name or a role; printed where the record is shown.
    supersedes
        The record that this one takes the place of.
    previous_hash, hash
        SHA-256 in hex; the hash covers everything else in the record, the one before included.
    """

    number: int
    record_id: str
    saved_at: dt.datetime
    who: str
    body: Body
    supersedes: str | None
    previous_hash: str
    hash: str
