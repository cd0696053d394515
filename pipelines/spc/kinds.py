"""Which chart suits which data, and where plain limits would not hold (docs/method.md, Charts 1 and 8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc.glm import binomial_fit
from pipelines.spc.limits import KINDS
from pipelines.vocabulary import ChartKind, DataType

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

#: Fewer known points than this make a run chart.
SHORT_SERIES = 12
#: Least expected events, and non-events, a point of a share needs (domain standard: n min(p, 1 - p) >= 5).
SMALLEST_EXPECTED = 5.0
#: Least mean count of a count or rate.
SMALLEST_MEAN_COUNT = 2.0
#: With larger denominators binomial limits are too narrow for real processes (Laney 2002).
LARGE_DENOMINATOR = 1000.0
#: A share is over-dispersed when chance alone gives so large a Pearson chi-square less often than this.
DISPERSION_LEVEL = 0.05


def choose_kind(
    data_type: DataType | str, y: ArrayLike, n: ArrayLike | None = None, baseline: ArrayLike | None = None
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

    Returns
    -------
    tuple
        The chart and a reason fit to be read. A chart that this version cannot draw is replaced by the chart of
        individual values, and the reason says so.

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
    if word is DataType.PROPORTION and n is not None:
        return _share_chart(values[known], denominators[known])
    wanted, reason = _BY_TYPE[word]
    if wanted in KINDS:
        return wanted, reason
    return (
        ChartKind.I,
        f"{reason}; each value is charted as it is, as the {wanted} chart is not in this version",
    )


_BY_TYPE: dict[DataType, tuple[ChartKind, str]] = {
    DataType.COUNT: (ChartKind.I, "counts of people or visits are neither Poisson nor of equal opportunity"),
    DataType.MEASUREMENT: (ChartKind.I, "a measured value a point"),
    DataType.PROPORTION: (ChartKind.I, "a share without its denominators"),
    DataType.RATE: (ChartKind.U, "events over an exposure"),
    DataType.TIME_BETWEEN: (ChartKind.T, "time between rare events"),
    DataType.OPPORTUNITIES_BETWEEN: (ChartKind.G, "opportunities between rare events"),
}


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
    """Choose between p and p': judged by size of denominators and by Pearson dispersion of the binomial GLM."""
    if np.any(trials > LARGE_DENOMINATOR):
        return (
            ChartKind.PP,
            f"shares of more than {LARGE_DENOMINATOR:,.0f}, for which plain limits are too narrow",
        )
    fit = binomial_fit(events, trials)
    if np.isfinite(fit.pearson_chi2):
        from scipy.stats import chi2

        if chi2.sf(fit.pearson_chi2, fit.degrees_of_freedom) < DISPERSION_LEVEL:
            return ChartKind.PP, f"shares that vary more than chance gives (dispersion {fit.dispersion:.1f})"
    return ChartKind.P, "shares of a known number"


def why_plain_limits_fail(
    kind: ChartKind | str, value: ArrayLike, numerator: ArrayLike, denominator: ArrayLike
) -> str | None:
    """Return the next remedy where the limits of a chart would not hold on these points, else None.

    Remedies, in the order to try them: `coarsen_period` (then, should that not help, `i`), and `run_chart` where
    more than half the values are equal.

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
    events, trials = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    if kind in (ChartKind.P, ChartKind.PP):
        share = events.sum() / trials.sum()
        expected = trials * min(share, 1 - share)
        return "coarsen_period" if np.mean(expected < SMALLEST_EXPECTED) > 0.5 else None
    if kind in (ChartKind.C, ChartKind.U, ChartKind.UP):
        return "coarsen_period" if events.mean() < SMALLEST_MEAN_COUNT else None
    _, times = np.unique(values, return_counts=True)
    return "run_chart" if times.max() > values.size / 2 and values.size > 1 else None
