"""Centre, dispersion and autocorrelation of each phase: by statsmodels, or by the closed form of the same.

An intercept-only GLM has its maximum at total events over total trials, so both give one answer (a test holds them to
it): `ByGlm` is what every published chart is fitted with, `ClosedForm` does a hundred thousand at once. statsmodels
is imported when first needed: it takes seconds.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pipelines.spc.groups import Groups, quotient

FloatArray = NDArray[np.float64]

#: Values needed for an autocorrelation.
LEAST_FOR_AUTOCORRELATION = 4
#: A mean whose link lies further from 0 than this is no share or rate of anything; a GLM would overflow on it.
LARGEST_LINK = 600.0
#: A spread this small beside the values is rounding.
NO_SPREAD = 1e-12


class Fit(NamedTuple):
    """Intercept-only fits, shape (m,): the mean, and Pearson's chi-square over its degrees of freedom.

    `dispersion` is 1 where the scatter is what the distribution gives alone; nan where there is nothing to scatter
    (one point, no events, only events) or the figures are no counts (negative, or more events than trials).
    """

    centre: FloatArray
    dispersion: FloatArray
    pearson_chi2: FloatArray
    degrees_of_freedom: NDArray[np.int64]


class Fitter(Protocol):
    """What the engine asks of a fitter; all arrays hold known points only, phases end to end."""

    def binomial(self, events: FloatArray, trials: FloatArray, phases: Groups) -> Fit:
        """Fit one share a phase."""

    def poisson(self, events: FloatArray, exposure: FloatArray, phases: Groups) -> Fit:
        """Fit one rate a phase."""

    def autocorrelation(self, values: FloatArray, phases: Groups) -> FloatArray:
        """Return the correlation of each value with the one before it, a figure a phase, shape (m,).

        nan in `values` keeps its place, so that points on either side of a gap are not taken for neighbours; the
        result is nan below four known values or without variance.
        """


class ClosedForm:
    """The fits as arithmetic on all phases at once."""

    def binomial(self, events: FloatArray, trials: FloatArray, phases: Groups) -> Fit:
        """Fit one share a phase (McCullagh & Nelder, Generalized Linear Models, sections 4.4 and 4.5)."""
        share = quotient(phases.sum(events), phases.sum(trials))
        is_sound = (share > 0) & (share < 1) & _all(events >= 0, phases) & _all(events <= trials, phases)
        return _fit(events, trials, phases, share, share * (1 - share), is_sound)

    def poisson(self, events: FloatArray, exposure: FloatArray, phases: Groups) -> Fit:
        """Fit one rate a phase (McCullagh & Nelder, Generalized Linear Models, section 6.2)."""
        rate = quotient(phases.sum(events), phases.sum(exposure))
        return _fit(events, exposure, phases, rate, rate, (rate > 0) & _all(events >= 0, phases))

    def autocorrelation(self, values: FloatArray, phases: Groups) -> FloatArray:
        """Return sum d d' / sum d^2 over the known neighbours d, d' less their mean (Parzen 1963)."""
        off, is_defined = _off_the_mean(values, phases)
        missing = np.isnan(off)
        if missing.any():
            off[missing] = 0.0
        squares = phases.sum(off * off)
        np.multiply(off[1:], off[:-1], out=off[1:])
        off[phases.start[phases.size > 0]] = 0.0
        return np.where(is_defined, quotient(phases.sum(off), squares), np.nan)


class ByGlm:
    """The fits by statsmodels, one phase after the other."""

    def binomial(self, events: FloatArray, trials: FloatArray, phases: Groups) -> Fit:
        """Fit one share a phase with `sm.GLM`, family binomial, logit link."""
        from statsmodels.genmod.families import Binomial

        closed = ClosedForm().binomial(events, trials, phases)
        outcomes = np.column_stack([events, trials - events])
        with np.errstate(divide="ignore", invalid="ignore"):
            starts = np.log(closed.centre / (1 - closed.centre))
        return _by_glm(closed, phases, outcomes, Binomial(), starts, None)

    def poisson(self, events: FloatArray, exposure: FloatArray, phases: Groups) -> Fit:
        """Fit one rate a phase with `sm.GLM`, family Poisson, log link, exposure."""
        from statsmodels.genmod.families import Poisson

        closed = ClosedForm().poisson(events, exposure, phases)
        with np.errstate(divide="ignore", invalid="ignore"):
            starts = np.log(closed.centre)
        return _by_glm(closed, phases, events, Poisson(), starts, exposure)

    def autocorrelation(self, values: FloatArray, phases: Groups) -> FloatArray:
        """Return lag 1 of statsmodels `acf`, missing="conservative"."""
        from statsmodels.tsa.stattools import acf

        off, is_defined = _off_the_mean(values, phases)
        found = np.full(len(phases), np.nan)
        for phase in np.flatnonzero(is_defined):
            begins = phases.start[phase]
            one = off[begins : begins + phases.size[phase]]
            first, last = np.flatnonzero(np.isfinite(one))[[0, -1]]
            found[phase] = acf(one[first : last + 1], nlags=1, fft=False, missing="conservative")[1]
        return found


def _fit(
    events: FloatArray,
    trials: FloatArray,
    phases: Groups,
    centre: FloatArray,
    variance: FloatArray,
    is_sound: NDArray[np.bool_],
) -> Fit:
    freedom = phases.size - 1
    expected = trials * phases.spread(centre)
    scatter = quotient((events - expected) ** 2, trials * phases.spread(variance))
    chi2 = np.where(is_sound & (freedom > 0), phases.sum(scatter), np.nan)
    return Fit(centre, quotient(chi2, freedom), chi2, np.maximum(freedom, 0))


def _by_glm(
    closed: Fit,
    phases: Groups,
    outcomes: FloatArray,
    family: object,
    starts: FloatArray,
    exposure: FloatArray | None,
) -> Fit:
    """Fit every phase whose closed form has a dispersion and a sound mean; the rest has nothing for a GLM to fit."""
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    centre, chi2 = closed.centre.copy(), closed.pearson_chi2.copy()
    for phase in np.flatnonzero(np.isfinite(chi2) & (np.abs(starts) < LARGEST_LINK)):
        rows = slice(phases.start[phase], phases.start[phase] + phases.size[phase])
        model = GLM(
            outcomes[rows],
            np.ones((phases.size[phase], 1)),
            family=family,
            exposure=None if exposure is None else exposure[rows],
        )
        with warnings.catch_warnings():
            # Equal shares fit perfectly; one mean inside its range cannot be separated.
            warnings.simplefilter("ignore", PerfectSeparationWarning)
            fitted = model.fit(start_params=starts[[phase]], tol=1e-12)
        centre[phase] = float(family.link.inverse(fitted.params[0]))  # type: ignore[attr-defined]
        chi2[phase] = float(fitted.pearson_chi2)
    return Fit(centre, quotient(chi2, closed.degrees_of_freedom), chi2, closed.degrees_of_freedom)


def _off_the_mean(values: FloatArray, phases: Groups) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return values less their mean in units of the largest difference, and the phases with enough and a spread.

    In other units the squares of values near the smallest double would vanish.
    """
    known = np.isfinite(values)
    mean = phases.mean(values, known)
    off = values - phases.spread(mean)
    widest = np.maximum(phases.largest(off), -phases.smallest(off))
    is_defined = (phases.count(known) >= LEAST_FOR_AUTOCORRELATION) & (widest > NO_SPREAD * np.abs(mean))
    off /= phases.spread(np.where(is_defined, widest, 1.0))
    return off, is_defined


def _all(condition: NDArray[np.bool_], phases: Groups) -> NDArray[np.bool_]:
    """Return the phases in which a condition holds for every entry."""
    return phases.count(condition) == phases.size
