"""The tables change, news_since and news_kept of one audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipelines.charted import Charted
from pipelines.charts import SeriesChart
from pipelines.inputs import Inputs
from pipelines.measures import Measure
from pipelines.memory import Memory, name_of
from pipelines.news.changes import LOOK_BACK, change_rows
from pipelines.news.happened import Happened
from pipelines.news.kept import EPOCH, Watched, news_of_charts, news_of_cycles
from pipelines.news.signals import Signal, is_point, signals_of
from pipelines.news.windows import Series, Windows, windows_of
from pipelines.rows import Row
from pipelines.spc.limits import KINDS
from pipelines.vocabulary import ChartKind, LimitsState


def news_rows(
    charted: Charted,
    results: Mapping[str, Row],
    tables: Mapping[str, list[Row]],
    inputs: Inputs,
    until: dt.date | None,
    memory: Memory,
) -> dict[str, list[Row]]:
    """Return the rows by table; none where there is no data.

    Parameters
    ----------
    charted
        The charts of the audience.
    results
        Rows of cycle_result, by cycle.
    tables
        Rows of prediction, decision and baseline_decision.
    inputs
        Cycles, prototypes, neighbourhoods and measures, as they stand.
    until
        Last day of the data.
    memory
        What it knows already is not computed again.
    """
    if until is None:
        return {}
    charts = Charts(
        charted.charts, charted.names, {measure.measure_id: measure for measure in inputs.measures}, until
    )
    signals = _signals(charts, memory)
    changes = change_rows(_happened(charts, signals, results, tables, inputs))
    watched = _watched(charts, signals, memory)  # asked for at each build, so that none is forgotten
    since, kept = memory.recall(
        name_of("news of charts", list(charts.names.values()), until), lambda: news_of_charts(watched, until)
    )
    kept_cycles = news_of_cycles(changes, results, until)
    return {"change": changes, "news_since": since, "news_kept": [*kept, *kept_cycles]}


@dataclass(frozen=True)
class Charts:
    """Charts by series with the names of what they were made from, measures by id, and the last day of the data."""

    charts: Mapping[str, SeriesChart]
    names: Mapping[str, str]
    measures: Mapping[str, Measure]
    until: dt.date

    def series(self, series_id: str) -> Series:
        """Return the points of a chart on the scale of its test."""
        chart = self.charts[series_id]
        return Series.of(chart.columns, self.measures[chart.summary["measure_id"]])


def _happened(
    charts: Charts,
    signals: Mapping[str, tuple[Signal, ...]],
    results: Mapping[str, Row],
    tables: Mapping[str, list[Row]],
    inputs: Inputs,
) -> Happened:
    return Happened(
        summaries={name: chart.summary for name, chart in charts.charts.items()},
        columns={name: chart.columns for name, chart in charts.charts.items()},
        signals=signals,
        cycles=inputs.checked.cycles,
        results=results,
        predictions=tables["prediction"],
        decisions=tables["decision"],
        baselines=tables["baseline_decision"],
        measures=charts.measures,
        prototypes=inputs.checked.prototypes,
        neighbourhoods=inputs.checked.neighbourhoods,
        until=charts.until,
    )


def _signals(charts: Charts, memory: Memory) -> dict[str, tuple[Signal, ...]]:
    return {
        series_id: memory.recall(("signals", charts.names[series_id]), partial(signals_of, chart.columns))
        for series_id, chart in charts.charts.items()
    }


def _watched(charts: Charts, signals: Mapping[str, tuple[Signal, ...]], memory: Memory) -> list[Watched]:
    """Return the charts with a usual range, which are those that can signal."""
    with_range = [
        name for name, chart in charts.charts.items() if chart.summary["limits_state"] != LimitsState.NONE
    ]
    windows = _windows(charts, with_range, memory)
    return [_one(name, charts.charts[name], windows[name], signals[name]) for name in with_range]


def _windows(charts: Charts, wanted: Sequence[str], memory: Memory) -> dict[str, Windows]:
    """Return the windows of some charts; those not known are reckoned together."""
    since = float((charts.until - LOOK_BACK - EPOCH).days)
    keys = {name: ("windows", charts.names[name], since) for name in wanted}
    unknown = [name for name in wanted if keys[name] not in memory]
    for name, found in zip(unknown, windows_of(list(map(charts.series, unknown)), since), strict=True):
        memory.keep(keys[name], found)
    return {name: memory.known(key) for name, key in keys.items()}


def _one(series_id: str, chart: SeriesChart, windows: Windows, signals: tuple[Signal, ...]) -> Watched:
    known = is_point(chart.columns)
    last_day = chart.columns["period_end"][known].astype("datetime64[D]").astype(float)
    may_signal = ~chart.columns["is_baseline"][known].astype(bool)
    family = KINDS[ChartKind(chart.summary["kind"])].family
    return Watched(
        series_id, windows, signals, last_day, may_signal, int(chart.summary["baseline_n"]), family
    )
