"""Counts of the cascade as the text of a file again."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.safe_csv import csv_text
from pipelines.sources.cascade.steps import COLUMNS, OPTIONAL
from pipelines.sources.tables import CascadeCount


def cascade_csv(rows: Iterable[CascadeCount]) -> str:
    """Return counts as cascade_counts.csv; read again, they are the same but for their lines."""
    told = (
        (
            row.neighbourhood_id, f"{row.cohort_month:%Y-%m}", row.step, row.follow_up_months, row.group_type, row.group,
            row.setting, f"{row.count:.15g}", row.prototype_id,
        )
        for row in rows
    )  # fmt: skip
    return csv_text((*COLUMNS, *OPTIONAL), told)
