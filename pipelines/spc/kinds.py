"""Which chart suits which data, and where plain limits would not hold (docs/method.md, Charts 1 and 8)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from pipelines.errors import ChartError
from pipelines.spc.fits import ClosedForm, Fit
from pipelines.spc.groups import BoolArray, FloatArray, Groups, IntArray
from pipelines.vocabulary import ChartKind, DataType, Remedy, WhyNoLimits

#: Fewer known points than this make a run chart.
SHORT_SERIES = 12
#: Least expected events, and non-events, a point of a share needs (domain standard: n min(p, 1 - p) >= 5).
SMALLEST_EXPECTED = 5.0
#: Least mean count of a count or rate.
SMALLEST_MEAN_COUNT = 2.0
#: With larger denominators binomial and Poisson limits are too narrow for real processes (Laney 2002).
LARGE_DENOMINATOR = 1000.0
#: Figures are over-dispersed when chance alone gives so large a Pearson chi-square less often than this.
DISPERSION_LEVEL = 0.05
#: Values a point needs to be charted as a sample (Montgomery, section 6.3; docs/method.md, Charts 1).
SAMPLE = 5

SHARES = (ChartKind.P, ChartKind.PP)
COUNTS = (ChartKind.C, ChartKind.U, ChartKind.UP)


def choose_kind(
    data_type: DataType | str,
    y: ArrayLike,
    n: ArrayLike | None = None,
    baseline: ArrayLike | None = None,
    *,
    size: ArrayLike | None = None,
) -> tuple[ChartKind, str]:
    """Choose a chart by the kind of data, and say why.

    Parameters
    ----------
    data_type
        What is measured: count, proportion, rate, measurement, time_between, opportunities_between.
    y, n
        Values or numerators, and denominators (None where there are none), shape (k,); nan for missing.
    baseline
        Mask of the points to judge by, shape (k,), or a count of first points; None: all.
    size
        How many values each point joins, shape (k,); None: one.

    Returns
    -------
    tuple
        The chart and a reason fit to be read.

    Raises
    ------
    ChartError
        When the data type is unknown.
    """
    try:
        word = DataType(data_type)
    except ValueError:
        raise ChartError(
            f'There is no data type "{data_type}". Choose one of: {", ".join(DataType)}.'
        ) from None
    values, denominators, known = _known_points(y, n, baseline)
    if known.sum() < SHORT_SERIES:
        return ChartKind.RUN, f"fewer than {SHORT_SERIES} points: a run chart until there are more"
    sizes = np.ones(values.shape) if size is None else np.asarray(size)
    return _by_type(word, values[known], denominators[known], sizes[known], has_n=n is not None)


def _by_type(
    word: DataType, values: FloatArray, trials: FloatArray, size: FloatArray, *, has_n: bool
) -> tuple[ChartKind, str]:
    if word is DataType.COUNT:
        return ChartKind.I, "counts of people or visits are neither Poisson nor of equal opportunity"
    if word is DataType.MEASUREMENT:
        if np.all(size >= SAMPLE):
            return ChartKind.XBAR, f"samples of {SAMPLE} values or more a point"
        return ChartKind.I, "a measured value a point"
    if word is DataType.PROPORTION:
        return _share_chart(values, trials) if has_n else (ChartKind.I, "a share without its denominators")
    if word is DataType.RATE:
        return _rate_chart(values, trials) if has_n else (ChartKind.I, "a rate without its exposure")
    if word is DataType.TIME_BETWEEN:
        if np.any(values <= 0):
            return ChartKind.RUN, "times between events, some of them zero, which have no place on a t chart"
        return ChartKind.T, "time between rare events"
    return ChartKind.G, "opportunities between rare events"


def _known_points(
    y: ArrayLike, n: ArrayLike | None, baseline: ArrayLike | None
) -> tuple[FloatArray, FloatArray, BoolArray]:
    values = np.asarray(y, dtype=float)
    denominators = (
        np.ones(values.shape) if n is None else np.broadcast_to(np.asarray(n, dtype=float), values.shape)
    )
    known = np.isfinite(values) & np.isfinite(denominators) & (denominators > 0)
    chosen = np.asarray(True if baseline is None else baseline)
    if chosen.ndim == 0 and chosen.dtype != bool:
        chosen = np.arange(values.size) < int(chosen)
    return values, denominators, known & chosen


def _share_chart(events: FloatArray, trials: FloatArray) -> tuple[ChartKind, str]:
    """Choose between p and p': by the size of denominators and by Pearson dispersion of the binomial GLM."""
    if np.any(trials > LARGE_DENOMINATOR):
        return ChartKind.PP, _large("shares")
    fit = ClosedForm().binomial(events, trials, Groups.one(events.size))
    if is_over_dispersed(fit)[0]:
        return ChartKind.PP, f"shares that vary more than chance gives (dispersion {fit.dispersion[0]:.1f})"
    return ChartKind.P, "shares of a known number"


def _rate_chart(events: FloatArray, exposure: FloatArray) -> tuple[ChartKind, str]:
    """Choose between u and u': as for shares, by Pearson dispersion of the Poisson GLM."""
    if np.any(exposure > LARGE_DENOMINATOR):
        return ChartKind.UP, _large("rates")
    fit = ClosedForm().poisson(events, exposure, Groups.one(events.size))
    if is_over_dispersed(fit)[0]:
        return ChartKind.UP, f"rates that vary more than chance gives (dispersion {fit.dispersion[0]:.1f})"
    return ChartKind.U, "events over an exposure"


def _large(what: str) -> str:
    return f"{what} of more than {LARGE_DENOMINATOR:,.0f}, for which plain limits are too narrow"


def is_over_dispersed(fit: Fit) -> BoolArray:
    """Return the phases that chance alone would scatter so widely in less than 5 % of charts."""
    known = np.isfinite(fit.pearson_chi2)
    found = np.zeros(known.shape, dtype=bool)
    if known.any():
        from scipy.special import chdtrc

        found[known] = chdtrc(fit.degrees_of_freedom[known], fit.pearson_chi2[known]) < DISPERSION_LEVEL
    return found


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
