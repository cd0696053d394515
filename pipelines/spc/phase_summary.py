"""One phase in figures: its runs, its limits and whether they may be shown, its icons, and its false alarms."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from pipelines.spc.false_alarms import false_alarm_rate
from pipelines.spc.glm import lag_one_autocorrelation
from pipelines.spc.icons import Icons
from pipelines.spc.kinds import why_plain_limits_fail
from pipelines.spc.limits import Kind, Lines, Phase
from pipelines.spc.rule_sets import RuleSet
from pipelines.spc.runs import MIN_USEFUL_FOR_VERDICT, Runs
from pipelines.vocabulary import Assurance, ChartKind, LimitsState, Rule, Variation, WhyNoLimits

#: Limits on fewer baseline points are a trial; from the second number on they are established
#: (docs/method.md, Charts 6). That a named person accepted them is for the caller to know.
POINTS_FOR_LIMITS, POINTS_ESTABLISHED = 12, 20


@dataclass(frozen=True)
class PhaseSummary:
    """One phase.

    `n_points` counts known points, excluded ones apart; `n_base` those that set the lines. `runs_signal` is what
    the rule says at any n. `dispersion` is Pearson's of the binomial GLM (p and p'), `sigma_z` Laney's (p'),
    `autocorrelation` the lag-1 of the points that set the lines; nan where not defined. `false_alarm_rate`: see
    `false_alarms`. `rules_that_cannot_fire` are words of `Rule` joined by commas, empty where all can.
    """

    phase: int
    n_points: int
    n_base: int
    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    n_crossings: int | None
    n_crossings_min: int | None
    runs_signal: bool
    dispersion: float
    sigma_z: float
    autocorrelation: float
    variation: Variation
    assurance: Assurance
    limits_state: LimitsState
    why_no_limits: WhyNoLimits | None
    remedy: str | None
    false_alarm_rate: float
    rules_that_cannot_fire: str

    def row(self) -> dict[str, Any]:
        """Return the fields as a row of a table."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def summarise(
    number: int,
    word: ChartKind,
    spec: Kind,
    cut: Phase,
    lines: Lines,
    found: Runs,
    rules: RuleSet,
    shown: Icons,
) -> PhaseSummary:
    """Sum up one phase; every argument is a finished result of it."""
    n_points = int((np.isfinite(cut.value) & ~cut.excluded).sum())
    n_base = int(cut.base.sum())
    state, why, remedy = limits_state(word, spec, cut, lines)
    has_useful = found.n_useful > 0
    return PhaseSummary(
        phase=number,
        n_points=n_points,
        n_base=n_base,
        n_useful=found.n_useful,
        longest_run=found.longest_run if has_useful else None,
        longest_run_max=found.longest_run_max if has_useful else None,
        n_crossings=found.n_crossings if has_useful else None,
        n_crossings_min=found.n_crossings_min if has_useful else None,
        runs_signal=found.signal,
        dispersion=lines.dispersion,
        sigma_z=lines.sigma_z,
        autocorrelation=lag_one_autocorrelation(np.where(cut.base, cut.value, np.nan)),
        variation=shown.variation,
        assurance=shown.assurance,
        limits_state=state,
        why_no_limits=why,
        remedy=remedy,
        false_alarm_rate=false_alarm_rate(rules, n_points, n_base, has_limits=spec.has_limits),
        rules_that_cannot_fire=",".join(
            rules_that_cannot_fire(rules, n_points, found, lines, cut.is_ordered)
        ),
    )


def limits_state(
    word: ChartKind, spec: Kind, cut: Phase, lines: Lines
) -> tuple[LimitsState, WhyNoLimits | None, str | None]:
    """Return whether limits may be shown, why not, and the next remedy (docs/method.md, Charts 6 and 8)."""
    n_base = int(cut.base.sum())
    if n_base == 0:
        return LimitsState.NONE, WhyNoLimits.NO_DATA, "collect_more"
    if not spec.has_limits:
        return LimitsState.NONE, WhyNoLimits.RUN_CHART, None
    if not np.isfinite(lines.upper).any():
        return (
            LimitsState.NONE,
            WhyNoLimits.SPARSE,
            "collect_more" if n_base < POINTS_FOR_LIMITS else "run_chart",
        )
    remedy = why_plain_limits_fail(
        word, cut.value[cut.base], cut.numerator[cut.base], cut.denominator[cut.base]
    )
    if remedy is not None:
        return LimitsState.NONE, WhyNoLimits.SPARSE, remedy
    if n_base < POINTS_FOR_LIMITS:
        return LimitsState.TRIAL, None, "collect_more"
    return LimitsState.ESTABLISHED if n_base >= POINTS_ESTABLISHED else LimitsState.PROVISIONAL, None, None


def rules_that_cannot_fire(
    rules: RuleSet, n_points: int, found: Runs, lines: Lines, is_ordered: bool
) -> list[str]:
    """Return the rules of the set that no values could make fire on this many points."""
    has_limits = bool(np.isfinite(lines.upper).any())
    shortest = {
        Rule.BEYOND_LIMITS: 1 if has_limits else np.inf,
        Rule.TWO_OF_THREE: 3 if has_limits and is_ordered else np.inf,
        Rule.SHIFT: rules.shift_length if is_ordered else np.inf,
        Rule.TREND: rules.trend_length if is_ordered else np.inf,
    }
    mute = [rule for rule in rules.rules if n_points < shortest.get(rule, 0)]
    if found.n_useful < MIN_USEFUL_FOR_VERDICT or not is_ordered:
        mute += [rule for rule in rules.rules if rule in (Rule.LONG_RUN, Rule.FEW_CROSSINGS)]
    return [str(rule) for rule in mute]
