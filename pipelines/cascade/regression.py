"""Regression to the mean: how far readings fall by themselves where people were chosen for a high one.

Sources: Davis, American Journal of Epidemiology 1976;104:493 (the expected fall); Barnett, van der Pols and Dobson,
International Journal of Epidemiology 2005;34:215. Truncated normal moments: Johnson, Kotz and Balakrishnan,
Continuous Univariate Distributions 1, 1994, section 10.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

_NORMAL = NormalDist()


@dataclass(frozen=True)
class FirstReading:
    """How people are chosen by a first reading, in mmHg.

    The defaults are assumptions, told wherever they are used: adults whose usual systolic pressure has a mean of 128
    and a standard deviation of 15, while one person's readings vary by 10; raised is 140 or more.

    Attributes
    ----------
    mean, between
        Mean and standard deviation of people's usual pressure.
    within
        Standard deviation of one person's single readings.
    cut_off
        Chosen are those whose first reading lies above it.
    readings
        How many readings the first one is a mean of, 1 or more.
    """

    mean: float = 128.0
    between: float = 15.0
    within: float = 10.0
    cut_off: float = 140.0
    readings: int = 1

    @property
    def error(self) -> float:
        """Variance of the first reading about the usual pressure."""
        return self.within**2 / self.readings

    @property
    def total(self) -> float:
        """Standard deviation of first readings over everybody."""
        return math.sqrt(self.between**2 + self.error)

    @property
    def z(self) -> float:
        """The cut-off in standard deviations above the mean."""
        return (self.cut_off - self.mean) / self.total

    @property
    def excess(self) -> float:
        """How many standard deviations above the mean the chosen lie on average (the inverse Mills ratio)."""
        return _NORMAL.pdf(self.z) / _NORMAL.cdf(-self.z)


def expected_fall(chosen: FirstReading | None = None) -> float:
    """Return the mean fall, in mmHg, from the first reading to a later one with no help at all (Davis 1976)."""
    chosen = chosen or FirstReading()
    return chosen.error / chosen.total * chosen.excess


def fall_spread(chosen: FirstReading | None = None) -> float:
    """Return the standard deviation, in mmHg, of one person's fall to a single later reading with no help at all.

    People's usual pressure cancels: what is left is the error of the first reading, given that it was high, and that
    of the later one.
    """
    chosen = chosen or FirstReading()
    slope = chosen.error / chosen.total**2
    spread_of_first = chosen.total**2 * (1 + chosen.z * chosen.excess - chosen.excess**2)
    return math.sqrt(chosen.error * (1 - slope) + slope**2 * spread_of_first + chosen.within**2)
