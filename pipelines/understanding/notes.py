"""What a person should know about a file as a whole, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.sources.logs.mapping import Mapping
from pipelines.understanding.proposal import ColumnGuess, Role, SheetGuess
from pipelines.understanding.suggest import MOST_SUGGESTED

if TYPE_CHECKING:
    from pipelines.understanding.propose import Sheet

_FURNITURE = {"total": ("total", "totals"), "note": ("note", "notes"), "title": ("title", "titles")}


def notes_of(sheets: Sequence[Sheet], told: Sequence[SheetGuess], mapping: Mapping) -> list[str]:
    """Return the notes on a file: sheets set aside, rows that are no records, dates carried down, transfers."""
    notes = [
        f'The sheet "{guess.name}" is not read. {guess.why}'
        for guess in told
        if not guess.is_read and guess.name
    ]
    notes += [note for sheet in sheets if (note := _furniture(sheet))]
    if mapping.dates_carry_down:
        notes.append(
            "Where a date is empty, that of the row above is taken: dates are merged or written once a day."
        )
    n_transfers = sum(map(_transfers, sheets))
    if n_transfers:
        notes.append(
            f"In {n_transfers} records something came from a member of the network. It was counted when it first came "
            "in, so what came in is not counted there again; what went out is."
        )
    return notes


def notes_on_items(guesses: Sequence[ColumnGuess], shares: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the notes on items: shares whose two numbers stand in the file, and more items than anybody charts."""
    headings = {guess.item: guess.heading for guess in guesses if guess.item}
    notes = [
        f'"{headings[share]}" is "{headings[part]}" divided by "{headings[whole]}". It is counted from these two: so a '
        "large session weighs more than a small one."
        for share, part, whole in shares
    ]
    if len(headings) > MOST_SUGGESTED:
        notes.append(
            f"{len(headings):,} columns hold numbers. Measures are suggested for the first {MOST_SUGGESTED}; add others on "
            "the Measures page, and leave out the columns that nobody will look at."
        )
    return notes


def _furniture(sheet: Sheet) -> str | None:
    kinds = Counter(sheet.layout.furniture.values())
    found = [f"{kinds[kind]} {words[kinds[kind] > 1]}" for kind, words in _FURNITURE.items() if kinds[kind]]
    where = f'On the sheet "{sheet.grid.sheet}" ' if sheet.grid.sheet else "In the file "
    return f"{where}not counted: {', '.join(found)}." if found else None


def _transfers(sheet: Sheet) -> int:
    """Return how many records name a member as their source."""
    named = {
        guess.role: column
        for guess in sheet.guesses
        for column in sheet.columns
        if guess.role in (Role.SOURCE, Role.MEMBER) and column.heading == guess.heading
    }
    if len(named) < 2:
        return 0
    members = {cell.casefold() for cell in named[Role.MEMBER].counts}
    return sum(n for cell, n in named[Role.SOURCE].counts.items() if cell.casefold() in members)
