"""Records as text, a line a record: a backup, the sample, or the way to another machine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pipelines.errors import Fault, FaultyInputError, RecordsError
from pipelines.records.canonical import canonical
from pipelines.records.chain import Row, record_of, row_of
from pipelines.records.kinds import Record
from pipelines.records.whole import chain_faults

_NOT_A_RECORD = "This line is not a record as it was written. Take the file again from where it was exported."


def write_text(records: Iterable[Record], path: Path) -> None:
    """Write records as text, a line each; `read_text` of it gives the same."""
    path.write_text(as_text(records), encoding="utf-8", newline="\n")


def as_text(records: Iterable[Record]) -> str:
    """Return records as text, a line each."""
    return "".join(canonical(row_of(record)._asdict()) + "\n" for record in records)


def read_text(path: Path) -> tuple[Record, ...]:
    """Return the records of a text, each checked against its hash and the one before.

    Raises
    ------
    FaultyInputError
        With every line that is not as it was written; nothing of such a file is used.
    RecordsError
        Where the file cannot be opened or is not text.
    """
    rows, faults = rows_of_text(path)
    faults += chain_faults(rows, str(path))
    if faults:
        raise FaultyInputError(faults)
    return tuple(record_of(row) for row in rows)


def rows_of_text(path: Path) -> tuple[list[Row], list[Fault]]:
    """Return the rows that a text holds, not yet checked as a chain, and the lines that hold none."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsError(
            f"{path} cannot be read as records ({type(error).__name__}). Name a file that records export wrote."
        ) from error
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, text in enumerate(lines, 1):
        row = _row(text)
        if row is not None:
            rows.append(row)
        elif text or line < len(lines):
            faults.append(Fault(str(path), line, None, _NOT_A_RECORD))
    return rows, faults


def _row(text: str) -> Row | None:
    try:
        row = Row(**json.loads(text))
    except (ValueError, TypeError):
        return None
    return row if type(row.number) is int and canonical(row._asdict()) == text else None
