"""A guess on its way, and the words in which shares of cells are told."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.sources.logs.mapping.types import COUNT
from pipelines.sources.written.values import Ask
from pipelines.understanding.proposal import Role

#: Share of cells that must be written as days, or as numbers, for a column to be one of days or numbers.
MOST = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """A guess on its way: the role with its reason, before it is told with examples."""

    role: Role
    why: str
    is_sure: bool = True
    ask: Ask = COUNT
    option: str | None = None


def share_words(share: float) -> str:
    """Return a share of cells in words."""
    return "all its cells" if share > 0.995 else f"{share:.0%} of its cells".replace("%", " %")
