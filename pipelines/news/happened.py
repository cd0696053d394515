"""What one audience may see of everything that can have changed, and what a row of the table change begins with."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipelines.measures import Measure
from pipelines.news.signals import Signal
from pipelines.sources import Cycle, Neighbourhood, Prototype
from pipelines.vocabulary import ChangeKind

Row = dict[str, Any]


@dataclass(frozen=True)
class Happened:
    """What one audience may see of everything that can have changed.

    Attributes
    ----------
    summaries
        Rows of chart_summary of the latest phases, by series.
    columns
        Columns of chart_point, by series.
    signals
        By series, oldest first.
    cycles
        All of them, as they stand.
    results
        Rows of cycle_result, by cycle.
    predictions, decisions, baselines
        Rows of the tables prediction, decision and baseline_decision.
    measures
        By id.
    prototypes, neighbourhoods
        All of them.
    until
        Last day of the data.
    """

    summaries: Mapping[str, Row]
    columns: Mapping[str, Mapping[str, Any]]
    signals: Mapping[str, Sequence[Signal]]
    cycles: Sequence[Cycle]
    results: Mapping[str, Row]
    predictions: Sequence[Row]
    decisions: Sequence[Row]
    baselines: Sequence[Row]
    measures: Mapping[str, Measure]
    prototypes: Sequence[Prototype]
    neighbourhoods: Sequence[Neighbourhood]
    until: dt.date

    @cached_property
    def homes(self) -> dict[str, Prototype]:
        """Prototypes by id."""
        return {one.prototype_id: one for one in self.prototypes}

    @cached_property
    def places(self) -> dict[str, Neighbourhood]:
        """Neighbourhoods by id."""
        return {one.neighbourhood_id: one for one in self.neighbourhoods}

    @cached_property
    def _taken(self) -> Counter[tuple[str, str]]:
        """How many prototypes of a neighbourhood take a measure."""
        return Counter((row["neighbourhood_id"], row["measure_id"]) for row in self.summaries.values())

    def place_of(self, prototype_id: str) -> str:
        """Return the name of a prototype's neighbourhood."""
        return self.places[self.homes[prototype_id].neighbourhood_id].name

    def where(self, series_id: str) -> str:
        """Return the place of a series, with its prototype where the place has several of that measure."""
        row = self.summaries[series_id]
        place = self.place_of(row["prototype_id"])
        is_one = self._taken[row["neighbourhood_id"], row["measure_id"]] == 1
        return place if is_one else f"{place} ({self.homes[row['prototype_id']].name})"

    def of_series(self, series_id: str) -> Row:
        """Return where a series belongs, as columns."""
        row = self.summaries[series_id]
        names = ("neighbourhood_id", "prototype_id", "domain", "measure_id", "series_id")
        return {name: row[name] for name in names} | {"cycle_id": None}

    def of_cycle(self, cycle: Cycle) -> Row:
        """Return where a cycle belongs, as columns, with its primary measure where that has a chart."""
        series_id = f"{cycle.primary_measure}@{cycle.prototype_id}"
        home = self.homes[cycle.prototype_id]
        row: Row = dict.fromkeys(("domain", "measure_id", "series_id"))
        if series_id in self.summaries:
            row = self.of_series(series_id)
        here = {"neighbourhood_id": home.neighbourhood_id, "prototype_id": home.prototype_id}
        return row | here | {"cycle_id": cycle.cycle_id}


def change_id(kind: ChangeKind, about: str, day: dt.date) -> str:
    """Return the id of a change, the same in every build: `signal:days_to_follow_up@creekside_home:2026-11-16`."""
    return f"{kind.replace(' ', '-')}:{about}:{day.isoformat()}"


def change_row(kind: ChangeKind, about: str, day: dt.date, columns: Row) -> Row:
    """Return a row of the table change, without its place in the order."""
    return {
        "change_id": change_id(kind, about, day),
        "kind": kind,
        "happened_on": day,
        "direction": None,
    } | columns
