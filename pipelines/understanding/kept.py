"""Mappings kept before: the next upload of the same form is read as the last one was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.sources.headings import plain
from pipelines.sources.mapping import Mapping, fit, read_mapping
from pipelines.understanding.proposal import SINGLE, ColumnGuess, Role

#: A form has changed too much where fewer of a mapping's headings are there.
FITS = 0.8


def find_kept(folder: Path, sheets: Sequence[Sequence[str]]) -> tuple[Path, Mapping] | None:
    """Return the kept mapping that fits the headings of a file best, with its path; None where none fits.

    Parameters
    ----------
    folder
        The data folder in use.
    sheets
        The headings of each sheet that is read.
    """
    best: tuple[float, Path, Mapping] | None = None
    for path in sorted((folder / "test_logs").glob("*.toml")):
        if path.name.startswith("."):
            continue
        mapping, _ = read_mapping(path.read_bytes(), path.name)
        if mapping is None or not mapping.items:
            continue
        score = min((fit(mapping, headings) for headings in sheets), default=0.0)
        if score >= FITS and (best is None or score > best[0]):
            best = (score, path, mapping)
    return None if best is None else best[1:]


def by_kept(guess: ColumnGuess, mapping: Mapping, file: str) -> list[ColumnGuess]:
    """Return a guess as a kept mapping has it; several where it counts several items of one column."""
    name, why = plain(guess.heading), f"So it is in the mapping kept beside {file}."
    found = [
        replace(guess, role=Role.ITEM, item=item, ask=spec.ask, option=spec.option, why=why, is_sure=True)
        for item, spec in mapping.items.items()
        if name in map(plain, spec.headings)
    ]
    roles = [role for role in SINGLE if name in map(plain, mapping.columns.get(role.value, ()))]
    found += [replace(guess, role=role, item=None, option=None, why=why, is_sure=True) for role in roles]
    if found:
        return found
    if guess.role in (Role.PERSONAL, Role.NOTE, Role.LEAVE_OUT):
        return [guess]
    why = f"The mapping kept beside {file} does not use this column."
    return [replace(guess, role=Role.LEAVE_OUT, item=None, option=None, why=why)]
