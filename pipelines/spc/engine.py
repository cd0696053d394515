"""The engine: the points of one or many charts in, their lines, signals and summaries out, as arrays.

One series and a hundred thousand take this same path: nothing here loops over series or phases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.spc import icons
from pipelines.spc.groups import BoolArray, FloatArray, IntArray
from pipelines.spc.limits import KINDS, Lines
from pipelines.spc.plan import Options, Plan
from pipelines.spc.signals import Plotted, Signals, find
from pipelines.spc.summary import PhaseSummaries, summarise


@dataclass(frozen=True)
class Drawn:
    """All charts of one call, end to end: one entry a point, shape (k,), or a phase, shape (m,).

    Values and lines are times `multiply`; `phase` counts the phases of each series from 0.
    """

    plan: Plan
    value: FloatArray
    centre_line: FloatArray
    lines: Lines
    signals: Signals
    is_baseline: BoolArray
    phase: IntArray
    summaries: PhaseSummaries


def draw(plan: Plan, options: Options) -> Drawn:
    """Compute everything."""
    spec = KINDS[options.kind]
    points = plan.cut(spec, options)
    unscaled = spec.limits(points)
    kept = np.where(plan.is_excluded, np.nan, points.value) if plan.is_excluded.any() else points.value
    centre = points.phases.spread(unscaled.centre)
    plotted = Plotted(points.value, kept, centre, points.phases, points.is_ordered)
    signals, runs = find(plotted, unscaled, options.rules, has_runs=spec.has_runs)
    is_scaled = options.multiply != 1
    value = points.value * options.multiply if is_scaled else points.value
    lines = unscaled.times(options.multiply) if is_scaled else unscaled
    latest = icons.latest_of(points.phases, value, signals.direction, plan.target, lines.lower, lines.upper)
    return Drawn(
        plan=plan,
        value=value,
        centre_line=centre * options.multiply if is_scaled else centre,
        lines=lines,
        signals=signals,
        is_baseline=plan.is_baseline(points.value),
        phase=points.phases.spread(plan.phases.number),
        summaries=summarise(plan.phases.number, points, kept, lines, runs, latest, options),
    )
