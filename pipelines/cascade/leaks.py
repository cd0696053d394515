"""Leaks: steps at which a place loses more people than chance would, held against all places pooled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.cascade.quarter import Counts
from pipelines.spc.funnel import funnel
from pipelines.spc.intervals import wilson

#: Places that a pooled share needs to be one.
PLACES = 2


@dataclass(frozen=True)
class Leak:
    """A share held against the pooled one.

    Attributes
    ----------
    beyond
        'above 99.8', 'above 95', 'within', 'below 95' or 'below 99.8': where it lies against exact binomial limits.
    pooled
        The share of all places together, this one among them, 0 to 1.
    n_places
        How many they are.
    more, more_low, more_high
        People more who would have come through at the pooled share, with the ends of Wilson's 95 % interval of the
        place's own share; None unless it lies below and can leak. The pooled share is taken as known.
    """

    beyond: str
    pooled: float
    n_places: int
    more: float | None = None
    more_low: float | None = None
    more_high: float | None = None


def find_leaks(places: Mapping[str, Counts], *, can_leak: bool = True) -> dict[str, Leak]:
    """Hold every place against all of them pooled.

    Parameters
    ----------
    places
        Counts of one step by place; of those due, who came through.
    can_leak
        Whether people more are told where a place lies below.

    Returns
    -------
    dict
        By place; empty where fewer than two places are known, or where all of them came through or nobody did.
    """
    known = {name: pair for name, one in places.items() if (pair := _known(one)) is not None}
    reached, due = [pair[0] for pair in known.values()], [pair[1] for pair in known.values()]
    if len(known) < PLACES or not 0 < sum(reached) < sum(due):
        return {}
    held = funnel(reached, due, "proportion")
    rows = zip(known.items(), held.beyond, strict=True)
    return {
        name: _leak(str(beyond), held.centre_line, len(known), *pair, can_leak=can_leak)
        for (name, pair), beyond in rows
    }


def _known(counts: Counts) -> tuple[float, float] | None:
    """Return who came through and who was due; rounded figures never let more come through than were due."""
    if counts.reached is None or not counts.due:
        return None
    return min(counts.reached, counts.due), counts.due


def _leak(beyond: str, pooled: float, n_places: int, reached: float, due: float, *, can_leak: bool) -> Leak:
    if not (can_leak and beyond.startswith("below")):
        return Leak(beyond, pooled, n_places)
    ends = wilson([reached], [due])
    more, least, most = (due * (pooled - share) for share in (reached / due, ends.upper[0], ends.lower[0]))
    return Leak(beyond, pooled, n_places, more, max(float(least), 0.0), float(most))
