"""The floor: what plain numpy takes for the same figures, on whole arrays of shape (series, points).

It knows two charts (XmR, and p with varying denominators), one rule set (`mdc`, docs/method.md, Charts 5) and full,
sorted, rectangular data: no gaps, phases, baselines, exclusions or ragged lengths. So it is what the engine is
measured against, and cannot be used in its place. `tests/benchmarks/test_floor.py` holds it to `pipelines.spc.chart`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Signs = NDArray[np.int8]

#: Points of a shift; steps of a trend of seven points.
SHIFT_POINTS, TREND_STEPS = 7, 6
#: The lines below and above the centre, 3 and 2 sigma from it, in parts of 3 sigma.
REACHES = np.array([-1, 1, -2 / 3, 2 / 3])

#: Words at the places 0 (no rule fired), 1 (high or rising) and -1 (low or falling), where up is better.
POINT_TYPES = np.array(["common_cause", "improvement", "concern"])
VARIATIONS = np.array(["common_cause", "improvement_high", "concern_low"])
ASSURANCES = np.array(["hit_or_miss", "fail", "pass"])


@dataclass(frozen=True)
class Lines:
    """Centre and limits: of shape (series, 1) where a series has one figure, else (series, points)."""

    centre: FloatArray
    lower: FloatArray
    upper: FloatArray
    lower2: FloatArray
    upper2: FloatArray


@dataclass(frozen=True)
class Charts:
    """What the floor finds; rules and `direction` are +1, -1 or 0 a point, icons one word a series."""

    value: FloatArray
    lines: Lines
    beyond_limits: Signs
    trend: Signs
    two_of_three: Signs
    shift: Signs
    direction: Signs
    variation: NDArray[Any]
    assurance: NDArray[Any]


def xmr(y: FloatArray, target: float) -> Charts:
    """Chart values of shape (series, points): the mean and 2.66 mean moving ranges."""
    centre = y.mean(axis=1, keepdims=True)
    reach = 2.66 * np.abs(np.diff(y, axis=1)).mean(axis=1, keepdims=True)
    return _charts(y, _lines(centre, reach), target)


def p(events: FloatArray, trials: FloatArray, target: float) -> Charts:
    """Chart events of trials, both of shape (series, points): all events by all trials and 3 sigma of each share."""
    centre = events.sum(axis=1, keepdims=True) / trials.sum(axis=1, keepdims=True)
    reach = np.divide(9 * centre * (1 - centre), trials)
    np.sqrt(reach, out=reach)
    return _charts(events / trials, _lines(centre, reach), target)


def _lines(centre: FloatArray, reach: FloatArray) -> Lines:
    lines = np.multiply.outer(REACHES, reach)
    lines += centre
    return Lines(centre, *lines)


def _charts(value: FloatArray, lines: Lines, target: float) -> Charts:
    side = _signs(value > lines.centre, value < lines.centre)
    beyond = _signs(value > lines.upper, value < lines.lower)
    near = _signs(value > lines.upper2, value < lines.lower2)
    near[beyond != 0] = 0
    trend = _trend(value)
    two_of_three = _two_of_three(side, near)
    shift = _signs(_runs(side > 0, SHIFT_POINTS), _runs(side < 0, SHIFT_POINTS))
    direction = shift
    for rule in (two_of_three, trend, beyond):  # the last one wins
        direction = np.where(rule != 0, rule, direction)
    return Charts(
        value=value,
        lines=lines,
        beyond_limits=beyond,
        trend=trend,
        two_of_three=two_of_three,
        shift=shift,
        direction=direction,
        variation=VARIATIONS[direction[:, -1]],
        assurance=ASSURANCES[_signs(target > lines.upper[:, -1], target < lines.lower[:, -1])],
    )


def _signs(high: BoolArray, low: BoolArray) -> Signs:
    return high.view(np.int8) - low.view(np.int8)


def _runs(mask: BoolArray, length: int) -> BoolArray:
    """Keep what belongs to a run of `length` or more."""
    windows = mask.shape[1] - length + 1
    is_full = mask[:, :windows].copy()
    for step in range(1, length):
        is_full &= mask[:, step : step + windows]
    members = np.zeros_like(mask)
    for step in range(length):
        members[:, step : step + windows] |= is_full
    return members


def _trend(value: FloatArray) -> Signs:
    """Mark both ends of each step of a trend; a turning point goes with the step after it."""
    before, after = value[:, :-1], value[:, 1:]
    steps = _signs(_runs(after > before, TREND_STEPS), _runs(after < before, TREND_STEPS))
    marks = np.zeros(value.shape, dtype=np.int8)
    marks[:, 1:] = steps
    marks[:, :-1] = np.where(steps != 0, steps, marks[:, :-1])
    return marks


def _two_of_three(side: Signs, near: Signs) -> Signs:
    """Mark the far points of three on one side, two or more of which lie between 2 and 3 sigma."""
    on_one_side = np.abs(side[:, :-2] + side[:, 1:-1] + side[:, 2:]) == 3
    is_full = on_one_side & (np.abs(near[:, :-2] + near[:, 1:-1] + near[:, 2:]) >= 2)
    members = np.zeros(side.shape, dtype=bool)
    for step in range(3):
        members[:, step : step + is_full.shape[1]] |= is_full
    return np.where(members, near, 0).astype(np.int8, copy=False)
