"""Every reader of published files, and the shelf of files that they read.

A file is told apart by its headings, so that a download works under any name. A new format is a `Reader` and one line
in `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.sources.areas import geography
from pipelines.sources.published import (
    cvdprevent,
    fingertips,
    fingertips_lists,
    ons,
    qof,
    qof_achievement,
    qof_lists,
)
from pipelines.sources.published.described import Practice
from pipelines.sources.published.origin import FETCHED, Origin, read_origin
from pipelines.sources.published.publication import (
    MOST_ROWS,
    OPEN,
    REFUSED,
    TOO_MANY_ROWS,
    Asked,
    Publication,
    Reader,
)
from pipelines.sources.published.publication_text import open_publication
from pipelines.sources.tables import Checked, Effect, LocalityValue
from pipelines.sources.unread import FIGURE_ENDINGS, is_visible_file

#: The readers. Of those whose headings a file has, the one that needs most reads it.
READERS: tuple[Reader, ...] = (
    ons.READER,
    *fingertips.READERS,
    *fingertips_lists.READERS,
    cvdprevent.READER,
    qof.READER,
    qof_achievement.READER,
    *qof_lists.READERS,
    geography.READER,
)

#: Said of figures that nothing dates: a later release may have revised them.
NO_DAY = (
    "Nothing says when these figures were released, so they cannot be told from a later release. Write "
    '{"released_on": "2026-01-31"} into a .json of the same name beside the file.'
)

#: Folder of fetched files within a folder of localities.
CACHE = "cache"

#: Bytes within which the heading of a file lies.
HEADING_WITHIN = 65_536


@dataclass(frozen=True, slots=True)
class Found:
    """What one published file gave: its book-keeping, its figures, and rows of other published tables."""

    publication: Publication
    values: tuple[LocalityValue, ...]
    published: tuple[Any, ...]


def reader_for(headings: Iterable[str]) -> Reader | None:
    """Return the reader that knows a file by its plain headings, or None."""
    have = frozenset(headings)
    fitting = [reader for reader in READERS if reader.fits(have)]
    return max(fitting, key=lambda reader: len(reader.needs), default=None)


def read_published(publication: Publication, asked: Asked) -> Found:
    """Read a file by the reader that knows its headings; a file that none knows is refused, and told.

    Never raises for what the file holds.
    """
    reader = reader_for(publication.columns)
    if reader is None:
        if publication.columns:
            publication.tell(None, None, None, _unknown(publication), Effect.LINE_REFUSED)
        publication.fates[publication.fates == OPEN] = REFUSED
        return Found(publication, (), ())
    publication.reader = reader.name
    rows = _read(reader, publication, asked)
    values = tuple(row for row in rows if isinstance(row, LocalityValue))
    return Found(publication, values, tuple(row for row in rows if not isinstance(row, LocalityValue)))


def _read(reader: Reader, publication: Publication, asked: Asked) -> Sequence[Any]:
    """Return the rows of a file; none of one that holds more than can be kept, which is refused as a whole."""
    if not reader.by_block:
        if np.count_nonzero(publication.fates == OPEN) <= reader.most_lines:
            return reader.read(publication, asked)
        publication.refuse_whole(TOO_MANY_ROWS)
        return ()
    rows: list[Any] = []
    for block in publication.blocks():
        rows += reader.read(block, asked)
        if len(rows) > MOST_ROWS:
            publication.refuse_whole(TOO_MANY_ROWS)
            return ()
    if reader.finish:
        reader.finish(publication, rows)
    return rows


class Shelf:
    """The published files of one data folder, read one after another: lists of practices first.

    Parameters
    ----------
    places
        Folders that may hold published files; each may have a `cache` folder of fetched ones.
    leave
        Names of files that are something else.
    pcns
        Codes of the primary care networks that the folder speaks of; where it names none, nothing is left out for it.
    """

    def __init__(self, places: Sequence[Path], leave: Iterable[str] = (), pcns: Iterable[str | None] = ()):
        self.asked = Asked(pcns=frozenset(code for code in pcns if code) or None)
        self.paths = _paths(places, frozenset(leave))
        self.known: dict[bytes, tuple[int, str, float | None]] = {}

    def read(self, path: Path, name: str) -> Found:
        """Read one file; `name` is its path as people know it."""
        publication = open_publication(path.read_bytes(), name, _origin(path))
        publication.known = self.known
        found = read_published(publication, self.asked)
        publication.columns = {}
        if found.values and not (publication.origin.released_on or publication.origin.retrieved_on):
            publication.tell(None, None, None, NO_DAY)
        listed = {
            row.practice_code: row.practice_name for row in found.published if isinstance(row, Practice)
        }
        if listed:
            self.asked = replace(self.asked, practices={**(self.asked.practices or {}), **listed})
        return found


def _paths(places: Sequence[Path], leave: frozenset[str]) -> list[Path]:
    """Return each published file once; a JSON that only describes the CSV beside it is none."""
    named: dict[str, Path] = {}
    for folder in (folder for place in places for folder in (place, place / CACHE)):
        for path in sorted(path for path in folder.glob("*") if path.suffix.lower() in FIGURE_ENDINGS):
            if path.name in leave or path.name in named or not is_visible_file(path) or _describes(path):
                continue
            named[path.name] = path
    return sorted(named.values(), key=lambda path: (_order(path), -_revision(path), path.name))


def _describes(path: Path) -> bool:
    """Whether a JSON only says something of the file beside it: the record of a fetch, or a release."""
    if (
        path.suffix.lower() != ".json"
        or path.name.endswith(FETCHED)
        or not path.with_suffix(".csv").is_file()
    ):
        return path.name.endswith(FETCHED)
    return reader_of(path) is None


def _revision(path: Path) -> int:
    """Return the number of a correction, 2 for ``_V2``: it is read before what it corrects, so that it stands."""
    match = re.search(r"_v(\d{1,2})$", path.stem, re.IGNORECASE)
    return int(match[1]) if match else 1


def _order(path: Path) -> int:
    """Return when a file is read: what others are judged by comes first."""
    reader = reader_of(path) if path.suffix.lower() != ".json" else None
    return reader.order if reader else 1


def reader_of(path: Path) -> Reader | None:
    """Return the reader that knows a file, looked at only as far as its heading (a JSON whole), or None."""
    with path.open("rb") as handle:
        content = handle.read() if path.suffix.lower() == ".json" else handle.read(HEADING_WITHIN)
    return reader_for(open_publication(content, path.name, Origin()).columns)


def check_published(path: Path) -> Checked:
    """Return what one published file gives, wherever it lies, with nothing left out for a data folder."""
    shelf = Shelf(())
    found = shelf.read(path, path.name)
    return Checked(
        neighbourhoods=(),
        prototypes=(),
        cycles=(),
        locality_values=found.values,
        sessions=(),
        loads=(found.publication.close(),),
        faults=tuple(found.publication.faults),
        published=found.published,
    )


def _origin(path: Path) -> Origin:
    beside, fetched = path.with_suffix(".json"), path.with_name(path.name + FETCHED)
    return read_origin(
        beside.read_bytes() if beside != path and beside.is_file() else None,
        fetched.read_bytes() if fetched.is_file() else None,
    )


def _unknown(publication: Publication) -> str:
    """Say which known file a strange one comes nearest to, and what it lacks."""
    have = frozenset(publication.columns)
    nearest = min(
        (reader for reader in READERS if reader.needs),
        key=lambda reader: len(reader.needs - have) / len(reader.needs),
    )
    lacking = ", ".join(sorted(nearest.needs - have))
    return (
        "No reader knows these headings, so nothing of the file was loaded. It comes nearest to "
        f"{nearest.name}, but has no column {lacking}."
    )
