"""Which comes first, the day or the month? Decided by the whole column, and said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How one way of writing dates was read.

    Attributes
    ----------
    shape
        The way of writing, e.g. ``00/00/0000 00:00``.
    day_first
        Whether 03/04/2026 is 3 April.
    n_telling, n_either
        Cells that can only be read one way; cells that could be read both ways.
    evidence
        A sentence for the Data page.
    """

    shape: str
    day_first: bool
    n_telling: int
    n_either: int
    evidence: str
