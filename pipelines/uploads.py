"""Uploads kept: the file and its mapping into the inbox, a line into the upload log, atomically."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import LearningError
from pipelines.measures import Measure

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

    `state` is ``kept`` (the first of its form), ``beside`` (another of a form that is there), ``replaced`` (it took
    the place of `replaced`, which was moved aside) or ``same`` (that content is there already, nothing was added).
    Paths are below the data folder.
    """

    state: str
    file: str
    replaced: str | None
    sentence: str


class UploadError(LearningError):
    """An upload that cannot be kept as it is; the message says how to mend it."""


def keep(
    content: bytes,
    name: str,
    mapping: Mapping,
    who: str | None,
    data: Path,
    new_neighbourhood: str | None = None,
    new_prototype: str | None = None,
    measures: Sequence[Measure] = (),
) -> Kept:
    """Keep an upload in ``data/inbox``; new places and prototypes are given by name, their ids are made here."""
    raise NotImplementedError


def read_uploads(folder: Path) -> tuple[Upload, ...]:
    """Return the uploads kept in a data folder, oldest first; empty where there is no log of them."""
    raise NotImplementedError


def safe_name(name: str) -> str:
    """Return a file name that every system can keep, with the extension as it was."""
    raise NotImplementedError
