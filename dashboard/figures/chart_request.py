"""What one chart is drawn from, and the words that stand in its corners."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np
import pandas as pd

from dashboard.figures import whiskers
from dashboard.figures.axis import TimeAxis, iso_texts, middles
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.numbers import NumberStyle, ValueAxis, value_axis
from pipelines.vocabulary import POINTS_FOR_LIMITS, LimitsState, WhyNoLimits

NO_LIMITS: dict[str, str] = {
    WhyNoLimits.ROLLING: "no limits: each figure shares data with the one before",
    WhyNoLimits.ROUNDED: "no limits: rounding hides the variation",
    WhyNoLimits.REDEFINED: "no limits: the definition changed",
    WhyNoLimits.SPARSE: "no limits: the counts are too small",
}

#: Columns that could give a held-back number away.
OLD_LINES = ("old_centre_line", "old_lower_limit", "old_upper_limit")
LIMITS = ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")
NUMBERS = ("value", "value_low", "value_high", "numerator", "denominator", *LIMITS, *OLD_LINES)

#: Columns that the value axis has to hold.
AXIS_HOLDS = ("value", "target", "lower_limit", "upper_limit", *OLD_LINES[1:])


@dataclass(frozen=True)
class Move:
    """A usual range that people moved: from which day, and in words by whom."""

    day: dt.date
    words: str


@dataclass(frozen=True)
class ChartRequest:
    """All that one chart is drawn from.

    Parameters
    ----------
    points
        Rows of chart_point of one series, in time order, gaps and hidden cells included.
    summary
        The row of chart_summary of the latest phase.
    style
        How the measure's values are written.
    axis
        The time axis that all charts of the prototype share.
    cycles
        The prototype's cycles; those whose primary measure this is carry their prediction.
    flags
        Days of the numbered flags.
    states
        `limits_state` by phase, where the series has been rebased; the summary's state stands for the rest.
    moves
        The days from which the usual range was moved.
    has_old_lines
        Whether the lines before the last move go on as dots.
    """

    points: pd.DataFrame
    summary: Mapping[str, Any]
    style: NumberStyle
    axis: TimeAxis
    cycles: Sequence[CycleBand] = ()
    flags: Sequence[dt.date] = ()
    states: Mapping[int, str] = field(default_factory=dict)
    moves: Sequence[Move] = ()
    has_old_lines: bool = True

    def rows(self) -> pd.DataFrame:
        """Return the rows in view, each with its `moment` as ISO text and as time, `middle`; a hidden row keeps no number."""
        return self._rows.copy(deep=False)  # everybody's own, copied where it is written to

    @cached_property
    def _rows(self) -> pd.DataFrame:
        middle = middles(self.points)
        hidden = self.points["is_hidden"].astype(bool)
        rows = self.points.assign(moment=iso_texts(middle), middle=middle, is_hidden=hidden)
        is_in_view = pd.to_datetime(rows["period_end"]) >= self.axis.start
        rows = rows if is_in_view.all() else rows[is_in_view].copy()
        if rows["is_hidden"].any():
            rows.loc[rows["is_hidden"], [name for name in NUMBERS if name in rows]] = float("nan")
        return rows

    def predictions(self) -> list[CycleBand]:
        """Return the cycles in view that predicted a range of this measure."""
        measure = self.summary.get("measure_id")
        return [c for c in self.cycles if c.has_range and c.primary_measure == measure and c.span(self.axis)]

    def values(self) -> ValueAxis:
        """Return the value axis that holds everything drawn."""
        return self._values

    @cached_property
    def _values(self) -> ValueAxis:
        return value_axis(self.drawn(), self.style)

    def drawn(self) -> list[float]:
        """Return every value that the value axis has to hold: points, limits, targets, predictions."""
        return list(self._drawn)

    @cached_property
    def _drawn(self) -> list[float]:
        rows = self.rows()
        numbers = {
            name: rows[name].to_numpy(dtype=float, na_value=math.nan) for name in AXIS_HOLDS if name in rows
        }
        has_value = ~np.isnan(numbers["value"])
        drawn = [*_known(numbers["value"]), *_known(numbers["target"]), *whiskers.ends(rows, self.style)]
        old = OLD_LINES[1:] if self.has_old_lines else ()
        for name in ("lower_limit", "upper_limit", *old):
            if name in numbers:
                drawn += [self.style.clip(limit) for limit in _known(numbers[name][has_value])]
        for cycle in self.predictions():
            guesses = (cycle.predicted_low, cycle.predicted_high, cycle.predicted_value)
            drawn += [float(guess) for guess in guesses if guess is not None]
        return drawn

    def alt(self, sentence: str) -> str:
        """Return the alternative text of the chart: what is measured, its sentence, and which of its points are not exact."""
        name = self.summary.get("measure_name")
        named = f"{name}. " if isinstance(name, str) and name else ""
        return f"{named}{sentence} {whiskers.whisker_words(self.rows(), self.style)}".strip()

    def not_due(self) -> list[tuple[CycleBand, str]]:
        """Return the cycles whose effect cannot show yet, because the measure lags, with words that say until when."""
        lag = self.summary.get("lag_days")
        if not lag or pd.isna(lag) or self.points.empty:
            return []
        last = pd.Timestamp(self.points["period_end"].max())
        due = [(cycle, pd.Timestamp(cycle.start) + pd.Timedelta(days=int(lag))) for cycle in self.cycles]
        return [
            (cycle, f"not due before {day.day} {day:%B}")
            for cycle, day in due
            if day > last and cycle.span(self.axis)
        ]

    def corner_words(self) -> tuple[str, str]:
        """Return the words above the plot, left and right; empty where nothing needs saying."""
        why, state = self.summary.get("why_no_limits"), self.summary.get("limits_state")
        if why == WhyNoLimits.START_UP:
            count = int(self.summary.get("n_points") or 0)
            few = count < POINTS_FOR_LIMITS
            return (f"{count} of {POINTS_FOR_LIMITS} points needed" if few else "not settled yet"), ""
        if state in (LimitsState.PROVISIONAL, LimitsState.TRIAL):
            return "", "provisional"
        return NO_LIMITS.get(str(why), ""), ""


def _known(numbers: np.ndarray) -> list[float]:
    """Return the numbers that are there."""
    return cast(list[float], numbers[~np.isnan(numbers)].tolist())
