"""Which chart suits which data (docs/method.md, Charts 1)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc.fits import ClosedForm, Fit
from pipelines.spc.groups import BoolArray, FloatArray, Groups
from pipelines.vocabulary import POINTS_FOR_LIMITS, ChartKind, DataType

#: With larger denominators binomial and Poisson limits are too narrow for real processes (Laney 2002).
LARGE_DENOMINATOR = 1000.0
#: Figures are over-dispersed when chance alone gives so large a Pearson chi-square less often than this.
DISPERSION_LEVEL = 0.05
#: Values a point needs to be charted as a sample (Montgomery, section 6.3; docs/method.md, Charts 1).
SAMPLE = 5

Choice = tuple[ChartKind, str]


class _Known(NamedTuple):
    """The known points that a choice rests on, series end to end; `trials` is None where there are none."""

    values: FloatArray
    trials: FloatArray | None
    size: NDArray[np.int64] | FloatArray
    series: Groups


def choose_kind(
    data_type: DataType | str,
    y: ArrayLike,
    n: ArrayLike | None = None,
    baseline: ArrayLike | None = None,
    *,
    size: ArrayLike | None = None,
) -> Choice:
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
    values = np.asarray(y, dtype=float)
    trials = None if n is None else np.broadcast_to(np.asarray(n, dtype=float), values.shape)
    chosen = np.asarray(True if baseline is None else baseline)
    if chosen.ndim == 0 and chosen.dtype != bool:
        chosen = np.arange(values.size) < int(chosen)
    sizes = np.ones(values.shape) if size is None else np.asarray(size)
    base = np.broadcast_to(chosen, values.shape)
    return choose_kinds(data_type, values, trials, sizes, base, Groups.one(values.size))[0]


def choose_kinds(
    data_type: DataType | str,
    values: FloatArray,
    trials: FloatArray | None,
    size: NDArray[np.int64] | FloatArray,
    base: BoolArray,
    series: Groups,
) -> list[Choice]:
    """Choose a chart for each of many series, end to end; the arrays are those of `choose_kind`, shape (k,)."""
    try:
        word = DataType(data_type)
    except ValueError:
        raise ChartError(
            f'There is no data type "{data_type}". Choose one of: {", ".join(DataType)}.'
        ) from None
    mask = base & np.isfinite(values)
    if trials is not None:
        mask &= np.isfinite(trials) & (trials > 0)
    known = _Known(values[mask], None if trials is None else trials[mask], size[mask], series.kept(mask))
    choices = _by_type(word, known)
    short = ChartKind.RUN, f"fewer than {POINTS_FOR_LIMITS} points: a run chart until there are more"
    few = known.series.size < POINTS_FOR_LIMITS
    return [short if is_few else choice for is_few, choice in zip(few, choices, strict=True)]


def _by_type(word: DataType, known: _Known) -> list[Choice]:
    m = len(known.series)
    if word is DataType.COUNT:
        return [(ChartKind.I, "counts of people or visits are neither Poisson nor of equal opportunity")] * m
    if word is DataType.MEASUREMENT:
        samples = ChartKind.XBAR, f"samples of {SAMPLE} values or more a point"
        return _either(_all(known.size >= SAMPLE, known), samples, (ChartKind.I, "a measured value a point"))
    if word is DataType.TIME_BETWEEN:
        reason = "times between events, some of them zero, which have no place on a t chart"
        is_time = _all(known.values > 0, known)
        return _either(is_time, (ChartKind.T, "time between rare events"), (ChartKind.RUN, reason))
    if word is DataType.OPPORTUNITIES_BETWEEN:
        return [(ChartKind.G, "opportunities between rare events")] * m
    if known.trials is None:
        what = (
            "share without its denominators" if word is DataType.PROPORTION else "rate without its exposure"
        )
        return [(ChartKind.I, f"a {what}")] * m
    if word is DataType.PROPORTION:
        fit = ClosedForm().binomial(known.values, known.trials, known.series)
        plain = ChartKind.P, "shares of a known number"
        return _laney(known, known.trials, fit, plain, ChartKind.PP, "shares")
    fit = ClosedForm().poisson(known.values, known.trials, known.series)
    return _laney(known, known.trials, fit, (ChartKind.U, "events over an exposure"), ChartKind.UP, "rates")


def _laney(
    known: _Known, trials: FloatArray, fit: Fit, plain: Choice, primed: ChartKind, what: str
) -> list[Choice]:
    """Choose between a chart and its prime: by the size of denominators and by Pearson dispersion of the GLM."""
    is_large = known.series.largest(trials) > LARGE_DENOMINATOR
    large = primed, f"{what} of more than {LARGE_DENOMINATOR:,.0f}, for which plain limits are too narrow"
    choices = _either(is_large, large, plain)
    for place in np.flatnonzero(is_over_dispersed(fit) & ~is_large):
        reason = f"{what} that vary more than chance gives (dispersion {fit.dispersion[place]:.1f})"
        choices[place] = primed, reason
    return choices


def _all(condition: BoolArray, known: _Known) -> BoolArray:
    return known.series.count(condition) == known.series.size


def _either(holds: BoolArray, one: Choice, other: Choice) -> list[Choice]:
    return [one if here else other for here in holds]


def is_over_dispersed(fit: Fit) -> BoolArray:
    """Return the phases that chance alone would scatter so widely in less than 5 % of charts."""
    known = np.isfinite(fit.pearson_chi2)
    found = np.zeros(known.shape, dtype=bool)
    if known.any():
        from scipy.special import chdtrc

        found[known] = chdtrc(fit.degrees_of_freedom[known], fit.pearson_chi2[known]) < DISPERSION_LEVEL
    return found
