"""What changed, sorted for people: what outlasts the number of charts first, then charts alone, then what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from dashboard.components.wall.filters import Filters, narrowed
from dashboard.components.wording import missing, rows_of
from dashboard.context import link
from pipelines.vocabulary import ChangeKind

Row = Mapping[str, Any]

#: Kinds that claim that something moved, so that chance has a part in them.
CLAIMS = (ChangeKind.CYCLE_CLOSED, ChangeKind.PREDICTION_DUE, ChangeKind.SIGNAL)


@dataclass(frozen=True)
class News:
    """Rows of `Store.changes`, each in one group, in the order of a meeting.

    Attributes
    ----------
    kept
        Cycles and signals that outlast the number of charts or cycles looked at.
    cycles
        Cycles that closed or fell due and do not: a result, and no claim that anything moved.
    alone
        Signals that hold now, of charts looked at one by one.
    past
        Signals that came and went.
    proposals
        Usual ranges that may be set or moved.
    told
        What was decided, accepted, moved or begun: told, not asked.
    """

    kept: Sequence[Row]
    cycles: Sequence[Row]
    alone: Sequence[Row]
    past: Sequence[Row]
    proposals: Sequence[Row]
    told: Sequence[Row]

    @property
    def questions(self) -> int:
        """How many of all these ask something of a meeting."""
        groups = (self.kept, self.cycles, self.alone, self.past, self.proposals, self.told)
        return sum(not missing(row["question"]) for rows in groups for row in rows)


def sorted_news(changes: pd.DataFrame, filters: Filters) -> News:
    """Return the changes that are looked at, each in its group."""
    groups: dict[str, list[Row]] = {name: [] for name in News.__dataclass_fields__}
    for row in rows_of(narrowed(changes, filters)):
        groups[group_of(row)].append(row)
    return News(**groups)


def group_of(row: Row) -> str:
    """Return the name of the group of `News` that a change stands in."""
    kind = ChangeKind(row["kind"])
    if kind == ChangeKind.SIGNAL:
        if not row["is_open"]:
            return "past"
        return "kept" if row["is_kept"] else "alone"
    if kind in CLAIMS:
        return "kept" if row["is_kept"] else "cycles"
    return "proposals" if kind == ChangeKind.PROPOSAL else "told"


def by_cycle(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows, those of one cycle together where its first stands, as it closed and its prediction fell due.

    A row of a chart stands alone.
    """
    items: dict[object, list[Row]] = {}
    for row in rows:
        items.setdefault(row["change_id"] if missing(row["cycle_id"]) else row["cycle_id"], []).append(row)
    return list(items.values())


def once_a_cycle(rows: Sequence[Row]) -> list[Row]:
    """Return the first row of each cycle, and every row of a chart."""
    return [item[0] for item in by_cycle(rows)]


def address_of(row: Row) -> str:
    """Return the page that a change leads to: its cycle, else its chart."""
    if not missing(row["cycle_id"]):
        return link("cycle", cycle=row["cycle_id"])
    measure = None if missing(row["measure_id"]) else row["measure_id"]
    place = {"neighbourhood": row["neighbourhood_id"], "prototype": row["prototype_id"]}
    return link("neighbourhood", **place, measure=measure)


def address_about(agreed: Row) -> str:
    """Return the page of what was agreed about: a cycle, or the chart of a series."""
    about, _, prototype = str(agreed["about"]).partition("@")
    if not prototype:
        return link("cycle", cycle=about)
    return link("neighbourhood", neighbourhood=agreed["neighbourhood_id"], prototype=prototype, measure=about)


def title_link(row: Row) -> str:
    """Return the title of a change as HTML, leading to its cycle or chart."""
    return f'<a href="{escape(address_of(row))}" target="_self">{escape(str(row["title"]))}</a>'
