"""Where the names and numbered flags of cycles stand above the charts; overlapping ones on two rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.figures.axis import TimeAxis
from dashboard.figures.cycle_band import CycleBand

#: Flags closer than this step down a row, px.
FLAGS_APART = 24


@dataclass(frozen=True)
class Bar:
    """A cycle's bar: left end and width as shares of the plot, and its row from 0."""

    cycle: CycleBand
    left: float
    width: float
    row: int


@dataclass(frozen=True)
class Flag:
    """A numbered flag: its day, its place as a share of the plot, and its row from 0."""

    number: int
    day: dt.date
    cycle: CycleBand
    left: float
    row: int


@dataclass(frozen=True)
class Bracket:
    """The points that set the usual range: place as shares of the plot, and the words."""

    left: float
    width: float
    words: str


def bars(cycles: Sequence[CycleBand], axis: TimeAxis) -> list[Bar]:
    """Return the bars of the cycles in view, each on the first row where it touches no other."""
    ends: list[pd.Timestamp] = []
    placed = []
    for cycle in sorted(cycles, key=lambda c: (c.start, c.cycle_id)):
        span = cycle.span(axis)
        if span is None:
            continue
        row = next((index for index, end in enumerate(ends) if end <= span[0]), len(ends))
        ends[row : row + 1] = [span[1]]
        left = axis.fraction(span[0])
        placed.append(Bar(cycle, left, axis.fraction(span[1]) - left, row))
    return placed


def flags(cycles: Sequence[CycleBand], axis: TimeAxis, width: float) -> list[Flag]:
    """Return one flag a cycle at its first day, numbered left to right over all cycles.

    Parameters
    ----------
    cycles
        All cycles of the prototype; those that began before the axis keep their number but get no flag.
    axis
        The time axis.
    width
        Of the plot in px, from which follows what is too close.
    """
    placed: list[Flag] = []
    last_on_row: list[float] = []
    for number, cycle in enumerate(sorted(cycles, key=lambda c: (c.start, c.cycle_id)), start=1):
        if not axis.holds(cycle.start):
            continue
        left = axis.fraction(cycle.start)
        row = free_row(last_on_row, left, width)
        placed.append(Flag(number, cycle.start, cycle, left, row))
    return placed


def free_row(last_on_row: list[float], left: float, width: float) -> int:
    """Return the first row on which a flag touches no other, and keep it as the last flag there.

    Parameters
    ----------
    last_on_row
        Where the last flag of each row stands, as shares of the plot; this one is written into it.
    left
        Where the flag stands; flags come from left to right.
    width
        Of the plot, px.
    """
    rows = enumerate(last_on_row)
    row = next((row for row, at in rows if (left - at) * width >= FLAGS_APART), len(last_on_row))
    last_on_row[row : row + 1] = [left]
    return row


def overlaps(cycles: Sequence[CycleBand]) -> list[tuple[CycleBand, CycleBand]]:
    """Return the pairs of cycles whose Do shares a day; an open cycle runs on."""
    ordered = sorted(cycles, key=lambda c: (c.start, c.cycle_id))
    return [
        (first, second)
        for index, first in enumerate(ordered)
        for second in ordered[index + 1 :]
        if first.end is None or second.start <= first.end
    ]


def bracket(points: pd.DataFrame, axis: TimeAxis, unit: str) -> Bracket | None:
    """Return the bracket over the baseline of a chart; None where none is set or in view.

    Parameters
    ----------
    points
        Rows of chart_point of one series.
    axis
        The time axis.
    unit
        What one point is, in the plural: ``weeks``.
    """
    base = points[points["is_baseline"].astype(bool) & points["value"].notna()]
    if base.empty or not axis.holds(base["period_start"].iloc[0]):
        return None
    left, right = axis.fraction(base["period_start"].iloc[0]), axis.fraction(base["period_end"].iloc[-1])
    return Bracket(left, right - left, f"{len(base)} {unit} that set the usual range")
