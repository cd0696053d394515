"""What may join the chain: faultless by itself, and at peace with what was saved before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipelines.errors import Fault, FaultyInputError
from pipelines.records.faults import LONDON, fault, fault_of_who, faults_of
from pipelines.records.kinds import (
    Agreed,
    Body,
    CyclePlanned,
    FollowedUp,
    MeetingHeld,
    PredictionSealed,
    PrototypeStarted,
    Record,
    Withdrawn,
)
from pipelines.records.standing import gone
from pipelines.records.tidying import tidied, tidy_text

#: Kinds of which one stands for each of these: a second one must supersede the first.
ONE_OF: dict[type[Body], tuple[str, ...]] = {
    PrototypeStarted: ("prototype_id",),
    CyclePlanned: ("cycle_id",),
    PredictionSealed: ("cycle_id",),
    MeetingHeld: ("meeting_id",),
    Agreed: ("meeting_id", "item"),
}


def admitted(
    bodies: Sequence[Body], who: str, supersedes: str | None, records: Sequence[Record], now: dt.datetime
) -> tuple[list[Body], str]:
    """Return what may be saved, tidied, and the signature; raise every fault otherwise.

    Parameters
    ----------
    bodies, who, supersedes
        What `Records.append` was given.
    records
        Everything saved before.
    now
        The moment of saving.

    Raises
    ------
    FaultyInputError
        With all faults.
    """
    faults = [fault("who", reason)] if (reason := fault_of_who(who)) else []
    for body in bodies:
        faults += faults_of(body, now)
    if not bodies:
        faults.append(fault("bodies", "There is nothing to save."))
    if not faults:
        clean = [tidied(body) for body in bodies]
        faults = list(_conflicts(clean, supersedes, records, now))
        if not faults:
            return clean, tidy_text(who)
    raise FaultyInputError(faults)


def _conflicts(
    bodies: Sequence[Body], supersedes: str | None, records: Sequence[Record], now: dt.datetime
) -> Iterator[Fault]:
    """Yield what does not go with the records before."""
    known = {record.record_id: record for record in records}
    superseded, withdrawn = gone(records)
    standing = {
        key: record for key, record in known.items() if key not in superseded and key not in withdrawn
    }
    begun = Begun(records, now.astimezone(LONDON).date())
    together: list[Body] = []
    if supersedes is not None:
        yield from _superseding(bodies, standing.get(supersedes), begun)
    for body in bodies:
        others = [record.body for key, record in standing.items() if key != supersedes]
        yield from _second(body, [*others, *together])
        yield from _referring(body, standing, together)
        if isinstance(body, Withdrawn):
            yield from _withdrawing(standing.pop(body.record_id, None), begun, standing.values())
        together.append(body)


class Begun:
    """Which cycles have begun, by what was recorded of them; those known from a file only may have."""

    def __init__(self, records: Sequence[Record], today: dt.date):
        superseded, withdrawn = gone(records)
        self._cycles = {
            record.body.cycle_id: record.body
            for record in records
            if isinstance(record.body, CyclePlanned) and record.record_id not in superseded | withdrawn
        }
        self._predicted = {
            record.body.cycle_id for record in records if isinstance(record.body, PredictionSealed)
        }
        self._today = today

    def cycle(self, cycle_id: str) -> CyclePlanned | None:
        """Return a cycle as it stands, where it was recorded."""
        return self._cycles.get(cycle_id)

    def may_have(self, cycle_id: str) -> bool:
        """Whether Do may have begun: surely not only where its recorded first day lies ahead."""
        cycle = self.cycle(cycle_id)
        return cycle is None or cycle.do_start <= self._today

    def is_bound(self, cycle_id: str) -> bool:
        """Whether a cycle has begun with a sealed prediction: what that is held against stays as it is."""
        return cycle_id in self._predicted and self.may_have(cycle_id)


def _superseding(bodies: Sequence[Body], old: Record | None, begun: Begun) -> Iterator[Fault]:
    """Yield why a body cannot take the place of a record."""
    if len(bodies) != 1:
        yield fault("supersedes", "One record takes the place of one: save them one by one.")
    elif old is None:
        yield fault("supersedes", "That record does not stand any more: somebody changed it. Load it again.")
    elif type(old.body) is not type(bodies[0]) or isinstance(old.body, Withdrawn):
        yield fault("supersedes", "A record can only take the place of one of its own kind.")
    else:
        yield from _same_thing(bodies[0], old.body)
        yield from _after_do_began(bodies[0], old.body, begun)


def _same_thing(body: Body, old: Body) -> Iterator[Fault]:
    names = ONE_OF.get(type(body), ())
    other = next((name for name in names if getattr(body, name) != getattr(old, name)), None)
    if other is not None:
        yield fault(other, "This is another one than the record whose place it takes. Save it as a new one.")


def _after_do_began(body: Body, old: Body, begun: Begun) -> Iterator[Fault]:
    """Yield what may not change any more once Do began."""
    if isinstance(body, PredictionSealed) and begun.may_have(body.cycle_id) and not body.reason:
        yield fault(
            "reason",
            "Do has begun, or may have. Say why the prediction changes; the first stays what counts.",
        )
    if isinstance(body, CyclePlanned) and isinstance(old, CyclePlanned) and begun.is_bound(old.cycle_id):
        for name in ("do_start", "primary_measure", "prototype_id"):
            if getattr(body, name) != getattr(old, name):
                yield fault(
                    name, "Do has begun with a sealed prediction: this stays. Plan another cycle instead."
                )


def _second(body: Body, others: Sequence[Body]) -> Iterator[Fault]:
    """Yield why there cannot be two of these."""
    names = ONE_OF.get(type(body), ())
    if names and any(
        type(other) is type(body) and all(getattr(other, name) == getattr(body, name) for name in names)
        for other in others
    ):
        yield fault(
            names[-1], "There is one of these already. Save this one in its place, or take that one back."
        )


def _referring(body: Body, standing: Mapping[str, Record], together: Sequence[Body]) -> Iterator[Fault]:
    """Yield what a body of a meeting refers to that does not stand; a meeting may be saved together with it."""
    if isinstance(body, Agreed):
        meetings = [one for one in (*_bodies(standing), *together) if isinstance(one, MeetingHeld)]
        if all(one.meeting_id != body.meeting_id for one in meetings):
            yield fault("meeting_id", "There is no such meeting: begin it before something is agreed.")
    elif isinstance(body, FollowedUp):
        told = standing.get(body.record_id)
        if told is None or not isinstance(told.body, Agreed):
            yield fault(
                "record_id",
                "Nothing that stands was agreed under this: it was changed or taken back. Load it again.",
            )


def _bodies(standing: Mapping[str, Record]) -> list[Body]:
    return [record.body for record in standing.values()]


def _withdrawing(old: Record | None, begun: Begun, others: Iterable[Record]) -> Iterator[Fault]:
    """Yield why a record cannot be taken back; `others` are those that stand beside it."""
    if old is None:
        yield fault("record_id", "There is no such record that stands: it was changed or taken back before.")
    elif isinstance(old.body, Withdrawn):
        yield fault("record_id", "What was taken back stays so. Save it again instead.")
    elif isinstance(old.body, PredictionSealed) and begun.may_have(old.body.cycle_id):
        yield fault("record_id", "Do has begun, or may have: a sealed prediction cannot be taken back.")
    elif isinstance(old.body, CyclePlanned) and begun.is_bound(old.body.cycle_id):
        yield fault(
            "record_id", "Do has begun with a sealed prediction: the cycle stays. Decide to abandon it."
        )
    elif isinstance(old.body, MeetingHeld) and old.supersedes is None and _has_agreed(old.body, others):
        yield fault("record_id", "Something was agreed at this meeting. Take that back first.")


def _has_agreed(meeting: MeetingHeld, others: Iterable[Record]) -> bool:
    agreed = (record.body for record in others if isinstance(record.body, Agreed))
    return any(one.meeting_id == meeting.meeting_id for one in agreed)
