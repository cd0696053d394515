"""Where the ledger of releases is kept: in the data folder, beside the records, so that cleaned marts do not forget it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.disclosure.ledger import Ledger
from pipelines.errors import Fault, FaultyInputError, LearningError
from pipelines.together import alone

#: The folder in the data folder, and the file in it.
RELEASED, LEDGER = "released", "ledger.jsonl"


@contextmanager
def one_release(data: Path) -> Iterator[None]:
    """Wait until nobody else releases figures of this data: each release has to know the one before.

    Raises
    ------
    LearningError
        Where the data folder cannot be written: what is released without being remembered cannot be protected later.
    """
    folder = data / RELEASED
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LearningError(
            f"What is released to others is kept in {folder}, which cannot be written ({error.strerror}). "
            "Make the data folder writable for whoever builds."
        ) from error
    with alone(folder):
        yield


def read_ledger(data: Path) -> Ledger:
    """Return what was released of this data before; empty where nothing was.

    Raises
    ------
    FaultyInputError
        Where the file is damaged: nothing is released over a ledger that cannot be read.
    """
    path = data / RELEASED / LEDGER
    if not path.is_file():
        return Ledger()
    try:
        return Ledger.from_text(path.read_text(encoding="utf-8"))
    except ValueError as error:
        told = f"{error} Put back a copy of it; without one the next release cannot be held against this one."
        raise FaultyInputError([Fault(str(path), None, None, told)]) from error


def write_ledger(data: Path, ledger: Ledger) -> None:
    """Keep the ledger, whole or not at all, and on the disk before what it tells of is published."""
    path = data / RELEASED / LEDGER
    text = ledger.to_text()
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    beside = path.with_name(f".{LEDGER}-{os.getpid()}")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def digest_of(ledger: Ledger | None) -> str:
    """Return what the ledger adds to the name of a mart; nothing where none is kept."""
    return hashlib.sha256(ledger.to_text().encode("utf-8")).hexdigest() if ledger is not None else ""
