"""The log of uploads: inbox/uploads.csv, a line an upload ever kept."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

FILE = "uploads.csv"


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload ever kept: a line of inbox/uploads.csv and a row of the table upload.

    `received_at` is UTC without a zone. `who` is the name that a person gave, or None. `file` is below the data
    folder (``test_logs/food.xlsx``). `replaced_by` is the sha256 of the upload that took its place, or None while it
    stands.
    """

    received_at: dt.datetime
    who: str | None
    file: str
    sha256: str
    n_bytes: int
    replaced_by: str | None = None


def now() -> dt.datetime:
    """Return the time to log: UTC without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def read_uploads(folder: Path) -> tuple[Upload, ...]:
    """Return the uploads kept in a data folder, oldest first; empty where there is no log of them.

    A line that a person has broken is left out: the log tells of the data and is not needed to read them.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig", errors="replace")))
    return tuple(upload for row in rows if (upload := _upload(row)) is not None)


def is_standing(upload: Upload, folder: Path) -> bool:
    """Whether an upload is what stands at its place now: not replaced, and not changed by hand since."""
    path = folder / upload.file
    if upload.replaced_by is not None or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == upload.sha256


def write_uploads(uploads: Iterable[Upload]) -> bytes:
    """Return the log as it is written; `read_uploads` of it gives the same."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [field.name for field in fields(Upload)]
    writer.writerow(names)
    for upload in uploads:
        cells = [getattr(upload, name) for name in names]
        writer.writerow(["" if cell is None else str(cell) for cell in cells])
    return text.getvalue().encode()


def _upload(row: dict[str, str]) -> Upload | None:
    try:
        return Upload(
            dt.datetime.fromisoformat(row["received_at"]),
            row["who"] or None,
            row["file"],
            row["sha256"],
            int(row["n_bytes"]),
            row["replaced_by"] or None,
        )
    except (KeyError, ValueError, TypeError):
        return None
