"""Measure definitions: one TOML file a measure, read whole, every fault told at once; and written by the same keys.

A new measure is one file: no SQL, no Python. The keys are described in data/README.md.
"""

from pipelines.measures.definition import (
    ARRIVES,
    BASELINES,
    CAN_BE_NEGATIVE,
    CASCADE,
    DECLARED_PERIODS,
    FIRST_POINTS,
    IDENTIFIER,
    KINDS,
    NEEDS_DENOMINATOR,
    PLANNED_EVERY,
    SESSIONS,
    Measure,
    Target,
    items_of,
    kind_of,
)
from pipelines.measures.files import read_measures
from pipelines.measures.reading import check_measure, measure_of
from pipelines.measures.writing import add_measure, definition_of, measures_home, write_measure

__all__ = [
    "ARRIVES",
    "BASELINES",
    "CAN_BE_NEGATIVE",
    "CASCADE",
    "DECLARED_PERIODS",
    "FIRST_POINTS",
    "IDENTIFIER",
    "KINDS",
    "NEEDS_DENOMINATOR",
    "PLANNED_EVERY",
    "SESSIONS",
    "Measure",
    "Target",
    "add_measure",
    "check_measure",
    "definition_of",
    "items_of",
    "kind_of",
    "measure_of",
    "measures_home",
    "read_measures",
    "write_measure",
]
