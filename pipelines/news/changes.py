"""What happened or fell due within the last year of the data, as rows of the table change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.news.happened import Happened, Row
from pipelines.news.of_charts import chart_changes
from pipelines.news.of_cycles import cycle_changes
from pipelines.vocabulary import ChangeKind

#: Changes are kept so far back from the last day of the data.
LOOK_BACK = dt.timedelta(days=365)

KINDS = list(ChangeKind)


def change_rows(happened: Happened) -> list[Row]:
    """Return the rows, west to east, then as a meeting takes the kinds, then as a chart's page takes the measures."""
    both = (chart_changes(happened), cycle_changes(happened))
    rows = {row["change_id"]: row for found in both for row in _lately(found, happened.until)}
    in_order = sorted(rows.values(), key=lambda row: _order(row, happened))
    return [row | {"display_order": at} for at, row in enumerate(in_order, start=1)]


def _lately(rows: Iterable[Row], until: dt.date) -> Iterator[Row]:
    return (row for row in rows if row["happened_on"] > until - LOOK_BACK)


def _order(row: Row, happened: Happened) -> tuple[Any, ...]:
    place = happened.places[row["neighbourhood_id"]].display_order
    measure = happened.measures.get(str(row["measure_id"]))
    order = measure.display_order if measure else 0
    return (place, KINDS.index(row["kind"]), row["prototype_id"], order, row["happened_on"], row["change_id"])
