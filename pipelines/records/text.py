"""Records as text, a line a record: a backup, the sample, or the way to another machine."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pipelines.errors import Fault, FaultyInputError, RecordsError
from pipelines.records.canonical import canonical
from pipelines.records.chain import Head, Row, end_of, record_of, row_of
from pipelines.records.kinds import Record
from pipelines.records.whole import chain_faults, head_faults

P = TypeVar("P", Row, Head)

_NOT_A_RECORD = "This line is not a record as it was written. Take the file again from where it was exported."
_CUT_OFF = "The last line does not name the end of the chain: the file was cut off. Take it again from where it was exported."


def write_text(records: Sequence[Record], path: Path) -> None:
    """Write records as text, a line each, then the end of the chain; all of it or nothing.

    `read_text` of it gives the same.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(as_text(records))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written ({type(error).__name__}). Name another place."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def as_text(records: Sequence[Record]) -> str:
    """Return records as text, a line each; the last line is the head, so that a text cut off is missed."""
    rows = [row_of(record) for record in records]
    parts = [*(row._asdict() for row in rows), end_of(rows)._asdict()]
    return "".join(canonical(part) + "\n" for part in parts)


def read_text(path: Path) -> tuple[Record, ...]:
    """Return the records of a text, each checked against its hash and the one before.

    Raises
    ------
    FaultyInputError
        With every line that is not as it was written; nothing of such a file is used.
    RecordsError
        Where the file cannot be opened or is not text.
    """
    rows, head, faults = rows_of_text(path)
    faults += chain_faults(rows, str(path))
    faults += head_faults(head, end_of(rows), str(path))
    if faults:
        raise FaultyInputError(faults)
    return tuple(record_of(row) for row in rows)


def rows_of_text(path: Path) -> tuple[list[Row], Head, list[Fault]]:
    """Return the rows and the head that a text holds, not yet checked as a chain, and the lines that hold none."""
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsError(
            f"{path} cannot be read as records ({type(error).__name__}). Name a file that records export wrote."
        ) from error
    read = [_part(Row, text) for text in lines[:-1]]
    rows = [row for row in read if row is not None]
    faults = [Fault(str(path), n, None, _NOT_A_RECORD) for n, row in enumerate(read, 1) if row is None]
    head = _part(Head, lines[-1])
    if head is None:
        faults.append(Fault(str(path), len(lines), None, _CUT_OFF))
    return rows, head or end_of(rows), faults


def _part(kind: type[P], text: str) -> P | None:
    """Return the row or head that a line holds, or None where it is not written as such."""
    try:
        part = kind(**json.loads(text))
    except (ValueError, TypeError):
        return None
    return part if type(part.number) is int and canonical(part._asdict()) == text else None
