"""Each phase in figures: its runs, its limits and whether they may be shown, its icons, and its false alarms."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.spc import icons
from pipelines.spc.coded import Coded
from pipelines.spc.false_alarms import false_alarm_rates
from pipelines.spc.groups import BoolArray, FloatArray, IntArray
from pipelines.spc.limits import KINDS, Lines, PhasePoints
from pipelines.spc.plan import Options
from pipelines.spc.remedies import remedies
from pipelines.spc.rule_sets import RULE_SETS, RuleSet
from pipelines.spc.runs import MIN_USEFUL_FOR_VERDICT, Runs
from pipelines.vocabulary import (
    POINTS_ESTABLISHED,
    POINTS_FOR_LIMITS,
    Assurance,
    ChartKind,
    LimitsState,
    Remedy,
    Rule,
    Variation,
    WhyNoLimits,
)


@dataclass(frozen=True)
class PhaseSummaries:
    """The phases of one or many charts, shape (m,).

    `n_points` counts known points, excluded ones apart; `n_base` those that set the lines. Counts of runs are
    missing from the table where no point is off the centre line. `runs_signal` is what the rule set says of the runs
    at any n. `dispersion` is Pearson's (c, u, p and their primes), `sigma_z` Laney's, `autocorrelation` the lag-1 of
    the points that set the lines; nan where not defined. `false_alarm_rate`: see `false_alarms`.
    `rules_that_cannot_fire` are words of `Rule` joined by commas, empty where all can.
    """

    phase: IntArray
    n_points: IntArray
    n_base: IntArray
    n_useful: IntArray
    longest_run: IntArray
    longest_run_max: IntArray
    n_crossings: IntArray
    n_crossings_min: IntArray
    runs_signal: BoolArray
    dispersion: FloatArray
    sigma_z: FloatArray
    autocorrelation: FloatArray
    variation: Coded
    assurance: Coded
    limits_state: Coded
    why_no_limits: Coded
    remedy: Coded
    false_alarm_rate: FloatArray
    rules_that_cannot_fire: Coded

    @classmethod
    def joined(cls, parts: list[PhaseSummaries]) -> PhaseSummaries:
        """Put the phases of several calls end to end."""
        if len(parts) == 1:
            return parts[0]
        whole: dict[str, Any] = {}
        for one in fields(cls):
            pieces = [getattr(part, one.name) for part in parts]
            if isinstance(pieces[0], Coded):
                whole[one.name] = Coded(np.concatenate([piece.codes for piece in pieces]), pieces[0].words)
            else:
                whole[one.name] = np.concatenate(pieces)
        return cls(**whole)

    def frame(self, kind: ChartKind, rules: RuleSet, reasons: NDArray[Any], **first: Any) -> pd.DataFrame:
        """Return one row a phase, any columns given first; counts of runs are missing where no point is off the centre line.

        Words are categories, so that their type does not hang on the data. Kind, the reason it was chosen for (shape
        (m,), empty where it was asked for) and rule set stand in every row.
        """
        m = len(self.phase)
        columns: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        columns = {name: one.column() if isinstance(one, Coded) else one for name, one in columns.items()}
        for name in ("longest_run", "longest_run_max", "n_crossings", "n_crossings_min"):
            columns[name] = pd.arrays.IntegerArray(columns[name], self.n_useful == 0)
        mute = self.rules_that_cannot_fire
        columns["rules_that_cannot_fire"] = pd.array(
            np.array(mute.words, dtype=object)[mute.codes], dtype="str"
        )
        columns["kind"] = Coded.all(kind, m, ChartKind).column()
        columns["kind_reason"] = pd.array(reasons, dtype="str")
        columns["rule_set"] = Coded.all(rules.name, m, RULE_SETS).column()
        columns["rule_set_version"] = np.full(m, rules.version)
        return pd.DataFrame(first | columns, copy=False)

    def __getitem__(self, number: int) -> PhaseSummary:
        """Return one phase."""
        row: dict[str, Any] = {one.name: _plain(getattr(self, one.name)[number]) for one in fields(self)}
        if not row["n_useful"]:
            row |= dict.fromkeys(("longest_run", "longest_run_max", "n_crossings", "n_crossings_min"))
        return PhaseSummary(**row)


@dataclass(frozen=True)
class PhaseSummary:
    """One phase of `PhaseSummaries`; counts of runs are None where no point is off the centre line."""

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
    remedy: Remedy | None
    false_alarm_rate: float
    rules_that_cannot_fire: str


def summarise(
    number: IntArray,
    points: PhasePoints,
    kept: FloatArray,
    lines: Lines,
    found: Runs,
    latest: icons.Latest,
    options: Options,
) -> PhaseSummaries:
    """Sum up all phases; every argument is a finished result of them, `kept` the values without the excluded."""
    phases, spec = points.phases, KINDS[options.kind]
    n_points, n_base = phases.count(np.isfinite(kept)), phases.count(points.base)
    has_limits = phases.count(np.isfinite(lines.upper)) > 0
    state, why, remedy = limits_states(options.kind, points, n_base, has_limits)
    return PhaseSummaries(
        phase=number,
        n_points=n_points,
        n_base=n_base,
        n_useful=found.n_useful,
        longest_run=found.longest_run,
        longest_run_max=found.longest_run_max,
        n_crossings=found.n_crossings,
        n_crossings_min=found.n_crossings_min,
        runs_signal=found.signal,
        dispersion=lines.dispersion,
        sigma_z=lines.sigma_z,
        autocorrelation=points.fitter.autocorrelation(
            points.value if points.base.all() else np.where(points.base, points.value, np.nan), phases
        ),
        variation=icons.variation(latest, options.better),
        assurance=icons.assurance(latest, options.better)
        if spec.has_limits
        else Coded.all(Assurance.EMPTY, len(phases), Assurance),
        limits_state=state,
        why_no_limits=why,
        remedy=remedy,
        false_alarm_rate=false_alarm_rates(spec.family, options.rules, n_points, n_base),
        rules_that_cannot_fire=mute_rules(
            options.rules,
            n_points,
            found,
            has_limits=has_limits,
            is_ordered=points.is_ordered,
            has_runs=spec.has_runs,
        ),
    )


def limits_states(
    kind: ChartKind, points: PhasePoints, n_base: IntArray, has_limits: BoolArray
) -> tuple[Coded, Coded, Coded]:
    """Return whether limits may be shown, why not, and the next remedy (docs/method.md, Charts 6 and 8)."""
    m = len(points.phases)
    state = Coded.all(LimitsState.NONE, m, LimitsState)
    why, remedy = Coded.all(None, m, WhyNoLimits), Coded.all(None, m, Remedy)
    state.put(has_limits & (n_base > 0), LimitsState.TRIAL)
    state.put(has_limits & (n_base >= POINTS_FOR_LIMITS), LimitsState.PROVISIONAL)
    state.put(has_limits & (n_base >= POINTS_ESTABLISHED), LimitsState.ESTABLISHED)
    remedy.put(n_base < POINTS_FOR_LIMITS, Remedy.COLLECT_MORE)
    for reason, step, holds in _refusals(kind, points, n_base, has_limits):
        rows = holds & (why.codes < 0)
        state.put(rows, LimitsState.NONE)
        why.put(rows, reason)
        remedy.put(rows, step)
    return state, why, remedy


def _refusals(
    kind: ChartKind, points: PhasePoints, n_base: IntArray, has_limits: BoolArray
) -> list[tuple[WhyNoLimits, Remedy | None, BoolArray]]:
    """Return why limits may not be shown, with the next remedy, the first that holds first."""
    everywhere = np.ones(n_base.shape, dtype=bool)
    refusals: list[tuple[WhyNoLimits, Remedy | None, BoolArray]] = [
        (WhyNoLimits.NO_DATA, Remedy.COLLECT_MORE, n_base == 0)
    ]
    if not KINDS[kind].has_limits:
        return [*refusals, (WhyNoLimits.RUN_CHART, None, everywhere)]
    is_short = n_base < POINTS_FOR_LIMITS
    refusals += [
        (WhyNoLimits.SPARSE, Remedy.COLLECT_MORE, ~has_limits & is_short),
        (WhyNoLimits.SPARSE, Remedy.RUN_CHART, ~has_limits),
    ]
    parts = (points.value, points.numerator, points.denominator, points.base, points.phases)
    # A t chart of times that are all zero or less has no limits for that reason, not for want of points.
    return sorted(
        [*refusals, *remedies(kind, *parts)], key=lambda one: one[0] is not WhyNoLimits.NOT_POSITIVE
    )


def mute_rules(
    rules: RuleSet,
    n_points: IntArray,
    found: Runs,
    *,
    has_limits: BoolArray,
    is_ordered: bool,
    has_runs: bool,
) -> Coded:
    """Return the rules of the set that no values could make fire on this many points, joined by commas."""
    late = (found.n_useful < MIN_USEFUL_FOR_VERDICT) | (not (is_ordered and has_runs))
    silent = {
        Rule.BEYOND_LIMITS: ~has_limits | (n_points < 1),
        Rule.TWO_OF_THREE: ~has_limits | (n_points < 3) | (not is_ordered),
        Rule.SHIFT: (n_points < rules.shift_length) | (not is_ordered),
        Rule.TREND: (n_points < rules.trend_length) | (not is_ordered),
        Rule.LONG_RUN: late,
        Rule.FEW_CROSSINGS: late,
        Rule.MANY_CROSSINGS: late,
    }
    code = np.zeros(n_points.shape, dtype=np.int8)
    for place, one in enumerate(rules.rules):
        code += silent[one].astype(np.int8) << place
    table = (
        ",".join(str(one) for place, one in enumerate(rules.rules) if number >> place & 1)
        for number in range(1 << len(rules.rules))
    )
    return Coded(code, tuple(table))


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
