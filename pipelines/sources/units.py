"""Units as people write them beside a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, what it measures (``mass``, ``time``...), and its size in the smallest unit of that kind."""

    name: str
    kind: str
    size: float


def find_unit(written: str) -> Unit | None:
    """Return the unit that a word means, or None."""
    raise NotImplementedError
