"""Which kept file a new one is a later version of: the same form and prototype, with the old records in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.errors import LearningError
from pipelines.sources.cells.grid import read_book
from pipelines.sources.cells.headings import plain
from pipelines.sources.cells.layout import find_layout
from pipelines.sources.logs.mapping import Mapping, fit, read_mapping
from pipelines.sources.unread import LOG_ENDINGS, is_visible_file

LOGS = "test_logs"

#: Share of a kept file's records that a later version of it still holds word for word.
SAME_RECORDS = 0.5

#: Share of a mapping's headings that a file of the same form has.
SAME_FORM = 0.8


@dataclass(frozen=True, slots=True)
class Standing:
    """A log that stands in the inbox: its path below it, its hash, and its mapping where it has one."""

    file: str
    sha256: str
    content: bytes
    mapping: Mapping | None
    mapping_file: str | None


def standing(inbox: Path) -> list[Standing]:
    """Return the logs of an inbox, in the order of their names."""
    found = []
    for path in sorted((inbox / LOGS).glob("*")):
        if path.suffix.lower() not in LOG_ENDINGS or not is_visible_file(path):
            continue
        beside, content = path.with_suffix(".toml"), path.read_bytes()
        mapping = read_mapping(beside.read_bytes(), beside.name)[0] if beside.is_file() else None
        beside_name = f"{LOGS}/{beside.name}" if beside.is_file() else None
        found.append(Standing(f"{LOGS}/{path.name}", sha256_of(content), content, mapping, beside_name))
    return found


def sha256_of(content: bytes) -> str:
    """Return the hash that an upload is known by."""
    return hashlib.sha256(content).hexdigest()


def find_older(content: bytes, name: str, mapping: Mapping, logs: Iterable[Standing]) -> Standing | None:
    """Return the kept log that a new one is a later version of; None where it stands beside those kept.

    Parameters
    ----------
    content, name
        The new file.
    mapping
        Its mapping, with the prototype that it belongs to.
    logs
        The logs kept.

    Returns
    -------
    Standing or None
        A log of the same prototype and form is older where at least half of its records stand in the new file, or
        where it has the same name and the new file holds every day of it: then its records were corrected.
    """
    new = _records(content, name, mapping)
    best: tuple[float, Standing] | None = None
    for log in logs:
        if log.mapping is None or _place(log.mapping) != _place(mapping):
            continue
        old = _records(log.content, log.file, mapping)
        if not old.rows or not old.has_form:
            continue
        share = len(old.rows & new.rows) / len(old.rows)
        is_corrected = _stem(log.file) == _stem(name) and bool(old.days) and old.days <= new.days
        if (share >= SAME_RECORDS or is_corrected) and (best is None or share > best[0]):
            best = (share, log)
    return None if best is None else best[1]


@dataclass(frozen=True, slots=True)
class _Records:
    rows: frozenset[str]
    days: frozenset[str]
    has_form: bool


def _records(content: bytes, name: str, mapping: Mapping) -> _Records:
    """Return the records of a file as texts of the columns that the mapping names, and its days as written."""
    rows: set[str] = set()
    days: set[str] = set()
    fits = [0.0]
    try:
        book = read_book(content, name)
    except LearningError:
        return _Records(frozenset(), frozenset(), False)
    day_headings = {plain(heading) for heading in mapping.columns.get("tested_on", ())}
    for grid in book.grids:
        layout = None if grid.is_hidden else find_layout(grid, mapping.headings)
        if layout is None or not len(layout.body):
            continue
        fits.append(fit(mapping, layout.headings))
        wanted = {plain(heading) for heading in mapping.headings}
        body = pa.array(layout.body)
        columns = {
            plain(heading): pc.utf8_trim_whitespace(grid.cells[n].take(body))
            for n, heading in enumerate(layout.headings)
            if plain(heading) in wanted
        }
        if not columns:
            continue
        ordered = [columns[heading] for heading in sorted(columns)]
        rows |= set(pc.binary_join_element_wise(*ordered, "\x1f").to_pylist())
        for heading in day_headings & set(columns):
            days |= {f"{grid.sheet}: {day}" for day in columns[heading].to_pylist() if day}
    return _Records(frozenset(rows), frozenset(days), max(fits) >= SAME_FORM)


def _place(mapping: Mapping) -> tuple[str | None, str | None]:
    return mapping.neighbourhood_id, mapping.prototype_id


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.casefold()
