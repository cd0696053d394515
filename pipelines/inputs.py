"""Everything that is read before anything is computed, and the name that this content gives a mart."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import Fault, FaultyInputError
from pipelines.mart import SCHEMA_VERSION
from pipelines.measures import Measure, read_measures
from pipelines.recorded import Merged, merged
from pipelines.records import SEED, Record, Recorded, read_records
from pipelines.sources import Checked, read_folder
from pipelines.together import settled
from pipelines.uploads.log import Upload, read_uploads

PACKAGE = Path(__file__).parent
PROJECT_DATA = PACKAGE.parent / "data"


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
    """

    folder: Path
    measures: tuple[Measure, ...]
    checked: Checked
    content_hash: str
    uploads: tuple[Upload, ...] = ()
    records: tuple[Record, ...] = ()
    merged: Merged | None = None

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
        return (self.folder / "truth.csv").is_file()


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


def read_inputs(data: Path) -> Inputs:
    """Read measures and logs, never in the middle of an upload; every fatal fault of both is told at once.

    Raises
    ------
    FaultyInputError
        Where nothing can be built.
    """
    with settled(data / "inbox"):
        return _read(data, input_folder(data))


def _read(data: Path, folder: Path) -> Inputs:
    faults: list[Fault] = []
    measures: tuple[Measure, ...] = ()
    checked: Checked | None = None
    try:
        measures = read_measures(measures_folder(data, folder))
    except FaultyInputError as error:
        faults += error.faults
    try:
        checked = read_folder(folder, measures, localities=data / "localities")
    except FaultyInputError as error:
        faults += error.faults
    records: tuple[Record, ...] = ()
    try:
        records = read_records(data, folder)
    except FaultyInputError as error:
        faults += error.faults
    if faults or checked is None:
        raise FaultyInputError(faults)
    both = merged(checked, records, measures, dt.date.today())
    name = content_hash(data, folder, records)
    return Inputs(folder, measures, both.checked, name, read_uploads(folder), records, both)


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


def content_hash(data: Path, folder: Path, records: Sequence[Record] = ()) -> str:
    """Return a hash over every input file, the head of the chain of records and the code that reads them.

    It names the mart. With the code in it, a new version of the project never serves a mart that an older one made.
    """
    head = records[-1].hash if records else ""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {head}".encode())
    code = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".sql")]
    for place in (folder, measures_folder(data, folder), data / "localities", PACKAGE):
        files = (
            code
            if place == PACKAGE
            else [path for path in place.rglob("*") if path.is_file() and _is_input(path, place)]
        )
        for path in sorted(files):
            digest.update(path.relative_to(place).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _is_input(path: Path, place: Path) -> bool:
    """Whether a file counts: what begins with a dot is a lock, or on its way; records count by their chain."""
    return path.name != SEED and not any(part.startswith(".") for part in path.relative_to(place).parts)
