"""Which chart of which periods against which baseline, and why (docs/method.md: remedies before refusals)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.charts.decided import SeriesDecisions, Signed
from pipelines.charts.phases import Notes, Phase, first_baseline, phases_of
from pipelines.charts.values import Values
from pipelines.measures import FIRST_POINTS, Measure
from pipelines.periods import COARSER, coarsen
from pipelines.spc import Baseline, choose_kind, find_baseline, why_plain_limits_fail
from pipelines.vocabulary import POINTS_FOR_LIMITS, ChartKind, DataType, Remedy, WhyNoLimits
from pipelines.words import PERIOD_WORD

BoolArray = NDArray[np.bool_]

SHARES = (ChartKind.P, ChartKind.PP)
RATES = (ChartKind.U, ChartKind.UP)
#: A point of these is an event, not a period: there is nothing to widen.
BETWEEN_EVENTS = (ChartKind.T, ChartKind.G)


@dataclass(frozen=True)
class Plan:
    """Which chart of which periods against which baseline, and why.

    Attributes
    ----------
    baseline
        Of the first phase: kind and remedies are chosen on it once and kept, whatever is rebased later.
    phases
        The stretches with lines of their own, oldest first; set at the end of planning.
    signed
        Who accepted the baseline.
    notes
        Why decisions are not applied, by record.
    """

    observation: pd.DataFrame
    values: Values
    baseline: Baseline
    kind: ChartKind
    kind_reason: str
    period_reason: str | None = None
    why_no_limits: WhyNoLimits | None = None
    phases: tuple[Phase, ...] = ()
    signed: Signed | None = None
    notes: Notes = field(default_factory=Notes)

    @property
    def based(self) -> BoolArray:
        """Rows that set the lines of any phase."""
        masks = [phase.mask for phase in self.phases] or [self.baseline.mask]
        return np.logical_or.reduce(masks)


def plan_chart(
    observation: pd.DataFrame,
    measure: Measure,
    cycle_starts: Sequence[dt.date] = (),
    decided: SeriesDecisions | None = None,
    *,
    may_widen: bool = True,
) -> Plan:
    """Choose period, baseline and kind of chart: remedies before refusals (docs/method.md, Charts 8); then the phases.

    Rounded figures are not widened: a sum of rounded weeks would carry every week's rounding, and their period
    was already chosen when they were released.
    """
    decided = decided or SeriesDecisions()
    asked = _Asked(measure, cycle_starts, decided)
    plan = _remedied(observation, asked, may_widen=may_widen)
    first = Phase(0, plan.baseline.mask, plan.signed)
    has_range = plan.why_no_limits is None and plan.kind != ChartKind.RUN
    phases = phases_of(plan.values, first, decided, plan.notes, has_range=has_range)
    return replace(plan, phases=phases)


@dataclass(frozen=True)
class _Asked:
    """What a plan is made for."""

    measure: Measure
    cycle_starts: Sequence[dt.date]
    decided: SeriesDecisions


def _remedied(observation: pd.DataFrame, asked: _Asked, *, may_widen: bool) -> Plan:
    """Return the plan with the first remedy that helps where plain limits would not hold."""
    plan = _plain(observation, asked)
    measure = asked.measure
    if measure.arrives != "as_counted":
        why = WhyNoLimits.ROUNDED if measure.arrives == "rounded" else WhyNoLimits.ROLLING
        reason = f"the series arrives {measure.arrives}"
        return replace(plan, kind=ChartKind.RUN, kind_reason=reason, why_no_limits=why)
    remedy = _remedy(plan, plan.kind)
    if plan.values.is_known.sum() < POINTS_FOR_LIMITS or remedy is None:
        return plan
    if remedy is Remedy.CHART_VALUES:
        reason = "the count varies more than chance gives, so each value is charted as it is"
        plan = replace(plan, kind=ChartKind.I, kind_reason=reason)
    elif may_widen and plan.kind not in BETWEEN_EVENTS and (wider := _widened(observation, asked)):
        return wider
    if _remedy(plan, ChartKind.I) is Remedy.RUN_CHART:
        reason = "more than half the values are equal"
        return replace(plan, kind=ChartKind.RUN, kind_reason=reason, why_no_limits=WhyNoLimits.SPARSE)
    if plan.kind == ChartKind.T:
        return replace(plan, kind=ChartKind.RUN, kind_reason="a time of zero has no place on a t chart")
    if plan.kind == ChartKind.I:
        return plan
    reason = "counts are too small for the usual limits, so each value is charted as it is"
    return replace(plan, kind=ChartKind.I, kind_reason=reason)


def _plain(observation: pd.DataFrame, asked: _Asked) -> Plan:
    """Return the plan without a remedy; the kind is chosen on the baseline, so that a later change cannot flip it."""
    measure, values = asked.measure, Values.of(observation)
    found = _baseline(values, measure, asked.cycle_starts)
    baseline, signed, notes = first_baseline(values, found, asked.decided)
    if isinstance(measure.kind, ChartKind):
        return Plan(
            observation,
            values,
            baseline,
            measure.kind,
            "set in the measure's definition",
            signed=signed,
            notes=notes,
        )
    has_denominator = measure.denominator is not None
    kind, reason = choose_kind(
        measure.kind,
        values.numerator if has_denominator else values.value,
        values.denominator if has_denominator else None,
        baseline.mask if baseline.mask.any() else None,
    )
    return Plan(observation, values, baseline, ChartKind(kind), reason, signed=signed, notes=notes)


def _widened(observation: pd.DataFrame, asked: _Asked) -> Plan | None:
    """Return the plan of the finest wider period whose limits hold and that leaves enough points; None if none does."""
    measure = asked.measure
    is_mean = measure.kind not in (DataType.COUNT, ChartKind.C) and measure.counts is None
    for period in COARSER[measure.period]:
        wider = coarsen(observation, period, is_mean=is_mean, has_denominator=measure.denominator is not None)
        plan = _plain(wider, asked)
        if plan.values.is_known.sum() >= POINTS_FOR_LIMITS and _remedy(plan, plan.kind) is None:
            lifted = f"larger numbers a {PERIOD_WORD[measure.period]} would bring its own points back"
            told = f"counts are small, so a point is {PERIOD_WORD[period]}; {lifted}"
            return replace(plan, period_reason=told)
    return None


def _remedy(plan: Plan, kind: ChartKind) -> Remedy | None:
    """Return what the engine would try next where limits would not hold; as the kind, it is judged on the baseline."""
    values, base = plan.values, plan.baseline.mask & plan.values.is_known
    if not base.any():
        base = values.is_known
    return why_plain_limits_fail(kind, values.value[base], values.numerator[base], values.denominator[base])


def _baseline(values: Values, measure: Measure, cycle_starts: Sequence[dt.date]) -> Baseline:
    """Find the points that may set the lines: the ones a definition names, else by rule (docs/method.md, Charts 6)."""
    first_do = None
    if cycle_starts and len(values.end):
        first_do = int(np.searchsorted(values.end, np.datetime64(min(cycle_starts), "D")))
    declared = _declared(values, measure)
    rule = measure.baseline if declared is None else "dates"
    return find_baseline(values.value, rule=rule, first_do=first_do, dates=declared)


def _declared(values: Values, measure: Measure) -> NDArray[np.bool_] | None:
    if "/" in measure.baseline:
        first, last = (np.datetime64(part, "D") for part in measure.baseline.split("/"))
        return (values.start >= first) & (values.end <= last)
    if by_number := FIRST_POINTS.match(measure.baseline):
        return np.cumsum(values.is_known) <= int(by_number[1])
    return None
