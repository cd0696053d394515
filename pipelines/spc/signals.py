"""Which rules each point of a phase fires, which of them names its type, and what that means."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.spc.limits import Lines
from pipelines.spc.rule_sets import RuleSet
from pipelines.spc.rules import Signs, beyond_limits, members_of_runs, shift, side, trend, two_of_three
from pipelines.spc.runs import MIN_USEFUL_FOR_VERDICT, Runs
from pipelines.vocabulary import Better, PointType, Rule

FloatArray = NDArray[np.float64]

#: The rules that mark single points, in the order of the columns.
POINT_RULES = ("beyond_limits", "two_of_three", "trend", "shift")


@dataclass(frozen=True)
class Signals:
    """Signed arrays, shape (k,): +1 high or rising, -1 low or falling, 0 none.

    `direction` is that of the rule that wins by precedence; `winner` is its word, None where no rule fires.
    """

    beyond_limits: Signs
    two_of_three: Signs
    trend: Signs
    shift: Signs
    long_run: Signs
    direction: Signs
    winner: NDArray[Any]


def find(
    value: FloatArray, kept: FloatArray, lines: Lines, found: Runs, rules: RuleSet, *, is_ordered: bool
) -> Signals:
    """Apply a rule set to one phase.

    Parameters
    ----------
    value, kept
        The plotted values, and the same with nan for excluded points: an excluded point is still tested against the
        limits, and breaks a pattern over time.
    lines
        Centre and limits.
    found
        The runs analysis of the phase.
    is_ordered
        False where x is a category: then only `beyond_limits` can fire.
    """
    none = np.zeros(value.shape, dtype=np.int64)
    fired: dict[Rule, Signs] = dict.fromkeys(Rule, none)
    for rule in rules.rules:
        if rule is Rule.BEYOND_LIMITS:
            fired[rule] = beyond_limits(value, lines.lower, lines.upper)
        elif is_ordered:
            fired[rule] = _in_time(rule, kept, lines, found, rules)
    direction, winner = none.copy(), np.full(value.shape, None, dtype=object)
    for rule in reversed(rules.rules):
        marks = fired[rule] != 0
        direction[marks] = fired[rule][marks]
        winner[marks] = str(rule)
    names = (*POINT_RULES, "long_run")
    return Signals(**{name: fired[Rule(name)] for name in names}, direction=direction, winner=winner)


def _in_time(rule: Rule, kept: FloatArray, lines: Lines, found: Runs, rules: RuleSet) -> Signs:
    if rule is Rule.TREND:
        return trend(kept, rules.trend_length, skip_ties=rules.skip_ties)
    if rule is Rule.TWO_OF_THREE:
        return two_of_three(kept, lines.centre, lines.lower2, lines.upper2, lines.lower, lines.upper)
    if rule is Rule.SHIFT:
        return shift(kept, lines.centre, rules.shift_length, skip_centre=rules.skip_centre)
    if rule is Rule.LONG_RUN:
        return _long_runs(kept, lines.centre, found)
    return np.zeros(kept.shape, dtype=np.int64)  # few crossings speak of the whole series, not of a point


def _long_runs(kept: FloatArray, centre: FloatArray, found: Runs) -> Signs:
    """Return the points of every run that is longer than chance allows, from ten useful points."""
    signs = side(kept, centre)
    useful = signs != 0
    marked = np.zeros(signs.shape, dtype=np.int64)
    if found.signal and found.n_useful >= MIN_USEFUL_FOR_VERDICT:
        marked[useful] = members_of_runs(signs[useful], found.longest_run_max + 1)
    return marked


def joined(parts: list[Signals]) -> Signals:
    """Put the signals of successive phases end to end."""
    return Signals(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Signals)))


def point_types(direction: Signs, better: Better) -> NDArray[Any]:
    """Return the word of `PointType` for each direction, shape (k,)."""
    good, bad = PointType.IMPROVEMENT, PointType.CONCERN
    high, low = {
        Better.UP: (good, bad),
        Better.DOWN: (bad, good),
        Better.NEITHER: (PointType.SPECIAL_HIGH, PointType.SPECIAL_LOW),
    }[better]
    words = np.full(direction.shape, str(PointType.COMMON_CAUSE), dtype=object)
    words[direction > 0], words[direction < 0] = str(high), str(low)
    return words
