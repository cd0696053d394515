"""The working database: what was read becomes observations, a prototype at a time where little has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.inputs import Inputs
from pipelines.localities import write_localities
from pipelines.mart import new_database, run_sql
from pipelines.memory import Memory, digest_of, name_of
from pipelines.recorded import NotHeld
from pipelines.sources import load_tables, write_measures
from pipelines.vocabulary import Period
from pipelines.words.parts import day_words

Observations = dict[str, pd.DataFrame]

#: Tables that no record changes.
FIXED = (
    "neighbourhood", "measure", "target", "guess", "locality_value", "published_indicator", "published_category",
    "practice", "ward", "small_area_ward", "small_area_change", "small_area_residents", "deprivation",
    "deprivation_2021", "neighbourhood_ward", "neighbourhood_fact",
)  # fmt: skip

#: Tables of files alone that only the true mart holds.
TRUE_ALONE = ("cascade_count",)

#: Tables that records may change.
MOVING = ("prototype", "cycle", "load", "rejected_row")


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
class Observed:
    """What was observed of one prototype.

    Attributes
    ----------
    series
        Its observations by series, each in time order.
    keys
        What each of them was made from, by series.
    tables
        Its rows of test_count and of point_source.
    last_test
        First day of the latest period with a test, or last day of the latest month of the cascade; None without one.
    """

    series: Observations
    keys: dict[str, str]
    tables: dict[str, pa.Table]
    last_test: dt.date | None


@dataclass(frozen=True)
class Worked:
    """Everything read, as tables, and everything observed.

    Attributes
    ----------
    tables
        By name, as they were read.
    observed
        By prototype.
    reach
        How far the data reach.
    """

    tables: dict[str, pa.Table]
    observed: dict[str, Observed]
    reach: Reach

    @property
    def observation(self) -> Observations:
        """The observations of all prototypes, in the order of their names."""
        found = {name: rows for one in self.observed.values() for name, rows in one.series.items()}
        return dict(sorted(found.items()))

    @property
    def keys(self) -> dict[str, str]:
        """What each series was made from."""
        return {name: key for one in self.observed.values() for name, key in one.keys.items()}

    def joined(self, table: str) -> pa.Table | None:
        """Return the rows of test_count or point_source of all prototypes; None where there are none."""
        parts = [one.tables[table] for _, one in sorted(self.observed.items())]
        return pa.concat_tables(parts) if parts else None


def worked(inputs: Inputs, memory: Memory) -> Worked:
    """Make tables and observations of everything that was read.

    Parameters
    ----------
    inputs
        What was read.
    memory
        What it knows already is not made again: prototypes of which nothing has changed, and what no record changes.
    """
    keys = _keys(inputs)
    missing = [name for name, key in keys.items() if key not in memory]
    fixed = memory.recall(("fixed", inputs.files_key), lambda: _fixed(inputs))
    with new_database() as work:
        moving = _observe(work, inputs, missing)
        for name, one in _observed(work, inputs, missing).items():
            memory.keep(keys[name], one)
    known = inputs.together.known_until
    observed = {name: memory.known(key) for name, key in keys.items()}
    reach = _reach(observed.values(), known)
    told = {name: _with_running(one, reach.whole_until) for name, one in observed.items()}
    return Worked(fixed | moving, told, reach)


def _keys(inputs: Inputs) -> dict[str, str]:
    """Return for each prototype the name of everything that its observations are made from."""
    measures, parts = name_of(inputs.measures), inputs.parts
    not_held = inputs.together.not_held
    return {
        row.prototype_id: name_of(
            "observed",
            row,
            measures,
            [part.digest for part in parts if row.prototype_id in part.prototypes],
            [one for one in not_held if one.prototype_id == row.prototype_id],
        )
        for row in inputs.checked.prototypes
    }


def _fixed(inputs: Inputs) -> dict[str, pa.Table]:
    with new_database() as work:
        load_tables(work, replace(inputs.checked, sessions=(), prototypes=(), cycles=(), loads=(), faults=()))
        write_localities(work)
        write_measures(work, inputs.measures)
        return {table: work.sql(f'FROM "{table}"').to_arrow_table() for table in (*FIXED, *TRUE_ALONE)}


def _observe(
    work: duckdb.DuckDBPyConnection, inputs: Inputs, prototypes: Sequence[str]
) -> dict[str, pa.Table]:
    """Make the observations of some prototypes; returns the tables that records may change, of all of them."""
    checked, wanted = inputs.checked, set(prototypes)
    sessions = tuple(part.sessions for part in inputs.parts if not part.prototypes.isdisjoint(wanted))
    load_tables(
        work, replace(checked, sessions=sessions, locality_values=(), published=(), guesses=(), cascade=())
    )
    moving = {table: work.sql(f'FROM "{table}"').to_arrow_table() for table in MOVING}
    if prototypes:
        observe(work, inputs, only=prototypes)
    return moving


def observe(work: duckdb.DuckDBPyConnection, inputs: Inputs, only: Sequence[str] | None = None) -> None:
    """Make observations in a database with everything read.

    Parameters
    ----------
    work
        After `load_tables`.
    inputs
        What was read.
    only
        The prototypes to observe; all where not given.
    """
    if only is not None:
        for table in ("prototype", "test_count", "held_record"):
            work.execute(f"DELETE FROM {table} WHERE NOT list_contains($ids, prototype_id)", {"ids": [*only]})
    write_measures(work, inputs.measures)
    _stage_not_held(work, inputs.together.not_held)
    run_sql(work, "observation")
    run_sql(work, "point_source")


def _stage_not_held(work: duckdb.DuckDBPyConnection, rows: Iterable[NotHeld]) -> None:
    """Write the tests planned and not held, for `sql/observation.sql`."""
    rows = list(rows)
    types = pa.schema({"prototype_id": pa.string(), "planned_on": pa.date32(), "reason": pa.string()})
    columns = {name: [getattr(row, name) for row in rows] for name in types.names}
    work.register("incoming", pa.table(columns, types))
    work.execute("CREATE TEMP TABLE not_held AS FROM incoming")
    work.unregister("incoming")


def _observed(
    work: duckdb.DuckDBPyConnection, inputs: Inputs, prototypes: Sequence[str]
) -> dict[str, Observed]:
    """Return what was observed of each prototype."""
    if not prototypes:
        return {}
    series = observations(work)
    counts = work.sql("FROM test_count").to_arrow_table()
    sources = work.sql("FROM point_source").to_arrow_table()
    measures = name_of(inputs.measures)
    owners = {name: str(rows["prototype_id"].iloc[0]) for name, rows in series.items()}
    whole = {name for (name,) in work.execute("SELECT series_id FROM series WHERE of_cascade").fetchall()}
    out = {}
    for prototype_id in prototypes:
        own = [name for name, owner in owners.items() if owner == prototype_id]
        tables = {
            "test_count": counts.filter(pc.equal(counts["prototype_id"], prototype_id)),
            "point_source": sources.filter(pc.is_in(sources["series_id"], pa.array(own, pa.string()))),
        }
        rows = {name: series[name] for name in own}
        # By what is in it: of what is counted at a prototype a session changes a part.
        named = {name: name_of("series", measures, name, digest_of(rows[name])) for name in own}
        out[prototype_id] = Observed(rows, named, tables, _last_test(rows, whole))
    return out


def observations(work: duckdb.DuckDBPyConnection) -> Observations:
    """Return the observations by series, each in time order."""
    frame = work.execute("SELECT * FROM observation ORDER BY series_id, period_start, session_no").df()
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].dt.date
    groups = frame.groupby("series_id", sort=False)
    return {str(series_id): rows.reset_index(drop=True) for series_id, rows in groups}


def _with_running(one: Observed, whole_until: dt.date | None) -> Observed:
    """Mark each figure whose period ends after the data do: half a week is not a low week."""
    if whole_until is None:
        return one
    told = {name: _running(rows, whole_until) for name, rows in one.series.items()}
    changed = {name: rows for name, rows in told.items() if rows is not one.series[name]}
    keys = {name: name_of(one.keys[name], whole_until) for name in changed}
    return replace(one, series=one.series | changed, keys=one.keys | keys) if changed else one


def _running(rows: pd.DataFrame, whole_until: dt.date) -> pd.DataFrame:
    if rows["period"].array[0] == Period.SESSION or rows["period_end"].array[-1] <= whole_until:
        return rows
    ends = rows["period_end"].to_numpy("datetime64[D]")
    is_running = (ends > np.datetime64(whole_until, "D")) & rows["value"].notna().to_numpy()
    notes = [
        f"Counted so far; it runs until {day_words(end)}." if runs else note
        for end, runs, note in zip(rows["period_end"], is_running, rows["note"], strict=True)
    ]
    if not is_running.any():
        return rows
    return rows.assign(note=pd.Series(notes, dtype=object), is_running=is_running)


def _reach(observed: Iterable[Observed], known_until: dt.date | None) -> Reach:
    latest = max((one.last_test for one in observed if one.last_test is not None), default=None)
    if latest is None:
        return Reach(None, None)
    until = latest + dt.timedelta(days=6 - latest.weekday())
    return Reach(until, until if known_until is None else min(until, known_until))


def _last_test(series: Observations, whole: Collection[str]) -> dt.date | None:
    """Return the first day of the latest period with a test; of series whose periods are told whole, the last day."""
    days = [
        tested.iloc[-1]
        for name, rows in series.items()
        if len(tested := rows["period_end" if name in whole else "period_start"][rows["n_sessions"] > 0])
    ]
    return max(days, default=None)
