"""Which records speak of what is there: an unknown prototype, cycle or measure is told, and breaks nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from pipelines.measures import PLANNED_EVERY, Measure
from pipelines.records import Body, Record, Recorded
from pipelines.records.kinds import (
    Agreed,
    Annotated,
    BaselineAccepted,
    CyclePlanned,
    DecisionMade,
    DissentNoted,
    FollowedUp,
    LearningWritten,
    MeetingHeld,
    PredictionSealed,
    PrototypeStarted,
    QuoteGiven,
    RebaseAccepted,
    SessionLogged,
    StageReached,
    Withdrawn,
)
from pipelines.sources import personal
from pipelines.sources.ledger import Ledger, Words
from pipelines.sources.logs.identities import unknown_id

#: Kinds that others refer to come first: the record that ends a meeting is saved after what was agreed at it.
ORDER = (PrototypeStarted, CyclePlanned, MeetingHeld)

#: Days outside of this are slips of the hand.
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)

#: Judged by the rules of the logs, which give each its own fate (sessions.py).
JUDGED_ELSEWHERE = (SessionLogged,)


@dataclass
class Known:
    """What a record may refer to; prototypes, cycles, meetings and what was agreed are added as their records are met."""

    neighbourhoods: Collection[str]
    measures: dict[str, Measure]
    prototypes: set[str]
    cycles: dict[str, str | None] = field(default_factory=dict)
    meetings: set[str] = field(default_factory=set)
    agreed: set[str] = field(default_factory=set)

    def series(self, series_id: str) -> bool:
        """Whether a measure and a prototype are there that make this series."""
        measure_id, _, prototype_id = series_id.partition("@")
        return measure_id in self.measures and prototype_id in self.prototypes


def fitting(records: Iterable[Record], recorded: Recorded, known: Known, ledger: Ledger) -> frozenset[str]:
    """Give each record but the sessions its fate; return the ids of those that speak of what is there.

    A record that was superseded or taken back is neither loaded nor refused: it counts as a line of notes.
    """
    first = [record for kind in ORDER for record in records if isinstance(record.body, kind)]
    rest = [record for record in records if not isinstance(record.body, ORDER + JUDGED_ELSEWHERE)]
    fit = set()
    for record in (*first, *rest):
        words = _fault(record.body, known)
        stands = recorded.stands(record.record_id)
        if words is None:
            fit.add(record.record_id)
            _remember(record, stands, known)
        if not stands:
            ledger.furniture(record.number)
        elif words is None:
            ledger.load(record.number)
        else:
            ledger.refuse(record.number, *words)
    return frozenset(fit)


def _remember(record: Record, stands: bool, known: Known) -> None:
    """Add what others may refer to: what stands; of what was agreed also what stands no more, with what became of it."""
    body = record.body
    if isinstance(body, Agreed):
        known.agreed.add(record.record_id)
    elif not stands:
        return
    elif isinstance(body, PrototypeStarted):
        known.prototypes.add(body.prototype_id)
    elif isinstance(body, CyclePlanned):
        known.cycles[body.cycle_id] = body.primary_measure
    elif isinstance(body, MeetingHeld):
        known.meetings.add(body.meeting_id)


def _fault(body: Body, known: Known) -> Words | None:
    """Return what is wrong with a record beside what is there; None where it fits."""
    checks = (words for check in _CHECKS[type(body)] if (words := check(body, known)))
    return far_day(body) or next(checks, None)


def far_day(body: Body) -> Words | None:
    """Return what is wrong where a day lies so far off that it cannot be meant; None where none does."""
    for field_ in fields(body):
        day = getattr(body, field_.name)
        if isinstance(day, dt.date) and not EARLIEST <= day <= LATEST:
            return Words(field_.name, str(day), "This day cannot be meant. Correct the year.")
    return None


def _refers(
    name: str, where: str, ids: Callable[[Known], Collection[str]]
) -> Callable[[Any, Known], Words | None]:
    def check(body: Any, known: Known) -> Words | None:
        value, all_ids = getattr(body, name), ids(known)
        if value is None or value in all_ids:
            return None
        some = tuple(all_ids)
        return Words(name, personal.mask_id(value, some), unknown_id(value, some, where))

    return check


def _series(body: BaselineAccepted | RebaseAccepted, known: Known) -> Words | None:
    if known.series(body.series_id):
        return None
    return Words(
        "series_id", personal.mask_id(body.series_id, ()), "No measure and prototype make this series."
    )


def _about(body: DissentNoted | Agreed, known: Known) -> Words | None:
    if body.about in known.cycles or known.series(body.about):
        return None
    return Words("about", personal.mask_id(body.about, ()), "There is no cycle and no series of this name.")


def _followed(body: FollowedUp, known: Known) -> Words | None:
    if body.record_id in known.agreed:
        return None
    return Words("record_id", None, "Nothing was agreed under this id.")


def _until(body: MeetingHeld, _known: Known) -> Words | None:
    if body.since <= body.held_on:
        return None
    return Words("since", str(body.since), "The news cannot reach back to a day after the meeting.")


def _do(body: CyclePlanned, _known: Known) -> Words | None:
    if body.do_end is None or body.do_end >= body.do_start:
        return None
    return Words("do_end", str(body.do_end), "Do ends before it starts. Correct one of the dates.")


def _rhythm(body: PrototypeStarted, _known: Known) -> Words | None:
    if not body.planned_every or PLANNED_EVERY.match(body.planned_every):
        return None
    reason = "This is not known. Write week, 2 weeks, month or session."
    return Words("planned_every", personal.mask(body.planned_every), reason)


def _shares(body: PredictionSealed, known: Known) -> Words | None:
    is_share = known.measures[body.measure_id].is_share
    if is_share and not 0 <= body.low <= body.value <= body.high <= 1:
        return Words("value", None, "This is a share, 0 to 1. 45 per cent is kept as 0.45.")
    if not body.low <= body.value <= body.high:
        return Words("low", None, "The value lies outside its own range.")
    return None


def _primary(body: PredictionSealed, known: Known) -> Words | None:
    measure = known.cycles[body.cycle_id]
    if measure in (None, body.measure_id):
        return None
    reason = (
        f"The cycle is judged on {measure}; a prediction of another measure is not held against its result."
    )
    return Words("measure_id", body.measure_id, reason)


_PROTOTYPE = _refers("prototype_id", "the list of prototypes", lambda known: known.prototypes)
_CYCLE = _refers("cycle_id", "the list of cycles", lambda known: known.cycles)
_MEETING = _refers("meeting_id", "the list of meetings", lambda known: known.meetings)
_NEIGHBOURHOOD = _refers("neighbourhood_id", "neighbourhoods.csv", lambda known: known.neighbourhoods)
_MEASURE = _refers("measure_id", "measures/", lambda known: known.measures)
_PRIMARY = _refers("primary_measure", "measures/", lambda known: known.measures)

_CHECKS: dict[type[Body], tuple[Callable[[Any, Known], Words | None], ...]] = {
    PrototypeStarted: (_NEIGHBOURHOOD, _rhythm),
    StageReached: (_PROTOTYPE,),
    CyclePlanned: (_PROTOTYPE, _PRIMARY, _do),
    PredictionSealed: (_CYCLE, _MEASURE, _primary, _shares),
    LearningWritten: (_CYCLE,),
    DecisionMade: (_CYCLE,),
    BaselineAccepted: (_series,),
    RebaseAccepted: (_series,),
    Annotated: (_PROTOTYPE,),
    DissentNoted: (_about,),
    QuoteGiven: (_PROTOTYPE, _CYCLE),
    MeetingHeld: (_until,),
    Agreed: (_MEETING, _about),
    FollowedUp: (_followed,),
    Withdrawn: (),
}
