"""The one place that knows which database it is: how a connection is made safe, and how rows are guarded.

Everything else of this room is SQLAlchemy Core. A further database is a `Dialect` and a line in the register.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

#: Seconds that a writer waits for another one before it gives up.
PATIENCE = 30

#: Execution option of a connection that will not write.
READS = "reads"


@dataclass(frozen=True)
class Dialect:
    """What differs from database to database.

    Attributes
    ----------
    guards
        Statements that make the database itself refuse to change or remove a record; run once, with the tables.
    guard_names
        Asks for the names of the guards that are there.
    """

    guards: tuple[str, ...]
    guard_names: str


_REFUSED = "records are never changed or removed: save one that supersedes it"

SQLITE = Dialect(
    guards=tuple(
        f"CREATE TRIGGER IF NOT EXISTS record_no_{verb.lower()} BEFORE {verb} ON record "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    guard_names="SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record'",
)

POSTGRESQL = Dialect(
    guards=(
        "CREATE OR REPLACE FUNCTION record_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$",
        "CREATE OR REPLACE TRIGGER record_no_update BEFORE UPDATE ON record "
        "FOR EACH ROW EXECUTE FUNCTION record_refuses()",
        "CREATE OR REPLACE TRIGGER record_no_delete BEFORE DELETE ON record "
        "FOR EACH ROW EXECUTE FUNCTION record_refuses()",
    ),
    guard_names="SELECT tgname FROM pg_trigger WHERE tgrelid = 'record'::regclass AND NOT tgisinternal",
)

DIALECTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}

GUARDS = ("record_no_delete", "record_no_update")


def sqlite_file(address: str) -> Path | None:
    """Return the file of an address, or None where the records are not in a file."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def sqlite_address(path: Path) -> str:
    """Return the address of a file."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def engine_of(address: str) -> Engine:
    """Return an engine that writes safely: every commit is on the disk before it is acknowledged.

    A connection lives for one transaction: with the last of them SQLite folds its log into the one file, which is then
    all that a copy needs.
    """
    engine = create_engine(address, poolclass=NullPool)
    if engine.dialect.name not in DIALECTS:
        raise ArgumentError(f"{engine.dialect.name} is none of {', '.join(DIALECTS)}")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_safe)
        event.listen(engine, "begin", _begin)
    return engine


def reading_engine(address: str) -> Engine:
    """Return an engine that changes nothing, and that reads on a disk that cannot be written.

    All that one connection reads is of one moment, whoever saves meanwhile.
    """
    path = sqlite_file(address)
    if path is None:
        return create_engine(address, poolclass=NullPool, isolation_level="REPEATABLE READ")
    uri = f"{path.resolve().as_uri()}?{_mode(path)}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False),
        poolclass=NullPool,
        execution_options={READS: True},
    )
    event.listen(engine, "connect", _only_ask)
    event.listen(engine, "begin", _begin)
    return engine


def _mode(path: Path) -> str:
    """Return how to open a file for reading: SQLite must be able to write beside it, or be told that nobody does."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "mode=rw"
    return "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"


def names_of_guards(connection: Connection) -> Sequence[str]:
    """Return which guards the database has on its records."""
    dialect = DIALECTS[connection.dialect.name]
    return connection.exec_driver_sql(dialect.guard_names).scalars().all()


def put_guards(connection: Connection) -> None:
    """Make the database refuse to change or remove a record, where it does not already."""
    if set(GUARDS) <= set(names_of_guards(connection)):
        return
    for statement in DIALECTS[connection.dialect.name].guards:
        connection.exec_driver_sql(statement)


def _make_safe(connection, _record) -> None:  # type: ignore[no-untyped-def]
    """Set up a connection to SQLite: transactions are begun by us, and a commit waits for the disk."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")


def _write_ahead(connection) -> None:  # type: ignore[no-untyped-def]
    """Choose the log written ahead; while two begin one file at once, SQLite does not wait by itself here."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _only_ask(connection, _record) -> None:  # type: ignore[no-untyped-def]
    """Set up a connection to SQLite that only reads; a text broken behind our back is read as it lies there."""
    connection.isolation_level = None
    connection.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    connection.execute("PRAGMA query_only = ON")


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that will write queues at once for its turn, so that it never fails half way."""
    is_reading = connection.get_execution_options().get(READS, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
