"""The table record: every link of the chain, without what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pipelines.records import Record, Recorded
from pipelines.records.kinds import SessionLogged, Withdrawn
from pipelines.vocabulary import Audience

Row = dict[str, Any]


def record_rows(
    records: Sequence[Record], recorded: Recorded, audience: Audience, own: Collection[str] = ()
) -> list[Row]:
    """Return a row a record; the shared mart has none of sessions, nor of those that take one back.

    The random id of a record salts its hash: with it, a small count could be found by trying. So it is with what
    others may not see for another reason: the records of the ids `own`.
    """
    shown: Iterable[Record] = records
    if audience == Audience.SHARED:
        sessions = {record.record_id for record in records if isinstance(record.body, SessionLogged)}
        shown = [record for record in records if not _is_about(record, sessions | set(own))]
    return [
        {
            "number": record.number,
            "record_id": record.record_id,
            "kind": record.body.KIND,
            "saved_at": plain_time(record),
            "who": record.who,
            "supersedes": record.supersedes,
            "is_standing": recorded.stands(record.record_id),
            "hash": record.hash,
        }
        for record in shown
    ]


def _is_about(record: Record, ids: set[str]) -> bool:
    of = record.body.record_id if isinstance(record.body, Withdrawn) else record.record_id
    return of in ids


def plain_time(record: Record) -> Any:
    """Return when a record was saved: UTC without a zone, as the marts have it."""
    return record.saved_at.replace(tzinfo=None)
