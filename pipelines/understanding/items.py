"""Columns of several sheets put together under one item, and a word for each item."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from pipelines.measures import IDENTIFIER
from pipelines.sources.cells.headings import plain
from pipelines.sources.logs.options import YES
from pipelines.sources.written.units import find_unit
from pipelines.sources.written.values import Ask
from pipelines.understanding.columns import split_heading
from pipelines.understanding.headings import clearly_means, concept_of, name_of
from pipelines.understanding.proposal import ColumnGuess, Role

#: Two columns less alike than this are two items.
ALIKE = 0.6
#: How alike two columns are that share all their words and no heading.
_WORDS_COUNT = 0.75

#: What happens to goods that are weighed: the unit goes before the word.
_GOODS = ("in", "shared", "wasted")
#: Concepts that are the word of an item where a heading says no more.
_OWN_WORDS = ("people_came", "first_timers")

_KINDS = {"count": 0, "measurement": 1, "share": 2, "score": 3}


@dataclass(frozen=True, slots=True)
class _Column:
    """What of a guess is compared with others, worked out once."""

    heading: str
    option: str | None
    ask: Ask
    concept: str | None
    words: frozenset[str]

    @classmethod
    def of(cls, guess: ColumnGuess) -> _Column:
        group, leaf = split_heading(guess.heading)
        words = frozenset(name_of(leaf, 9).split("_"))
        if guess.where is not None:
            return cls(
                plain(guess.heading), plain(guess.where[1]), guess.ask, concept_of(guess.where[1]), words
            )
        return cls(plain(guess.heading), guess.option, guess.ask, concept_of(leaf, group), words)


@dataclass(slots=True, eq=False)
class _Item:
    """An item on its way: its word, the guesses put together under it, and their different columns."""

    word: str
    guesses: list[ColumnGuess] = field(default_factory=list)
    columns: dict[_Column, None] = field(default_factory=dict)

    @property
    def ask(self) -> Ask:
        """What the cells hold, by the column that says most."""
        return max(
            (guess.ask for guess in self.guesses), key=lambda ask: (ask.unit is not None, _KINDS[ask.amount])
        )


class _Items:
    """The items found so far, and where to look for those that a column may be like."""

    def __init__(self) -> None:
        self.all: list[_Item] = []
        self._by: defaultdict[tuple[str, str | None], set[int]] = defaultdict(set)

    def near(self, column: _Column) -> list[int]:
        """Return the places of the items that share the heading, the concept, or enough words with a column.

        Two columns that share four words in five share one of the rarest fifth of them: only those are looked up.
        """
        by_word = sorted((self._by.get(("word", word), set()) for word in column.words), key=len)
        n_telling = len(by_word) - math.ceil(len(by_word) * ALIKE / _WORDS_COUNT) + 1
        found = set().union(*by_word[:n_telling], self._by.get(("heading", column.heading), ()))
        return sorted(found.union(self._by.get(("concept", column.concept), ()) if column.concept else ()))

    def add(self, place: int, guess: ColumnGuess, column: _Column) -> None:
        """Put a column under an item."""
        item = self.all[place]
        item.guesses.append(guess)
        item.columns[column] = None
        for key in (("heading", column.heading), ("concept", column.concept)):
            self._by[key].add(place)
        for word in column.words:
            self._by["word", word].add(place)


def name_items(sheets: Sequence[Sequence[ColumnGuess]]) -> list[list[ColumnGuess]]:
    """Give every item a word, the same to columns of different sheets that hold the same.

    Parameters
    ----------
    sheets
        The guesses of each sheet that is read, in the order of the file.

    Returns
    -------
    list
        The same guesses; those of items with their word, and with what the item is across all sheets.
    """
    items = _Items()
    named: list[list[ColumnGuess]] = []
    for guesses in sheets:
        found = _matched([guess for guess in guesses if guess.role is Role.ITEM], items)
        named.append([found.get(id(guess), guess) for guess in guesses])
    asks = {item.word: item.ask for item in items.all}
    return [[_with_ask(guess, asks) for guess in guesses] for guesses in named]


def _matched(guesses: list[ColumnGuess], items: _Items) -> dict[int, ColumnGuess]:
    """Return the guesses of one sheet with the words of items before them, or words of their own; `items` grows."""
    columns = [_Column.of(guess) for guess in guesses]
    pairs = (
        (_alike(column, items.all[m]), -n, -m) for n, column in enumerate(columns) for m in items.near(column)
    )
    before: dict[int, int] = {}
    given: set[int] = set()
    for _, n, m in sorted((pair for pair in pairs if pair[0] >= ALIKE), reverse=True):
        if -n not in before and -m not in given:
            before[-n] = -m
            given.add(-m)
    found: dict[int, ColumnGuess] = {}
    taken = {item.word for item in items.all}
    is_later = bool(taken)
    for n, guess in enumerate(guesses):
        place = before.get(n, len(items.all))
        if place == len(items.all):
            item = _Item(_word_of(guess, taken))
            taken.add(item.word)
            items.all.append(item)
            # An item that only a later sheet has may be one of the first sheet under another heading.
            found[id(guess)] = replace(guess, item=item.word, is_sure=guess.is_sure and not is_later)
        else:
            found[id(guess)] = _as(guess, items.all[place])
        items.add(place, guess, columns[n])
    return found


def _as(guess: ColumnGuess, item: _Item) -> ColumnGuess:
    first = item.guesses[0]
    if plain(first.heading) == plain(guess.heading):
        return replace(guess, item=item.word)
    why = f'{guess.why} Put together with "{first.heading}" of the sheet "{first.sheet}".'
    return replace(guess, item=item.word, why=why)


def _alike(column: _Column, item: _Item) -> float:
    """Return how alike a column and an item are, 0 to 1."""
    return max(_alike_columns(column, other) for other in item.columns)


def _alike_columns(one: _Column, other: _Column) -> float:
    if one.heading == other.heading:
        return float(one.option == other.option and one.ask.part == other.ask.part)
    same_concept = one.concept is not None and one.concept == other.concept
    if not same_concept and (one.words.isdisjoint(other.words) or None not in (one.concept, other.concept)):
        return 0.0
    if one.option != other.option or one.ask.part != other.ask.part or not _fit_together(one.ask, other.ask):
        return 0.0
    if same_concept:
        return 0.8
    return _WORDS_COUNT * len(one.words & other.words) / len(one.words | other.words)


def _fit_together(ask: Ask, other: Ask) -> bool:
    """Whether two columns can be one item: one kind of amount in one unit, or one of them names no unit.

    Plain numbers below "kg" and below "lb" are not of one size, and a mapping gives an item one unit.
    """
    if ask.unit and other.unit:
        return find_unit(ask.unit) is not None and find_unit(ask.unit) == find_unit(other.unit)
    return ask.amount == other.amount or {ask.amount, other.amount} == {"count", "measurement"}


def _word_of(guess: ColumnGuess, taken: Collection[str]) -> str:
    """Return a new word for an item: by what its heading speaks of, else by the heading's own words."""
    group, leaf = split_heading(guess.heading)
    if guess.where is not None:
        group, leaf = leaf, guess.where[1]
    concept, unit = concept_of(leaf, group), find_unit(guess.ask.unit) if guess.ask.unit else None
    if guess.option is not None:
        word = name_of(leaf if plain(guess.option) in YES else guess.option)
    elif guess.where is not None and not (unit and unit.kind == "mass" and concept in _GOODS):
        word = name_of(f"{group} {leaf}")
    elif ": " not in guess.heading and IDENTIFIER.match(leaf) and guess.ask.part is None:
        word = leaf
    elif guess.ask.part is not None:
        base = "blood_pressure" if guess.ask.unit == "mmHg" else name_of(leaf, 3)
        word = (
            f"{base}_{'upper' if guess.ask.part == 'first' else 'lower'}"
            if guess.ask.unit == "mmHg"
            else (base if guess.ask.part == "first" else f"{base}_of")
        )
    elif unit is not None and unit.kind == "mass" and concept in _GOODS:
        word = f"{unit.name}_{concept}"
    elif guess.ask.amount == "count" and concept == "fed" and clearly_means(leaf, concept):
        word = "people_fed"
    elif guess.ask.amount == "count" and concept in _OWN_WORDS and clearly_means(leaf, concept):
        word = concept
    else:
        word = name_of(leaf) if name_of(leaf) not in ("item", "kg") else name_of(f"{group} {leaf}")
    return _free(word, taken)


def _free(word: str, taken: Collection[str]) -> str:
    number = 2
    free = word
    while free in taken:
        free, number = f"{word}_{number}", number + 1
    return free


def _with_ask(guess: ColumnGuess, asks: dict[str, Ask]) -> ColumnGuess:
    return guess if guess.item is None else replace(guess, ask=asks[guess.item])
