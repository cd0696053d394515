"""What stands of everything that was ever entered: not superseded, not taken back. Nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipelines.records.kinds import (
    Agreed,
    Annotated,
    BaselineAccepted,
    Body,
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
    Record,
    SessionLogged,
    StageReached,
    Withdrawn,
)

B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Entry(Generic[B]):
    """A record and what it says, typed by its kind."""

    record: Record
    body: B


@dataclass(frozen=True)
class Recorded:
    """What stands, a kind at a time, each in the order of saving.

    Attributes
    ----------
    prototypes, stages, cycles, sessions, learnings, decisions, baselines, rebases, annotations, dissents, quotes,
    meetings, agreed, followed
        The entries that stand.
    predictions
        Every version ever sealed, also those superseded: what was sealed before Do is what counts, and only the data
        say when Do began. `superseded` and `withdrawn` tell which stand.
    withdrawals
        What was taken back, and why.
    superseded, withdrawn
        Ids of records that another took the place of, or that were taken back.
    """

    prototypes: tuple[Entry[PrototypeStarted], ...] = ()
    stages: tuple[Entry[StageReached], ...] = ()
    cycles: tuple[Entry[CyclePlanned], ...] = ()
    predictions: tuple[Entry[PredictionSealed], ...] = ()
    sessions: tuple[Entry[SessionLogged], ...] = ()
    learnings: tuple[Entry[LearningWritten], ...] = ()
    decisions: tuple[Entry[DecisionMade], ...] = ()
    baselines: tuple[Entry[BaselineAccepted], ...] = ()
    rebases: tuple[Entry[RebaseAccepted], ...] = ()
    annotations: tuple[Entry[Annotated], ...] = ()
    dissents: tuple[Entry[DissentNoted], ...] = ()
    quotes: tuple[Entry[QuoteGiven], ...] = ()
    meetings: tuple[Entry[MeetingHeld], ...] = ()
    agreed: tuple[Entry[Agreed], ...] = ()
    followed: tuple[Entry[FollowedUp], ...] = ()
    withdrawals: tuple[Entry[Withdrawn], ...] = ()
    superseded: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()

    def stands(self, record_id: str) -> bool:
        """Whether a record is neither superseded nor taken back."""
        return record_id not in self.superseded and record_id not in self.withdrawn


def standing(records: Iterable[Record]) -> Recorded:
    """Return what stands of a chain's records, told in the order of saving."""
    all_records = tuple(records)
    superseded, withdrawn = gone(all_records)
    still = [
        record
        for record in all_records
        if record.record_id not in superseded and record.record_id not in withdrawn
    ]
    return Recorded(
        prototypes=_of(PrototypeStarted, still),
        stages=_of(StageReached, still),
        cycles=_of(CyclePlanned, still),
        predictions=_of(PredictionSealed, all_records),
        sessions=_of(SessionLogged, still),
        learnings=_of(LearningWritten, still),
        decisions=_of(DecisionMade, still),
        baselines=_of(BaselineAccepted, still),
        rebases=_of(RebaseAccepted, still),
        annotations=_of(Annotated, still),
        dissents=_of(DissentNoted, still),
        quotes=_of(QuoteGiven, still),
        meetings=_of(MeetingHeld, still),
        agreed=_of(Agreed, still),
        followed=_of(FollowedUp, still),
        withdrawals=_of(Withdrawn, all_records),
        superseded=superseded,
        withdrawn=withdrawn,
    )


def gone(records: Sequence[Record]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of records that were superseded, and of those that were taken back.

    What is taken back takes the place of nothing any more: the record that it had superseded stands again.
    """
    withdrawn = frozenset(record.body.record_id for record in records if isinstance(record.body, Withdrawn))
    superseded = frozenset(
        record.supersedes
        for record in records
        if record.supersedes is not None and record.record_id not in withdrawn
    )
    return superseded, withdrawn


def _of(kind: type[B], records: Sequence[Record]) -> tuple[Entry[B], ...]:
    return tuple(Entry(record, record.body) for record in records if isinstance(record.body, kind))
