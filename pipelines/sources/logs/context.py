"""What a log is checked against: the ids and items in use, today, and the records met in all logs so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipelines.measures import Measure
from pipelines.sources.tables import Neighbourhood, Prototype


class Seen:
    """Records met so far, each by a number that is the same for the same contents."""

    def __init__(self) -> None:
        self._blocks: list[tuple[np.ndarray, np.ndarray, str]] = []

    def find(self, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return where each of some records was first met: the number of the sheet, -1 for nowhere, and the line."""
        sheets, found = np.full(len(keys), -1, np.int32), np.zeros(len(keys), np.int64)
        for number, (known, lines, _) in enumerate(self._blocks):
            if len(known):
                at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
                is_new = (known[at] == keys) & (sheets < 0)
                sheets[is_new], found[is_new] = number, lines[at[is_new]]
        return sheets, found

    def name(self, sheet: int) -> str:
        """Return the name of a sheet by its number."""
        return self._blocks[sheet][2]

    def add(self, keys: np.ndarray, lines: np.ndarray, where: str) -> None:
        """Remember the records of one sheet, sorted by `keys`; `lines` are where they begin."""
        self._blocks.append((keys, lines, where))


@dataclass(slots=True)
class Context:
    """What a log is checked against.

    Attributes
    ----------
    prototypes
        By id.
    neighbourhood_ids
        The ids in use.
    items
        Every item that a measure uses.
    shares
        Numerator and denominator of the measures that are shares; sums written ``a + b``, ``sessions`` as such.
    today
        Later days lie in the future.
    seen
        Records met in all logs so far; added to while reading.
    """

    prototypes: dict[str, Prototype]
    neighbourhood_ids: frozenset[str]
    items: frozenset[str]
    shares: tuple[tuple[str, str], ...]
    today: dt.date
    seen: Seen = field(default_factory=Seen)


def context_of(
    neighbourhoods: Iterable[Neighbourhood],
    prototypes: Iterable[Prototype],
    measures: Sequence[Measure],
    today: dt.date,
) -> Context:
    """Return what logs are checked against where these places, prototypes and measures are in use."""
    return Context(
        {row.prototype_id: row for row in prototypes},
        frozenset(row.neighbourhood_id for row in neighbourhoods),
        frozenset(item for measure in measures for item in measure.items),
        tuple((m.numerator, m.denominator) for m in measures if m.is_share and m.denominator),
        today,
    )
