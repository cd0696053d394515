"""Paths that a person names on the command line, checked within the data folder that they lie in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.errors import Fault, FaultyInputError
from pipelines.measures import Measure
from pipelines.sources.cascade.steps import FILES as CASCADE_FILES
from pipelines.sources.folder import read_folder
from pipelines.sources.register import check_published, reader_of
from pipelines.sources.tables import Checked


def check_paths(paths: Iterable[Path], measures: Sequence[Measure] | None = None) -> Checked:
    """Read data folders, single test logs or published files as `read_folder` would, and say what would be loaded.

    A single file is checked within the data folder that it lies in (``<folder>/test_logs/<name>.csv``, or a folder
    that holds neighbourhoods.csv); a published file may lie anywhere.

    Raises
    ------
    FaultyInputError
        As `read_folder`, and where a path does not exist or no data folder is found round it.
    """
    parts = []
    for path in paths:
        if path.is_file() and not folders_of(path) and reader_of(path):
            parts.append(check_published(path))
            continue
        folder = path if path.is_dir() else _folder_of(path)
        checked = read_folder(folder, measures)
        if path.is_file():
            name = path.resolve().relative_to(folder.resolve()).as_posix()
            checked = _only(checked, name)
        parts.append(checked)
    return _joined(parts)


def _folder_of(path: Path) -> Path:
    if not path.exists():
        raise FaultyInputError([Fault(str(path), None, None, "there is no such file. Check the spelling.")])
    for folder in folders_of(path):
        return folder
    where = "it into" if path.name in CASCADE_FILES else "the log into test_logs/ of"
    reason = f"no neighbourhoods.csv lies beside it or above it. Put {where} a data folder first."
    raise FaultyInputError([Fault(str(path), None, None, reason)])


def folders_of(path: Path) -> list[Path]:
    """Return the data folders that a file lies in, the nearest first."""
    around = path.resolve().parents[:2]
    return [folder for folder in around if (folder / "neighbourhoods.csv").is_file()]


def _only(checked: Checked, file: str) -> Checked:
    """Return what came of one file."""
    kept = {load.load_id for load in checked.loads if load.file == file}
    return replace(
        checked,
        locality_values=(),
        sessions=tuple(part for part in checked.sessions if part.load_id in kept),
        loads=tuple(load for load in checked.loads if load.file == file),
        faults=tuple(fault for fault in checked.faults if fault.file == file),
        published=(),
        guesses=tuple(guess for guess in checked.guesses if guess.file == file),
        cascade=tuple(row for row in checked.cascade if row.file == file),
    )


def _joined(parts: Sequence[Checked]) -> Checked:
    names = Checked.__dataclass_fields__
    return Checked(**{name: tuple(row for part in parts for row in getattr(part, name)) for name in names})
