"""What a database says, in words for people: where, what was found, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from pipelines.errors import RecordsError
from pipelines.records.dialects import PATIENCE, sqlite_file

#: What SQLite's message holds -> what was found and how to mend it. The first that fits is told.
_FOUND = (
    ("disk is full", "The disk is full. Make room and save again."),
    ("readonly database", "It may not be written. Give this program the right to write it and its folder."),
    (
        "unable to open",
        "It cannot be opened. Its folder must be there, and this program must be able to write it.",
    ),
    ("not a database", "This file is no database of records. Put a copy back, or name another address."),
    ("malformed", "The file is damaged. Put a copy back, or begin anew from an export: records import."),
    ("locked", f"Another program has held it for {PATIENCE} seconds. Try again."),
    ("no such table", "It holds tables of something else. Name another address."),
    ("no such column", "It was made by another version of the dashboard. Use that version."),
    ("disk I/O", "The disk could not be written or read. Look at the disk, then save again."),
)

_NO_MATCH = "The database refused ({error}). Try again; if it refuses again, look at the address."


def where(address: str) -> str:
    """Return an address for people: the file, or the address without its password."""
    try:
        return str(sqlite_file(address) or make_url(address).render_as_string(hide_password=True))
    except ArgumentError:
        return "The address of the records"


@contextmanager
def told(address: str, what: str = "") -> Iterator[None]:
    """Turn what a database raises into a `RecordsError`; `what` says what did not happen."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise RecordsError(
            "LEARNING_RECORDS is not an address that can be opened here. "
            "Write it like sqlite:///data/records.sqlite, or install the driver that it names."
        ) from error
    except IntegrityError as error:
        raise RecordsError(
            _sentence(address, what, "Its numbers were changed outside the dashboard.")
        ) from error
    except SQLAlchemyError as error:
        raise RecordsError(_sentence(address, what, _found(error))) from error


def _sentence(address: str, what: str, found: str) -> str:
    return f"{where(address)}: {what} {found}".replace("  ", " ")


def _found(error: SQLAlchemyError) -> str:
    text = str(getattr(error, "orig", error))
    fits = (words for sign, words in _FOUND if sign in text)
    return next(fits, _NO_MATCH.format(error=type(error).__name__))
