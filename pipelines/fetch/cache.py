"""What was fetched, kept: the bytes as they came, and beside them a record of address, time and SHA-256.

A file in the cache is used as long as its bytes are those of its record; only `again` goes back to the network.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.fetch.addresses import Wanted
from pipelines.fetch.download import FetchError, Limits, download
from pipelines.sources.published.origin import FETCHED, Origin
from pipelines.sources.published.publication_text import open_publication
from pipelines.sources.register import CACHE, reader_for

#: Folder of what was fetched, below a data folder.
CACHED = f"localities/{CACHE}"


@dataclass(frozen=True, slots=True)
class Record:
    """Where a file came from: address, UTC time, SHA-256 and size; `member` where it was taken out of a zip."""

    address: str
    fetched_at: str
    sha256: str
    n_bytes: int
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file in the cache with its record; `is_new` where it came over the network just now."""

    path: Path
    record: Record
    is_new: bool


def fetch(wanted: Wanted, data: Path, again: bool = False, limits: Limits | None = None) -> Sequence[Fetched]:
    """Return the files of one address: from the cache where they are whole, else over the network.

    Parameters
    ----------
    wanted
        The address, and the name of its file.
    data
        The data folder; files are kept in `localities/cache` below it.
    again
        Fetch anew although the cache has it.
    limits
        How much and how long; only a test allows more than https.

    Raises
    ------
    FetchError
        Where neither the cache nor the address gives the file. What the cache holds stays as it was.
    """
    folder = data / CACHED
    path = folder / wanted.file
    held = None if again else read_record(path)
    if held is not None:
        content, record = path.read_bytes(), held
    else:
        content = download(wanted.address, limits or Limits())
        record = _record(wanted.address, content)
    files = _files(wanted, content)
    return [_keep(folder, name, part, record, held is None, name != wanted.file) for name, part in files]


def read_record(path: Path) -> Record | None:
    """Return the record of a file in the cache, None where there is none or the bytes are not those it speaks of."""
    try:
        record = Record(**json.loads(path.with_name(path.name + FETCHED).read_bytes()))
        is_whole = hashlib.sha256(path.read_bytes()).hexdigest() == record.sha256
    except (OSError, ValueError, TypeError):
        return None
    return record if is_whole else None


def _record(address: str, content: bytes, member: str | None = None, at: str | None = None) -> Record:
    now = at or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Record(address, now, hashlib.sha256(content).hexdigest(), len(content), member)


def _files(wanted: Wanted, content: bytes) -> list[tuple[str, bytes]]:
    """Return the files to keep, having looked whether some reader knows them; a zip and what is taken out of it."""
    if wanted.members is None:
        if not wanted.describes:
            _check_known(wanted.file, content)
        return [(wanted.file, content)]
    return [(wanted.file, content), *_members(wanted, content)]


def _check_known(file: str, content: bytes) -> None:
    publication = open_publication(content, file, Origin())
    if reader_for(publication.columns) is None:
        words = " ".join(fault.reason for fault in publication.faults[:1])
        raise FetchError(
            f"What came for {file} is not a table that any reader knows, so it was not kept. {words}".strip()
        )


def _members(wanted: Wanted, content: bytes) -> list[tuple[str, bytes]]:
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                name = entry.filename.replace("\\", "/").rpartition("/")[2]
                if re.fullmatch(wanted.members or "", name, re.IGNORECASE):
                    found.append((name, _unpack(archive, entry)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FetchError(
            f"What came for {wanted.file} is no whole zip. Fetch it again with --again."
        ) from error
    if not found:
        raise FetchError(f"The zip {wanted.file} holds none of the files asked for. Check the region.")
    return found


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a member, never more than a file may have, whatever its header says."""
    most = Limits().n_bytes
    with archive.open(entry) as member:
        content = member.read(most + 1)
    if len(content) > most:
        raise FetchError(
            f"{entry.filename} in the zip has more than {most / 1e6:,.0f} MB unpacked. It was not kept."
        )
    return content


def _keep(folder: Path, name: str, content: bytes, record: Record, is_new: bool, is_member: bool) -> Fetched:
    """Write a file and then its record, each whole; a file of the same bytes is left as it is."""
    path = folder / name
    held = read_record(path)
    own = record if not is_member else _record(record.address, content, name, record.fetched_at)
    if held != own:
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, content)
        _write(path.with_name(name + FETCHED), json.dumps(asdict(own), indent=2).encode())
    return Fetched(path, own, is_new)


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
