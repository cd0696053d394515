"""Marts: DuckDB files built beside the ones in use and published whole.

A folder holds ``mart-<contenthash>.duckdb`` files and a pointer file ``current`` with the name of the one in use.
Readers follow the pointer; a build that fails or is killed leaves the pointer, and so what people see, untouched.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import MartError

SQL_FOLDER = Path(__file__).parent / "sql"

#: Raised when a table's columns change, so that an old mart is rebuilt rather than misread.
SCHEMA_VERSION = 8

POINTER = "current"

#: How the name of a file begins that is not whole yet.
BUILDING = ".building-"

#: Settings of a builder: one thread, since a borough's tables are too small to share out (a refresh took 0.85 s with
#: one thread and 1.25 s with two, on two cores).
BUILDER: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "threads": 1,
}

#: Settings of a reader: no files, no extensions, and no way to change that.
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "enable_external_access": "false",
    "lock_configuration": "true",
}

#: Called with the name of each step of publishing; the tests kill the process there.
Step = Callable[[str], None]


def read_sql(name: str) -> str:
    """Return the text of ``sql/<name>.sql``."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def run_sql(
    connection: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, Any] | None = None
) -> None:
    """Run every statement of ``sql/<name>.sql``; values enter only as ``$parameters``."""
    for statement in duckdb.extract_statements(read_sql(name)):
        wanted = {
            key: value for key, value in (parameters or {}).items() if key in statement.named_parameters
        }
        connection.execute(statement, wanted)


@contextmanager
def new_database(path: Path | None = None, begun: bytes | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a new database with the mart's schema; in memory where no path is given.

    Parameters
    ----------
    path
        Where it is written.
    begun
        A database file to go on from, from `begin`; empty tables where not given.
    """
    if path is not None and begun is not None:
        path.write_bytes(begun)
    connection = duckdb.connect(str(path) if path else ":memory:", config=BUILDER)
    try:
        if begun is None:
            connection.execute("BEGIN")
            run_sql(connection, "schema")
            connection.execute("COMMIT")
        yield connection
    finally:
        connection.close()


def begin(fill: Callable[[duckdb.DuckDBPyConnection], None]) -> bytes:
    """Return the file of a database with the mart's schema and some rows, for `publish` to go on from."""
    with tempfile.TemporaryDirectory(prefix="mart-") as folder:
        path = Path(folder) / "begun.duckdb"
        with new_database(path) as connection:
            _fill(connection, fill)
        return path.read_bytes()


def _fill(connection: duckdb.DuckDBPyConnection, fill: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    connection.execute("BEGIN")  # one commit, not one a table
    fill(connection)
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT")


def no_step(_name: str) -> None:
    """Do nothing at a step."""


def publish(
    folder: Path,
    content_hash: str,
    fill: Callable[[duckdb.DuckDBPyConnection], None],
    step: Step = no_step,
    begun: bytes | None = None,
) -> Path:
    """Build a mart beside the one in use and point to it once it is whole: `write_beside`, then `put_in_use`."""
    return put_in_use(write_beside(folder, content_hash, fill, step, begun), step)


def write_beside(
    folder: Path,
    content_hash: str,
    fill: Callable[[duckdb.DuckDBPyConnection], None],
    step: Step = no_step,
    begun: bytes | None = None,
) -> Path:
    """Build a mart beside the one in use.

    Parameters
    ----------
    folder
        ``marts/true`` or ``marts/shared``; made where absent.
    content_hash
        Names the file: the same input gives the same name.
    fill
        Writes the rows into an empty mart.
    step
        Told each named step: ``writing``, ``written``.
    begun
        From `begin`: rows that the mart holds before it is filled.

    Returns
    -------
    Path
        The file, whole and on the disk, for `put_in_use`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{BUILDING}{os.getpid()}-{content_hash}.duckdb"
    _remove(beside)
    step("writing")
    try:
        with new_database(beside, begun) as connection:
            _fill(connection, fill)
        _sync(beside)
    except BaseException:
        _remove(beside)
        raise
    step("written")
    return beside


def put_in_use(beside: Path, step: Step = no_step) -> Path:
    """Name a mart that was written beside, and point to it.

    Parameters
    ----------
    beside
        From `write_beside`.
    step
        Told each named step: ``named``, ``pointer_written``, ``pointed``.

    Returns
    -------
    Path
        The published mart.
    """
    folder = beside.parent
    target = folder / f"mart-{beside.stem.rpartition('-')[2]}.duckdb"
    beside.replace(target)
    step("named")
    pointer = folder / f".{POINTER}-{os.getpid()}"
    pointer.write_text(target.name, encoding="utf-8")
    _sync(pointer)
    step("pointer_written")
    pointer.replace(folder / POINTER)
    step("pointed")
    _remove_older(folder, keep=target)
    return target


def current(folder: Path) -> Path:
    """Return the mart in use.

    Raises
    ------
    MartError
        Where there is none, or the pointer names a file that is not there.
    """
    pointer = folder / POINTER
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise MartError(f"There is no mart in {folder} yet. Build it: python -m pipelines build") from None
    path = folder / name
    if not name.startswith("mart-") or "/" in name or not path.is_file():
        raise MartError(
            f"{pointer} names {name!r}, which is not there. Build again: python -m pipelines build"
        )
    return path


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a published mart for reading, locked: no writing, no files, no settings.

    Raises
    ------
    MartError
        Where the file is not a database that this version can read.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True, config=LOCKED)
        version = connection.execute("SELECT value FROM mart_info WHERE key = 'schema_version'").fetchall()
    except duckdb.Error as error:
        raise MartError(
            f"{path.name} cannot be read ({type(error).__name__}). Build again: python -m pipelines build"
        ) from error
    if version != [(str(SCHEMA_VERSION),)]:
        connection.close()
        raise MartError(
            f"{path.name} was made by another version of the dashboard. Build again: python -m pipelines build"
        )
    return connection


def attach(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach a published mart for reading, as `old`; the caller detaches it.

    Raises
    ------
    MartError
        Where the mart cannot be read or was made by another version.
    """
    quoted = str(path).replace("'", "''")  # ATTACH takes no parameters
    try:
        connection.execute(f"ATTACH '{quoted}' AS old (READ_ONLY)")
        version = connection.execute(
            "SELECT value FROM old.mart_info WHERE key = 'schema_version'"
        ).fetchall()
    except duckdb.Error as error:
        raise MartError(f"{path.name} cannot be read. Build again: python -m pipelines build") from error
    if version != [(str(SCHEMA_VERSION),)]:
        connection.execute("DETACH old")
        raise MartError(f"{path.name} was made by another version. Build again: python -m pipelines build")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for left in (path, path.with_name(path.name + ".wal")):
        left.unlink(missing_ok=True)


#: Seconds after which a half-built file is taken for what a killed build left behind.
ABANDONED_AFTER = 3600


def _remove_older(folder: Path, keep: Path, spare: int = 3) -> None:
    """Keep the mart in use and a few before it, so that open readers do not lose their file."""
    for left in folder.glob(f"{BUILDING}*"):
        if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
            left.unlink(missing_ok=True)
    marts = sorted(folder.glob("mart-*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in marts if path != keep][spare:]:
        try:
            path.unlink()
        except OSError:  # in use on Windows: the next build tries again
            continue
