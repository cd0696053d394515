"""Long logs: one column of amounts, and beside it one that says what each was (came in, given out, thrown away).

Added up together such amounts mean nothing, so each kind becomes an item of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.sources.cells.headings import plain
from pipelines.understanding.columns import Column
from pipelines.understanding.headings import concept_of
from pipelines.understanding.proposal import ColumnGuess, Role

#: Kinds that go opposite ways: where a column names two of them, no amount beside it is added up over all.
_WAYS = ("in", "shared", "wasted")

#: A column of more different words is no list of kinds.
MOST_KINDS = 8


def split_by_kind(guesses: Sequence[ColumnGuess], columns: Sequence[Column]) -> list[ColumnGuess]:
    """Return the guesses of a sheet; an amount that stands beside a column of kinds becomes an item a kind."""
    kinds = next((column for guess, column in _words(guesses, columns) if _tells_ways(column)), None)
    if kinds is None:
        return list(guesses)
    split: list[ColumnGuess] = []
    for guess in guesses:
        is_amount = guess.role is Role.ITEM and guess.option is None and guess.ask.part is None
        if not is_amount or guess.ask.amount not in ("count", "measurement"):
            split.append(guess)
            continue
        for kind in _different(kinds):
            why = f'{guess.why} Only where "{kinds.heading}" says "{kind}".'
            split.append(replace(guess, where=(kinds.heading, kind), why=why, is_sure=False))
    return split


def _words(guesses: Sequence[ColumnGuess], columns: Sequence[Column]) -> list[tuple[ColumnGuess, Column]]:
    at = {column.heading: column for column in columns}
    return [(guess, at[guess.heading]) for guess in guesses if guess.role is Role.LEAVE_OUT]


def _different(column: Column) -> list[str]:
    """Return the different words of a column, as they are first written."""
    found: dict[str, str] = {}
    for cell in column.counts:
        found.setdefault(plain(cell), cell)
    return list(found.values())


def _tells_ways(column: Column) -> bool:
    """Whether the cells are a few words that come again, and speak of what came in and of what went out."""
    words = _different(column)
    if not 2 <= len(words) <= MOST_KINDS or column.n_filled < 2 * len(words):
        return False
    return len({concept_of(word) for word in words} & {*_WAYS}) >= 2
