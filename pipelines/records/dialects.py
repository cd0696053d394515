"""The one place that knows which database it is: how a connection is made safe, and how rows are guarded.

Everything else of this room is SQLAlchemy Core. A further database is a `Dialect` and a line in the register.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

#: Seconds that a writer waits for another one before it gives up.
PATIENCE = 30


@dataclass(frozen=True)
class Dialect:
    """What differs from database to database.

    Attributes
    ----------
    guards
        Statements that make the database itself refuse to change or remove a record; run once, with the tables.
    guard_names
        Asks for the names of the guards that are there.
    begin
        What begins a transaction that will write, where the database needs to be told.
    """

    guards: tuple[str, ...]
    guard_names: str
    begin: str | None = None


_REFUSED = "records are never changed or removed: save one that supersedes it"

SQLITE = Dialect(
    guards=tuple(
        f"CREATE TRIGGER IF NOT EXISTS record_no_{verb.lower()} BEFORE {verb} ON record "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    guard_names="SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record'",
    begin="BEGIN IMMEDIATE",
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
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_safe)
        event.listen(engine, "begin", _begin)
    return engine


def reading_engine(address: str) -> Engine:
    """Return an engine that changes nothing, not even on a disk that cannot be written."""
    path = sqlite_file(address)
    if path is None:
        return create_engine(address, poolclass=NullPool)
    modes = "mode=ro"
    if not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
        modes = "immutable=1"  # beside a log of its own, SQLite would have to write to read
    uri = f"file:{quote(str(path.resolve()))}?{modes}&uri=true"
    engine = create_engine(f"sqlite:///{uri}", poolclass=NullPool)
    event.listen(engine, "connect", _be_patient)
    return engine


def names_of_guards(connection: Connection) -> Sequence[str]:
    """Return which guards the database has on its records."""
    dialect = DIALECTS[connection.dialect.name]
    return connection.exec_driver_sql(dialect.guard_names).scalars().all()


def put_guards(connection: Connection) -> None:
    """Make the database refuse to change or remove a record."""
    for statement in DIALECTS[connection.dialect.name].guards:
        connection.exec_driver_sql(statement)


def _make_safe(connection, _record) -> None:  # type: ignore[no-untyped-def]
    """Set up a connection to SQLite: transactions are begun by us, and a commit waits for the disk."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _be_patient(connection, _record) -> None:  # type: ignore[no-untyped-def]
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(SQLITE.begin or "BEGIN")
