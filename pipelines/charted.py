"""Every series that one audience sees, charted; and as its chart stood on decisions before a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.charts import SeriesChart, SeriesDecisions, chart_series, decisions_of
from pipelines.inputs import Inputs
from pipelines.memory import Memory, name_of
from pipelines.shown import Shown

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Charted:
    """The charts of one audience.

    Attributes
    ----------
    charts
        By series.
    names
        What each was made from.
    frozen
        Given a series and a day, its chart as it rests on decisions about points that ended before that day, and the
        name of it: what a cycle whose Do begins then is judged on.
    """

    charts: dict[str, SeriesChart]
    names: dict[str, str]
    frozen: Callable[[str, dt.date | None], tuple[SeriesChart, str]]


def charts_of(shown: Shown, inputs: Inputs, memory: Memory, progress: Progress | None = None) -> Charted:
    """Chart every series shown."""
    measures = {measure.measure_id: measure for measure in inputs.measures}
    starts = do_starts(inputs)
    decided = decisions_of(inputs.recorded)

    def made(series_id: str, decisions: SeriesDecisions) -> tuple[SeriesChart, str]:
        rows, how = shown.observation[series_id], shown.how[series_id]
        days = starts.get(str(rows["prototype_id"].iloc[0]), [])
        name = name_of("chart", shown.keys[series_id], days, decisions)  # a key tells measure and release too
        measure = measures[str(rows["measure_id"].iloc[0])]
        return memory.recall(name, lambda: chart_series(rows, measure, days, how, decisions)), name

    def frozen(series_id: str, day: dt.date | None) -> tuple[SeriesChart, str]:
        decisions = decided.get(series_id, SeriesDecisions())
        chart, name = made(series_id, decisions)
        return made(series_id, decisions.before(day)) if chart.moves_after(day) else (chart, name)

    charts: dict[str, SeriesChart] = {}
    names: dict[str, str] = {}
    for done, series_id in enumerate(shown.observation, start=1):
        charts[series_id], names[series_id] = made(series_id, decided.get(series_id, SeriesDecisions()))
        if progress:
            progress(f"{shown.audience} charts", done, len(shown.observation))
    return Charted(charts, names, frozen)


def do_starts(inputs: Inputs) -> dict[str, list[dt.date]]:
    """Return the first days of Do of the cycles of each prototype, in order."""
    starts = defaultdict(list)
    for cycle in inputs.checked.cycles:
        if cycle.do_start is not None:
            starts[cycle.prototype_id].append(cycle.do_start)
    return {name: sorted(days) for name, days in starts.items()}
