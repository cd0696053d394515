"""A few cells of a column to show beside a guess, none of them personal."""

from __future__ import annotations

import re

from pipelines.sources import personal
from pipelines.understanding.cells import holds_date
from pipelines.understanding.columns import Column
from pipelines.understanding.proposal import Role

MOST, LONGEST = 3, 40

#: 145/92 is no date.
_TWO_NUMBERS = re.compile(r"\d{1,3} ?/ ?\d{1,3}", re.ASCII)

#: Free text may hold names that no pattern finds, and a sender is a person: neither is shown.
_NEVER = (Role.PERSONAL, Role.NOTE, Role.SENDER)
_WORDS = (Role.PLACE, Role.PLACE_TYPE, Role.MEMBER, Role.SOURCE)


def examples_of(column: Column, role: Role) -> tuple[str, ...]:
    """Return at most three cells, different ways of writing first; numbers, days and words that come again only."""
    if role in _NEVER or (role is Role.LEAVE_OUT and len(column.counts) > 12):
        return ()
    shown: dict[str, str] = {}
    for cell, n in column.counts.items():
        if n == 1 and role in (*_WORDS, Role.LEAVE_OUT):
            continue
        text = _fit(cell, role)
        if text:
            shown.setdefault(_shape(text), text)
    return tuple(list(shown.values())[:MOST])


def _fit(cell: str, role: Role) -> str:
    if role in (*_WORDS, Role.LEAVE_OUT):
        text, kinds = personal.scrub(personal.printable(cell))
        return "" if kinds else text[:LONGEST]
    if role in (Role.TESTED_ON, Role.SUBMITTED_AT) and holds_date(cell):
        return personal.printable(cell)[:LONGEST]
    if role is Role.ITEM and _TWO_NUMBERS.fullmatch(cell):
        return cell
    masked = personal.mask(cell) or ""
    return "" if masked.startswith("[not shown") else masked


def _shape(text: str) -> str:
    """Return how a cell is written: digits alike, letters as they are."""
    return "".join("0" if mark.isdigit() else mark for mark in text)
