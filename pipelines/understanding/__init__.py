"""Understanding: a messy log to a proposed mapping, each guess with a reason; a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.measures import Measure
from pipelines.understanding.proposal import ROLES, SINGLE, ColumnGuess, Proposal, Role, SheetGuess

if TYPE_CHECKING:
    from pipelines.sources.mapping import Mapping

__all__ = [
    "ROLES",
    "SINGLE",
    "ColumnGuess",
    "Proposal",
    "Role",
    "SheetGuess",
    "mapping_of",
    "suggested_measures",
    "understand",
]


def understand(content: bytes, name: str, folder: Path) -> Proposal:
    """Propose a mapping for a log; raises UnreadableFileError where the bytes are no table at all."""
    raise NotImplementedError


def mapping_of(columns: Sequence[ColumnGuess], proposal: Proposal) -> Mapping:
    """Return the mapping that the guesses, as a person left them, amount to."""
    raise NotImplementedError


def suggested_measures(mapping: Mapping, folder: Path) -> tuple[Measure, ...]:
    """Return the measures in use that the mapping's items answer, and plain new ones for the rest."""
    raise NotImplementedError
