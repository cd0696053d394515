"""Which chart of which periods against which baseline, and why (docs/method.md: remedies before refusals)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.measures import FIRST_POINTS, Measure
from pipelines.periods import COARSER, coarsen
from pipelines.spc import Baseline, choose_kind, find_baseline, why_plain_limits_fail
from pipelines.vocabulary import POINTS_FOR_LIMITS, ChartKind, DataType, Remedy, WhyNoLimits
from pipelines.words import PERIOD_WORD

FloatArray = NDArray[np.float64]
DateArray = NDArray[np.datetime64]

SHARES = (ChartKind.P, ChartKind.PP)
RATES = (ChartKind.U, ChartKind.UP)
#: A point of these is an event, not a period: there is nothing to widen.
BETWEEN_EVENTS = (ChartKind.T, ChartKind.G)


@dataclass(frozen=True)
class Values:
    """The figures of one series as arrays of one entry a row: NaN where missing."""

    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    start: DateArray
    end: DateArray

    @classmethod
    def of(cls, observation: pd.DataFrame) -> Values:
        """Take them out of rows of the table observation."""
        figures = (observation[name].to_numpy(float) for name in ("value", "numerator", "denominator"))
        days = (observation[name].to_numpy("datetime64[D]") for name in ("period_start", "period_end"))
        return cls(*figures, *days)

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Which rows have a value."""
        return np.isfinite(self.value)


@dataclass(frozen=True)
class Plan:
    """Which chart of which periods against which baseline, and why."""

    observation: pd.DataFrame
    values: Values
    baseline: Baseline
    kind: ChartKind
    kind_reason: str
    period_reason: str | None = None
    why_no_limits: WhyNoLimits | None = None


def plan_chart(
    observation: pd.DataFrame,
    measure: Measure,
    cycle_starts: Sequence[dt.date] = (),
    *,
    may_widen: bool = True,
) -> Plan:
    """Choose period, baseline and kind of chart: remedies before refusals (docs/method.md, Charts 8).

    Rounded figures are not widened: a sum of rounded weeks would carry every week's rounding, and their period
    was already chosen when they were released.
    """
    plan = _plain(observation, measure, cycle_starts)
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
    elif (
        may_widen
        and plan.kind not in BETWEEN_EVENTS
        and (wider := _widened(observation, measure, cycle_starts))
    ):
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


def _plain(observation: pd.DataFrame, measure: Measure, cycle_starts: Sequence[dt.date]) -> Plan:
    """Return the plan without a remedy; the kind is chosen on the baseline, so that a later change cannot flip it."""
    values = Values.of(observation)
    baseline = _baseline(values, measure, cycle_starts)
    if isinstance(measure.kind, ChartKind):
        return Plan(observation, values, baseline, measure.kind, "set in the measure's definition")
    has_denominator = measure.denominator is not None
    kind, reason = choose_kind(
        measure.kind,
        values.numerator if has_denominator else values.value,
        values.denominator if has_denominator else None,
        baseline.mask if baseline.mask.any() else None,
    )
    return Plan(observation, values, baseline, ChartKind(kind), reason)


def _widened(observation: pd.DataFrame, measure: Measure, cycle_starts: Sequence[dt.date]) -> Plan | None:
    """Return the plan of the finest wider period whose limits hold and that leaves enough points; None if none does."""
    is_mean = measure.kind not in (DataType.COUNT, ChartKind.C) and measure.counts is None
    for period in COARSER[measure.period]:
        wider = coarsen(observation, period, is_mean=is_mean, has_denominator=measure.denominator is not None)
        plan = _plain(wider, measure, cycle_starts)
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
