"""Understanding: a messy log to a proposed mapping, each guess with a reason; a person decides."""

from pipelines.sources.logs.mapping import ItemSpec, Mapping, SheetMapping
from pipelines.sources.written.units import UNITS
from pipelines.sources.written.values import Ask
from pipelines.understanding.proposal import (
    NEW_PROTOTYPE,
    ROLES,
    SINGLE,
    ColumnGuess,
    Proposal,
    Role,
    SheetGuess,
)
from pipelines.understanding.propose import understand
from pipelines.understanding.suggest import suggested_measures
from pipelines.understanding.to_mapping import mapping_of

__all__ = [
    "NEW_PROTOTYPE",
    "ROLES",
    "SINGLE",
    "UNITS",
    "Ask",
    "ColumnGuess",
    "ItemSpec",
    "Mapping",
    "Proposal",
    "Role",
    "SheetGuess",
    "SheetMapping",
    "mapping_of",
    "suggested_measures",
    "understand",
]
