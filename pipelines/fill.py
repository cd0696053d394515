"""Rows into an empty mart: what was read, what was computed, and what the mart is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.disclosure import release_faults
from pipelines.inputs import Inputs
from pipelines.mart import SCHEMA_VERSION, run_sql
from pipelines.rows import Rows
from pipelines.spc import rule_set
from pipelines.uploads.log import is_standing
from pipelines.vocabulary import Audience
from pipelines.work import FIXED, MOVING, TRUE_ALONE, Worked

#: The columns of the table upload.
UPLOADS = pa.schema(
    {
        "received_at": pa.timestamp("us"),
        "who": pa.string(),
        "file": pa.string(),
        "sha256": pa.string(),
        "n_bytes": pa.int64(),
        "replaced_by": pa.string(),
    }
)

#: The rule set of control charts, which most charts use; each chart names its own.
RULES = rule_set("mdc")


def fill_fixed(mart: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> None:
    """Write what no record changes into an empty mart; the same for every audience."""
    for name in FIXED:
        write_rows(mart, name, tables[name])


def fill_mart(
    mart: duckdb.DuckDBPyConnection, work: Worked, inputs: Inputs, audience: Audience, rows: Rows
) -> None:
    """Write everything else into a mart that holds what no record changes.

    The shared mart gets no test counts, no counts of the cascade, and faults without the cells they speak of: a value
    written and emptied afterwards could still be read in the file.
    """
    for table in MOVING:
        read = work.tables[table]
        masked = audience == Audience.SHARED and table == "rejected_row"
        write_rows(mart, table, release_faults(read.to_pandas()) if masked else read)
    if audience == Audience.TRUE:
        write_rows(mart, "test_count", work.joined("test_count"))
        for table in TRUE_ALONE:
            write_rows(mart, table, work.tables[table])
    write_uploads(mart, inputs, audience)
    for table, frame in rows.tables().items():
        write_rows(mart, table, frame)
    write_point_sources(mart, work, audience)
    _write_info(mart, inputs, audience)


def write_uploads(mart: duckdb.DuckDBPyConnection, inputs: Inputs, audience: Audience) -> None:
    """Write the upload log, and into each load who gave its file and when, while that version of it stands.

    In the shared mart nobody is named.
    """
    if not inputs.uploads:
        return
    table = pa.Table.from_pylist([asdict(upload) for upload in inputs.uploads], UPLOADS)
    if audience == Audience.SHARED:
        table = table.set_column(1, UPLOADS.field(1), pa.nulls(len(table), pa.string()))
    write_rows(mart, "upload", table)
    standing = [upload for upload in inputs.uploads if is_standing(upload, inputs.folder)]
    for one in standing:
        who = one.who if audience == Audience.TRUE else None
        mart.execute(
            "UPDATE load SET received_at = ?, who = ? WHERE file = ?", [one.received_at, who, one.file]
        )


def write_point_sources(mart: duckdb.DuckDBPyConnection, work: Worked, audience: Audience) -> None:
    """Write which lines are behind each point; in the shared mart released series lead back to files only.

    The mart's charts must be there: they say which series are released.
    """
    sources, counts = work.joined("point_source"), work.joined("test_count")
    if sources is None or counts is None:
        return
    if audience == Audience.TRUE:
        write_rows(mart, "point_source", sources)
        return
    days = counts.group_by(["prototype_id", "tested_on", "load_id", "file", "sheet"]).aggregate([])
    read = {"true_source": sources, "log_day": days}
    for name, table in read.items():
        mart.register(name, table)
    run_sql(mart, "released_source")
    mart.execute("INSERT INTO point_source FROM released_source")
    for name in read:
        mart.unregister(name)


def write_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Any) -> None:
    """Insert a frame by column names; columns that the table lacks are left out."""
    if rows is None or len(rows) == 0:
        return
    names = [name for (name, *_) in connection.execute(f'DESCRIBE "{table}"').fetchall()]
    have = rows.column_names if hasattr(rows, "column_names") else list(rows.columns)
    columns = ", ".join(f'"{name}"' for name in names if name in have)
    connection.register("incoming", rows)
    connection.execute(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM incoming')
    connection.unregister("incoming")


def _write_info(mart: duckdb.DuckDBPyConnection, inputs: Inputs, audience: Audience) -> None:
    """Write what this mart is: audience, versions, how far the data go, and whether they are made up."""
    until = mart.execute("SELECT max(period_end) FROM observation").fetchall()[0][0]
    facts: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "audience": audience,
        "content_hash": inputs.content_hash,
        "rule_set": RULES.name,
        "rule_set_version": RULES.version,
        "records_head": inputs.records[-1].hash if inputs.records else "",
        "n_records": len(inputs.records),
        "privacy_profile": inputs.profile.name if audience == Audience.SHARED else "none",
        "made_up": str(inputs.is_made_up).lower(),
        "data_until": until or "",
        "sources": ", ".join(sorted(load.file for load in inputs.checked.loads)),
    }
    mart.executemany(
        "INSERT INTO mart_info VALUES (?, ?)", [[key, str(value)] for key, value in facts.items()]
    )
