"""Records as text, a line a record: a backup, the sample, or the way to another machine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pipelines.errors import Fault, FaultyInputError
from pipelines.records.canonical import canonical
from pipelines.records.chain import EMPTY, Head, Row, hash_of, record_of, row_of
from pipelines.records.kinds import Record


def write_text(records: Iterable[Record], path: Path) -> None:
    """Write records as text, a line each; `read_text` of it gives the same."""
    lines = [canonical(row_of(record)._asdict()) + "\n" for record in records]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def read_text(path: Path) -> tuple[Record, ...]:
    """Return the records of a text, each checked against its hash and the one before.

    Raises
    ------
    FaultyInputError
        With the first line that is not as it was written: what follows it cannot be trusted.
    """
    records: list[Record] = []
    head = EMPTY
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = _row(text)
        if (
            row is None
            or row[0] != head.number + 1
            or row.previous_hash != head.hash
            or hash_of(row) != row.hash
        ):
            reason = "This line is not the record that was written. Take the file from where it was exported, again."
            raise FaultyInputError([Fault(str(path), line, None, reason)])
        records.append(record_of(row))
        head = Head(row.number, row.hash)
    return tuple(records)


def _row(text: str) -> Row | None:
    try:
        return Row(**json.loads(text))
    except (ValueError, TypeError):
        return None
