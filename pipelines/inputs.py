"""Everything that is read before anything is computed, and the name that this content gives a mart."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.disclosure import (
    NHS,
    PRIVACY,
    RELEASED,
    Ledger,
    Profile,
    chosen_profile,
    digest_of,
    read_ledger,
)
from pipelines.errors import Fault, FaultyInputError
from pipelines.mart import SCHEMA_VERSION
from pipelines.measures import Measure, read_measures
from pipelines.memory import Contents, Forgetful, Memory
from pipelines.recorded import Merged, merged
from pipelines.recorded.parts import Part, parts_of
from pipelines.recorded.tested import Days, days_of
from pipelines.records import SEED, Record, Recorded, read_records
from pipelines.sources import Checked, read_folder
from pipelines.together import settled
from pipelines.uploads.log import Upload, read_uploads

PACKAGE = Path(__file__).parent
PROJECT_DATA = PACKAGE.parent / "data"

_CONTENTS = Contents()


@dataclass(frozen=True)
class Inputs:
    """What was read, and the hash that names what is made of it.

    Attributes
    ----------
    folder
        What was read of the data folder.
    measures
        Those in use.
    checked
        Rows of files and records together.
    content_hash
        Of everything that was read and of the code that read it.
    uploads
        Files given through the Data page, oldest first.
    records
        The whole chain of what people entered.
    merged
        How files and records came together; None where there are files alone.
    files_key
        Of everything that was read but the records.
    known_parts
        The sessions with digests of what is in them, where they are known.
    profile
        What is hidden from others than the group, and how the rest is rounded.
    ledger
        What was released to them before; what is released now is entered. None for sample data: nobody is in it.
    """

    folder: Path
    measures: tuple[Measure, ...]
    checked: Checked
    content_hash: str
    uploads: tuple[Upload, ...] = ()
    records: tuple[Record, ...] = ()
    merged: Merged | None = None
    files_key: str = ""
    known_parts: tuple[Part, ...] | None = None
    profile: Profile = NHS
    ledger: Ledger | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sessions, with digests of what is in them."""
        return parts_of(self.checked.sessions) if self.known_parts is None else self.known_parts

    @property
    def together(self) -> Merged:
        """Files and records as they came together."""
        return self.merged or Merged(self.checked, prototypes_read=self.checked.prototypes)

    @property
    def recorded(self) -> Recorded:
        """What stands of the records and speaks of what is there."""
        return self.together.recorded

    @property
    def is_made_up(self) -> bool:
        """Whether this is sample data: it then carries the sample's truth table."""
        return is_made_up(self.folder)

    @property
    def name_now(self) -> str:
        """The hash with what the ledger holds by now: of what has been released since, once that is entered."""
        return _named(self.files_key, self.records, self.ledger)


def is_made_up(folder: Path) -> bool:
    """Whether a folder is sample data."""
    return (folder / "truth.csv").is_file()


def default_data() -> Path:
    """Return the data folder: LEARNING_DATA, else `data/` of the project."""
    return Path(os.environ.get("LEARNING_DATA") or PROJECT_DATA)


def default_marts() -> Path:
    """Return the folder of marts: LEARNING_MARTS, else `data/marts`."""
    return Path(os.environ.get("LEARNING_MARTS") or PROJECT_DATA / "marts")


def input_folder(data: Path) -> Path:
    """Return the folder that is read: a non-empty `inbox/`, else `sample/`, else the folder itself."""
    inbox, sample = data / "inbox", data / "sample"
    if any(not path.name.startswith(".") for path in inbox.glob("*")):
        return inbox
    return sample if sample.is_dir() else data


def read_inputs(data: Path, memory: Memory | None = None) -> Inputs:
    """Read measures, logs and records, never in the middle of an upload; every fatal fault of all is told at once.

    Parameters
    ----------
    data
        The data folder.
    memory
        Keeps what files hold between two builds.

    Raises
    ------
    FaultyInputError
        Where nothing can be built.
    """
    with settled(data / "inbox"):
        return _read(data, input_folder(data), memory or Forgetful())


@dataclass(frozen=True)
class _Files:
    """What the files hold, the days on which their sessions were held, and what is in them."""

    measures: tuple[Measure, ...]
    checked: Checked
    uploads: tuple[Upload, ...]
    days: Days
    parts: tuple[Part, ...]


def _read(data: Path, folder: Path, memory: Memory) -> Inputs:
    faults: list[Fault] = []
    files: _Files | None = None
    records: tuple[Record, ...] = ()
    today, key = dt.date.today(), files_key(data, folder)
    try:
        files = memory.recall(("files", folder, key, today), lambda: _read_files(data, folder, today))
    except FaultyInputError as error:
        faults += error.faults
    try:
        records = read_records(data, folder)
    except FaultyInputError as error:
        faults += error.faults
    try:
        profile = privacy_profile(data, folder)
        ledger = None if is_made_up(folder) else read_ledger(data)
    except FaultyInputError as error:
        faults += error.faults
    if faults or files is None:
        raise FaultyInputError(faults)
    both = merged(files.checked, records, files.measures, today, files.days)
    name = _named(key, records, ledger)
    return Inputs(
        folder,
        files.measures,
        both.checked,
        name,
        files.uploads,
        records,
        both,
        key,
        (*files.parts, *both.parts),
        profile,
        ledger,
    )


def _read_files(data: Path, folder: Path, today: dt.date) -> _Files:
    faults: list[Fault] = []
    measures: tuple[Measure, ...] = ()
    checked: Checked | None = None
    try:
        measures = read_measures(measures_folder(data, folder))
    except FaultyInputError as error:
        faults += error.faults
    try:
        checked = read_folder(folder, measures, localities=data / "localities", today=today)
    except FaultyInputError as error:
        faults += error.faults
    if faults or checked is None:
        raise FaultyInputError(faults)
    sessions = checked.sessions
    return _Files(measures, checked, read_uploads(folder), days_of(checked.held_sessions), parts_of(sessions))


def privacy_profile(data: Path, folder: Path) -> Profile:
    """Return the disclosure profile that the owner of the data has chosen.

    Raises
    ------
    FaultyInputError
        Where the file names none that there is.
    """
    file = _privacy_file(data, folder)
    return chosen_profile(file.read_bytes() if file else None, str(file))


def _privacy_file(data: Path, folder: Path) -> Path | None:
    """Return the privacy file: with the logs, else in the data folder; None where there is none."""
    places = (folder / PRIVACY, data / PRIVACY)
    return next((path for path in places if path.is_file()), None)


def measures_in_use(folder: Path) -> tuple[Measure, ...]:
    """Return the measures that are used with the folder that is read; none where their definitions are faulty."""
    try:
        return read_measures(measures_folder(folder.parent, folder))
    except FaultyInputError:
        return ()


def measures_folder(data: Path, folder: Path) -> Path:
    """Return where the measure definitions are: with the logs, else beside them, else the project's own."""
    places = (folder / "measures", data / "measures", PROJECT_DATA / "measures")
    return next((place for place in places if any(place.glob("*.toml"))), places[-1])


def content_hash(data: Path, folder: Path) -> str:
    """Return a hash over every input file, the head of the chain of records and the code that reads them.

    It names the mart. With the code in it, a new version of the project never serves a mart that an older one made.
    """
    ledger = None if is_made_up(folder) else read_ledger(data)
    return _named(files_key(data, folder), read_records(data, folder), ledger)


def _named(key: str, records: Sequence[Record], ledger: Ledger | None) -> str:
    head = records[-1].hash if records else ""
    return hashlib.sha256(f"{SCHEMA_VERSION} {key} {head}{digest_of(ledger)}".encode()).hexdigest()[:16]


def files_key(data: Path, folder: Path) -> str:
    """Return a hash over every input file but the records, and the code that reads them."""
    named: list[tuple[Path, Path]] = []
    for place in (folder, measures_folder(data, folder), data / "localities"):
        named += [
            (place, path) for path in sorted(place.rglob("*")) if path.is_file() and _is_input(path, place)
        ]
    privacy = _privacy_file(data, folder)
    named += [(privacy.parent, privacy)] if privacy else []
    named += [(PACKAGE, path) for path in sorted(PACKAGE.rglob("*")) if path.suffix in (".py", ".sql")]
    digests = _CONTENTS.digests([path for _, path in named])
    told = [
        f"{path.relative_to(place).as_posix()}\0{digest}"
        for (place, path), digest in zip(named, digests, strict=True)
    ]
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def _is_input(path: Path, place: Path) -> bool:
    """Whether a file counts: what begins with a dot is a lock, or on its way; records and releases count apart."""
    parts = path.relative_to(place).parts
    return path.name != SEED and parts[0] != RELEASED and not any(part.startswith(".") for part in parts)
