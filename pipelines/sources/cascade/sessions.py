"""Counts of everybody as sessions of a prototype, a month a session: so charts come of them like of any log."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import pyarrow as pa

from pipelines.sources.cascade.owners import Owners
from pipelines.sources.cascade.steps import item_of
from pipelines.sources.logs.columns import constant
from pipelines.sources.logs.sessions import CELLS, LINES, Sessions
from pipelines.sources.tables import CascadeCount
from pipelines.vocabulary import GroupType

#: The counts of everybody of one month, by item.
Month = dict[str, CascadeCount]


def sessions_of(rows: Sequence[CascadeCount], owners: Owners) -> tuple[Sessions, ...]:
    """Return one `Sessions` a prototype, with a session a month and an item a step.

    Left out: counts of groups, of neighbourhoods with no prototype (or several) to chart them for, and of cohorts whose
    follow-up ends after the last month of the file: they are not due yet.
    """
    if not rows:
        return ()
    last = max(number_of(row.cohort_month) for row in rows)
    found: dict[str, dict[dt.date, Month]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        prototype_id = owners.of(row)
        if prototype_id is not None and row.group_type == GroupType.ALL and is_due(row, last):
            item = item_of(row.step, row.follow_up_months, row.setting)
            found[prototype_id][row.cohort_month][item] = row
    return tuple(_sessions(prototype_id, months) for prototype_id, months in sorted(found.items()))


def number_of(month: dt.date) -> int:
    """Return the number of a month, one more than that of the month before."""
    return month.year * 12 + month.month


def is_due(row: CascadeCount, last: int) -> bool:
    """Whether the follow-up of a count has ended by the last month of the file."""
    return number_of(row.cohort_month) + (row.follow_up_months or 0) <= last


def _sessions(prototype_id: str, months: dict[dt.date, Month]) -> Sessions:
    days = sorted(months)
    firsts = [min(months[day].values(), key=lambda row: row.line) for day in days]
    size, load_id = len(days), firsts[0].load_id
    columns = {
        "load_id": constant(load_id, size),
        "file": constant(firsts[0].file, size),
        "sheet": constant(None, size),
        "line": pa.array([row.line for row in firsts], pa.int64()),
        "prototype_id": constant(prototype_id, size),
        "tested_on": pa.array(days, pa.date32()),
        **{name: constant(None, size) for name in ("place", "place_type", "cycle_no")},
    }
    items = sorted({item for month in months.values() for item in month})
    cells = {item: _cells([months[day].get(item) for day in days]) for item in items}
    return Sessions(pa.table(columns, LINES), cells, (), load_id)


def _cells(rows: Sequence[CascadeCount | None]) -> pa.Table:
    size = len(rows)
    columns = {
        "count": pa.array([row.count if row else None for row in rows], pa.float64()),
        "low": pa.nulls(size, pa.float64()),
        "high": pa.nulls(size, pa.float64()),
        "flag": constant(None, size),
        "written": constant(None, size),
    }
    return pa.table(columns, CELLS)
