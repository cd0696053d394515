"""The import by command: what the Data page does by hand, in one call; and a look at a file that lies anywhere."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.errors import FaultyInputError, LearningError
from pipelines.inputs import default_data, input_folder
from pipelines.measures import Measure
from pipelines.preview import Preview, preview
from pipelines.sources import personal
from pipelines.sources.cascade.steps import FILES as CASCADE_FILES
from pipelines.sources.logs.mapping import Mapping, read_mapping
from pipelines.sources.paths import folders_of
from pipelines.sources.register import reader_of
from pipelines.understanding import ROLES, ColumnGuess, Proposal, Role, suggested_measures, understand
from pipelines.uploads import Kept, keep
from pipelines.uploads.places import made_id, read_table


@dataclass(frozen=True)
class Looked:
    """What a file was taken for, and what it would show."""

    proposal: Proposal
    measures: tuple[Measure, ...]
    preview: Preview


def look(file: Path, folder: Path, mapping_file: Path | None = None) -> Looked:
    """Understand a file, or read it by a mapping that a person has written, and chart it; nothing is kept.

    Raises
    ------
    LearningError
        Where no table can be had from the file, or the mapping has faults.
    """
    content = _content(file)
    return _looked(content, file.name, _understood(content, file.name, folder, mapping_file), folder)


def is_lone(path: Path) -> bool:
    """Whether a file lies in no data folder and is no known table, so that its columns must be understood."""
    is_known = path.name in CASCADE_FILES or (path.is_file() and reader_of(path) is not None)
    return path.is_file() and not folders_of(path) and not is_known


def look_at_lone(path: Path) -> Looked:
    """Look at a file that lies in no data folder; a mapping of the same name beside it is used."""
    beside = path.with_suffix(".toml")
    return look(path, input_folder(default_data()), beside if beside.is_file() else None)


def import_file(
    file: Path,
    data: Path,
    neighbourhood: str | None = None,
    prototype: str | None = None,
    mapping_file: Path | None = None,
    who: str | None = None,
    begin: bool = False,
) -> tuple[Looked, Kept]:
    """Understand a file, and keep it in the inbox with its mapping and the measures suggested.

    Parameters
    ----------
    file
        The log.
    data
        The data folder.
    neighbourhood, prototype
        Ids of the inbox or of the made-up sample; new names where `begin` is set. None where the mapping says them.
    mapping_file
        A mapping to read by, instead of the proposed one.
    who
        Who keeps it.
    begin
        Whether an unknown neighbourhood or prototype is begun under that name.

    Raises
    ------
    LearningError
        Where the file cannot be read, no day or number was found in it, or the place is not known.
    """
    content, folder = _content(file), input_folder(data)
    proposal = _understood(content, file.name, folder, mapping_file)
    if "tested_on" not in proposal.mapping.columns or not proposal.mapping.items:
        raise LearningError(
            f"{file.name}: no column of days, or no number to count, was found. "
            + "".join(f"{note} " for note in proposal.notes)
            + "Or write a mapping and name it with --mapping; data/README.md shows one."
        )
    home, new_home = _place(data, "neighbourhood", neighbourhood, begin)
    own, new_own = _place(data, "prototype", prototype, begin)
    mapping = replace(
        proposal.mapping,
        neighbourhood_id=home or (None if new_home else proposal.mapping.neighbourhood_id),
        prototype_id=own or (None if new_own else proposal.mapping.prototype_id),
    )
    looked = _looked(content, file.name, replace(proposal, mapping=mapping), folder)
    kept = keep(content, file.name, mapping, who, data, new_home, new_own, looked.measures)
    return looked, kept


def _understood(content: bytes, name: str, folder: Path, mapping_file: Path | None) -> Proposal:
    proposal = understand(content, name, folder)
    return proposal if mapping_file is None else replace(proposal, mapping=_read_mapping(mapping_file))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise LearningError(f"{file} cannot be read ({error.strerror}). Check the name.") from None


def _looked(content: bytes, name: str, proposal: Proposal, folder: Path) -> Looked:
    measures = suggested_measures(proposal.mapping, folder, proposal.shares)
    return Looked(proposal, measures, preview(content, name, proposal.mapping, measures, folder))


def _read_mapping(path: Path) -> Mapping:
    mapping, faults = read_mapping(_content(path), str(path))
    if mapping is None:
        raise FaultyInputError(faults)
    return mapping


def _place(data: Path, what: str, given: str | None, begin: bool) -> tuple[str | None, str | None]:
    """Return the id that is there, and the name to begin, for what a person gave: one of the two, or neither."""
    if given is None:
        return None, None
    known = {
        row.get(f"{what}_id", "").strip()
        for folder in (data / "inbox", data / "sample")
        for row in read_table(folder, f"{what}s.csv").rows
    }
    for one in (given, made_id(given, ())):
        if one in known:
            return one, None
    if begin:
        return None, given
    near = difflib.get_close_matches(given, known, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise LearningError(
        f'There is no {what} "{given}". {hint}Name one that is there, or add --new to begin it.'
    )


def told(looked: Looked) -> list[tuple[str, str, str, str]]:
    """Return a line a column for people: the column, what it was taken for, the reason, whether to look at it."""
    return [_told(guess) for guess in looked.proposal.columns]


def _told(guess: ColumnGuess) -> tuple[str, str, str, str]:
    where = f"{guess.sheet}: " if guess.sheet else ""
    heading = personal.scrub(personal.printable(where + guess.heading))[0]
    taken = f"{guess.item} ({_amount(guess)})" if guess.role is Role.ITEM else ROLES[guess.role]
    return heading, taken, guess.why, "" if guess.is_sure else "please look"


def _amount(guess: ColumnGuess) -> str:
    if guess.option is not None:
        return f'ticked "{personal.scrub(guess.option)[0]}"'
    words: Sequence[str | None] = (
        guess.ask.amount,
        guess.ask.unit,
        f"out of {guess.ask.out_of:g}" if guess.ask.out_of else None,
    )
    return ", ".join(word for word in words if word)
