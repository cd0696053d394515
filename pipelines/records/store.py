"""The records kept: opened, read, and added to; nothing here changes or removes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from pipelines.errors import RecordsError
from pipelines.records.address import SEED, address_of, is_begun
from pipelines.records.admitting import admitted
from pipelines.records.chain import EMPTY, Head, Row, end_of, hash_of, link, record_of, row_of, saved_moment
from pipelines.records.dialects import READS, engine_of, put_guards, reading_engine
from pipelines.records.kinds import Body, Record
from pipelines.records.tables import HEAD, METADATA, RECORD, VERSION
from pipelines.records.text import read_text
from pipelines.records.troubles import told, where


class Records:
    """The records at one address: read them all, add to their end.

    Made by `open_records`. Threads and processes may share an address; each save is one transaction, and they queue.
    """

    def __init__(self, address: str, engine: Engine):
        self.address = address
        self._engine = engine

    def append(
        self, bodies: Sequence[Body], who: str, supersedes: str | None = None, now: dt.datetime | None = None
    ) -> tuple[Record, ...]:
        """Save what a person entered, all of it or nothing; it is on the disk when this returns.

        Parameters
        ----------
        bodies
            What was entered.
        who
            As the person signs: a name or a role, 1 to 80 characters. It is printed.
        supersedes
            Id of the record that takes its leave; then `bodies` is one body of the same kind.
        now
            The moment; the clock where not given. What is saved is never before the record before it.

        Returns
        -------
        tuple of Record
            What was saved, in the same order.

        Raises
        ------
        FaultyInputError
            With every fault of what was entered; nothing was saved.
        RecordsError
            Where the records cannot be written; nothing was saved.
        """
        moment = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
        with self._writing() as connection:
            head, last = _end(connection, self.address)
            moment = max(moment, last) if last else moment
            records = _read(connection, self.address)
            bodies, who = admitted(bodies, who, supersedes, records, moment)
            rows: list[Row] = []
            for body in bodies:
                rows.append(link(head, body, who, moment, supersedes))
                head = end_of(rows)
            _write(connection, rows, head)
        return tuple(record_of(row) for row in rows)

    def take_over(self, records: Sequence[Record]) -> int:
        """Add records of a text (`read_text`) that begins with every record here; return how many were new.

        Raises
        ------
        RecordsError
            Where the text is of other records, or ends before these do; nothing was saved.
        """
        rows = [row_of(record) for record in records]
        with self._writing() as connection:
            head, _ = _end(connection, self.address)
            if end_of(rows[: head.number]) != head:
                raise RecordsError(
                    f"{where(self.address)} holds records that this file does not begin with. Nothing was saved. "
                    "Move them aside first, or name another data folder."
                )
            if rows[head.number :]:
                _write(connection, rows[head.number :], end_of(rows))
        return len(rows) - head.number

    def all(self) -> tuple[Record, ...]:
        """Return every record, in the order of saving."""
        with self._reading() as connection:
            return _read(connection, self.address)

    def head(self) -> Head:
        """Return the end of the chain."""
        with self._reading() as connection:
            return _head(connection, self.address)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(self.address, "Nothing was saved."), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self.address), self._engine.connect() as connection:
            yield connection.execution_options(**{READS: True})


def open_records(address: str, seed: Path | None = None) -> Records:
    """Open the records at an address; the tables are made where there are none.

    Parameters
    ----------
    address
        From `address_of`.
    seed
        Records as text that a new database begins with; a file that is not there is none.

    Raises
    ------
    RecordsError
        Where the address cannot be opened or holds something else.
    FaultyInputError
        Where the seed is not whole.
    """
    with told(address):
        engine = engine_of(address)
        with engine.begin() as connection:
            if not inspect(connection).has_table(RECORD.name):
                rows = [row_of(record) for record in read_text(seed)] if seed and seed.is_file() else []
                _begin(connection, rows)
            _hold(connection)
            _head(connection, address)
            put_guards(connection)
    return Records(address, engine)


def read_records(data: Path, folder: Path) -> tuple[Record, ...]:
    """Return the records for a build: of the database where there is one, else of the folder's text, else none.

    Nothing is made or changed, not even on a disk that cannot be written.

    Parameters
    ----------
    data, folder
        As for `address_of`.

    Raises
    ------
    RecordsError, FaultyInputError
        Where there are records and they cannot be read.
    """
    address = address_of(data, folder)
    seed = folder / SEED
    if not is_begun(address):
        return read_text(seed) if seed.is_file() else ()
    with told(address), reading_engine(address).connect() as connection:
        return _read(connection, address)


def _begin(connection: Connection, rows: Sequence[Row]) -> None:
    """Make the tables, with the rows that they begin with."""
    METADATA.create_all(connection)
    connection.execute(HEAD.insert().values(id=1, number=0, hash=EMPTY.hash, version=VERSION))
    if rows:
        _write(connection, rows, end_of(rows))


def _write(connection: Connection, rows: Sequence[Row], head: Head) -> None:
    connection.execute(RECORD.insert(), [row._asdict() for row in rows])
    connection.execute(HEAD.update().where(HEAD.c.id == 1).values(number=head.number, hash=head.hash))


def _read(connection: Connection, address: str) -> tuple[Record, ...]:
    _head(connection, address)
    rows = [Row(*row) for row in connection.execute(select(RECORD).order_by(RECORD.c.number)).all()]
    try:
        return tuple(record_of(row) for row in rows)
    except (ValueError, TypeError, AttributeError):
        raise RecordsError(
            f"{where(address)} holds a record that cannot be read. `python -m pipelines check records` says which."
        ) from None


def _head(connection: Connection, address: str) -> Head:
    """Return the end of the chain as it is kept beside it."""
    found = connection.execute(select(HEAD)).all()
    if len(found) != 1 or found[0].version != VERSION or type(found[0].number) is not int:
        raise RecordsError(
            f"{where(address)} was made by another version of the dashboard, or changed outside it. "
            "Use the version that made it, or `python -m pipelines check records` to see what is wrong."
        )
    return Head(found[0].number, found[0].hash)


def _hold(connection: Connection) -> None:
    """Make every other writer wait until this transaction is over."""
    connection.execute(select(HEAD).with_for_update())


def _end(connection: Connection, address: str) -> tuple[Head, dt.datetime | None]:
    """Return the head and when its record was saved; refuse to add to a chain whose end was changed."""
    _hold(connection)
    head = _head(connection, address)
    last = connection.execute(select(RECORD).order_by(RECORD.c.number.desc()).limit(1)).first()
    if last is None and head == EMPTY:
        return head, None
    row = Row(*last) if last is not None else None
    if row is None or Head(row.number, row.hash) != head or hash_of(row) != row.hash:
        raise RecordsError(
            f"{where(address)} was changed outside the dashboard: its last record is not the one that was saved. "
            "Nothing was saved. `python -m pipelines check records` says what is wrong."
        )
    return head, saved_moment(row.saved_at)
