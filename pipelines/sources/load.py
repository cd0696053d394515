"""Checked rows into the mart's tables: columns at a time, then the SQL that makes tables of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.mart import run_sql
from pipelines.measures import Measure, Target
from pipelines.sources.logs.held import held_table
from pipelines.sources.tables import (
    CascadeCount,
    Checked,
    Cycle,
    Guess,
    HeldRecord,
    Load,
    LocalityValue,
    Neighbourhood,
    Prototype,
    RowFault,
)

#: Tables of the connection only, gone with it: what `sql/rejected_row.sql` and `sql/observation.sql` read.
_STAGED = (("row_fault", RowFault), ("held_record", HeldRecord))

#: Cells from which on a second thread is worth its start.
MANY_CELLS = 500_000

_DUCKDB_TYPES = {
    "str": "VARCHAR",
    "int": "INTEGER",
    "float": "DOUBLE",
    "dt.date": "DATE",
    "Effect": "VARCHAR",
}


def load_tables(
    connection: duckdb.DuckDBPyConnection, checked: Checked, loaded_at: dt.datetime | None = None
) -> None:
    """Write what was read: neighbourhood, prototype, cycle, locality_value, load, test_count,
    cascade_count and rejected_row.

    Parameters
    ----------
    connection
        A mart with its schema. The staged tables (row_fault, held_record) stay on it as temporary tables;
        `sql/observation.sql` reads held_record.
    checked
        What `read_folder` returned.
    loaded_at
        Time of loading, UTC without a zone; now where not given.
    """
    loaded_at = loaded_at or dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    _insert(connection, "neighbourhood", Neighbourhood, checked.neighbourhoods)
    _insert(connection, "prototype", Prototype, checked.prototypes)
    _insert(connection, "cycle", Cycle, checked.cycles)
    _insert(connection, "locality_value", LocalityValue, checked.locality_values)
    _insert(connection, "load", Load, checked.loads, {"loaded_at": loaded_at})
    for row_type in dict.fromkeys(type(row) for row in checked.published):
        same_type = [row for row in checked.published if type(row) is row_type]
        _insert(connection, row_type.TABLE, row_type, same_type)
    _insert(connection, "guess", Guess, checked.guesses)
    _insert(connection, "cascade_count", CascadeCount, checked.cascade)
    for table, row_type in _STAGED:
        _stage(connection, table, row_type)
    _insert(connection, "row_fault", RowFault, checked.faults)
    for part in checked.sessions:
        _insert_table(connection, "held_record", held_table(part.held))
    _load_counts(connection, checked)
    run_sql(connection, "rejected_row")


def _load_counts(connection: duckdb.DuckDBPyConnection, checked: Checked) -> None:
    """Write test_count from the columns of the sessions, which are handed over and not copied."""
    tables = [table for part in checked.sessions for table in part.long()]
    if not tables:
        return
    raw_cell = pa.concat_tables(tables)
    connection.register("raw_cell", raw_cell)
    threads = connection.execute("SELECT current_setting('threads')").fetchall()[0][0]
    if raw_cell.num_rows >= MANY_CELLS:
        connection.execute("SET threads = 2")
    try:
        run_sql(connection, "test_count")
    finally:
        connection.execute(f"SET threads = {threads}")
        connection.unregister("raw_cell")


def write_measures(connection: duckdb.DuckDBPyConnection, measures: Sequence[Measure]) -> None:
    """Write the tables measure and target."""
    names = [name for field in fields(Measure) if (name := field.name) not in ("targets", "prototypes")]
    columns: dict[str, list[Any]] = {name: [getattr(measure, name) for measure in measures] for name in names}
    columns["prototypes"] = [",".join(measure.prototypes) for measure in measures]
    _insert_columns(connection, "measure", columns)
    targets = [(measure.measure_id, target) for measure in measures for target in measure.targets]
    columns = {field.name: [getattr(target, field.name) for _, target in targets] for field in fields(Target)}
    _insert_columns(
        connection, "target", {"measure_id": [measure_id for measure_id, _ in targets], **columns}
    )


def _stage(connection: duckdb.DuckDBPyConnection, table: str, row_type: type[Any]) -> None:
    types = {field.name: str(field.type).removesuffix(" | None") for field in fields(row_type)}
    columns = ", ".join(f'"{name}" {_DUCKDB_TYPES[kind]}' for name, kind in types.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    row_type: type[Any],
    rows: Sequence[Any],
    same: dict[str, Any] | None = None,
) -> None:
    columns = {field.name: [getattr(row, field.name) for row in rows] for field in fields(row_type)}
    columns |= {name: [value] * len(rows) for name, value in (same or {}).items()}
    _insert_columns(connection, table, columns)


def _insert_columns(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, list[Any]]) -> None:
    """Insert whole columns in one statement: a row at a time would take seconds."""
    if not next(iter(columns.values()), []):
        return
    plain = {name: pa.array([_plain(value) for value in values]) for name, values in columns.items()}
    _insert_table(connection, table, pa.table(plain))


def _insert_table(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    if not len(rows):
        return
    names = ", ".join(f'"{name}"' for name in rows.column_names)
    connection.register("incoming", rows)
    connection.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM incoming')
    connection.unregister("incoming")


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
