"""Segmented regression: a level and a slope before Do, a step at Do and a change of slope after it.

Sources: Wagner et al., J Clin Pharm Ther 2002;27:299 (the model); Lopez Bernal, Cummins & Gasparrini, Int J Epidemiol
2017;46:348 (counts, offset, harmonics); residual maximum likelihood with AR(1) errors, Cheang & Reinsel, JASA
2000;95:1173; Turner et al., BMC Med Res Methodol 2021;21:134 (REML over Newey-West in short series); Newey & West,
Econometrica 1987;55:703, with the lags of Newey & West, Rev Econ Stud 1994;61:631.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.learning.model import LARGEST_LOG

FloatArray = NDArray[np.float64]

#: Autocorrelations tried, ends included; beyond them an error hardly fades within a short series.
PHIS = np.arange(-90, 96) / 100.0
#: Column of the step in the design.
STEP = 1
#: Column of the change of slope.
SLOPE = 3


@dataclass(frozen=True)
class Lines:
    """m fits on one design of k columns: shapes (m, k), (m, k, k), (m,), (m,). `df` is n - k.

    `dispersion` is the variance of the errors; of counts and shares in units of what chance alone gives.
    """

    coefficients: FloatArray
    covariance: FloatArray
    df: int
    phi: FloatArray
    dispersion: FloatArray


@dataclass(frozen=True)
class Straightened:
    """A GLM as the weighted linear model that it is at its solution: shape (n,) and (n, k), both times √weight."""

    response: FloatArray
    design: FloatArray
    coefficients: FloatArray
    covariance: FloatArray
    pearson_chi2: float

    @property
    def df(self) -> int:
        """Residual degrees of freedom."""
        return self.design.shape[0] - self.design.shape[1]


def design_of(
    time: FloatArray, is_during: FloatArray, year: FloatArray, *, harmonics: int = 0, with_slope: bool = True
) -> FloatArray:
    """Return the columns level, step, slope, change of slope, and a sine and a cosine for each harmonic, shape (n, k).

    Parameters
    ----------
    time
        In periods; 0 where the two lines part, so that the step is taken there.
    is_during
        1 in Do, 0 before it.
    year
        Time in years, for the harmonics.
    harmonics
        Waves a year: 0, 1 or 2.
    with_slope
        False leaves the change of slope out.
    """
    columns = [np.ones_like(time), is_during, time]
    if with_slope:
        columns.append(time * is_during)
    for wave in range(1, harmonics + 1):
        angle = 2 * np.pi * wave * year
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def reml_ar1(response: FloatArray, design: FloatArray, gaps: FloatArray, *, floor: float = 0.0) -> Lines:
    """Fit m series on one design by generalised least squares, errors AR(1), φ by residual maximum likelihood.

    Parameters
    ----------
    response
        Shape (n, m).
    design
        Shape (n, k), of full rank, n > k.
    gaps
        Periods between neighbours, shape (n - 1,), whole numbers of 1 or more: a missing period weakens the link.
    floor
        The dispersion is never taken as smaller: 1 for counts and shares, which chance alone scatters so much.

    Returns
    -------
    Lines
        Covariances for Student's t with n - k degrees of freedom.
    """
    size, columns = design.shape
    df, m = size - columns, response.shape[1]
    best = np.full(m, np.inf)
    found = Lines(np.zeros((m, columns)), np.zeros((m, columns, columns)), df, np.zeros(m), np.zeros(m))
    for phi in PHIS:
        link = phi**gaps
        x, y = _whitened(design, link), _whitened(response, link)
        inverse = np.linalg.inv(x.T @ x)
        coefficients = inverse @ x.T @ y
        squares = ((y - x @ coefficients) ** 2).sum(axis=0)
        with np.errstate(divide="ignore"):
            height = df * np.log(squares) - np.linalg.slogdet(inverse)[1] + np.log1p(-(link**2)).sum()
        better = height < best
        best[better] = height[better]
        found.coefficients[better] = coefficients.T[better]
        found.dispersion[better] = np.maximum(squares[better] / df, floor)
        found.covariance[better] = found.dispersion[better, None, None] * inverse
        found.phi[better] = phi
    return found


def _whitened(columns: FloatArray, link: FloatArray) -> FloatArray:
    """Return the columns with what each row shares with the one before taken out, in units of the whole error."""
    rest = np.sqrt(1 - link**2)[:, None]
    return np.vstack([columns[:1], (columns[1:] - link[:, None] * columns[:-1]) / rest])


def newey_west(response: FloatArray, design: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the lower and upper 95 % bounds of each coefficient by ordinary least squares with robust errors.

    Lags floor(4 (n / 100)^(2/9)), small-sample correction, Student's t. Shapes (n,), (n, k); bounds (k,).
    """
    from statsmodels.regression.linear_model import OLS

    lags = int(4 * (len(response) / 100) ** (2 / 9))
    fitted = OLS(response, design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    with np.errstate(invalid="ignore"):  # points on their lines: a variance of rounding may fall below 0
        low, high = np.asarray(fitted.conf_int()).T
    return low, high


def straightened(
    events: FloatArray, exposure: FloatArray, design: FloatArray, family: str
) -> Straightened | None:
    """Fit a GLM with statsmodels and return the linear model that it is at its solution (McCullagh & Nelder, 2.5).

    Parameters
    ----------
    events, exposure
        Counts and what they are counted over or among, shape (n,), exposure above 0.
    design
        Shape (n, k).
    family
        poisson (log link, offset log exposure) or binomial (logit link).

    Returns
    -------
    Straightened or None
        `covariance` is that of dispersion 1. None where the fit runs away.
    """
    model = _model(events, exposure, design, family)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a fit that runs away is told by its numbers, below
        try:
            fitted = model.fit(tol=1e-10)
        except (ValueError, np.linalg.LinAlgError):
            return None
        mean = np.asarray(fitted.fittedvalues)
        variance = mean if family == "poisson" else exposure * mean * (1 - mean)
        off = (events - mean) if family == "poisson" else (events - exposure * mean)
        line = design @ np.asarray(fitted.params)
        working = (line + off / variance) * np.sqrt(variance)
        weighted = design * np.sqrt(variance)[:, None]
    is_finite = np.isfinite(working).all() and np.isfinite(weighted).all()
    if not (is_finite and fitted.converged) or np.abs(fitted.params[1:]).max() > LARGEST_LOG:
        return None
    if np.linalg.matrix_rank(weighted) < design.shape[1]:
        return None
    covariance = np.asarray(fitted.normalized_cov_params)
    return Straightened(working, weighted, np.asarray(fitted.params), covariance, float(fitted.pearson_chi2))


def _model(events: FloatArray, exposure: FloatArray, design: FloatArray, family: str) -> Any:
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    if family == "poisson":
        return GLM(events, design, family=families.Poisson(), offset=np.log(exposure))
    outcomes = np.column_stack([events, exposure - events])
    return GLM(outcomes, design, family=families.Binomial())
