"""The kinds of numbers that are tried, each drawn so that neighbouring weeks share what is planted.

A normal series with the planted correlation is turned into each kind by its own distribution (a Gaussian copula), so
that counts stay Poisson, and shares binomial, week by week.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from pipelines.measures import Measure
from pipelines.vocabulary import Better, DataType, Domain, Period

FloatArray = NDArray[np.float64]
#: Numerators and denominators (None where the value has none) of the weeks, shape (k,).
Drawn = tuple[FloatArray, FloatArray | None]

#: People asked a week, first and last of equally likely numbers, and the share that says yes.
ASKED, SHARE = (25, 44), 0.45
#: Level and spread of a measured value; people a week.
LEVEL, SPREAD, PEOPLE = 50.0, 5.0, 30.0


@dataclass(frozen=True)
class Numbers:
    """One kind of number: `draw` takes a generator, uniform scores and the course of the level in SD, shape (k,)."""

    name: str
    measure: Measure
    draw: Callable[[Generator, FloatArray, FloatArray], Drawn]


def linked(random: Generator, size: int, phi: float) -> FloatArray:
    """Return standard normal scores of which each keeps phi of the one before (an AR(1) process), shape (size,)."""
    fresh = random.normal(size=size)
    for k in range(1, size):
        fresh[k] = phi * fresh[k - 1] + np.sqrt(1 - phi**2) * fresh[k]
    return fresh


def _measure(name: str, kind: DataType, **changes: str) -> Measure:
    facts: dict[str, Any] = {"denominator": None, "counts": None, "unit": "people"} | changes
    return Measure(
        measure_id=name, name=name, short_name=name, domain=Domain.REACH, kind=kind, numerator="x", period=Period.WEEK,
        planned_every="week", better=Better.UP, targets=(), baseline="auto", disclosive=False, prototypes=("*",),
        why="", source="", **facts,
    )  # fmt: skip


def _values(_: Generator, chance: FloatArray, course: FloatArray) -> Drawn:
    from scipy.stats import norm

    return LEVEL + SPREAD * (norm.ppf(chance) + course), None


def _counts(dispersion: float) -> Callable[[Generator, FloatArray, FloatArray], Drawn]:
    """Return what draws counts whose variance is `dispersion` means: Poisson at 1, negative binomial above."""
    from scipy.stats import nbinom, poisson

    def draw(_: Generator, chance: FloatArray, course: FloatArray) -> Drawn:
        mean = np.maximum(PEOPLE + np.sqrt(dispersion * PEOPLE) * course, 0.1)
        if dispersion == 1:
            return poisson.ppf(chance, mean).astype(float), None
        return nbinom.ppf(chance, mean / (dispersion - 1), 1 / dispersion).astype(float), None

    return draw


def _shares(random: Generator, chance: FloatArray, course: FloatArray) -> Drawn:
    from scipy.stats import binom

    asked = random.integers(ASKED[0], ASKED[1] + 1, len(course)).astype(float)
    step = np.sqrt(SHARE * (1 - SHARE) / np.mean(ASKED))
    share = np.clip(SHARE + step * course, 0.01, 0.99)
    return binom.ppf(chance, asked, share).astype(float), asked


NUMBERS = (
    Numbers("values", _measure("minutes", DataType.MEASUREMENT, unit="minutes"), _values),
    Numbers("counts", _measure("came", DataType.COUNT, counts="people"), _counts(1.0)),
    Numbers("counts, dispersion 3", _measure("came", DataType.COUNT, counts="people"), _counts(3.0)),
    Numbers(
        "shares",
        _measure("yes", DataType.PROPORTION, denominator="asked", counts="people", unit="%"),
        _shares,
    ),
)
