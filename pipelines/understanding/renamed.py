"""A question renamed half way: two columns for one item, each filled where the other is empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from pipelines.sources.written.values import Ask
from pipelines.understanding.columns import Column, split_heading
from pipelines.understanding.headings import concept_of, name_of
from pipelines.understanding.proposal import ColumnGuess, Role

#: Fewer answers than this in either column prove nothing; so much of the words must be the same.
FEWEST, SAME_WORDS = 3, 0.5


def put_together(guesses: Sequence[ColumnGuess], columns: Sequence[Column]) -> list[ColumnGuess]:
    """Return the guesses of one sheet, the later of two columns for one question under the item of the earlier."""
    filled = {column.heading: _filled(column) for column in columns}
    together = {guess: guess for guess in guesses}
    items = [
        guess for guess in guesses if guess.role is Role.ITEM and guess.option is None and not guess.where
    ]
    for one, other in combinations(items, 2):
        is_open = together[one] == one and together[other] == other
        if is_open and _take_turns(filled[one.heading], filled[other.heading]) and _ask_the_same(one, other):
            why = f'It is filled only where "{one.heading}" is empty: the same question, renamed.'
            together[other] = replace(other, item=one.item, ask=one.ask, why=why, is_sure=False)
    return [together[guess] for guess in guesses]


def _filled(column: Column) -> np.ndarray:
    return np.array([bool(cell.strip()) for cell in column.cells.to_pylist()], dtype=bool)


def _take_turns(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether one column begins where the other ends, as a change of the form leaves them."""
    if min(one.sum(), other.sum()) < FEWEST or (one & other).any():
        return False
    first, second = np.flatnonzero(one), np.flatnonzero(other)
    return bool(first[-1] < second[0] or second[-1] < first[0])


def _ask_the_same(one: ColumnGuess, other: ColumnGuess) -> bool:
    """Whether two headings ask the same thing in other words."""
    if _kind(one.ask) != _kind(other.ask):
        return False
    (group, leaf), (other_group, other_leaf) = (split_heading(guess.heading) for guess in (one, other))
    concepts = concept_of(leaf, group), concept_of(other_leaf, other_group)
    if concepts[0] is not None or concepts[1] is not None:
        return concepts[0] == concepts[1]
    words, other_words = (set(name_of(text, 9).split("_")) for text in (leaf, other_leaf))
    return len(words & other_words) >= SAME_WORDS * len(words | other_words)


def _kind(ask: Ask) -> tuple[str, str | None, str | None]:
    return ask.amount, ask.unit, ask.part
