"""The working database: what was read becomes observations, for a build and for a preview alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipelines.compute import Observations
from pipelines.inputs import Inputs
from pipelines.localities import write_localities
from pipelines.mart import new_database, run_sql
from pipelines.sources import load_tables, write_measures


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
        run_sql(connection, "observation")
        if lines:
            run_sql(connection, "point_source")
        yield connection


def observations(work: duckdb.DuckDBPyConnection) -> Observations:
    """Return the observations by series, each in time order."""
    frame = work.execute("SELECT * FROM observation ORDER BY series_id, period_start, session_no").df()
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].dt.date
    groups = frame.groupby("series_id", sort=False)
    return {str(series_id): rows.reset_index(drop=True) for series_id, rows in groups}


def last_whole_week(work: duckdb.DuckDBPyConnection) -> dt.date | None:
    """Return the Sunday that ends the latest week with a test."""
    found = work.execute("SELECT max(period_start) FROM observation WHERE n_sessions > 0").fetchall()
    latest: dt.date | None = found[0][0]
    return None if latest is None else latest + dt.timedelta(days=6 - latest.weekday())
