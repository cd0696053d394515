"""What people said, as it was entered: decisions, learnings, dissent, annotations, quotes, usual ranges accepted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from pipelines.recorded.chain import plain_time
from pipelines.records import Body, Entry, Record, Recorded
from pipelines.records.kinds import BaselineAccepted, DecisionMade, LearningWritten, RebaseAccepted
from pipelines.vocabulary import Audience

Row = dict[str, Any]
B = TypeVar("B", bound=Body)

#: Consent to show a quote to everyone.
EVERYONE = "everyone"

#: The five answers that allow a rebase (docs/method.md, Charts 7).
ANSWERS = (
    "is_distinct",
    "is_reason_known",
    "is_desirable_or_redefined",
    "is_expected_to_continue",
    "n_points_observed",
)


def decision_rows(records: Sequence[Record], recorded: Recorded, fit: frozenset[str]) -> list[Row]:
    """Return every decision ever recorded, oldest first, also those that stand no more."""
    return [_signed(entry, recorded) for entry in _ever(DecisionMade, records, fit)]


def learning_rows(records: Sequence[Record], recorded: Recorded, fit: frozenset[str]) -> list[Row]:
    """Return everything that groups wrote that they learned, also what stands no more."""
    return [_signed(entry, recorded) for entry in _ever(LearningWritten, records, fit)]


def baseline_rows(
    records: Sequence[Record], recorded: Recorded, fit: frozenset[str], not_applied: Mapping[str, str]
) -> list[Row]:
    """Return every usual range ever accepted or moved, also those that stand no more; where one is not applied, why."""
    rows = []
    for record in records:
        if not isinstance(record.body, BaselineAccepted | RebaseAccepted) or record.record_id not in fit:
            continue
        row = _signed(Entry(record, record.body), recorded) | {"what": record.body.KIND}
        row["note"] = not_applied.get(record.record_id)
        if isinstance(record.body, RebaseAccepted):
            row["answers"] = json.dumps({name: row.pop(name) for name in ANSWERS})
        rows.append(row)
    return rows


def dissent_rows(recorded: Recorded) -> list[Row]:
    """Return the other readings that stand."""
    return [_signed(entry) for entry in recorded.dissents]


def annotation_rows(recorded: Recorded) -> list[Row]:
    """Return what happened, as it stands."""
    return [_signed(entry) for entry in recorded.annotations]


def quote_rows(recorded: Recorded, audience: Audience) -> list[Row]:
    """Return the quotes that stand; the shared mart has those with consent for everyone."""
    everyone = [entry for entry in recorded.quotes if entry.body.consent == EVERYONE]
    return [_signed(entry) for entry in (everyone if audience == Audience.SHARED else recorded.quotes)]


def _ever(kind: type[B], records: Iterable[Record], fit: frozenset[str]) -> list[Entry[B]]:
    return [
        Entry(record, record.body)
        for record in records
        if isinstance(record.body, kind) and record.record_id in fit
    ]


def _signed(entry: Entry[Any], recorded: Recorded | None = None) -> Row:
    """Return what was entered with who and when."""
    record = entry.record
    row = asdict(entry.body) | {
        "record_id": record.record_id,
        "who": record.who,
        "saved_at": plain_time(record),
    }
    return row if recorded is None else row | {"is_standing": recorded.stands(record.record_id)}
