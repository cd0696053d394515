"""The working database: what was read becomes observations, for a build and for a preview alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.compute import Observations, Reach
from pipelines.inputs import Inputs
from pipelines.localities import write_localities
from pipelines.mart import new_database, run_sql
from pipelines.sources import load_tables, write_measures
from pipelines.vocabulary import Period
from pipelines.words.parts import day_words


@contextmanager
def working_database(inputs: Inputs, lines: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an in-memory database with everything read and the observations made.

    Parameters
    ----------
    inputs
        What was read.
    lines
        Whether the lines behind every point are wanted too (`point_source`): as many rows as the log has numbers.
    """
    with new_database() as connection:
        load_tables(connection, inputs.checked)
        write_localities(connection)
        write_measures(connection, inputs.measures)
        _stage_not_held(connection, inputs)
        run_sql(connection, "observation")
        if lines:
            run_sql(connection, "point_source")
        yield connection


def _stage_not_held(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Write the tests planned and not held, for `sql/observation.sql`."""
    rows = inputs.together.not_held
    names = ("prototype_id", "planned_on", "reason")
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    types = pa.schema({"prototype_id": pa.string(), "planned_on": pa.date32(), "reason": pa.string()})
    connection.register("incoming", pa.table(columns, types))
    connection.execute("CREATE TEMP TABLE not_held AS FROM incoming")
    connection.unregister("incoming")


def observations(work: duckdb.DuckDBPyConnection, known_until: dt.date | None = None) -> Observations:
    """Return the observations by series, each in time order.

    Parameters
    ----------
    work
        The working database.
    known_until
        Last day known to have passed: a point of a period that ends later says that it is still running.
    """
    frame = work.execute("SELECT * FROM observation ORDER BY series_id, period_start, session_no").df()
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].dt.date
    if known_until is not None:
        _tell_running(frame, known_until)
    groups = frame.groupby("series_id", sort=False)
    return {str(series_id): rows.reset_index(drop=True) for series_id, rows in groups}


def _tell_running(frame: pd.DataFrame, known_until: dt.date) -> None:
    """Say of each point whose period has not ended until when it grows."""
    ends = frame["period_end"].to_numpy("datetime64[D]")
    is_running = (ends > np.datetime64(known_until, "D")) & frame["value"].notna().to_numpy()
    for row in np.flatnonzero(is_running & (frame["period"] != Period.SESSION).to_numpy()):
        frame.loc[row, "note"] = f"Counted so far; it runs until {day_words(frame['period_end'][row])}."


def reach_of(work: duckdb.DuckDBPyConnection, inputs: Inputs) -> Reach:
    """Return how far the data reach, and up to when what is counted is whole."""
    until, known = last_whole_week(work), inputs.together.known_until
    return Reach(until, until if known is None or until is None else min(until, known))


def last_whole_week(work: duckdb.DuckDBPyConnection) -> dt.date | None:
    """Return the Sunday that ends the latest week with a test."""
    found = work.execute("SELECT max(period_start) FROM observation WHERE n_sessions > 0").fetchall()
    latest: dt.date | None = found[0][0]
    return None if latest is None else latest + dt.timedelta(days=6 - latest.weekday())
