"""Observations to the computed rows of one audience's mart: released, charted, judged, worded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.charts import Release, SeriesChart, chart_series
from pipelines.disclosure import release_all
from pipelines.inputs import Inputs
from pipelines.judged import Row, Seen, cycle_rows
from pipelines.recorded import Computed, recorded_tables
from pipelines.sources import Cycle
from pipelines.vocabulary import Audience

Observations = dict[str, pd.DataFrame]

#: What the shared mart says of a test that was planned and not held: the reason was typed for the group.
NOT_HELD = "Planned and not held."

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Reach:
    """How far the data reach.

    Attributes
    ----------
    data_until
        Last day of the latest week with a test: tests planned up to there and not held are missing.
    whole_until
        Last day up to which what is counted is whole; a released period that ends later is still growing.
    """

    data_until: dt.date | None
    whole_until: dt.date | None


@dataclass(frozen=True)
class Shown:
    """What one audience may see of the observations, and how each series was prepared for it."""

    audience: Audience
    observation: Observations
    how: dict[str, Release]
    data_until: dt.date | None

    def only(self, series: Iterable[str]) -> Shown:
        """Return the same for some series."""
        return replace(self, observation={name: self.observation[name] for name in series})

    def table(self) -> pd.DataFrame:
        """Return the rows of all series under one another."""
        frames = list(self.observation.values())
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


@dataclass(frozen=True)
class Rows:
    """The computed rows of a mart.

    Attributes
    ----------
    observation
        As this audience may see them.
    charts
        By series.
    cycles
        Rows of cycle_result by cycle.
    opinions
        Rows of second_opinion by cycle, where there is one.
    recorded
        Rows of what people entered and what was learned from it, by table.
    """

    observation: pd.DataFrame
    charts: dict[str, SeriesChart]
    cycles: dict[str, Row]
    opinions: dict[str, Row]
    recorded: dict[str, list[Row]]

    def tables(self) -> dict[str, pd.DataFrame | pa.Table]:
        """Return the computed tables by name."""
        return {
            "observation": self.observation,
            "chart_point": _stacked([chart.columns for chart in self.charts.values()]),
            "chart_summary": as_columns([chart.summary for chart in self.charts.values()]),
            "cycle_result": as_columns(list(self.cycles.values())),
            "second_opinion": as_columns(list(self.opinions.values())),
            **{name: as_columns(rows) for name, rows in self.recorded.items()},
        }


def as_columns(rows: list[Row]) -> pa.Table:
    """Return rows as columns: a name that a row lacks is missing there, and so is what is not a number."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [_plain(row.get(name)) for row in rows] for name in names}
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def shown_to(audience: Audience, observation: Observations, inputs: Inputs, reach: Reach) -> Shown:
    """Return the observations as an audience may see them: the true ones, or all released together."""
    if audience == Audience.TRUE:
        return Shown(audience, observation, dict.fromkeys(observation, Release()), reach.data_until)
    measures = {measure.measure_id: measure for measure in inputs.measures}
    kept = {name: _without_reasons(rows) for name, rows in observation.items()}
    released = release_all(kept, measures, data_until=reach.whole_until)
    how = {
        series_id: Release(one.from_rounded, one.note or None, one.hidden_reason, one.too_coarse)
        for series_id, one in released.items()
    }
    return Shown(audience, {name: one.observation for name, one in released.items()}, how, reach.data_until)


def _without_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations without the words of those who typed why a test was not held; that it was not stays."""
    has_reason = (rows["n_sessions"] == 0) & rows["note"].notna() if "note" in rows else None
    if has_reason is None or not has_reason.any():
        return rows
    return rows.assign(note=rows["note"].where(~has_reason, NOT_HELD))


def computed_rows(
    shown: Shown, inputs: Inputs, progress: Progress | None = None, true_rows: Rows | None = None
) -> Rows:
    """Chart every series shown, judge every cycle on them, and put what people entered beside it.

    Where the rows of the true mart are given, the series that are released as they are keep their chart and their
    cycles: they are the same for every audience.
    """
    measures = {measure.measure_id: measure for measure in inputs.measures}
    starts = defaultdict(list)
    for cycle in inputs.checked.cycles:
        if cycle.do_start is not None:
            starts[cycle.prototype_id].append(cycle.do_start)
    charts: dict[str, SeriesChart] = {}
    for done, (series_id, rows) in enumerate(shown.observation.items(), start=1):
        if true_rows is not None and _is_same(series_id, shown, true_rows):
            charts[series_id] = true_rows.charts[series_id]
        else:
            measure = measures[str(rows["measure_id"].iloc[0])]
            do_starts = starts[str(rows["prototype_id"].iloc[0])]
            charts[series_id] = chart_series(rows, measure, do_starts, shown.how[series_id])
        if progress:
            progress(f"{shown.audience} charts", done, len(shown.observation))
    cycles, opinions = _judged(charts, shown, inputs, true_rows)
    computed = Computed(
        shown.audience, [chart.summary for chart in charts.values()], cycles, shown.data_until
    )
    recorded = recorded_tables(inputs.together, inputs.records, measures, computed)
    return Rows(shown.table(), charts, cycles, opinions, recorded)


def _is_same(series_id: str, shown: Shown, true_rows: Rows) -> bool:
    """Whether this audience sees a series as it is, to the last word."""
    if series_id not in true_rows.charts or shown.how[series_id].from_rounded:
        return False
    rows = shown.observation[series_id]
    return "note" not in rows or not (rows["note"] == NOT_HELD).any()


def _stacked(charts: list[dict[str, np.ndarray]]) -> pd.DataFrame:
    """Put the columns of many charts under one another, once a column rather than once a chart."""
    if not charts:
        return pd.DataFrame()
    return pd.DataFrame({name: np.concatenate([chart[name] for chart in charts]) for name in charts[0]})


def _judged(
    charts: dict[str, SeriesChart], shown: Shown, inputs: Inputs, true_rows: Rows | None
) -> tuple[dict[str, Row], dict[str, Row]]:
    """Judge every cycle on its primary measure and word the result; one without such a series has no row.

    Returns
    -------
    tuple
        Rows of cycle_result and of second_opinion, by cycle.
    """
    measures = {measure.measure_id: measure for measure in inputs.measures}
    cycles: dict[str, Row] = {}
    opinions: dict[str, Row] = {}
    for cycle in inputs.checked.cycles:
        name, series_id = cycle.cycle_id, f"{cycle.primary_measure}@{cycle.prototype_id}"
        if series_id not in charts:
            continue
        if true_rows is not None and charts[series_id] is true_rows.charts.get(series_id):
            cycles[name], opinion = true_rows.cycles[name], true_rows.opinions.get(name)
        else:
            others = [c for c in inputs.checked.cycles if c.prototype_id == cycle.prototype_id and c != cycle]
            seen = Seen(charts[series_id], shown.how[series_id].from_rounded, shown.data_until)
            cycles[name], opinion = cycle_rows(seen, cycle, measures[str(cycle.primary_measure)], others)
            cycles[name] |= _of_the_records(cycle, inputs)
        if opinion is not None:
            opinions[name] = opinion
    return cycles, opinions


def _of_the_records(cycle: Cycle, inputs: Inputs) -> Row:
    """Return what only the records say of a cycle: where it is, and whether its prediction was sealed."""
    homes = {prototype.prototype_id: prototype.neighbourhood_id for prototype in inputs.checked.prototypes}
    versions = inputs.together.versions.get(cycle.cycle_id, ())
    sealed = any(version.is_sealed and version.is_scored_one for version in versions)
    return {"neighbourhood_id": homes[cycle.prototype_id], "is_sealed": sealed}
