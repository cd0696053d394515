"""Mappings kept before: the next upload of the same form is read as the last one was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.sources.cells.headings import plain
from pipelines.sources.logs.mapping import Mapping, fit, read_mapping
from pipelines.understanding.proposal import SINGLE, ColumnGuess, Role

#: A form has changed too much where fewer of a mapping's headings are there.
FITS = 0.8


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """The kept mapping that fits a file best.

    Attributes
    ----------
    file
        Its path below the data folder.
    mapping
        What it says; without neighbourhood and prototype where `others` fit as well.
    is_whole
        Whether the file has every heading that it names.
    others
        Further kept mappings that fit as well and belong to another prototype.
    """

    file: str
    mapping: Mapping
    is_whole: bool
    others: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How it is called in a reason."""
        return f"the mapping {Path(self.file).name}"

    def note(self) -> str | None:
        """Return what a person should know about the match, or None where nothing needs telling."""
        if self.others:
            names = ", ".join(Path(name).name for name in (self.file, *self.others))
            return f"Several kept mappings fit ({names}): choose the prototype that this file belongs to."
        if not self.is_whole:
            return f"The form has changed since {self.words} was kept: some of its headings are gone. Please look."
        return None


def find_kept(folder: Path, sheets: Sequence[Sequence[str]]) -> KeptMapping | None:
    """Return the kept mapping that fits the headings of a file best; None where none fits.

    Parameters
    ----------
    folder
        The data folder in use.
    sheets
        The headings of each sheet that is read.
    """
    fitting: list[tuple[float, str, Mapping]] = []
    for path in sorted((folder / "test_logs").glob("*.toml")):
        mapping = None if path.name.startswith(".") else read_mapping(path.read_bytes(), path.name)[0]
        if mapping is not None and mapping.items:
            score = min((fit(mapping, headings) for headings in sheets), default=0.0)
            fitting.append((score, f"test_logs/{path.name}", mapping))
    best = max((score for score, *_ in fitting), default=0.0)
    if best < FITS:
        return None
    (_, file, mapping), *rest = [one for one in fitting if one[0] == best]
    others = tuple(name for _, name, other in rest if other.prototype_id != mapping.prototype_id)
    if others:
        mapping = replace(mapping, neighbourhood_id=None, prototype_id=None)
    return KeptMapping(file, mapping, best == 1.0, others)


def by_kept(guess: ColumnGuess, kept: KeptMapping) -> list[ColumnGuess]:
    """Return a guess as a kept mapping has it; several where it counts several items of one column."""
    name, why = plain(guess.heading), f"So it is in {kept.words}."
    mapping = kept.mapping
    found = [
        replace(
            guess,
            role=Role.ITEM,
            item=item,
            ask=spec.ask,
            option=spec.option,
            where=spec.where,
            why=why,
            is_sure=True,
        )
        for item, spec in mapping.items.items()
        if name in map(plain, spec.headings)
    ]
    roles = [role for role in SINGLE if name in map(plain, mapping.columns.get(role.value, ()))]
    found += [replace(guess, role=role, item=None, option=None, why=why, is_sure=True) for role in roles]
    if found:
        return found
    if guess.role in (Role.PERSONAL, Role.NOTE, Role.LEAVE_OUT):
        return [guess]
    # Where headings of the mapping are gone, a new column may be one of them by another name.
    why = f"{kept.words.capitalize()} leaves it out."
    return [replace(guess, role=Role.LEAVE_OUT, item=None, option=None, why=why, is_sure=kept.is_whole)]
