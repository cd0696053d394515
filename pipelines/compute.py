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
from pipelines.measures import Measure
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
    """The computed tables of a mart."""

    observation: pd.DataFrame
    points: pd.DataFrame
    summaries: pd.DataFrame
    cycles: pd.DataFrame


def shown_to(audience: Audience, observation: Observations, inputs: Inputs) -> Shown:
    """Return the observations as an audience may see them: the true ones, or all released together."""
    data_until = last_whole_week(observation)
    if audience == Audience.TRUE:
        return Shown(audience, observation, dict.fromkeys(observation, Release()), data_until)
    measures = {measure.measure_id: measure for measure in inputs.measures}
    released = release_all(observation, measures, data_until=data_until)
    how = {
        series_id: Release(one.from_rounded, one.note or None, one.hidden_reason, one.too_coarse)
        for series_id, one in released.items()
    }
    return Shown(audience, {name: one.observation for name, one in released.items()}, how, data_until)


def last_whole_week(observation: Observations) -> dt.date | None:
    """Return the last day of the latest week with a test: a longer period that ends after it is still growing."""
    tested = [rows.loc[rows["n_sessions"] > 0, "period_start"] for rows in observation.values()]
    latest = max((days.max() for days in tested if len(days)), default=None)
    return None if latest is None else latest + dt.timedelta(days=6 - latest.weekday())


def computed_rows(shown: Shown, inputs: Inputs, progress: Progress | None = None) -> Rows:
    """Chart every series shown and judge every cycle on them."""
    measures = {measure.measure_id: measure for measure in inputs.measures}
    starts = defaultdict(list)
    for cycle in inputs.checked.cycles:
        if cycle.do_start is not None:
            starts[cycle.prototype_id].append(cycle.do_start)
    charted: dict[str, SeriesChart] = {}
    for done, (series_id, rows) in enumerate(shown.observation.items(), start=1):
        measure = measures[str(rows["measure_id"].iloc[0])]
        do_starts = starts[str(rows["prototype_id"].iloc[0])]
        charted[series_id] = chart_series(rows, measure, do_starts, shown.how[series_id])
        if progress:
            progress(f"{shown.audience} charts", done, len(shown.observation))
    return Rows(
        shown.table(),
        _stacked([chart.columns for chart in charted.values()]),
        pd.DataFrame([chart.summary for chart in charted.values()]),
        pd.DataFrame(_cycle_rows(charted, inputs, shown, measures)),
    )


def _stacked(charts: list[dict[str, np.ndarray]]) -> pd.DataFrame:
    """Put the columns of many charts under one another, once a column rather than once a chart."""
    if not charts:
        return pd.DataFrame()
    return pd.DataFrame({name: np.concatenate([chart[name] for chart in charts]) for name in charts[0]})


def _cycle_rows(
    charted: dict[str, SeriesChart],
    inputs: Inputs,
    shown: Shown,
    measures: dict[str, Measure],
) -> list[dict[str, Any]]:
    """Judge every cycle on its primary measure and word the result; one without such a series has no row."""
    places = {prototype.prototype_id: prototype.neighbourhood_id for prototype in inputs.checked.prototypes}
    out = []
    for cycle in inputs.checked.cycles:
        series_id = f"{cycle.primary_measure}@{cycle.prototype_id}"
        if series_id not in charted:
            continue
        series, measure = charted[series_id], measures[str(cycle.primary_measure)]
        others = [c for c in inputs.checked.cycles if c.prototype_id == cycle.prototype_id and c != cycle]
        result = judge_cycle(series.points, cycle, measure, series.summary, others, shown.data_until)
        told = {
            "neighbourhood_id": places[cycle.prototype_id],
            "is_released": shown.how[series_id].from_rounded,
            "sentence": words.cycle_sentence(result, measure),
            "prediction_sentence": words.prediction_sentence(result, measure),
            "receipt": words.receipt_json(result),
        }
        out.append(result.to_row() | told)
    return out
