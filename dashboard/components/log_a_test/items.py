"""What is counted at a test: the items of a prototype's measures, in the order in which a person meets them, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.components.plain_text import label_words
from pipelines.measures import SESSIONS, Measure, items_of

#: Steppers that stand open on a phone beside everything else; the rest folds away.
OPEN = 4


@dataclass(frozen=True)
class Item:
    """One number of a test.

    Attributes
    ----------
    item
        Its key, a column of the logs.
    label
        Its name in a few words.
    hint
        What it is a part of, or its unit; may be empty.
    is_whole
        Whether only whole numbers make sense.
    """

    item: str
    label: str
    hint: str
    is_whole: bool


def items_counted(measures: Sequence[Measure]) -> list[Item]:
    """Return the items that some measures count, each once: a whole before its parts, else as the measures stand."""
    order = [
        item for measure in measures for item in (*_parts(measure.denominator), *_parts(measure.numerator))
    ]
    wholes = {item: set(_wholes_of(item, measures)) for item in dict.fromkeys(order)}
    found: list[str] = []
    for item in wholes:
        _place(item, wholes, found, ())
    named = [_item(item, measures) for item in found]
    return [_told_apart(one, named, measures) for one in named]


def shown_first(items: Sequence[Item], measures: Sequence[Measure]) -> tuple[list[Item], list[Item]]:
    """Return the items that stand open and those that fold away, each in the order of `items`.

    Measures come in turn, the running cycle's own first, as long as all that they count fits: a part never stands open
    while its whole is folded away.
    """
    first: set[str] = set()
    for measure in measures:
        together = first | set(measure.items)
        if first and len(together) > OPEN:
            break
        first = together
    return [one for one in items if one.item in first], [one for one in items if one.item not in first]


def _parts(counted: str | None) -> list[str]:
    return [item for item in items_of(counted) if item != SESSIONS]


def _wholes_of(item: str, measures: Sequence[Measure]) -> Iterator[str]:
    """Yield what an item is a part of; items that are summed into both sides of a share are parts of no other."""
    for measure in measures:
        above, below = _parts(measure.numerator), _parts(measure.denominator)
        if item in above and not set(above) & set(below):
            yield from below


def _place(item: str, wholes: Mapping[str, set[str]], found: list[str], above: tuple[str, ...]) -> None:
    """Add an item after everything that it is a part of; `above` ends circles."""
    if item in found or item in above:
        return
    for whole in wholes:
        if whole in wholes[item]:
            _place(whole, wholes, found, (*above, item))
    found.append(item)


def _item(item: str, measures: Sequence[Measure]) -> Item:
    counting = [measure for measure in measures if item in measure.items]
    is_whole = all(measure.counts or measure.is_share for measure in counting)
    alone = [measure for measure in counting if measure.numerator == item]
    if alone:
        plainest = min(alone, key=lambda measure: measure.denominator is not None)
        hint = "" if plainest.counts and not plainest.denominator else plainest.unit
        return Item(item, label_words(plainest.short_name, 40), label_words(hint, 30), is_whole)
    return Item(item, _whole_words(item, counting), "", is_whole)


def _whole_words(item: str, counting: Sequence[Measure]) -> str:
    """Return the name of an item that others are parts of: as the unit says it, ``of people asked``."""
    spoken = item.replace("_", " ")
    of = next(
        (measure.unit.removeprefix("of ") for measure in counting if measure.unit.startswith("of ")), ""
    )
    words = spoken if not of or set(of.split()) < set(spoken.split()) else of
    return label_words(words[:1].upper() + words[1:], 40)


def _told_apart(one: Item, named: Sequence[Item], measures: Sequence[Measure]) -> Item:
    """Return an item with what it is asked for, where another has the same name."""
    if sum(other.label == one.label for other in named) < 2:
        return one
    parts = [measure.short_name for measure in measures if one.item in _parts(measure.denominator)]
    return Item(one.item, one.label, label_words(f"for {parts[0]}", 30) if parts else one.item, one.is_whole)
