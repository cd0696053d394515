"""What people entered, merged with what was read, and as rows of the mart's tables.

Knows records, checked rows and computed rows; knows no database, no file and no screen.
"""

from pipelines.recorded.merging import Merged, NotHeld, merged
from pipelines.recorded.tables import Computed, recorded_tables

__all__ = ["Computed", "Merged", "NotHeld", "merged", "recorded_tables"]
