"""A PDSA cycle as the charts and the ribbon show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from dashboard.figures.axis import DAY, TimeAxis


@dataclass(frozen=True)
class CycleBand:
    """A PDSA cycle as the charts show it; the prediction only on the chart of its primary measure.

    `start` and `end` are the first and last day of Do, `end` None while it runs. Predictions are in the
    measure's stored unit.
    """

    cycle_id: str
    name: str
    start: dt.date
    end: dt.date | None
    question: str = ""
    primary_measure: str | None = None
    predicted_value: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None

    def span(self, axis: TimeAxis) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """Return the part of the cycle that lies on the axis, or None."""
        start = max(pd.Timestamp(self.start), axis.start)
        end = axis.end if self.end is None else min(pd.Timestamp(self.end) + DAY, axis.end)
        return (start, end) if start < end else None

    @property
    def has_range(self) -> bool:
        """Whether a range was predicted."""
        return self.predicted_low is not None and self.predicted_high is not None
