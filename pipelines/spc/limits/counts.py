"""Charts of counts, rates and shares: c, u, u', p, p'.

Sources: Montgomery, Introduction to Statistical Quality Control, sections 7.2 (p) and 7.3 (c, u); Laney, Qual Eng
2002;14:531 (p', u'). Centre and Pearson dispersion come from the fitter: an intercept-only GLM, or its closed form.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipelines.spc.constants import RELATIVE_TOLERANCE
from pipelines.spc.groups import quotient
from pipelines.spc.limits.lines import FloatArray, Lines, PhasePoints, around, level, sigma_of_z


def c_lines(points: PhasePoints) -> Lines:
    """c: the mean count; a Poisson count varies by its square root."""
    fitted = points.fitter.poisson(
        points.value[points.base], np.ones(int(points.base.sum())), points.phases.kept(points.base)
    )
    centre = points.centre_or(fitted.centre)
    lines = level(points, centre, np.sqrt(np.maximum(centre, 0)))
    return replace(lines, dispersion=fitted.dispersion)


def u_lines(points: PhasePoints) -> Lines:
    """u: total events over total exposure; a rate of n varies by the square root of rate / n."""
    centre, sigma, dispersion = _rate(points)
    return around(points, centre, sigma, dispersion)


def up_lines(points: PhasePoints) -> Lines:
    """u': the limits of u widened or narrowed by sigma_z."""
    return _laney(points, *_rate(points))


def p_lines(points: PhasePoints) -> Lines:
    """p: total events over total trials; a share of n varies by the square root of share (1 - share) / n."""
    centre, sigma, dispersion = _share(points)
    return around(points, centre, sigma, dispersion)


def pp_lines(points: PhasePoints) -> Lines:
    """p': the limits of p widened or narrowed by sigma_z."""
    return _laney(points, *_share(points))


def _share(points: PhasePoints) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return centre (m,), sigma (k,) and dispersion (m,) of shares."""
    fitted = points.fitter.binomial(*_in_base(points), points.phases.kept(points.base))
    centre = points.centre_or(fitted.centre)
    # More events than trials are faulty data: no scatter can be computed for them.
    share = np.clip(centre, 0, 1)
    return centre, _per_trial(points, share * (1 - share)), fitted.dispersion


def _rate(points: PhasePoints) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return centre (m,), sigma (k,) and dispersion (m,) of rates."""
    fitted = points.fitter.poisson(*_in_base(points), points.phases.kept(points.base))
    centre = points.centre_or(fitted.centre)
    return centre, _per_trial(points, np.maximum(centre, 0)), fitted.dispersion


def _in_base(points: PhasePoints) -> tuple[FloatArray, FloatArray]:
    if points.base.all():
        return points.numerator, points.denominator
    return points.numerator[points.base], points.denominator[points.base]


def _per_trial(points: PhasePoints, variance: FloatArray) -> FloatArray:
    """Return the sigma of each point from the variance of one trial, shape (k,); nan at a gap."""
    known = np.isfinite(points.value)
    trials = points.denominator if known.all() else np.where(known, points.denominator, np.nan)
    return np.sqrt(quotient(points.phases.spread(variance), trials))


def _laney(points: PhasePoints, centre: FloatArray, sigma: FloatArray, dispersion: FloatArray) -> Lines:
    middle = points.phases.spread(centre)
    off = points.value - middle
    # A share on its centre is no noise: rounding would leave a z that screening takes for a range.
    off = np.where(np.abs(off) <= RELATIVE_TOLERANCE * np.abs(middle), 0.0, off)
    z = quotient(off, sigma)
    sigma_z = sigma_of_z(points, z)
    return around(points, centre, sigma * points.phases.spread(sigma_z), dispersion, sigma_z)
