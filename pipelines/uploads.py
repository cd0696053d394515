"""Uploads kept: the file and its mapping into the inbox, a line into the upload log, atomically."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.sources.tables import Neighbourhood, Prototype

if TYPE_CHECKING:
    from pipelines.sources.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload ever kept: a line of inbox/uploads.csv and a row of the table upload.

    `received_at` is UTC without a zone. `file` is below the data folder (``test_logs/food.xlsx``). `replaced_by` is
    the sha256 of the upload that took its place, or None while it stands.
    """

    received_at: dt.datetime
    who: str | None
    file: str
    sha256: str
    n_bytes: int
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an upload.

    `outcome` is ``kept``, ``replaced`` (an earlier version was moved aside) or ``unchanged`` (the same content is
    there already). `file` is its path below the data folder, `words` a sentence for the person.
    """

    outcome: str
    file: str
    words: str


def keep(
    content: bytes,
    name: str,
    mapping: Mapping,
    who: str | None,
    data: Path,
    new_neighbourhood: Neighbourhood | None = None,
    new_prototype: Prototype | None = None,
    measures: Sequence[Table[str, Any]] = (),
) -> Kept:
    """Keep an upload in ``data/inbox``; `measures` are definitions to write beside it."""
    raise NotImplementedError


def read_uploads(folder: Path) -> tuple[Upload, ...]:
    """Return the uploads kept in a data folder, oldest first; empty where there is no log of them."""
    raise NotImplementedError


def safe_name(name: str) -> str:
    """Return a file name that every system can keep, with the extension as it was."""
    raise NotImplementedError
