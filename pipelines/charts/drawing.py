"""A plan drawn by the engine: its lines, and those before a rebase carried on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.charts.plan import RATES, SHARES, Plan
from pipelines.charts.policy import Shown
from pipelines.measures import Measure
from pipelines.spc import Chart, chart
from pipelines.vocabulary import ChartKind

Column = NDArray[Any]

LIMITS = ("lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")

#: Lines carried on after a rebase.
CARRIED = ("centre_line", "lower_limit", "upper_limit")


def draw(plan: Plan, measure: Measure, n_phases: int | None = None) -> Chart | None:
    """Draw a plan; None without a single value.

    Parameters
    ----------
    plan
        What to draw.
    measure
        Its definition.
    n_phases
        Draw only the first so many phases, the last of them carried on to the end.
    """
    values, phases = plan.values, plan.phases[:n_phases]
    if not values.is_known.any():
        return None
    based = np.logical_or.reduce([phase.mask for phase in phases])
    is_ratio = measure.denominator is not None and plan.kind in (*SHARES, *RATES, ChartKind.IP)
    targets = [measure.target_on(day) for day in values.start.astype(object)]
    return chart(
        np.where(values.is_known, values.numerator if is_ratio else values.value, np.nan),
        values.denominator if is_ratio else None,
        kind=plan.kind,
        baseline=based if based.any() else None,
        phases=[phase.begin for phase in phases[1:]],
        target=np.array([np.nan if target is None else target for target in targets]),
        better=measure.better,
        sigma_z_floor=0.0 if isinstance(measure.kind, ChartKind) else 1.0,
    )


def phase_of_rows(plan: Plan) -> Column:
    """Return the number of the phase that each row lies in, from 0."""
    begins = [phase.begin for phase in plan.phases[1:]]
    return np.searchsorted(begins, np.arange(len(plan.observation)), side="right").astype(int)


def old_lines(plan: Plan, measure: Measure, shown: Shown) -> dict[str, Column]:
    """Return the columns old_centre_line, old_lower_limit, old_upper_limit: the lines before each rebase, carried on."""
    columns = {f"old_{name}": np.full(len(plan.observation), np.nan) for name in CARRIED}
    number = phase_of_rows(plan)
    for phase in range(1, len(plan.phases)) if shown.has_limits else ():
        before = draw(plan, measure, phase)
        if before is None:
            continue
        for name in CARRIED:
            columns[f"old_{name}"] = np.where(number == phase, getattr(before, name), columns[f"old_{name}"])
    return columns


def last_decided(plan: Plan) -> dt.date | None:
    """Return the last day of the points that people let set a usual range; None where they decided on none."""
    ends = [
        plan.values.end[phase.mask].max()
        for phase in plan.phases
        if phase.signed is not None and phase.mask.any()
    ]
    last: dt.date | None = max(ends).astype(object) if ends else None
    return last
