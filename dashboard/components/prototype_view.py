"""A prototype as every page draws it: its charts on one time axis, its cycles and their verdicts, asked of the store once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import pandas as pd

from dashboard.components.data.words import sources_by_point
from dashboard.components.wording import date, missing
from dashboard.figures.axis import TimeAxis, time_axis
from dashboard.figures.chart_request import ChartRequest, Move
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.ribbon import Bracket, bracket
from dashboard.store import Store
from pipelines.vocabulary import Period

#: What one point is: in the plural, after a count, and after a share or a mean.
POINTS_ARE: dict[str, tuple[str, str, str]] = {
    Period.SESSION: ("tests", "a test", "test by test"),
    Period.WEEK: ("weeks", "a week", "week by week"),
    Period.FOUR_WEEKS: ("four-week blocks", "in four weeks", "in blocks of four weeks"),
    Period.MONTH: ("months", "a month", "month by month"),
    Period.THIRTEEN_WEEKS: ("quarters", "a quarter", "quarter by quarter"),
    Period.WHOLE: ("periods", "in all", "over the whole time"),
}

#: Added to the ribbon's words on the usual range where some chart goes by other points.
UNLESS = ", unless a chart marks its own"


@dataclass(frozen=True)
class Chart:
    """One measure of the prototype: the summary's row, what its figure is drawn from, and where each point is from.

    Where the points are from is asked only where their numbers are shown: few of many charts show them.
    """

    summary: dict[str, Any]
    request: ChartRequest
    sources: Callable[[], Mapping[int, str]] = dict

    @property
    def domain(self) -> str:
        """The measure's domain."""
        return str(self.summary["domain"])

    @property
    def what(self) -> str:
        """What a value is: ``people a week``, ``% of people asked, week by week``; true to a coarsened period."""
        _, per, by = POINTS_ARE[self.summary["period"]]
        unit = "" if missing(self.summary["unit"]) else str(self.summary["unit"]).strip()
        if self.request.style.is_share:
            return f"% {unit.removeprefix('%').strip()}".strip() + f", {by}"
        counted, a, _ = f" {unit}".rpartition(" a ")
        return f"{counted.strip()} {per}".strip() if a else f"{unit}, {by}".removeprefix(", ")

    @cached_property
    def bracket(self) -> Bracket | None:
        """The bracket over the points that set the latest usual range; None where none was set."""
        if missing(self.summary["baseline_first_on"]) or self.summary["limits_state"] == "none":
            return None
        points = self.request.points
        latest = points[points["phase"] == points["phase"].max()]
        return bracket(latest, self.request.axis, POINTS_ARE[self.summary["period"]][0])


@dataclass(frozen=True)
class PrototypeView:
    """A prototype's charts on one time axis, its cycles, and the verdicts on them by cycle_id."""

    charts: list[Chart]
    cycles: list[CycleBand]
    filed: list[dict[str, Any]]
    results: dict[str, dict[str, Any]]
    axis: TimeAxis | None

    def of_domain(self, domain: str) -> list[Chart]:
        """Return the charts of one domain, in their order."""
        return [chart for chart in self.charts if chart.domain == domain]

    def measure_names(self) -> dict[str, str]:
        """Return the names of what is measured by measure_id, in the order of the charts."""
        summaries = [chart.summary for chart in self.charts]
        return {str(row["measure_id"]): str(row["measure_name"]) for row in summaries}

    def decisions(self) -> dict[str, str]:
        """Return the recorded decisions by cycle_id."""
        return {row["cycle_id"]: str(row["decision"]) for row in self.filed if not missing(row["decision"])}

    def verdicts(self) -> dict[str, str]:
        """Return the verdicts by cycle_id."""
        return {cycle_id: str(row["verdict"]) for cycle_id, row in self.results.items()}

    def shared_bracket(self) -> Bracket | None:
        """Return the bracket that most charts share; None where no baseline is in view."""
        found = [chart.bracket for chart in self.charts if chart.bracket is not None]
        return max(found, key=found.count) if found else None

    def ribbon_bracket(self) -> Bracket | None:
        """Return the shared bracket as the ribbon shows it: it says so where a chart goes by other points."""
        shared = self.shared_bracket()
        alike = all(chart.bracket in (shared, None) for chart in self.charts)
        return shared if shared is None or alike else replace(shared, words=f"{shared.words}{UNLESS}")


def load_view(store: Store, prototype_id: str, weeks: int | None) -> PrototypeView:
    """Ask the store for a prototype's charts and cycles.

    Parameters
    ----------
    store
        The open mart.
    prototype_id
        Of the prototype.
    weeks
        Show only the last so many weeks, or None for all.
    """
    summaries = _records(store.summaries(prototype_id=prototype_id))
    ids = [str(row["series_id"]) for row in summaries]
    points = store.points_of(ids) if ids else {}
    filed = _records(store.cycles(prototype_id=prototype_id))
    cycles = [cycle_band(row) for row in filed if not missing(row["do_start"])]
    cycles.sort(key=lambda cycle: (cycle.start, cycle.cycle_id))
    axis = time_axis(points.values(), [cycle.end or cycle.start for cycle in cycles], weeks)
    charts = [
        Chart(
            row,
            _request(store, row, points[row["series_id"]], axis, cycles),
            partial(_sources, store, str(row["series_id"])),
        )
        for row in summaries
        if axis is not None and row["series_id"] in points
    ]
    results = {row["cycle_id"]: row for row in _records(store.cycle_results(prototype_id))}
    return PrototypeView(charts, cycles, filed, results, axis)


def cycle_band(row: Mapping[str, Any]) -> CycleBand:
    """Return a cycle as the charts show it, from a row of `Store.cycles`."""

    def number(name: str) -> float | None:
        return None if missing(row[name]) else float(row[name])

    start = date(row["do_start"])
    number_text = "" if missing(row["cycle_no"]) else str(row["cycle_no"])
    return CycleBand(
        cycle_id=str(row["cycle_id"]),
        name=f"Cycle {number_text}".strip(),
        start=start or dt.date.min,
        end=date(row["do_end"]),
        question="" if missing(row["question"]) else str(row["question"]),
        primary_measure=None if missing(row["primary_measure"]) else str(row["primary_measure"]),
        predicted_value=number("predicted_value"),
        predicted_low=number("predicted_low"),
        predicted_high=number("predicted_high"),
    )


def _request(
    store: Store, row: dict[str, Any], points: pd.DataFrame, axis: TimeAxis, cycles: list[CycleBand]
) -> ChartRequest:
    states: dict[int, str] = {}
    moves: list[Move] = []
    if not missing(row["rebased_from"]):
        phases = _records(store.phases(row["series_id"]))
        states = {int(phase["phase"]): str(phase["limits_state"]) for phase in phases}
        moves = [move for phase in phases if (move := _move(phase)) is not None]
    style = NumberStyle.of_row(row)
    flags = [cycle.start for cycle in cycles]
    return ChartRequest(points.reset_index(drop=True), row, style, axis, cycles, flags, states, moves)


def _sources(store: Store, series_id: str) -> Mapping[int, str]:
    """Return where each point of a series comes from, by its position."""
    return sources_by_point(store.point_sources([series_id])).get(series_id, {})


def _move(phase: Mapping[str, Any]) -> Move | None:
    """Return the rebase that began a phase; None of the first."""
    day = date(phase["rebased_from"])
    if day is None:
        return None
    return Move(day, f"moved from {day.day} {day:%B} by {phase['accepted_by']}")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
