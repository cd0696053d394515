"""Which measures the wall shows: two of each domain at first, all that are looked at where the reader asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.components.wall.filters import Filters
from dashboard.components.wording import date, rows_of
from pipelines.vocabulary import Domain

#: Most columns of the wall at once, and most of one domain.
MOST_COLUMNS, MOST_OF_A_DOMAIN = 6, 2

WALL_DOMAINS = (Domain.REACH, Domain.QUALITY, Domain.IMPACT)

#: The word of the address ``show`` for all measures that are looked at.
ALL = "all"


@dataclass(frozen=True)
class Columns:
    """The measures shown, as rows of ``measure``, and how many could be."""

    shown: pd.DataFrame
    n_offered: int

    @property
    def is_wide(self) -> bool:
        """Whether there are more than a screen holds, so that the table moves under its headings."""
        return len(self.shown) > MOST_COLUMNS


def pick_columns(
    measures: pd.DataFrame, charted: pd.DataFrame, filters: Filters, show_all: bool = False
) -> Columns:
    """Return the columns of the wall, in the order of domains and measures, which never changes.

    Parameters
    ----------
    measures
        All measures, in their order.
    charted
        Which measure has a chart under which prototype: measure_id, prototype_id, theme.
    filters
        What is looked at. With no choice the wall shows the measures that are marked for it.
    show_all
        Whether the reader asks for every measure that is looked at.
    """
    offered = measures[measures["measure_id"].isin(_charted_under(charted, filters))]
    if filters.domain is not None:
        offered = offered[offered["domain"] == filters.domain]
    fits = _is_narrowed(filters) and len(offered) <= MOST_COLUMNS
    if show_all or fits:
        return Columns(offered, len(offered))
    return Columns(_first_of(offered if _is_narrowed(filters) else measures, filters), len(offered))


def _is_narrowed(filters: Filters) -> bool:
    return any((filters.theme, filters.domain, filters.prototype))


def _charted_under(charted: pd.DataFrame, filters: Filters) -> set[str]:
    kept = charted
    if filters.theme is not None:
        kept = kept[kept["theme"] == filters.theme]
    if filters.prototype is not None:
        kept = kept[kept["prototype_id"] == filters.prototype]
    return set(kept["measure_id"])


def _first_of(offered: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return six measures: two of each of reach, quality and impact, or six of one domain, those marked for the wall first.

    The wall itself shows none but those that are marked.
    """
    if not _is_narrowed(filters):
        offered = offered[offered["wall"]]
    if filters.domain is None:
        offered = offered[offered["domain"].isin(WALL_DOMAINS)]
    marked_first = offered.sort_values("wall", ascending=False, kind="stable")
    most = MOST_OF_A_DOMAIN if filters.domain is None else MOST_COLUMNS
    kept = set(marked_first.groupby("domain", sort=False).head(most)["measure_id"])
    return offered[offered["measure_id"].isin(kept)].head(MOST_COLUMNS)


def with_targets(columns: pd.DataFrame, targets: pd.DataFrame, until: dt.date) -> list[dict[str, Any]]:
    """Return the columns with the `target` that holds on a day; None where none does."""
    held = {row["measure_id"]: row["value"] for row in rows_of(targets) if _begun(row["from_on"], until)}
    return [column | {"target": held.get(column["measure_id"])} for column in rows_of(columns)]


def _begun(from_on: Any, until: dt.date) -> bool:
    on = date(from_on)
    return on is not None and on <= until
