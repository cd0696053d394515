"""Which rules each point fires, which of them names its type, and what that means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.spc import rules as rule
from pipelines.spc.groups import FloatArray, Groups
from pipelines.spc.limits import Lines
from pipelines.spc.rule_sets import RuleSet
from pipelines.spc.rules import Signs
from pipelines.spc.runs import Runs, runs_of_signs
from pipelines.vocabulary import Better, PointType, Rule

#: The rules that mark single points, in the order of the columns.
POINT_RULES = (Rule.BEYOND_LIMITS, Rule.TWO_OF_THREE, Rule.TREND, Rule.SHIFT)


@dataclass(frozen=True)
class Signals:
    """Signed arrays, shape (k,): +1 high or rising, -1 low or falling, 0 none.

    `direction` is that of the rule that wins by precedence; `place` its place in the rule set from 1, 0 where no
    rule fires.
    """

    beyond_limits: Signs
    two_of_three: Signs
    trend: Signs
    shift: Signs
    long_run: Signs
    direction: Signs
    place: Signs
    names: tuple[str, ...]

    @property
    def winner(self) -> NDArray[Any]:
        """The word of the rule that names each point's type, None where no rule fires."""
        return np.array([None, *self.names], dtype=object)[self.place]


@dataclass(frozen=True)
class Plotted:
    """What the rules look at, shape (k,): the plotted values, the same with nan for excluded points, and the centre.

    An excluded point is still tested against the limits, and breaks a pattern over time. Where x is a category
    (`is_ordered` False) only `beyond_limits` can fire.
    """

    value: FloatArray
    kept: FloatArray
    centre: FloatArray
    phases: Groups
    is_ordered: bool


def find(plotted: Plotted, lines: Lines, rules: RuleSet, *, has_runs: bool = True) -> tuple[Signals, Runs]:
    """Apply a rule set to all phases, and analyse their runs.

    Parameters
    ----------
    plotted
        The values.
    lines
        Centre and limits.
    rules
        The rule set.
    has_runs
        Whether runs may signal on this kind of chart.
    """
    seen = _Seen.of(plotted, lines)
    found = runs_of_signs(seen.side, plotted.phases, rules.runs_method)
    if not (has_runs and plotted.is_ordered):
        found = replace(found, signal=np.zeros(found.signal.shape, dtype=bool))
    fired = {one: _fired(one, plotted, lines, rules, seen, found) for one in rules.rules}
    return _named(fired, rules, plotted.value.size), found


@dataclass(frozen=True)
class _Seen:
    """What several rules look at: how near a line is on it, the sides of the centre, and what lies beyond the limits."""

    within: FloatArray
    side: Signs
    beyond: Signs

    @classmethod
    def of(cls, plotted: Plotted, lines: Lines) -> _Seen:
        within = rule.slack(plotted.value, lines.centre, plotted.phases)
        side = rule.side(plotted.kept, plotted.centre, within=within)
        beyond = rule.beyond_limits(plotted.value, lines.lower, lines.upper, within=within)
        return cls(within, side, beyond)


def _fired(one: Rule, plotted: Plotted, lines: Lines, rules: RuleSet, seen: _Seen, found: Runs) -> Signs:
    if one is Rule.BEYOND_LIMITS:
        return seen.beyond
    if plotted.is_ordered and one is Rule.TREND:
        return rule.trend(plotted.kept, rules.trend_length, skip_ties=rules.skip_ties, phases=plotted.phases)
    if plotted.is_ordered and one is Rule.TWO_OF_THREE:
        near = rule.beyond_limits(plotted.kept, lines.lower2, lines.upper2, within=seen.within)
        return rule.far_points(seen.side, near, seen.beyond, plotted.phases)
    if plotted.is_ordered and one is Rule.SHIFT:
        return rule.shift(
            plotted.kept,
            plotted.centre,
            rules.shift_length,
            skip_centre=rules.skip_centre,
            phases=plotted.phases,
            signs=seen.side,
        )
    if plotted.is_ordered and one is Rule.LONG_RUN:
        return _long_runs(seen.side, plotted.phases, found)
    return np.zeros(plotted.value.shape, dtype=np.int8)  # crossings speak of the whole series, not of a point


def _long_runs(centred: Signs, phases: Groups, found: Runs) -> Signs:
    """Return the points of every run that is longer than chance allows, where the runs give a verdict."""
    marked = np.zeros(centred.shape, dtype=np.int8)
    if found.verdict.any():
        useful = (centred != 0) & phases.spread(found.verdict)
        kept = phases.kept(useful)
        marked[useful] = rule.members_of_long_runs(centred[useful], found.longest_run_max + 1, kept)
    return marked


def _named(fired: dict[Rule, Signs], rules: RuleSet, k: int) -> Signals:
    """Let the first rule in order of precedence name each point."""
    none = np.zeros(k, dtype=np.int8)
    direction, place = none.copy(), none.copy()
    for number in range(len(rules.rules), 0, -1):
        signs = fired[rules.rules[number - 1]]
        if not signs.any():
            continue
        marks = signs != 0
        np.copyto(direction, signs, where=marks)
        np.copyto(place, np.int8(number), where=marks)
    arrays = {str(one): fired.get(one, none) for one in (*POINT_RULES, Rule.LONG_RUN)}
    return Signals(**arrays, direction=direction, place=place, names=tuple(str(one) for one in rules.rules))


def point_type_words(better: Better) -> tuple[str, str, str]:
    """Return the words of `PointType` for direction -1, 0 and +1."""
    good, bad = str(PointType.IMPROVEMENT), str(PointType.CONCERN)
    low, high = {
        Better.UP: (bad, good),
        Better.DOWN: (good, bad),
        Better.NEITHER: (str(PointType.SPECIAL_LOW), str(PointType.SPECIAL_HIGH)),
    }[better]
    return low, str(PointType.COMMON_CAUSE), high
