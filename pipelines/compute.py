"""Observations to the computed rows of one audience's mart: released, charted, judged, worded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from pipelines import words
from pipelines.charts import Release, SeriesChart, chart_series
from pipelines.disclosure import release_all
from pipelines.inputs import Inputs
from pipelines.learning import judge_cycle
from pipelines.vocabulary import Audience

Observations = dict[str, pd.DataFrame]
Progress = Callable[[str, int, int], None]


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
    """The computed rows of a mart: its observations, charts by series, and cycle rows by cycle."""

    observation: pd.DataFrame
    charts: dict[str, SeriesChart]
    cycles: dict[str, dict[str, Any]]

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the computed tables by name."""
        return {
            "observation": self.observation,
            "chart_point": _stacked([chart.columns for chart in self.charts.values()]),
            "chart_summary": pd.DataFrame([chart.summary for chart in self.charts.values()]),
            "cycle_result": pd.DataFrame(list(self.cycles.values())),
        }


def shown_to(
    audience: Audience, observation: Observations, inputs: Inputs, data_until: dt.date | None
) -> Shown:
    """Return the observations as an audience may see them: the true ones, or all released together.

    `data_until` is the last day that the data cover: a longer period that ends after it is still growing.
    """
    if audience == Audience.TRUE:
        return Shown(audience, observation, dict.fromkeys(observation, Release()), data_until)
    measures = {measure.measure_id: measure for measure in inputs.measures}
    released = release_all(observation, measures, data_until=data_until)
    how = {
        series_id: Release(one.from_rounded, one.note or None, one.hidden_reason, one.too_coarse)
        for series_id, one in released.items()
    }
    return Shown(audience, {name: one.observation for name, one in released.items()}, how, data_until)


def computed_rows(
    shown: Shown, inputs: Inputs, progress: Progress | None = None, true_rows: Rows | None = None
) -> Rows:
    """Chart every series shown and judge every cycle on them.

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
        if true_rows is not None and series_id in true_rows.charts and not shown.how[series_id].from_rounded:
            charts[series_id] = true_rows.charts[series_id]
        else:
            measure = measures[str(rows["measure_id"].iloc[0])]
            do_starts = starts[str(rows["prototype_id"].iloc[0])]
            charts[series_id] = chart_series(rows, measure, do_starts, shown.how[series_id])
        if progress:
            progress(f"{shown.audience} charts", done, len(shown.observation))
    return Rows(shown.table(), charts, _cycle_rows(charts, shown, inputs, true_rows))


def _stacked(charts: list[dict[str, np.ndarray]]) -> pd.DataFrame:
    """Put the columns of many charts under one another, once a column rather than once a chart."""
    if not charts:
        return pd.DataFrame()
    return pd.DataFrame({name: np.concatenate([chart[name] for chart in charts]) for name in charts[0]})


def _cycle_rows(
    charts: dict[str, SeriesChart], shown: Shown, inputs: Inputs, true_rows: Rows | None
) -> dict[str, dict[str, Any]]:
    """Judge every cycle on its primary measure and word the result; one without such a series has no row."""
    measures = {measure.measure_id: measure for measure in inputs.measures}
    places = {prototype.prototype_id: prototype.neighbourhood_id for prototype in inputs.checked.prototypes}
    out = {}
    for cycle in inputs.checked.cycles:
        series_id = f"{cycle.primary_measure}@{cycle.prototype_id}"
        if series_id not in charts:
            continue
        if true_rows is not None and charts[series_id] is true_rows.charts.get(series_id):
            out[cycle.cycle_id] = true_rows.cycles[cycle.cycle_id]
            continue
        chart, measure = charts[series_id], measures[str(cycle.primary_measure)]
        others = [c for c in inputs.checked.cycles if c.prototype_id == cycle.prototype_id and c != cycle]
        result = judge_cycle(chart.points, cycle, measure, chart.summary, others, shown.data_until)
        told = {
            "neighbourhood_id": places[cycle.prototype_id],
            "is_released": shown.how[series_id].from_rounded,
            "sentence": words.cycle_sentence(result, measure),
            "prediction_sentence": words.prediction_sentence(result, measure),
            "receipt": words.receipt_json(result),
        }
        out[cycle.cycle_id] = result.to_row() | told
    return out
