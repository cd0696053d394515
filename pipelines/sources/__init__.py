"""Readers: one a format, all handing over the same checked rows, or a fault with file, line and column."""

from pipelines.sources.folder import read_folder
from pipelines.sources.load import load_tables, write_measures
from pipelines.sources.paths import check_paths
from pipelines.sources.tables import Checked, Cycle, Load, LocalityValue, Neighbourhood, Prototype, RowFault

__all__ = [
    "Checked",
    "Cycle",
    "Load",
    "LocalityValue",
    "Neighbourhood",
    "Prototype",
    "RowFault",
    "check_paths",
    "load_tables",
    "read_folder",
    "write_measures",
]
