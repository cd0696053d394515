"""Limits about a centre for units of any size: exact, from chi-square tables, or on a scale where they are normal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pipelines.spc.funnel.exact import expected_ends, ratio_ends, share_ends
from pipelines.spc.funnel.scales import ARCSINE, LOG, LOG_OF_COUNTS, Scale
from pipelines.spc.intervals import exact_poisson

FloatArray = NDArray[np.float64]
Ends = tuple[FloatArray, FloatArray]

#: Probability in the two tails together of 95 and of 99.8 per cent limits.
TAILS = (0.05, 0.002)
#: The same in standard deviations of a normal distribution.
NORMAL = (1.959963984540054, 3.090232306167813)


class FunnelKind(StrEnum):
    """What numerator and denominator are."""

    PROPORTION = "proportion"
    """Events among trials."""
    RATIO = "ratio"
    """One count against another."""
    STANDARDISED = "standardised"
    """A count against what was expected; a rate is one, exposure times the centre being what was expected."""


@dataclass(frozen=True)
class Limits:
    """The lines of a funnel, shape (k,) each, in the unit of the ratio; nan for a size that is not there."""

    lower_95: FloatArray
    upper_95: FloatArray
    lower_998: FloatArray
    upper_998: FloatArray

    def beyond(self, ratio: FloatArray) -> list[str | None]:
        """Return where each ratio lies, in words; None where there is none. A ratio on a line lies within."""
        lower_95, upper_95, lower_998, upper_998 = astuple(self)
        words = np.select(
            [ratio > upper_998, ratio > upper_95, ratio < lower_998, ratio < lower_95],
            ["above 99.8", "above 95", "below 99.8", "below 95"],
            "within",
        )
        known = np.isfinite(ratio) & np.isfinite(lower_95)
        return [str(word) if there else None for word, there in zip(words, known, strict=True)]


#: The exact ends of each kind, and the scale on which it is nearly normal.
EXACT: dict[FunnelKind, Callable[[FloatArray, float, float], Ends]] = {
    FunnelKind.PROPORTION: share_ends,
    FunnelKind.RATIO: ratio_ends,
    FunnelKind.STANDARDISED: expected_ends,
}
SCALES: dict[FunnelKind, Scale] = {
    FunnelKind.PROPORTION: ARCSINE,
    FunnelKind.RATIO: LOG_OF_COUNTS,
    FunnelKind.STANDARDISED: LOG,
}


def exact_limits(kind: FunnelKind, size: FloatArray, centre: float) -> Limits:
    """Return exact limits at these denominators, shape (k,)."""
    ends = EXACT[kind]
    return _limits(lambda at: ends(size, centre, TAILS[at] / 2))


def chi_square_limits(expected: FloatArray, centre: float) -> Limits:
    """Return limits of a standardised ratio from the exact interval of the count that was expected.

    The convention of the Summary Hospital-level Mortality Indicator, kept for comparison: at 10 expected its lower
    95 % limit lets 2.9 % lie below, where 2.5 % are meant.
    """

    def ends(at: int) -> Ends:
        lower, upper = exact_poisson(expected, 1 - TAILS[at])
        return centre * lower / expected, centre * upper / expected

    return _limits(ends)


def normal_limits(
    scale: Scale, size: FloatArray, centre: float, tau2: float, reach: tuple[float, float]
) -> Limits:
    """Return limits so many standard deviations from the centre on a scale, widened by the spread between units."""
    middle, sigma = scale.there(centre), np.sqrt(scale.scatter(size, centre) ** 2 + tau2)
    return _limits(
        lambda at: (scale.back(middle - reach[at] * sigma), scale.back(middle + reach[at] * sigma))
    )


def _limits(ends: Callable[[int], Ends]) -> Limits:
    return Limits(*ends(0), *ends(1))
