"""Where plain limits would not hold, and what to try next (docs/method.md, Charts 8)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from pipelines.spc.fits import ClosedForm
from pipelines.spc.groups import BoolArray, FloatArray, Groups, IntArray
from pipelines.spc.kinds import is_over_dispersed
from pipelines.vocabulary import ChartKind, Remedy, WhyNoLimits

#: Least expected events, and non-events, a point of a share needs (domain standard: n min(p, 1 - p) >= 5).
SMALLEST_EXPECTED = 5.0
#: Least mean count of a count or rate.
SMALLEST_MEAN_COUNT = 2.0

SHARES = (ChartKind.P, ChartKind.PP)
COUNTS = (ChartKind.C, ChartKind.U, ChartKind.UP)


def why_plain_limits_fail(
    kind: ChartKind | str, value: ArrayLike, numerator: ArrayLike, denominator: ArrayLike
) -> Remedy | None:
    """Return the next remedy where the limits of a chart would not hold on these points, else None.

    Remedies, in the order to try them: `coarsen_period` where counts are small (then, should that not help, `i`),
    `i` where a count is over-dispersed, and `run_chart` where more than half the values are equal or a t chart is
    given times of zero.

    Parameters
    ----------
    kind
        The chart.
    value, numerator, denominator
        Known points of the baseline, shape (k,); denominators nan where there are none.
    """
    values = np.asarray(value, dtype=float)
    if values.size == 0 or kind == ChartKind.RUN:
        return None
    one = Groups.one(values.size)
    base = np.ones(values.shape, dtype=bool)
    events, trials = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    steps = remedies(ChartKind(kind), values, events, trials, base, one)
    return next((step for _, step, holds in steps if holds[0]), None)


def remedies(
    kind: ChartKind,
    value: FloatArray,
    numerator: FloatArray,
    denominator: FloatArray,
    base: BoolArray,
    phases: Groups,
) -> Iterator[tuple[WhyNoLimits, Remedy, BoolArray]]:
    """Yield why limits do not hold, the next remedy, and in which phases, shape (m,), the first to try first.

    A count that varies more than chance alone makes it vary is no Poisson count: it falls back to `i`.
    """
    number = phases.count(base)
    if kind == ChartKind.T:
        yield WhyNoLimits.NOT_POSITIVE, Remedy.RUN_CHART, phases.count(base & (value <= 0)) > 0
    if kind in SHARES:
        few = _small_share(numerator, denominator, base, phases, number)
        yield WhyNoLimits.SPARSE, Remedy.COARSEN_PERIOD, few
    if kind in COUNTS:
        mean = phases.mean(value if kind == ChartKind.C else numerator, base)
        yield WhyNoLimits.SPARSE, Remedy.COARSEN_PERIOD, mean < SMALLEST_MEAN_COUNT
    step = Remedy.COARSEN_PERIOD if kind in (*SHARES, *COUNTS) else Remedy.RUN_CHART
    yield WhyNoLimits.SPARSE, step, mostly_equal(value, base, phases, number)
    if kind == ChartKind.C:
        fit = ClosedForm().poisson(value[base], np.ones(int(base.sum())), phases.kept(base))
        yield WhyNoLimits.OVER_DISPERSED, Remedy.CHART_VALUES, is_over_dispersed(fit)


def _small_share(
    events: FloatArray, trials: FloatArray, base: BoolArray, phases: Groups, number: IntArray
) -> BoolArray:
    """Return the phases in which fewer than five events, or non-events, are expected on most points."""
    total = phases.sum(trials, base)
    share = np.divide(phases.sum(events, base), total, out=np.full(total.shape, np.nan), where=total > 0)
    expected = trials * phases.spread(np.minimum(share, 1 - share))
    return phases.count(base & (expected < SMALLEST_EXPECTED)) > 0.5 * number


def mostly_equal(value: FloatArray, base: BoolArray, phases: Groups, number: IntArray) -> BoolArray:
    """Return the phases in which more than half the values are equal: such a value is their median."""
    if not base.all():
        value, phases = value[base], phases.kept(base)
    found = np.zeros(len(phases), dtype=bool)
    rows = _may_be_mostly_equal(value, phases) & (number > 1)
    if rows.any():
        few = Groups(np.where(rows, phases.size, 0))
        chosen = value[phases.spread(rows)]
        ordered, _ = few.ordered(chosen)
        middle = np.full(len(phases), np.nan)
        middle[rows] = ordered[few.start[rows] + (few.size[rows] - 1) // 2]
        found[rows] = few.count(chosen == few.spread(middle))[rows] > number[rows] / 2
    return found


def _may_be_mostly_equal(value: FloatArray, phases: Groups) -> BoolArray:
    """Return the phases that need a closer look: more than half of a row are equal only if two neighbours are, or if
    every second one is, from the first."""
    if value.size < 3:
        return np.ones(len(phases), dtype=bool)
    same = np.zeros(value.size, dtype=bool)
    same[1:] = value[1:] == value[:-1]
    same[phases.is_first] = False
    third = np.minimum(phases.start + 2, value.size - 1)
    alternates = (phases.size > 2) & (value[np.minimum(phases.start, value.size - 1)] == value[third])
    return (phases.count(same) > 0) | alternates
