"""Is the chain whole? Each record that was altered, removed or put in, told one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from pipelines.errors import Fault, MartError
from pipelines.mart import current, open_read_only
from pipelines.records.address import is_begun
from pipelines.records.chain import EMPTY, NOTHING_BEFORE, Head, Row, end_of
from pipelines.records.dialects import GUARDS, names_of_guards, reading_engine, sqlite_address
from pipelines.records.tables import HEAD, RECORD, VERSION
from pipelines.records.text import rows_of_text
from pipelines.records.troubles import told, where
from pipelines.records.whole import MEND, chain_faults, head_faults, short


class Held(NamedTuple):
    """What a place holds: the rows of the chain, its head as kept beside them, and what was seen wrong in passing."""

    rows: Sequence[Row]
    head: Head
    faults: list[Fault]


def check_records(address_or_path: str | Path, marts: Path | None = None) -> list[Fault]:
    """Return what is wrong with a chain of records; empty where it is whole.

    Parameters
    ----------
    address_or_path
        An address from `address_of`, the path of a database, or of records as text (``.jsonl``).
    marts
        Folder of published marts; a head of the chain that is printed there and is not in the chain any more tells
        that records were removed.

    Returns
    -------
    list of Fault
        `line` is the record's number. The reason says what was expected, what was found and what to do.

    Raises
    ------
    RecordsError
        Where it cannot be read at all.
    """
    name, held = _held(address_or_path)
    faults = [*held.faults, *chain_faults(held.rows, name)]
    end = end_of(held.rows)
    faults += head_faults(held.head, end, name)
    if marts is not None:
        faults += _mart_faults(held.rows, marts, name)
    return faults


def _held(address_or_path: str | Path) -> tuple[str, Held]:
    """Return the name of a place for people, and what it holds."""
    if isinstance(address_or_path, Path) and address_or_path.suffix == ".jsonl":
        return str(address_or_path), Held(*rows_of_text(address_or_path))
    address = sqlite_address(address_or_path) if isinstance(address_or_path, Path) else address_or_path
    name = where(address)
    if not is_begun(address):
        return name, Held((), EMPTY, [])
    with told(address), reading_engine(address).connect() as connection:
        return name, _read(connection, name)


def _read(connection: Connection, name: str) -> Held:
    rows = [Row(*row) for row in connection.execute(select(RECORD).order_by(RECORD.c.number)).all()]
    end = end_of(rows)
    heads = connection.execute(select(HEAD)).all()
    is_head = len(heads) == 1 and (heads[0].id, heads[0].version, type(heads[0].number)) == (1, VERSION, int)
    faults = []
    if not is_head:
        faults.append(Fault(name, None, "head", f"The head of the chain was altered or removed. {MEND}"))
    missing = sorted(set(GUARDS) - set(names_of_guards(connection)))
    if missing:
        reason = (
            f"Removed from the database: {' and '.join(missing)}, by which it refuses to change or remove records. "
            "Opening the dashboard puts them back; the chain below tells whether anything was changed meanwhile."
        )
        faults.append(Fault(name, None, None, reason))
    return Held(rows, Head(heads[0].number, heads[0].hash) if is_head else end, faults)


def _mart_faults(rows: Sequence[Row], marts: Path, file: str) -> list[Fault]:
    """Return where a published mart names a head that the chain does not have."""
    hashes = {row.hash for row in rows} | {NOTHING_BEFORE, ""}
    return [
        Fault(
            file,
            None,
            "head",
            f"{folder.name}/{folder_mart} was built when the chain ended with {short(printed)}, which is not in it any "
            f"more: records were removed, or that mart was built from other records; then build again. {MEND}",
        )
        for folder in (marts / "true", marts / "shared")
        for folder_mart, printed in _printed_head(folder)
        if printed not in hashes
    ]


def _printed_head(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the mart in use of a folder and the head that it prints; nothing where there is none to read."""
    try:
        path = current(folder)
        connection = open_read_only(path)
    except MartError:
        return
    try:
        for (head,) in connection.execute(
            "SELECT value FROM mart_info WHERE key = 'records_head'"
        ).fetchall():
            yield path.name, head
    finally:
        connection.close()
