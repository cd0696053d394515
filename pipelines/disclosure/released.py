"""A released series: what others than the group may see, and how far rounding has moved it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from pipelines.disclosure.ledger import CHANGE_FROM, Earlier, Name
from pipelines.disclosure.profile import Profile
from pipelines.measures import Measure
from pipelines.vocabulary import ChartKind, DataType, Period, WhyHidden

FIGURES = ["numerator", "denominator", "value"]

#: The ends of intervals: never released, since they would tell more than the rounded figure between them.
ENDS = ["numerator_low", "numerator_high", "denominator_low", "denominator_high"]

#: Significant figures of a released mean: too few to tell the number of people from a fraction.
MEAN_FIGURES = 3


class Figure(StrEnum):
    """What the value of a measure is, as far as hiding it is concerned."""

    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    MEAN = "mean"
    BETWEEN = "between"

    @staticmethod
    def of(measure: Measure) -> Figure:
        """Return the figure of a measure; a chart kind without a denominator is taken as a count."""
        if measure.is_share:
            return Figure.SHARE
        if measure.kind in (DataType.MEASUREMENT, ChartKind.XBAR, ChartKind.S):
            return Figure.MEAN
        if measure.kind in (DataType.TIME_BETWEEN, DataType.OPPORTUNITIES_BETWEEN, ChartKind.T, ChartKind.G):
            return Figure.BETWEEN
        is_count = measure.kind in (DataType.COUNT, ChartKind.C) or measure.denominator is None
        return Figure.COUNT if is_count else Figure.RATE


@dataclass(frozen=True)
class Released:
    """One series as others may see it.

    Attributes
    ----------
    observation
        Columns of the table observation, in time order. Hidden rows keep their period and number of sessions;
        value, numerator and denominator are NaN. Counts are rounded; shares and rates are of rounded counts.
    period
        The width of the points, declared or coarser.
    from_rounded
        Whether the figures are rounded; False for a measure that is not disclosive.
    note
        What was done, in sentences; empty where nothing was.
    hidden_reason
        `WhyHidden.SERIES` where the whole series is held back, else None.
    n_recorded
        Points that the period would have with nothing hidden.
    secondary
        Positions of rows that are hidden only to protect another figure; not for publishing.
    repeated
        Positions of rows that are shown as they were before, though they have changed by a few since.
    earlier
        Figures of other days, or at another period, that were released before, how they were shown, and whether what
        is held back is small.
    """

    observation: pd.DataFrame
    measure: Measure
    profile: Profile
    period: Period
    from_rounded: bool
    note: str = ""
    hidden_reason: WhyHidden | None = None
    n_recorded: int = 0
    secondary: frozenset[int] = frozenset()
    repeated: frozenset[int] = frozenset()
    earlier: tuple[tuple[Name, Earlier, bool], ...] = ()

    @property
    def figure(self) -> Figure:
        """What the value is."""
        return Figure.of(self.measure)

    @property
    def share_left(self) -> float:
        """Share (0 to 1) of the recorded points that is shown; 0 where nothing was recorded."""
        return int(self.observation["value"].notna().sum()) / self.n_recorded if self.n_recorded else 0.0

    @property
    def rounding_error(self) -> np.ndarray | None:
        """Largest error that rounding can have put into each value, in its unit; None where unrounded."""
        if not self.from_rounded:
            return None
        rows = self.observation
        error = np.full(len(rows), self.profile.error, dtype=float)
        error[list(self.repeated)] += CHANGE_FROM - 1
        value = rows["value"].to_numpy(dtype=float)
        if self.figure == Figure.MEAN:
            return _unit_of(value) / 2
        if self.figure == Figure.COUNT:
            return np.where(value == 0, 0.0, np.where(np.isnan(value), np.nan, error))
        denominator = rows["denominator"].to_numpy(dtype=float)
        return np.where(value == 0, 0.0, error * (1 + np.abs(value)) / np.maximum(denominator - error, 1))

    def too_coarse(self, half_width_at_points: np.ndarray) -> bool:
        """Return `rounding_too_coarse` of this series."""
        return rounding_too_coarse(self, half_width_at_points)


def rounding_too_coarse(released: Released, half_width_at_points: np.ndarray) -> bool:
    """Tell whether rounding drowns the limits: dots and words only, no limits and no icons.

    Parameters
    ----------
    released
        The series.
    half_width_at_points
        Distance from the centre line to a limit at each row, in the value's unit; one number stands for all
        rows; NaN where a row has no limits. Of another length where the chart has joined rows into wider ones.

    Returns
    -------
    bool
        True where the largest possible rounding error exceeds a third of the half-width at most points
        (docs/method.md, What others may see). False where nothing is rounded or no point has limits.
    """
    error = released.rounding_error
    if error is None:
        return False
    half_width = np.asarray(half_width_at_points, dtype=float)
    if half_width.shape not in ((), error.shape):
        error = _error_of_joined(error, len(half_width), released.figure)
    half_width = np.broadcast_to(half_width, error.shape)
    known = np.isfinite(error) & np.isfinite(half_width)
    return bool(known.any() and np.median(error[known] > half_width[known] / 3) > 0.5)


def _error_of_joined(error: np.ndarray, n_points: int, figure: Figure) -> np.ndarray:
    """Return the largest error of points that join several released rows: of a sum it adds up, of a share not."""
    if not np.isfinite(error).any():
        return np.full(n_points, np.nan)
    joined = len(error) / max(n_points, 1) if figure == Figure.COUNT else 1.0
    return np.full(n_points, np.nanmedian(error) * joined)


def without_telling_which(released: Released) -> Released:
    """Return the series as it is published: small, and hidden for another's sake, are one reason and nothing else."""
    rows = released.observation
    one = rows["hidden_reason"].isin([WhyHidden.SMALL, WhyHidden.COMPLEMENT])
    if not one.any():
        return replace(released, secondary=frozenset())
    reasons = rows["hidden_reason"].mask(one, str(WhyHidden.HELD))
    return replace(released, observation=rows.assign(hidden_reason=reasons), secondary=frozenset())


def hide_series(released: Released) -> Released:
    """Return the series with nothing left but that it exists: one hidden row over all of its time."""
    true = released.observation
    rows = true.iloc[:1].reset_index(drop=True)
    if len(rows):
        rows = rows.assign(
            period=str(Period.WHOLE),
            period_end=[true["period_end"].iloc[-1]],
            session_no=1,
            n_sessions=int(true["n_sessions"].any()),
            is_gap=False,
            is_hidden=True,
            hidden_reason=str(WhyHidden.SERIES),
            **dict.fromkeys(FIGURES, np.nan),
        )
    return replace(
        released,
        observation=rows,
        period=Period.WHOLE,
        note="Held back: too few people stand behind this measure here, even over longer periods.",
        hidden_reason=WhyHidden.SERIES,
        secondary=frozenset(),
    )


def _unit_of(values: np.ndarray) -> np.ndarray:
    """Return one unit of the last significant figure of each value."""
    size = np.abs(values)
    exponent = np.floor(np.log10(size, out=np.zeros_like(size), where=size > 0))
    return np.where(np.isnan(values), np.nan, 10.0 ** (exponent - MEAN_FIGURES + 1))


def significant(values: np.ndarray) -> np.ndarray:
    """Return values rounded to MEAN_FIGURES significant figures."""
    unit = _unit_of(values)
    return np.round(values / unit) * unit


def without_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations without the ends of their intervals; the columns stay."""
    return rows.assign(**{name: np.nan for name in ENDS if name in rows})
