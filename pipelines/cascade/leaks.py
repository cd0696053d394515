"""Leaks: steps at which a place loses more people than chance would, held against all places pooled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import binom

from pipelines.cascade.quarter import Counts
from pipelines.spc.intervals import wilson

WITHIN = "within"
#: Places that a pooled share needs to be one.
PLACES = 2


@dataclass(frozen=True)
class Leak:
    """A share held against the pooled one.

    Attributes
    ----------
    beyond
        Above or below the 95 or 99.8 % limits for so many people, or within.
    pooled
        The pooled share, 0 to 1.
    more, more_low, more_high
        People more who would have come through at the pooled share, with the ends of Wilson's 95 % interval of the
        place's own share; None unless `beyond` is below. The pooled share is taken as known.
    """

    beyond: str
    pooled: float
    more: float | None = None
    more_low: float | None = None
    more_high: float | None = None

    @property
    def is_below(self) -> bool:
        """Whether fewer came through than the limits allow."""
        return self.beyond.startswith("below")


def pooled_share(places: Iterable[Counts]) -> float | None:
    """Return the share of those due who came through in all places together; None for fewer than two places."""
    known = [(one.reached, one.due) for one in places if one.reached is not None and one.due]
    if len(known) < PLACES:
        return None
    return sum(reached for reached, _ in known) / sum(due for _, due in known)


def beyond_limits(reached: float, due: float, pooled: float) -> str:
    """Return where a count lies against exact binomial limits: 'above 99.8', 'above 95', 'within', 'below 95', 'below 99.8'.

    A count is beyond a limit where so far out a tail holds less than half of what lies outside: 0.1 or 2.5 %.
    """
    people, count = round(due), min(round(reached), round(due))
    low, high = float(binom.cdf(count, people, pooled)), float(binom.sf(count - 1, people, pooled))
    for level, tail in (("99.8", 0.001), ("95", 0.025)):
        if low < tail:
            return f"below {level}"
        if high < tail:
            return f"above {level}"
    return WITHIN


def find_leak(counts: Counts, pooled: float | None, *, can_leak: bool = True) -> Leak | None:
    """Hold one place against the pooled share.

    Parameters
    ----------
    counts
        Of the place.
    pooled
        `pooled_share` of all places, this one among them, 0 to 1.
    can_leak
        Whether people more are told where it lies below.
    """
    if pooled is None or counts.reached is None or not counts.due or not 0 < pooled < 1:
        return None
    found = Leak(beyond_limits(counts.reached, counts.due, pooled), pooled)
    if not (found.is_below and can_leak):
        return found
    share, low, high = counts.reached / counts.due, *_ends(counts.reached, counts.due)
    more, least, most = (counts.due * (pooled - at) for at in (share, high, low))
    return Leak(found.beyond, pooled, more, max(least, 0.0), most)


def _ends(reached: float, due: float) -> tuple[float, float]:
    found = wilson([min(reached, due)], [due])
    return float(found.lower[0]), float(found.upper[0])
