"""Observations to the computed rows of one audience's mart: released, charted, judged, worded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.cascade import note_rows
from pipelines.charts import Release, SeriesChart, SeriesDecisions, chart_series, decisions_of
from pipelines.disclosure import PROFILES, Released, enter_series, release_all, without_telling_which
from pipelines.inputs import Inputs
from pipelines.judged import Row, Seen, cycle_rows
from pipelines.learning.news import headline_cycles
from pipelines.measures import Measure
from pipelines.memory import Forgetful, Memory, digest_of, name_of
from pipelines.recorded import Computed, recorded_tables
from pipelines.recorded.places import as_judged
from pipelines.served import funnel_rows, group_counts, served_rows
from pipelines.sources import Cycle
from pipelines.themes import theme_rows
from pipelines.vocabulary import Audience
from pipelines.words.served import least_served
from pipelines.work import Observations, Observed, Worked

#: What the shared mart says of a test that was planned and not held: the reason was typed for the group.
NOT_HELD = "Planned and not held."

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Shown:
    """What one audience may see of the observations.

    Attributes
    ----------
    audience
        Who.
    observation
        By series.
    keys
        What each series was made from.
    how
        How each series was prepared.
    data_until
        Last day that the data speak of.
    """

    audience: Audience
    observation: Observations
    keys: dict[str, str]
    how: dict[str, Release]
    data_until: dt.date | None


@dataclass(frozen=True)
class Rows:
    """The computed rows of a mart.

    Attributes
    ----------
    observation, points
        By series, as this audience may see them: rows of observation and of chart_point.
    charts
        By series.
    cycles
        Rows of cycle_result by cycle.
    opinions
        Rows of second_opinion by cycle, where there is one.
    others
        Rows of what people entered, what was learned from it, and what is summed over prototypes, by table.
    """

    observation: list[pa.Table]
    points: list[pa.Table]
    charts: dict[str, SeriesChart]
    cycles: dict[str, Row]
    opinions: dict[str, Row]
    others: dict[str, list[Row]]

    def tables(self) -> dict[str, pa.Table]:
        """Return the computed tables by name."""
        return {
            "observation": _stacked(self.observation),
            "chart_point": _stacked(self.points),
            "chart_summary": as_columns([row for chart in self.charts.values() for row in chart.summaries]),
            "cycle_result": as_columns(list(self.cycles.values())),
            "second_opinion": as_columns(list(self.opinions.values())),
            **{name: as_columns(rows) for name, rows in self.others.items()},
        }


def _stacked(tables: list[pa.Table]) -> pa.Table:
    """Put tables under one another; a column that is empty in one takes the type that it has in another."""
    return pa.concat_tables(tables, promote_options="permissive") if tables else pa.table({})


def as_columns(rows: list[Row]) -> pa.Table:
    """Return rows as columns: a name that a row lacks is missing there, and so is what is not a number."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [_plain(row.get(name)) for row in rows] for name in names}
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def shown_to(audience: Audience, work: Worked, inputs: Inputs, memory: Memory) -> Shown:
    """Return the observations as an audience may see them: the true ones, or all released together."""
    observation, keys, until = work.observation, work.keys, work.reach.data_until
    if audience == Audience.TRUE:
        return Shown(audience, observation, keys, dict.fromkeys(observation, Release()), until)
    measures = {measure.measure_id: measure for measure in inputs.measures}
    measures_name = name_of(inputs.measures)
    released: dict[str, Released] = {}
    names: dict[str, str] = {}
    for one in work.observed.values():
        growing = _growing(one.series, work.reach.whole_until)
        before = _ledger_of(one.series, inputs)
        name = name_of("released", inputs.profile, before, measures_name, one.keys, growing)
        found, named = memory.recall(
            name,
            lambda one=one: _released_with_names(one, measures, work, inputs),  # type: ignore[misc]
        )
        released |= found
        names |= named
    if inputs.ledger is not None:
        for series in released.values():
            enter_series(series, inputs.ledger)
    in_order = {series_id: released[series_id] for series_id in observation}
    how = {
        series_id: Release(one.from_rounded, one.note or None, one.hidden_reason, one.too_coarse, one.profile)
        if one.from_rounded
        else Release()
        for series_id, one in in_order.items()
    }
    return Shown(audience, {name: one.observation for name, one in in_order.items()}, names, how, until)


def _released_with_names(
    one: Observed, measures: Mapping[str, Measure], work: Worked, inputs: Inputs
) -> tuple[dict[str, Released], dict[str, str]]:
    """Release the series of one prototype, and name each by what was released of it."""
    released, measures_name = _released(one.series, measures, work, inputs), name_of(inputs.measures)
    names = {
        series_id: key
        if _is_as_it_is(released[series_id])
        else _released_name(released[series_id], measures_name)
        for series_id, key in one.keys.items()
    }
    return released, names


def _released_name(one: Released, measures_name: str) -> str:
    """Return what a released series is made from, as far as anything that is made of it can tell."""
    how = (one.from_rounded, one.note, one.hidden_reason, one.profile, one.period, sorted(one.secondary))
    return name_of("released series", measures_name, digest_of(one.observation), how, one.n_recorded)


def _growing(observation: Observations, whole_until: dt.date | None) -> dt.date | None:
    """Return the day up to which periods are whole where one of these series reaches beyond it; else None."""
    ends = [rows["period_end"].iloc[-1] for rows in observation.values()]
    return whole_until if whole_until is not None and any(end > whole_until for end in ends) else None


def _released(
    observation: Observations, measures: Mapping[str, Measure], work: Worked, inputs: Inputs
) -> dict[str, Released]:
    """Release the series of one prototype; those of others share nothing with them that could give a figure away."""
    kept = {name: _without_reasons(rows) for name, rows in observation.items()}
    until = work.reach.whole_until
    released = release_all(kept, measures, inputs.profile, data_until=until, ledger=inputs.ledger)
    return {name: without_telling_which(one) for name, one in released.items()}


def _ledger_of(observation: Observations, inputs: Inputs) -> list[Any]:
    """Return what was released of some series before, as part of the name of what is released of them now."""
    if inputs.ledger is None:
        return []
    ledger = inputs.ledger
    return [[ledger.periods.get(series_id), ledger.of_series(series_id)] for series_id in observation]


def _is_as_it_is(one: Released) -> bool:
    """Whether a series is shown to everyone to the last word: then its chart is the same for every audience."""
    return not one.from_rounded and not (one.observation["note"] == NOT_HELD).any()


def _without_reasons(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations without the words of those who typed why a test was not held; that it was not stays."""
    has_reason = (rows["n_sessions"] == 0) & rows["note"].notna()
    return rows.assign(note=rows["note"].where(~has_reason, NOT_HELD)) if has_reason.any() else rows


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


def computed_rows(
    shown: Shown, inputs: Inputs, memory: Memory | None = None, progress: Progress | None = None
) -> Rows:
    """Chart every series shown, judge every cycle on them, and put what people entered beside it.

    Parameters
    ----------
    shown
        What the audience may see.
    inputs
        What was read.
    memory
        What it knows already is not computed again.
    progress
        Told (what, done, of) after each chart.
    """
    memory = memory or Forgetful()
    charted = charts_of(shown, inputs, memory, progress)
    charts = charted.charts
    cycles, opinions = _judged(charted, shown, inputs, memory)
    measures = {measure.measure_id: measure for measure in inputs.measures}
    summaries = [chart.summary for chart in charts.values()]
    notes = {record_id: why for chart in charts.values() for record_id, why in chart.notes.items()}
    computed = Computed(shown.audience, summaries, cycles, shown.data_until, notes)
    others = recorded_tables(inputs.together, inputs.records, measures, computed, memory)
    places = inputs.checked.prototypes, inputs.checked.neighbourhoods
    others |= _served(shown.audience, inputs, memory)
    least = least_served(others["served_group"])
    others |= theme_rows(charts.values(), measures, *places, shown.data_until, least)
    others |= funnel_rows(others["theme_step"], [place.neighbourhood_id for place in places[1]])
    others |= note_rows(charts.values(), measures, *places)
    return Rows(*_as_tables(shown, charts, charted.names, memory), charts, cycles, opinions, others)


def _served(audience: Audience, inputs: Inputs, memory: Memory) -> dict[str, list[Row]]:
    """Return how groups of people are served, as an audience may see it."""
    profile = PROFILES["none"] if audience == Audience.TRUE else inputs.profile
    places = [place.neighbourhood_id for place in inputs.checked.neighbourhoods]
    counts = memory.recall(
        ("group counts", inputs.files_key), lambda: group_counts(inputs.checked.cascade, places)
    )
    ledger = inputs.ledger if audience == Audience.SHARED else None

    def name() -> str:
        told = [] if ledger is None else ledger.told_of(counts.cells)
        return name_of("served", inputs.files_key, profile, told)

    if name() not in memory:
        rows = served_rows(counts, profile, ledger)
        # By what the ledger holds afterwards: released again, it is all the same and nothing more is entered.
        memory.keep(name(), rows)
    return memory.known(name())


def _as_tables(
    shown: Shown, charts: dict[str, SeriesChart], names: dict[str, str], memory: Memory
) -> tuple[list[pa.Table], list[pa.Table]]:
    """Return observations and points of each series as they are written."""

    def observed(name: str) -> pa.Table:
        rows = shown.observation[name]
        return memory.recall(
            ("observation", shown.keys[name]), lambda: pa.Table.from_pandas(rows, preserve_index=False)
        )

    def points(name: str) -> pa.Table:
        return memory.recall(("points", names[name]), lambda: _of_arrays(charts[name].columns))

    return [observed(name) for name in shown.observation], [points(name) for name in charts]


def _of_arrays(columns: Mapping[str, np.ndarray]) -> pa.Table:
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _judged(
    charted: Charted, shown: Shown, inputs: Inputs, memory: Memory
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
        series_id = f"{cycle.primary_measure}@{cycle.prototype_id}"
        if series_id not in charted.charts:
            continue
        chart, name = charted.frozen(series_id, cycle.do_start)
        others = [
            as_judged(c) for c in inputs.checked.cycles if c.prototype_id == cycle.prototype_id and c != cycle
        ]
        seen = Seen(chart, shown.how[series_id].from_rounded, _until(cycle, shown.data_until))
        judged = as_judged(cycle)
        made_from = (name, judged, others, seen.is_released, seen.data_until)
        row, opinion = memory.recall(
            name_of("judged", *made_from),
            lambda seen=seen, judged=judged, others=others: cycle_rows(  # type: ignore[misc]
                seen, judged, measures[str(judged.primary_measure)], others
            ),
        )
        cycles[cycle.cycle_id] = row | _of_the_records(cycle, inputs)
        if opinion is not None:
            opinions[cycle.cycle_id] = opinion
    news = headline_cycles(cycles.values(), shown.data_until)
    return {name: row | {"is_headline": name in news} for name, row in cycles.items()}, opinions


def _until(cycle: Cycle, data_until: dt.date | None) -> dt.date | None:
    """Return how far the data need to speak for a cycle: beyond the end of Do nothing about it changes any more."""
    if data_until is None or cycle.do_end is None:
        return data_until
    return min(data_until, cycle.do_end)


def _of_the_records(cycle: Cycle, inputs: Inputs) -> Row:
    """Return what only the records say of a cycle: where it is, and whether its prediction was sealed."""
    homes = {prototype.prototype_id: prototype.neighbourhood_id for prototype in inputs.checked.prototypes}
    versions = inputs.together.versions.get(cycle.cycle_id, ())
    sealed = any(version.is_sealed and version.is_scored_one for version in versions)
    return {"neighbourhood_id": homes[cycle.prototype_id], "is_sealed": sealed}
