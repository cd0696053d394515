"""The signals that a chart ever gave: when each first showed, how long it went on, whether it holds now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.spc import rules
from pipelines.vocabulary import PointType, Rule

Column = NDArray[Any]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

#: Points of a run or a trend; it shows with the last of them.
POINTS_OF_A_RUN = 7

#: Rules that a point fires by itself or with its neighbours, the winner first (docs/method.md, Charts 5).
PRECEDENCE = (Rule.BEYOND_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)


@dataclass(frozen=True)
class Signal:
    """Points in a row that say the same.

    Attributes
    ----------
    at
        Position of the point at which somebody who watched the chart would first have seen it.
    first, last
        Positions of its points.
    n_points
        How many they are.
    shown_on
        Last day of the period of the point `at`.
    point_type
        What it says.
    rule
        The rule that showed first.
    run_length
        Points in the run or the trend when it showed; 1 for a single point.
    is_high
        Whether it lies above, or climbs.
    holds
        Whether it holds at the latest point.
    """

    at: int
    first: int
    last: int
    n_points: int
    shown_on: dt.date
    point_type: PointType
    rule: Rule
    run_length: int
    is_high: bool
    holds: bool


def signals_of(columns: Mapping[str, Column]) -> tuple[Signal, ...]:
    """Return the signals of a chart, oldest first; the later one where two first showed on the same day.

    A signal is points in a row of one phase that say the same, whatever rules they fire; gaps between them do not end it.
    A run or a trend colours all its points when the seventh comes, so it shows with the seventh; two of three show with
    the second of the two, or with the third.
    The runs analysis of a run chart judges the chart as a whole: it has no first day, and is no signal here.

    Parameters
    ----------
    columns
        The columns of chart_point, shape (k,) each, in time order.
    """
    if not any(columns[rule].any() for rule in PRECEDENCE):
        return ()
    shows = _shows(columns)
    found = {signal.shown_on: signal for signal in _each(columns, shows)}
    return tuple(found.values())


def _each(columns: Mapping[str, Column], shows: Mapping[Rule, tuple[IntArray, IntArray]]) -> Iterator[Signal]:
    known = np.flatnonzero(is_point(columns))
    by_point = np.logical_or.reduce([columns[rule] for rule in PRECEDENCE])
    said_at = np.where(by_point, columns["point_type"], PointType.COMMON_CAUSE)
    types, phases = said_at[known], columns["phase"][known]
    breaks = np.flatnonzero((types[1:] != types[:-1]) | (phases[1:] != phases[:-1])) + 1
    for rows in np.split(known, breaks):
        said = PointType(said_at[rows[0]])
        if said != PointType.COMMON_CAUSE:
            yield _signal(columns, shows, rows, said, holds=bool(rows[-1] == known[-1]))


def _signal(
    columns: Mapping[str, Column],
    shows: Mapping[Rule, tuple[IntArray, IntArray]],
    rows: IntArray,
    said: PointType,
    *,
    holds: bool,
) -> Signal:
    """Return the signal of some points: at the first moment at which any rule that says the same named any of them."""
    side = shows[Rule(columns["rule"][rows[0]])][1][rows[0]]
    first_shown = {
        rule: max(int(at[rows][agrees].min()), int(rows[0]))
        for rule, (at, sides) in shows.items()
        if (agrees := columns[rule][rows] & (sides[rows] == side)).any()
    }
    rule = min(first_shown, key=lambda name: first_shown[name])
    at = first_shown[rule]
    return Signal(
        at=at,
        first=int(rows[0]),
        last=int(rows[-1]),
        n_points=int(rows.size),
        shown_on=columns["period_end"][at],
        point_type=said,
        rule=rule,
        run_length=POINTS_OF_A_RUN if rule in (Rule.TREND, Rule.SHIFT) else 1,
        is_high=bool(side > 0),
        holds=holds,
    )


def is_point(columns: Mapping[str, Column]) -> BoolArray:
    """Return which places hold a point: a value, counted over the whole of its period."""
    found: BoolArray = np.isfinite(columns["value"]) & ~columns["is_running"]
    return found


def _shows(columns: Mapping[str, Column]) -> dict[Rule, tuple[IntArray, IntArray]]:
    """Return for every rule where each place that it names could first be seen, and whether it says high (1) or low (-1).

    The rules stand in their order of precedence; shape (k,) each.
    """
    here = np.arange(len(columns["value"]))
    value = np.where(is_point(columns), columns["value"], np.nan)
    side = rules.side(value, columns["centre_line"]).astype(int)
    new = np.diff(columns["phase"], prepend=-1) != 0
    of_run = np.maximum(here, _begins(side, new) + POINTS_OF_A_RUN - 1)
    return {
        Rule.BEYOND_LIMITS: (here, side),
        Rule.TREND: _end_of_trend(value, new),
        Rule.TWO_OF_THREE: (_end_of_three(columns["two_of_three"], side, columns["phase"]), side),
        Rule.SHIFT: (of_run, side),
    }


def _begins(signs: Column, new: BoolArray) -> IntArray:
    """Return for every place where its row of equal signs begins; a new phase begins a new row."""
    is_start = new | (np.diff(signs, prepend=0) != 0)
    is_start[:1] = True
    began: IntArray = np.maximum.accumulate(np.where(is_start, np.arange(signs.size), 0))
    return began


def _end_of_trend(value: Column, new: BoolArray) -> tuple[IntArray, IntArray]:
    """Return where the trend of every place was seen, at its seventh point or the place itself from there on, and its sign.

    A point that ends one trend and begins another belongs to the later one, as on the chart.
    """
    here = np.arange(value.size)
    with np.errstate(invalid="ignore"):
        step = np.nan_to_num(np.sign(np.diff(value, prepend=np.nan))).astype(int)
    step[new] = 0
    began = _begins(step, new)
    size = np.bincount(began, minlength=value.size)[began]
    is_trend = (step != 0) & (size >= POINTS_OF_A_RUN - 1)
    seen = np.where(is_trend, began + POINTS_OF_A_RUN - 2, here)
    seen[:-1] = np.where(is_trend[1:], seen[1:], seen[:-1])
    step[:-1] = np.where(is_trend[1:], step[1:], step[:-1])
    return np.maximum(here, seen), step


def _end_of_three(is_far: Column, side: Column, phase: Column) -> IntArray:
    """Return for every place the last of the three points that first named it, or itself where none did."""
    shown = np.arange(is_far.size)
    for start in range(is_far.size - 3, -1, -1):
        three = slice(start, start + 3)
        if is_far[three].sum() >= 2 and abs(int(side[three].sum())) == 3 and phase[start] == phase[start + 2]:
            shown[three] = np.where(is_far[three], start + 2, shown[three])
    return shown
