"""The hypertension cascade: where people are lost, and what would mislead a clinician who looks at it.

Everything here is arithmetic over chart points as one audience may see them; it reads no file and draws nothing.
"""

from pipelines.cascade.leaks import Leak, find_leaks
from pipelines.cascade.notes import note_rows
from pipelines.cascade.places import Held, count_places
from pipelines.cascade.quarter import Counts, Quarter, count_quarter, count_step, count_weeks, quarter_of
from pipelines.cascade.regression import FirstReading, expected_fall, fall_spread
from pipelines.cascade.steps import (
    can_be_lost,
    can_leak,
    follow_up_months,
    in_order,
    is_after_raised,
    is_stock,
)
from pipelines.cascade.thresholds import THRESHOLDS, Comparator, Threshold, is_to_target, threshold_for

__all__ = [
    "THRESHOLDS",
    "Comparator",
    "Counts",
    "FirstReading",
    "Held",
    "Leak",
    "Quarter",
    "Threshold",
    "can_be_lost",
    "can_leak",
    "count_places",
    "count_quarter",
    "count_step",
    "count_weeks",
    "expected_fall",
    "fall_spread",
    "find_leaks",
    "follow_up_months",
    "in_order",
    "is_after_raised",
    "is_stock",
    "is_to_target",
    "note_rows",
    "quarter_of",
    "threshold_for",
]
