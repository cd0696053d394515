"""Centre, dispersion and autocorrelation from statsmodels, imported only when first needed (it takes seconds)."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class Fit(NamedTuple):
    """An intercept-only GLM: its mean, and Pearson's chi-square over the residual degrees of freedom.

    `dispersion` is 1 where the scatter is what the distribution gives alone; nan with one point or no variance.
    """

    centre: float
    dispersion: float
    pearson_chi2: float
    degrees_of_freedom: int


def binomial_fit(events: FloatArray, trials: FloatArray) -> Fit:
    """Fit one share to the points of a phase with a binomial GLM.

    Parameters
    ----------
    events, trials
        Numerators and denominators, shape (k,), none missing, trials above 0.

    Returns
    -------
    Fit
        The centre is sum(events) / sum(trials) to rounding error: the maximum of the likelihood. Where a GLM has
        nothing to fit (no points, one point, all or no events, more events than trials) it is that quotient itself and the
        dispersion is nan.

    Notes
    -----
    McCullagh & Nelder, Generalized Linear Models, 2nd ed., section 4.5 (Pearson dispersion).
    """
    if events.size == 0:
        return Fit(np.nan, np.nan, np.nan, 0)
    share = float(events.sum() / trials.sum())
    freedom = events.size - 1
    if freedom == 0 or not 0 < share < 1 or np.any(events > trials) or np.any(events < 0):
        return Fit(share, np.nan, np.nan, freedom)
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    outcome = np.column_stack([events, trials - events])
    model = GLM(outcome, np.ones((events.size, 1)), family=Binomial())
    with warnings.catch_warnings():
        # Equal shares fit perfectly; one mean strictly between 0 and 1 cannot be separated.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = model.fit(start_params=[np.log(share / (1 - share))], tol=1e-12)
    centre = float(np.asarray(fit.fittedvalues)[0])
    chi2 = float(fit.pearson_chi2)
    return Fit(centre, chi2 / freedom if freedom else np.nan, chi2, freedom)


def lag_one_autocorrelation(y: FloatArray) -> float:
    """Return the correlation of each value with the one before it; nan below four values or without variance.

    Missing values keep their place, so that points on either side of a gap are not taken for neighbours
    (statsmodels `acf`, missing="conservative"; Parzen 1963).
    """
    known = y[np.isfinite(y)]
    if known.size < 4 or np.ptp(known) <= 1e-12 * np.max(np.abs(known)):
        return float("nan")
    from statsmodels.tsa.stattools import acf

    first, last = np.flatnonzero(np.isfinite(y))[[0, -1]]
    # In units of their range: squares of values near the smallest double would vanish.
    scaled = (y[first : last + 1] - known.min()) / np.ptp(known)
    return float(acf(scaled, nlags=1, fft=False, missing="conservative")[1])
