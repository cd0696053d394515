"""Columns of several sheets put together under one item, and a word for each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.measures import IDENTIFIER
from pipelines.sources.cells.headings import plain
from pipelines.sources.written.units import find_unit
from pipelines.sources.written.values import Ask
from pipelines.understanding.columns import split_heading
from pipelines.understanding.headings import concept_of, name_of
from pipelines.understanding.proposal import ColumnGuess, Role

#: Two columns less alike than this are two items.
ALIKE = 0.6

_KINDS = {"count": 0, "measurement": 1, "share": 2, "score": 3}


@dataclass(slots=True, eq=False)
class _Item:
    """An item on its way: its word, and the guesses put together under it."""

    word: str
    guesses: list[ColumnGuess]

    @property
    def ask(self) -> Ask:
        """What the cells hold, by the column that says most."""
        return max(
            (guess.ask for guess in self.guesses), key=lambda ask: (ask.unit is not None, _KINDS[ask.amount])
        )


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
    items: list[_Item] = []
    named: list[list[ColumnGuess]] = []
    for guesses in sheets:
        found = _matched([guess for guess in guesses if guess.role is Role.ITEM], items)
        named.append([found.get(id(guess), guess) for guess in guesses])
    asks = {item.word: item.ask for item in items}
    return [[_with_ask(guess, asks) for guess in guesses] for guesses in named]


def _matched(guesses: list[ColumnGuess], items: list[_Item]) -> dict[int, ColumnGuess]:
    """Return the guesses of one sheet with the words of items before them, or words of their own; `items` grows."""
    scores = sorted(
        ((_alike(guess, item), -n, -m) for n, guess in enumerate(guesses) for m, item in enumerate(items)),
        reverse=True,
    )
    before: dict[int, _Item] = {}
    for score, n, m in scores:
        if score >= ALIKE and -n not in before and items[-m] not in before.values():
            before[-n] = items[-m]
    found: dict[int, ColumnGuess] = {}
    is_later = bool(items)
    for n, guess in enumerate(guesses):
        item = before.get(n)
        if item is None:
            item = _Item(_word_of(guess, [one.word for one in items]), [])
            items.append(item)
            # An item that only a later sheet has may be one of the first sheet under another heading.
            found[id(guess)] = replace(guess, item=item.word, is_sure=guess.is_sure and not is_later)
        else:
            found[id(guess)] = _as(guess, item)
        item.guesses.append(guess)
    return found


def _as(guess: ColumnGuess, item: _Item) -> ColumnGuess:
    first = item.guesses[0]
    if plain(first.heading) == plain(guess.heading):
        return replace(guess, item=item.word)
    why = f'{guess.why} Put together with "{first.heading}" of the sheet "{first.sheet}".'
    return replace(guess, item=item.word, why=why)


def _alike(guess: ColumnGuess, item: _Item) -> float:
    """Return how alike a column and an item are, 0 to 1."""
    return max(_alike_columns(guess, other) for other in item.guesses)


def _alike_columns(one: ColumnGuess, other: ColumnGuess) -> float:
    if one.option != other.option or one.ask.part != other.ask.part:
        return 0.0
    if plain(one.heading) == plain(other.heading):
        return 1.0
    if not _fit_together(one.ask, other.ask):
        return 0.0
    (group, leaf), (other_group, other_leaf) = split_heading(one.heading), split_heading(other.heading)
    concept, other_concept = concept_of(leaf, group), concept_of(other_leaf, other_group)
    if concept is not None and concept == other_concept:
        return 0.8
    words, other_words = (set(name_of(text, 9).split("_")) for text in (leaf, other_leaf))
    if concept != other_concept and None not in (concept, other_concept):
        return 0.0
    return 0.75 * len(words & other_words) / len(words | other_words)


def _fit_together(ask: Ask, other: Ask) -> bool:
    """Whether two columns can be one item: one kind of amount, or one of them names no unit."""
    if ask.unit and other.unit:
        units = find_unit(ask.unit), find_unit(other.unit)
        return None not in units and units[0].kind == units[1].kind  # type: ignore[union-attr]
    return ask.amount == other.amount or {ask.amount, other.amount} == {"count", "measurement"}


def _word_of(guess: ColumnGuess, taken: list[str]) -> str:
    """Return a new word for an item: by what its heading speaks of, else by the heading's own words."""
    group, leaf = split_heading(guess.heading)
    concept, unit = concept_of(leaf, group), find_unit(guess.ask.unit) if guess.ask.unit else None
    if guess.option is not None:
        word = name_of(guess.option)
    elif ": " not in guess.heading and IDENTIFIER.match(leaf) and guess.ask.part is None:
        word = leaf
    elif guess.ask.part is not None:
        base = "blood_pressure" if guess.ask.unit == "mmHg" else name_of(leaf, 3)
        word = (
            f"{base}_{'upper' if guess.ask.part == 'first' else 'lower'}"
            if guess.ask.unit == "mmHg"
            else (base if guess.ask.part == "first" else f"{base}_of")
        )
    elif unit is not None and unit.kind == "mass" and concept in ("in", "shared", "wasted"):
        word = f"{unit.name}_{concept}"
    elif guess.ask.amount == "count" and concept == "fed":
        word = "people_fed"
    elif guess.ask.amount == "count" and concept in ("people_came", "first_timers"):
        word = concept
    else:
        word = name_of(leaf) if name_of(leaf) not in ("item", "kg") else name_of(f"{group} {leaf}")
    return _free(word, taken)


def _free(word: str, taken: list[str]) -> str:
    number = 2
    free = word
    while free in taken:
        free, number = f"{word}_{number}", number + 1
    return free


def _with_ask(guess: ColumnGuess, asks: dict[str, Ask]) -> ColumnGuess:
    return guess if guess.item is None else replace(guess, ask=asks[guess.item])
