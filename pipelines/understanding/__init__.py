"""Understanding: a messy log to a proposed mapping, each guess with a reason; a person decides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.understanding.proposal import SINGLE, ColumnGuess, Proposal, Role, SheetGuess

if TYPE_CHECKING:
    from pipelines.sources.mapping import Mapping

__all__ = [
    "SINGLE",
    "ColumnGuess",
    "Proposal",
    "Role",
    "SheetGuess",
    "correct",
    "mapping_of",
    "propose_measures",
    "understand",
]


def understand(content: bytes, name: str, folder: Path) -> Proposal:
    """Propose a mapping for a log; raises UnreadableFileError where the bytes are no table at all."""
    raise NotImplementedError


def correct(proposal: Proposal, *guesses: ColumnGuess) -> Proposal:
    """Return the proposal with some guesses put right (matched by sheet, heading and option), its mapping made anew."""
    raise NotImplementedError


def mapping_of(proposal: Proposal) -> Mapping:
    """Return the mapping that the guesses of a proposal amount to."""
    raise NotImplementedError


def propose_measures(proposal: Proposal, prototype_id: str) -> list[dict[str, Any]]:
    """Return definitions (keys of data/measures/*.toml) for the items found: sums a week, and shares of those who came."""
    raise NotImplementedError
