"""The chain: each row carries the hash of the one before, and its own hash covers everything else in it.

A row is what is stored, all text but its number; whatever byte of it changes, its hash does not fit any more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.records.canonical import body_of, body_text
from pipelines.records.kinds import Body, Record

#: What stands for the record before the first.
NOTHING_BEFORE = "0" * 64

_SAVED = "%Y-%m-%dT%H:%M:%S.%fZ"


class Row(NamedTuple):
    """One record as it is stored, in the order of the table's columns."""

    number: int
    record_id: str
    kind: str
    saved_at: str
    who: str
    supersedes: str | None
    body: str
    previous_hash: str
    hash: str


class Head(NamedTuple):
    """The end of the chain: the number of its last record and that record's hash; 0 and zeros while it is empty."""

    number: int
    hash: str


EMPTY = Head(0, NOTHING_BEFORE)


def end_of(rows: Sequence[Row]) -> Head:
    """Return the head of a chain of rows."""
    return Head(rows[-1].number, rows[-1].hash) if rows else EMPTY


def hash_of(row: Row) -> str:
    """Return SHA-256 in hex over everything in a row but its hash: a JSON list in ASCII, each text just as stored."""
    return hashlib.sha256(json.dumps(row[:-1], separators=(",", ":")).encode()).hexdigest()


def link(
    head: Head,
    body: Body,
    who: str,
    saved_at: dt.datetime,
    supersedes: str | None = None,
    record_id: str | None = None,
) -> Row:
    """Return the row that follows the head of a chain.

    Its id is drawn, so that no hash gives a small count away; told only for the made-up sample, which is always the same.
    """
    row = Row(
        number=head.number + 1,
        record_id=record_id or str(uuid.uuid4()),
        kind=body.KIND,
        saved_at=saved_text(saved_at),
        who=who,
        supersedes=supersedes,
        body=body_text(body),
        previous_hash=head.hash,
        hash="",
    )
    return row._replace(hash=hash_of(row))


def saved_text(moment: dt.datetime) -> str:
    """Return a moment as it is stored: UTC, to the microsecond, always 27 characters."""
    return moment.astimezone(dt.UTC).strftime(_SAVED).zfill(27)


def saved_moment(text: str) -> dt.datetime:
    """Return a stored moment, in UTC."""
    return dt.datetime.fromisoformat(text)


def record_of(row: Row) -> Record:
    """Return the record that a row holds.

    Raises
    ------
    ValueError
        Where this version cannot read it.
    """
    return Record(
        row.number,
        row.record_id,
        saved_moment(row.saved_at),
        row.who,
        body_of(row.kind, row.body),
        row.supersedes,
        row.previous_hash,
        row.hash,
    )


def row_of(record: Record) -> Row:
    """Return a record as it is stored; `record_of` of it gives the same."""
    return Row(
        record.number,
        record.record_id,
        record.body.KIND,
        saved_text(record.saved_at),
        record.who,
        record.supersedes,
        body_text(record.body),
        record.previous_hash,
        record.hash,
    )
