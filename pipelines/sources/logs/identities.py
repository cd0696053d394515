"""Where a record belongs: prototype and neighbourhood, of the file as a whole or of each record."""

from __future__ import annotations

import difflib

import numpy as np

from pipelines.errors import Fault
from pipelines.sources import personal
from pipelines.sources.ledger import Ledger, Words
from pipelines.sources.logs.columns import Column
from pipelines.sources.logs.context import Context
from pipelines.sources.logs.mapping import Mapping


def unknown_id(value: str, known: tuple[str, ...], where: str) -> str:
    """Return the reason for an id that is not known, with the nearest one that is."""
    if not value:
        return f"The id is missing. Write one of {where}."
    near = difflib.get_close_matches(value, known, 1)
    return f"This id is not in {where}. " + (
        f"Did you mean {near[0]}?" if near else "Add it there, or correct it here."
    )


def check_ids(mapping: Mapping, file: str, context: Context) -> list[Fault]:
    """Return the faults of a mapping that names ids which are not known."""
    faults = []

    def unknown(key: str, value: str) -> None:
        reason = f'"{value}" is not in {key[:-3]}s.csv. Add it there, or correct it here.'
        faults.append(Fault(file, None, key, reason))

    if mapping.neighbourhood_id is not None and mapping.neighbourhood_id not in context.neighbourhood_ids:
        unknown("neighbourhood_id", mapping.neighbourhood_id)
    if mapping.prototype_id is None:
        return faults
    prototype = context.prototypes.get(mapping.prototype_id)
    if prototype is None:
        unknown("prototype_id", mapping.prototype_id)
    elif mapping.neighbourhood_id not in (None, prototype.neighbourhood_id):
        reason = f"{prototype.prototype_id} belongs to {prototype.neighbourhood_id} in prototypes.csv. Correct one."
        faults.append(Fault(file, None, "neighbourhood_id", reason))
    return faults


def refuse_strangers(
    neighbourhood: Column | None,
    prototype: Column,
    lines: np.ndarray,
    is_open: np.ndarray,
    ledger: Ledger,
    context: Context,
) -> np.ndarray:
    """Refuse the records that belong nowhere or to two places; return which of the open ones they are."""
    homes = {row.prototype_id: row.neighbourhood_id for row in context.prototypes.values()}
    wrong = _refuse_unknown(prototype, "prototype_id", tuple(homes), lines, is_open, ledger)
    if neighbourhood is None:
        return wrong
    places = tuple(context.neighbourhood_ids)
    wrong |= _refuse_unknown(neighbourhood, "neighbourhood_id", places, lines, is_open, ledger)
    number = {place: n for n, place in enumerate(sorted({*places, *homes.values()}))}
    here = neighbourhood.take([number.get(text, -1) for text in neighbourhood.texts], int)
    home = prototype.take([number.get(homes.get(text, ""), -1) for text in prototype.texts], int)
    elsewhere = np.flatnonzero((here != home) & is_open & ~wrong)

    def words(n: int) -> Words:
        record = elsewhere[n]
        reason = (
            f"The prototype belongs to {homes[prototype[record]]} in prototypes.csv. Correct one of the two."
        )
        return Words("neighbourhood_id", neighbourhood[record], reason)

    ledger.refuse_each(lines[elsewhere], words)
    wrong[elsewhere] = True
    return wrong


def _refuse_unknown(
    column: Column, key: str, known: tuple[str, ...], lines: np.ndarray, is_open: np.ndarray, ledger: Ledger
) -> np.ndarray:
    ids = frozenset(known)
    wrong = column.where(lambda text: text not in ids) & is_open
    at = np.flatnonzero(wrong)

    def words(n: int) -> Words:
        value = column[at[n]]
        return Words(key, personal.mask_id(value, known), unknown_id(value, known, f"{key[:-3]}s.csv"))

    ledger.refuse_each(lines[at], words)
    return wrong
