"""Counts of groups, made for the tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from pipelines.served.questions import HalfYear
from pipelines.sources.tables import CascadeCount

FIRST = HalfYear(dt.date(2025, 4, 1))
SECOND = HalfYear(dt.date(2025, 10, 1))


def row(
    place: str,
    month: dt.date,
    step: str,
    kind: str = "all",
    group: str = "all",
    count: float = 0.0,
    prototype_id: str | None = None,
    setting: str = "all",
    follow_up: int | None = None,
) -> CascadeCount:
    return CascadeCount(
        "load",
        "cascade_counts.csv",
        2,
        place,
        prototype_id,
        month,
        step,
        follow_up,
        kind,
        group,
        setting,
        count,
    )


def year(
    place: str, groups: Mapping[tuple[str, str], tuple[float, float]], halves: Iterable[HalfYear] = (FIRST,)
) -> list[CascadeCount]:
    """Return monthly counts of reach: of each group (measured, eligible) of the whole half-year, all in its second month.

    Everybody is the sum of the two sexes.
    """
    sexes = [counts for (kind, _), counts in groups.items() if kind == "sex"]
    everyone = tuple(sum(one[at] for one in sexes) for at in (0, 1))
    whole = {**groups, ("all", "all"): everyone}
    return [
        row(place, month, step, kind, group, counts[at] if month == half.months[1] else 0.0)
        for half in halves
        for month in half.months
        for (kind, group), counts in whole.items()
        for at, step in enumerate(("measured", "eligible"))
    ]
