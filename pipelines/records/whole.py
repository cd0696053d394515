"""Whether rows are one whole chain: each altered, missing or foreign one, told by its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.errors import Fault
from pipelines.records.chain import EMPTY, Head, Row, hash_of, record_of

#: What to do, said with each fault.
MEND = "Keep this file as it is, and put back a copy or an export of before; what was saved since must be saved again."


def chain_faults(rows: Iterable[Row], file: str) -> list[Fault]:
    """Return where rows are no chain: altered ones, missing ones, and such as do not follow the one before."""
    faults: list[Fault] = []
    before, is_sound = EMPTY, True
    for row in rows:
        found = list(_row_faults(row, before, is_sound))
        faults += [Fault(file, row.number, column, f"{reason} {MEND}") for column, reason in found]
        before, is_sound = Head(row.number, row.hash), not found
    return faults


def _row_faults(row: Row, before: Head, is_sound: bool) -> Iterator[tuple[str | None, str]]:
    """Yield what is wrong with a row, with its column where that is known."""
    if row.number != before.number + 1:
        yield "number", _gap(row.number, before.number)
    elif row.previous_hash != before.hash and is_sound:
        yield (
            "previous_hash",
            f"Record {row.number} does not follow record {before.number}: expected {short(before.hash)}, "
            f"found {short(row.previous_hash)}.",
        )
    made = _hash(row)
    if made != row.hash:
        yield (
            None,
            f"Record {row.number} was altered: what it says gives the hash {short(made)}, it carries {short(row.hash)}.",
        )
    elif not _is_readable(row):
        yield (
            "body",
            f"Record {row.number} is of a kind that this version cannot read. Use the version that saved it.",
        )


def _gap(found: int, before: int) -> str:
    """Return what a jump in the numbers tells."""
    expected = before + 1
    if found < expected:
        return f"Record {found} stands before the first."
    missing = f"record {expected} is" if found == expected + 1 else f"records {expected} to {found - 1} are"
    return f"After record {before} comes {found}: {missing} missing."


def _hash(row: Row) -> str:
    try:
        return hash_of(row)
    except (ValueError, TypeError):  # bytes where text was
        return "none"


def _is_readable(row: Row) -> bool:
    try:
        record_of(row)
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def head_faults(head: Head, end: Head, file: str) -> list[Fault]:
    """Return the fault of a chain that does not end where its head says."""
    if head == end:
        return []
    if head.number > end.number:
        gone = f"The last record was number {head.number} and the chain ends at {end.number}: records were removed."
    elif head.number < end.number:
        gone = f"The last record was number {head.number} and the chain goes on to {end.number}: records were put in."
    else:
        gone = (
            f"The last record carried {short(head.hash)}, now {short(end.hash)}: it or the head was altered."
        )
    return [Fault(file, max(head.number, end.number), "head", f"{gone} {MEND}")]


def short(text: object) -> str:
    """Return the beginning of a hash, enough to compare by eye."""
    return str(text)[:12]
