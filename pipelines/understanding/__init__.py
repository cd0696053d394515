"""Understanding: a messy log to a proposed mapping, each guess with a reason; a person decides."""

from pipelines.understanding.proposal import ROLES, SINGLE, ColumnGuess, Proposal, Role, SheetGuess
from pipelines.understanding.propose import understand
from pipelines.understanding.suggest import suggested_measures
from pipelines.understanding.to_mapping import mapping_of

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
