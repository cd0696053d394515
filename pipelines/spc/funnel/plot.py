"""A funnel plot: units of different size beside one centre, with the limits that chance alone gives each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc.funnel.dispersion import TRIMS, Dispersion, dispersion
from pipelines.spc.funnel.limits import (
    NORMAL,
    SCALES,
    FunnelKind,
    Limits,
    chi_square_limits,
    exact_limits,
    normal_limits,
)
from pipelines.spc.funnel.scales import Scale

FloatArray = NDArray[np.float64]

#: Units below which nothing can be said of the spread between them: with 9 degrees of freedom a true phi of 1 is
#: already estimated between 0.3 and 2.1 (chi-square, 95 %).
MIN_UNITS = 10


@dataclass(frozen=True)
class Funnel:
    """Units, their centre and their limits.

    Attributes
    ----------
    ratio
        Numerator over denominator, shape (k,), in the unit of the ratio; nan for a unit without a denominator.
    centre_line
        What all are held against.
    limits
        At each unit's own denominator, without any spread between units.
    adjusted
        The same widened by the spread between units; None where that was not asked for, not found or refused.
    dispersion
        What was found of it; None where not asked for or refused.
    why_not_adjusted
        A sentence where it was asked for and not given.
    """

    kind: FunnelKind
    ratio: FloatArray
    centre_line: float
    limits: Limits
    adjusted: Limits | None
    dispersion: Dispersion | None
    why_not_adjusted: str | None
    _method: _Method = field(repr=False)

    @property
    def beyond(self) -> list[str | None]:
        """Where each unit lies: above 99.8, above 95, within, below 95, below 99.8; None for a unit without a ratio."""
        return (self.adjusted or self.limits).beyond(self.ratio)

    def limits_at(self, denominator: ArrayLike) -> Limits:
        """Return the limits of other sizes, as a line to draw; denominators above 0, shape (j,)."""
        return self._method.limits(_sizes(denominator), self.centre_line)

    def adjusted_at(self, denominator: ArrayLike) -> Limits | None:
        """Return the widened limits of other sizes; None where there are none."""
        if self.adjusted is None or self.dispersion is None:
            return None
        return self._method.widened(_sizes(denominator), self.centre_line, self.dispersion.tau2)


@dataclass(frozen=True)
class _Method:
    """How limits are made."""

    kind: FunnelKind
    limits_by: str
    scale: Scale
    reach: tuple[float, float]

    def limits(self, size: FloatArray, centre: float) -> Limits:
        if self.limits_by == "exact":
            return exact_limits(self.kind, size, centre)
        if self.limits_by == "chi_square":
            return chi_square_limits(size, centre)
        return self.widened(size, centre, 0.0)

    def widened(self, size: FloatArray, centre: float, tau2: float) -> Limits:
        return normal_limits(self.scale, size, centre, tau2, self.reach)


def funnel(
    numerator: ArrayLike,
    denominator: ArrayLike,
    kind: FunnelKind | str = FunnelKind.PROPORTION,
    *,
    centre_line: float | None = None,
    limits: Literal["exact", "chi_square", "normal"] = "exact",
    adjust: bool = False,
    trim: Literal["winsorise", "truncate"] = "winsorise",
    trim_by: float = 0.1,
    min_units: int = MIN_UNITS,
    scale: Scale | None = None,
    reach: tuple[float, float] = NORMAL,
) -> Funnel:
    """Return the funnel of units that are held against one centre.

    Parameters
    ----------
    numerator, denominator
        One figure a unit, shape (k,), 0 or more; nan for missing. Of a proportion events and trials, of a ratio two
        counts, of a standardised ratio what was observed and expected. A denominator of 0 gives no ratio.
    kind
        Which of these.
    centre_line
        Above 0; by default all numerators over all denominators, and 1 for a standardised ratio.
    limits
        exact by the distribution; chi_square, for standardised ratios, as hospital mortality is published; normal on
        the scale.
    adjust
        Widen by the spread between units. Only for units of which there are many and which differ in ways that no
        figure tells, such as practices.
    trim, trim_by
        How the tails are kept from setting that spread, and how much of each tail.
    min_units
        Fewer units than this are not adjusted.
    scale
        Where units are nearly normal; the kind's own by default.
    reach
        Standard deviations of the 95 and 99.8 per cent limits on the scale.

    Raises
    ------
    ChartError
        When an argument makes no sense: a share above 1, a centre that is no ratio, a word that is none.
    """
    word = _kind(kind, limits, trim, trim_by)
    x, n = _counts(numerator, denominator, word)
    centre = _centre(x, n, word, centre_line)
    method = _Method(word, limits, scale or SCALES[word], reach)
    found, why_not = _spread(x, n, centre, method, (trim, trim_by), min_units) if adjust else (None, None)
    has_spread = found is not None and found.tau2 > 0
    return Funnel(
        kind=word,
        ratio=x / n,
        centre_line=centre,
        limits=method.limits(n, centre),
        adjusted=method.widened(n, centre, found.tau2) if found is not None and has_spread else None,
        dispersion=found,
        why_not_adjusted=why_not,
        _method=method,
    )


def _spread(
    x: FloatArray, n: FloatArray, centre: float, method: _Method, trim: tuple[str, float], min_units: int
) -> tuple[Dispersion | None, str | None]:
    """Return the dispersion of the units, and why limits are not widened by it where they are not."""
    number = int((~np.isnan(x / n)).sum())
    if number < min_units:
        return None, (
            f"Limits are not widened: {number} units are too few to tell how far such units differ anyway; "
            f"it takes {min_units}."
        )
    found = dispersion(*method.scale.unit(x, n), float(method.scale.there(centre)), *trim)
    if not np.isfinite(found.tau2):
        return None, "Limits are not widened: too many units had none at all to tell how far units differ."
    return (
        found,
        None if found.tau2 > 0 else "Limits are not widened: the units differ no more than by chance.",
    )


def _kind(kind: FunnelKind | str, limits: str, trim: str, by: float) -> FunnelKind:
    try:
        word = FunnelKind(kind)
    except ValueError:
        raise ChartError(f'There is no funnel of "{kind}". Choose one of: {", ".join(FunnelKind)}.') from None
    if limits not in ("exact", "chi_square", "normal"):
        raise ChartError(f'There are no limits "{limits}". Choose exact, chi_square or normal.')
    if limits == "chi_square" and word != FunnelKind.STANDARDISED:
        raise ChartError("Limits by chi-square are for standardised ratios. Choose exact or normal.")
    if trim not in TRIMS or not 0 < by < 0.5:
        raise ChartError("Trim by winsorise or truncate, above 0 and below 0.5 of each tail.")
    return word


def _counts(numerator: ArrayLike, denominator: ArrayLike, kind: FunnelKind) -> tuple[FloatArray, FloatArray]:
    x, n = np.broadcast_arrays(*(np.atleast_1d(np.asarray(one, float)) for one in (numerator, denominator)))
    if np.any(x < 0) or np.any(n < 0):
        raise ChartError("A funnel holds a number below 0. Counts start at 0.")
    if kind == FunnelKind.PROPORTION and np.any(x > n):
        raise ChartError("There are more events than trials. Count every event among its trials.")
    known = ~np.isnan(x) & (n > 0)
    return np.where(known, x, np.nan), np.where(known, n, np.nan)


def _centre(x: FloatArray, n: FloatArray, kind: FunnelKind, given: float | None) -> float:
    if given is None and kind == FunnelKind.STANDARDISED:
        return 1.0
    trials = np.nansum(n)
    centre = given if given is not None else float(np.nansum(x) / trials) if trials else np.nan
    if centre < 0 or (kind == FunnelKind.PROPORTION and centre > 1):
        raise ChartError(f"The centre of a funnel of {kind} cannot be {centre:g}.")
    return float(centre)


def _sizes(denominator: ArrayLike) -> FloatArray:
    size = np.atleast_1d(np.asarray(denominator, dtype=np.float64))
    return np.where(size > 0, size, np.nan)
