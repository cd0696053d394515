"""People counted over the latest quarter, from the points of a chart as they are shown.

A month in which people came and were followed for three months is known three months later. Those who came since are
neither through nor lost: they are not due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipelines.cascade.steps import follow_up_months, is_stock
from pipelines.charts import SeriesChart
from pipelines.measures import Measure

#: The longest quarter of whole months; a period that began earlier than this before the last day lies outside.
DAYS = 92


@dataclass(frozen=True)
class Counts:
    """People of one step: those who came through, among those due, and those not due yet.

    Attributes
    ----------
    reached, due
        Sums over the points shown; None where none is shown.
    not_due
        Came later than any whose follow-up has ended; None where nobody can be.
    first_on, last_on
        The days that they are counted over.
    n_points, n_hidden
        Points summed, and points held back.
    """

    reached: float | None = None
    due: float | None = None
    not_due: float | None = None
    first_on: dt.date | None = None
    last_on: dt.date | None = None
    n_points: int = 0
    n_hidden: int = 0

    @property
    def before(self) -> float | None:
        """All who came to the step: due and not due."""
        return None if self.due is None else self.due + (self.not_due or 0.0)

    @property
    def lost(self) -> float | None:
        """Of those due, who did not come through; rounded figures never give fewer than none."""
        return None if self.due is None or self.reached is None else max(self.due - self.reached, 0.0)

    @property
    def share(self) -> float | None:
        """Share of those due who came through, 0 to 1."""
        return min(self.reached / self.due, 1.0) if self.due and self.reached is not None else None


@dataclass(frozen=True)
class Quarter:
    """The last days for which a measure is known anywhere, so that all places are counted over the same time."""

    last_on: dt.date

    def holds(self, start: NDArray[np.object_], end: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Tell which periods lie within it."""
        return np.array(
            [
                s > self.last_on - dt.timedelta(days=DAYS) and e <= self.last_on
                for s, e in zip(start, end, strict=True)
            ],
            dtype=bool,
        )


def quarter_of(charts: Sequence[SeriesChart]) -> Quarter | None:
    """Return the latest quarter that ends with a point shown in any of these charts; None without one."""
    ends = [end for chart in charts for end in chart.columns["period_end"][is_shown(chart)]]
    return Quarter(max(ends)) if ends else None


def count_quarter(charts: Sequence[SeriesChart], measure: Measure, quarter: Quarter | None) -> Counts:
    """Count one measure in one place over a quarter.

    Parameters
    ----------
    charts
        Of the measure in the place, as shown.
    measure
        Their definition. A stock is counted by its latest point: its points hold the same people again.
    quarter
        `quarter_of` the charts of all places. A place whose periods are wider is counted over its own last ones,
        where they end within the quarter.
    """
    if quarter is None:
        return Counts(n_hidden=sum(int(chart.columns["is_hidden"].sum()) for chart in charts))
    return _joined([_counted(chart, measure, _own(chart, quarter)) for chart in charts])


def count_weeks(charts: Sequence[SeriesChart], weeks: int, data_until: dt.date | None) -> Counts:
    """Count a share that is no step of a cascade: the points shown that began in the last weeks of the data."""
    if data_until is None:
        return Counts()
    first = data_until - dt.timedelta(weeks=weeks)
    return _joined(
        [
            _summed(chart, np.array([start > first for start in chart.columns["period_start"]], bool))
            for chart in charts
        ]
    )


def _joined(parts: Sequence[Counts]) -> Counts:
    """Return the counts of several charts as one."""
    shown = [part for part in parts if part.due is not None]
    n_hidden = sum(part.n_hidden for part in parts)
    if not shown:
        return Counts(n_points=sum(part.n_points for part in parts), n_hidden=n_hidden)
    return Counts(
        reached=sum(part.reached or 0.0 for part in shown),
        due=sum(part.due or 0.0 for part in shown),
        first_on=min(part.first_on for part in shown if part.first_on is not None),
        last_on=max(part.last_on for part in shown if part.last_on is not None),
        n_points=sum(part.n_points for part in shown),
        n_hidden=n_hidden,
    )


def count_step(
    charts: Sequence[SeriesChart], measure: Measure, quarter: Quarter | None, before: Sequence[SeriesChart]
) -> Counts:
    """Count a step of the cascade: over its latest quarter, and those who came since and are not due.

    Parameters
    ----------
    charts, measure, quarter
        As of `count_quarter`.
    before
        Charts of the step before in the same place: their numerator is this measure's denominator.
    """
    counts = count_quarter(charts, measure, quarter)
    months = follow_up_months(measure.numerator)
    if (
        quarter is None
        or counts.due is None
        or months is None
        or months == follow_up_months(measure.denominator)
    ):
        return counts
    return replace(counts, not_due=_came_after(before, quarter.last_on))


def _came_after(charts: Sequence[SeriesChart], day: dt.date) -> float | None:
    """Return how many came through a step in the periods that began after a day; None where none is shown."""
    later = [
        chart.columns["numerator"][is_later]
        for chart in charts
        if (
            is_later := is_shown(chart)
            & np.array([start > day for start in chart.columns["period_start"]], bool)
        ).any()
    ]
    return float(sum(part.sum() for part in later)) if later else None


def is_shown(chart: SeriesChart) -> NDArray[np.bool_]:
    """Tell which points of a chart have a value that is shown, of a period that has ended."""
    columns = chart.columns
    is_whole = ~columns["is_running"].astype(bool) & ~columns["is_hidden"].astype(bool)
    return np.asarray(is_whole & np.isfinite(columns["value"].astype(float)), dtype=bool)


def _own(chart: SeriesChart, quarter: Quarter) -> Quarter:
    """Return the quarter up to the chart's own last point, where that ends within the common one."""
    ends = chart.columns["period_end"][is_shown(chart)]
    is_late = ends > quarter.last_on - dt.timedelta(days=DAYS) if len(ends) else np.array([], dtype=bool)
    return Quarter(max(ends[is_late])) if len(ends) and is_late.any() else quarter


def _counted(chart: SeriesChart, measure: Measure, quarter: Quarter) -> Counts:
    columns = chart.columns
    is_late = quarter.holds(columns["period_start"], columns["period_end"])
    is_in = is_late & is_shown(chart)
    if is_stock(measure) and is_in.any():
        is_late &= np.arange(is_in.size) >= np.flatnonzero(is_in)[-1]
    found = _summed(chart, is_late & ~columns["is_running"].astype(bool))
    return replace(found, n_hidden=found.n_hidden + _n_too_wide(chart, quarter))


def _summed(chart: SeriesChart, is_late: NDArray[np.bool_]) -> Counts:
    """Sum what is shown of some points; one held back is counted as such and left out."""
    columns = chart.columns
    x, n = columns["numerator"].astype(float), columns["denominator"].astype(float)
    is_hidden = columns["is_hidden"].astype(bool)
    is_in = is_late & ~is_hidden & np.isfinite(x) & np.isfinite(n)
    n_hidden, due = int((is_late & is_hidden).sum()), float(n[is_in].sum())
    if not due:
        return Counts(n_points=int(is_in.sum()), n_hidden=n_hidden)
    return Counts(
        reached=float(x[is_in].sum()),
        due=due,
        first_on=columns["period_start"][is_in].min(),
        last_on=columns["period_end"][is_in].max(),
        n_points=int(is_in.sum()),
        n_hidden=n_hidden,
    )


def _n_too_wide(chart: SeriesChart, quarter: Quarter) -> int:
    """Return how many points end within a quarter and are wider than it: small numbers joined them."""
    columns, shown = chart.columns, is_shown(chart)
    ends = zip(columns["period_start"][shown], columns["period_end"][shown], strict=True)
    return sum(end - start >= dt.timedelta(days=DAYS) and end == quarter.last_on for start, end in ends)
