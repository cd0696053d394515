"""Meetings, what was agreed at them, and what became of it, as rows of the tables meeting and agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipelines.measures import Measure
from pipelines.recorded.chain import plain_time
from pipelines.records import Entry, Record, Recorded
from pipelines.records.kinds import Agreed, FollowedUp, MeetingHeld
from pipelines.sources import Cycle, Prototype
from pipelines.vocabulary import Audience
from pipelines.words.meetings import agreed_sentence

Row = dict[str, Any]


@dataclass(frozen=True)
class Homes:
    """Where things belong: the prototype of a cycle, and the neighbourhood of a prototype."""

    prototypes: Mapping[str, str]
    neighbourhoods: Mapping[str, str]

    def of(self, about: str) -> Row:
        """Return prototype and neighbourhood of a cycle or series, as columns."""
        prototype_id = self.prototypes.get(about) or about.partition("@")[2]
        return {"prototype_id": prototype_id, "neighbourhood_id": self.neighbourhoods.get(prototype_id)}


def homes_of(cycles: Iterable[Cycle], prototypes: Iterable[Prototype]) -> Homes:
    """Return where cycles and prototypes belong."""
    return Homes(
        {cycle.cycle_id: cycle.prototype_id for cycle in cycles},
        {prototype.prototype_id: prototype.neighbourhood_id for prototype in prototypes},
    )


def own_ids(
    records: Iterable[Record], cycles: Iterable[Cycle], measures: Mapping[str, Measure]
) -> frozenset[str]:
    """Return the records of what a group agreed on questions that its own copy alone may ask.

    A question is worded from what its copy shows: of a disclosive measure others see other signals, of other days.
    """
    primary = {cycle.cycle_id: cycle.primary_measure for cycle in cycles}
    return frozenset(
        record.record_id
        for record in records
        if isinstance(record.body, Agreed)
        and record.body.audience == Audience.TRUE
        and _is_disclosive(
            measures.get(primary.get(record.body.about) or record.body.about.partition("@")[0])
        )
    )


def _is_disclosive(measure: Measure | None) -> bool:
    """Whether a measure is not for others as it is; one that is not known may be."""
    return measure is None or measure.disclosive


def meeting_rows(recorded: Recorded) -> list[Row]:
    """Return meetings as they stand, in the order of their days; one without `minutes` is still open."""
    rows = [_signed(entry) for entry in recorded.meetings]
    return sorted(rows, key=lambda row: (row["held_on"], row["saved_at"]))


def agreed_rows(
    records: Sequence[Record], recorded: Recorded, fit: frozenset[str], homes: Homes
) -> list[Row]:
    """Return everything ever agreed, oldest first, also what stands no more, with what became of it.

    Parameters
    ----------
    records
        The whole chain.
    recorded
        What stands of it.
    fit
        Ids of records that speak of what is there.
    homes
        Where cycles and series belong.
    """
    meetings = {entry.body.meeting_id: entry.body for entry in recorded.meetings}
    first = _first_versions(records)
    told = _told_last(recorded.followed, first)
    return [
        _agreed(
            Entry(record, record.body), meetings[record.body.meeting_id], told.get(first[record.record_id])
        )
        | homes.of(record.body.about)
        | {"is_standing": recorded.stands(record.record_id)}
        for record in records
        if isinstance(record.body, Agreed) and record.record_id in fit
    ]


def _agreed(entry: Entry[Agreed], meeting: MeetingHeld, told: FollowedUp | None) -> Row:
    """Return what was agreed at a meeting with what became of it, and the sentence of both."""
    body, became = entry.body, told.became if told else None
    return _signed(entry) | {
        "held_on": meeting.held_on,
        "became": became,
        "became_on": told.told_on if told else None,
        "became_text": told.text if told else None,
        "sentence": agreed_sentence(body.choice, body.by_whom, body.by_when, meeting.held_on, became),
    }


def _first_versions(records: Iterable[Record]) -> dict[str, str]:
    """Return for each thing agreed the id of its first version: what became of it is told of all of them."""
    first: dict[str, str] = {}
    for record in records:
        if isinstance(record.body, Agreed):
            before = record.supersedes
            first[record.record_id] = first.get(before, before) if before else record.record_id
    return first


def _told_last(followed: Iterable[Entry[FollowedUp]], first: Mapping[str, str]) -> dict[str, FollowedUp]:
    """Return what was told last of each thing agreed, by its first version: by day, then by the order of saving."""
    in_order = sorted(followed, key=lambda entry: entry.body.told_on)
    return {first[entry.body.record_id]: entry.body for entry in in_order}


def _signed(entry: Entry[Any]) -> Row:
    """Return what was entered with who and when."""
    record = entry.record
    signed = {"record_id": record.record_id, "who": record.who, "saved_at": plain_time(record)}
    return asdict(entry.body) | signed
