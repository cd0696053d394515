"""What is planted: the truth table of the verdict, every size in standard deviations (SD) of one point."""

from __future__ import annotations

from dataclasses import dataclass

#: Weeks before Do: a year of history, half a year, and the fewest that a verdict takes.
YEAR, HALF_YEAR, FEWEST = 52, 26, 12
#: Weeks of Do that are tried, and changes at its start, in SD.
LENGTHS, STEPS = (4, 8, 12), (0, 1, 2)


@dataclass(frozen=True)
class Truth:
    """One kind of series, but for its numbers and the length of Do.

    `phi` is the correlation of neighbouring weeks, `season` the amplitude of a yearly wave that begins anywhere,
    `trend` the rise or fall a year that goes on through Do, `spike` the size of one odd week in Do, `zeros` the share
    of weeks in which nobody comes, `step` the change at Do; all but phi and zeros in SD of one point. `most` is the
    largest share of false claims that is allowed, `fewest` the smallest share of true ones; None where none is set.
    """

    name: str
    history: int = YEAR
    phi: float = 0.0
    season: float = 0.0
    trend: float = 0.0
    spike: float = 0.0
    zeros: float = 0.0
    most: float | None = None
    fewest: float | None = None


#: The limits of the project (docs/method.md): chance, what is hard to tell from a change, and the hardest of it.
CHANCE, HARD, HARDEST, FOUND = 0.04, 0.10, 0.15, 0.90

TRUTHS = (
    Truth("chance alone", most=CHANCE, fewest=FOUND),
    Truth("chance alone, half a year of history", HALF_YEAR, most=CHANCE, fewest=FOUND),
    Truth("chance alone, twelve weeks of history", FEWEST, most=CHANCE, fewest=FOUND),
    Truth("weeks like their neighbours, φ = .3", phi=0.3, most=HARD),
    Truth("weeks like their neighbours, φ = .6", phi=0.6, most=HARDEST),
    Truth("a season of 1 SD", season=1.0, most=HARD, fewest=FOUND),
    Truth("a strong season of 2 SD", season=2.0, most=HARD, fewest=FOUND),
    Truth("a season of 1 SD, half a year of history", HALF_YEAR, season=1.0, most=HARD),
    Truth("one odd week of 5 SD in Do", spike=5.0, most=HARD),
    Truth("a trend of 1 SD a year that predates the cycle", trend=1.0, most=HARD),
    Truth("a trend of 2 SD a year that predates the cycle", trend=2.0, most=HARD),
    Truth("nobody comes in one week of five", zeros=0.2, most=HARD),
)
