"""A part above its whole: one of the two is wrong, and the share cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from pipelines.measures import SESSIONS, items_of
from pipelines.sources import personal
from pipelines.sources.logs.amounts import IMPOSSIBLE
from pipelines.sources.logs.records import Records


def take_out_impossible(records: Records, shares: Iterable[tuple[str, str]]) -> None:
    """Take out the numerator of each share (numerator, denominator) that lies above its denominator."""
    for numerator, denominator in shares:
        part, whole = _total(records, numerator), _total(records, denominator)
        if part is None or whole is None:
            continue
        at = records.open_where(part > whole)
        reason = _reason(records, denominator, part[at], whole[at])
        for item in items_of(numerator):
            if item != SESSIONS:
                records.amounts[item].take_out(at, IMPOSSIBLE, reason)


def _reason(records: Records, denominator: str, part: np.ndarray, whole: np.ndarray) -> Callable[[int], str]:
    """Return the words for each of some impossible parts, by its place."""

    def reason(n: int) -> str:
        named = _named(records, denominator, whole[n])
        return f"{part[n]:g} of {named} cannot be. The cell is left out; correct one of the two."

    return reason


def _total(records: Records, counted: str) -> np.ndarray | None:
    """Return what a numerator or denominator adds up to, NaN where a part is missing; None where an item is absent."""
    total = np.zeros(len(records))
    for item in items_of(counted):
        if item == SESSIONS:
            total += 1
        elif item in records.amounts:
            total += records.amounts[item].value
        else:
            return None
    return total


def _named(records: Records, denominator: str, whole: float) -> str:
    if denominator == SESSIONS:
        return "one session"
    headings = " + ".join(
        f'"{records.amounts[item].column.heading}"' for item in items_of(denominator) if item != SESSIONS
    )
    return personal.scrub(f"{whole:g} in {headings}")[0]
