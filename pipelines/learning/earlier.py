"""Cycles that lie between the baseline and Do and already changed the measure: a later one inherits their change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.learning.days import date_of
from pipelines.learning.evidence import Evidence, gather, overlap
from pipelines.learning.result import CycleLike
from pipelines.learning.verdict import CLAIMS, judge
from pipelines.measures import Measure
from pipelines.vocabulary import Verdict


@dataclass(frozen=True)
class EarlierChange:
    """An earlier cycle, and what would be said of it on this measure."""

    cycle: CycleLike
    verdict: Verdict


def earlier_changes(
    evidence: Evidence,
    points: pd.DataFrame,
    cycle: CycleLike,
    measure: Measure,
    summary: Mapping[str, Any],
    other_cycles: Sequence[CycleLike],
    data_until: dt.date | None,
) -> tuple[EarlierChange, ...]:
    """Judge every earlier cycle between the baseline and Do on this measure, whatever its own measure was.

    Returns
    -------
    tuple of EarlierChange
        Those that changed it, in the order of `other_cycles`. Overlapping cycles are none: they are told apart.
    """
    found = []
    for other in (one for one in other_cycles if _lies_between(one, cycle, evidence)):
        judged = judge(gather(points, other, measure, (), data_until), measure, summary)
        if judged.verdict in CLAIMS:
            found.append(EarlierChange(other, judged.verdict))
    return tuple(found)


def earlier_told(earlier: Sequence[EarlierChange]) -> tuple[str, ...]:
    """Return what must be said of them: one sentence, or none."""
    if not earlier:
        return ()
    names = [f"cycle {one.cycle.cycle_no or one.cycle.cycle_id}" for one in earlier]
    told = ", ".join(f"{name} ({one.verdict})" for name, one in zip(names, earlier, strict=True))
    return (
        f"An earlier cycle already changed this measure: {told}. This one is held against the time before {names[0]}, "
        "so it inherits that change.",
    )


def _lies_between(other: CycleLike, cycle: CycleLike, evidence: Evidence) -> bool:
    before = evidence.segments.before
    if other.do_start is None or cycle.do_start is None or not len(before) or overlap(cycle, other):
        return False
    return date_of(before.last_day.max()) < other.do_start < cycle.do_start
