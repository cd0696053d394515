"""A log from bytes to tables: a million lines of CSV against DuckDB's own read of them, and a workbook."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import xlsxwriter

from benchmarks.tables import number, table
from pipelines.mart import new_database
from pipelines.sources.load import load_tables
from pipelines.sources.logs.context import Context
from pipelines.sources.logs.reading import read_log
from pipelines.sources.tables import Checked, Neighbourhood, Prototype

N_LINES, N_ROWS = 1_000_000, 50_000
N_PROTOTYPES = 18
ITEMS = ("asked", "bp_checked", "said_yes")
HEADING = ("neighbourhood_id", "prototype_id", "tested_on", "place", "place_type", "cycle_no", *ITEMS)
ROUNDS = 3

#: Most seconds, and most times DuckDB's own read, that a million lines may take.
MOST_SECONDS, MOST_TIMES = 5.0, 12.0


def columns(n_lines: int) -> list[np.ndarray]:
    """Return a made-up log of the contract as columns of text."""
    draw = np.random.default_rng(2026)
    prototype = draw.integers(0, N_PROTOTYPES, n_lines)
    days = (np.datetime64("2020-01-06") + draw.integers(0, 2000, n_lines)).astype(str)
    asked = draw.integers(5, 60, n_lines)
    texts = [np.char.add("n", (prototype // 3).astype(str)), np.char.add("p", prototype.astype(str)), days]
    texts += [np.char.add("Place ", (np.arange(n_lines) % 997).astype(str)), np.full(n_lines, "hall")]
    texts += [(np.arange(n_lines) % 7).astype(str), asked.astype(str), asked.astype(str)]
    return [*texts, (asked // 2).astype(str)]


def csv_bytes(n_lines: int) -> bytes:
    """Return the log as CSV."""
    lines = map(",".join, zip(*columns(n_lines), strict=True))
    return ("\n".join((",".join(HEADING), *lines)) + "\n").encode()


def workbook_bytes(n_rows: int) -> bytes:
    """Return the log as a workbook, its counts as numbers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True, "strings_to_numbers": True}) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, HEADING)
        for n, row in enumerate(zip(*columns(n_rows), strict=True), start=1):
            sheet.write_row(n, 0, row)
    return content.getvalue()


def context() -> Context:
    """Return what the made-up log is checked against."""
    prototypes = {f"p{n}": Prototype(f"p{n}", f"n{n // 3}", f"p{n}") for n in range(N_PROTOTYPES)}
    homes = frozenset(row.neighbourhood_id for row in prototypes.values())
    return Context(prototypes, homes, frozenset(ITEMS), (("said_yes", "asked"),), dt.date(2026, 11, 22))


def to_tables(content: bytes, name: str) -> tuple[float, int]:
    """Read a log and write the working database's tables; return the seconds and the rows of test_count."""
    begin, checked_against = time.perf_counter(), context()
    read = read_log(content, name, None, b"", checked_against)
    homes = tuple(
        Neighbourhood(name, name, n) for n, name in enumerate(sorted(checked_against.neighbourhood_ids))
    )
    checked = Checked(
        homes,
        tuple(checked_against.prototypes.values()),
        (),
        (),
        tuple(sessions for _, sessions in read),
        tuple(ledger.close() for ledger, _ in read),
        tuple(fault for ledger, _ in read for fault in ledger.faults),
    )
    with new_database() as connection:
        load_tables(connection, checked)
        seconds = time.perf_counter() - begin
        rows = connection.execute("SELECT count(*) FROM test_count").fetchall()[0][0]
    return seconds, int(rows)


def duckdb_seconds(path: Path) -> float:
    """Return how long DuckDB takes to read the file into a table of texts, with its own settings."""
    with duckdb.connect() as connection:
        begin = time.perf_counter()
        connection.execute(
            "CREATE TABLE log AS SELECT * FROM read_csv($path, all_varchar = true)", {"path": str(path)}
        )
        return time.perf_counter() - begin


def _least(timed: Callable[[], float]) -> float:
    return min(timed() for _ in range(ROUNDS))


def report() -> str:
    """Return the table as Markdown: the least disturbed of a few rounds each."""
    content = csv_bytes(N_LINES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_bytes(content)
        floor = _least(lambda: duckdb_seconds(path))
    lines = _least(lambda: to_tables(content, "log.csv")[0])
    workbook = workbook_bytes(N_ROWS)
    rows = _least(lambda: to_tables(workbook, "log.xlsx")[0])
    found = [
        [f"CSV, {N_LINES:,} lines", number(lines), number(floor), number(lines / floor)],
        [f"workbook, {N_ROWS:,} rows", number(rows), "", ""],
    ]
    heading = ["a log from bytes to tables", "seconds", "DuckDB's own read, seconds", "times"]
    asked = (
        f"Asked for: under {MOST_SECONDS:g} seconds each, and within {MOST_TIMES:g} times DuckDB's own read."
    )
    return f"## Logs\n\n{asked}\n\n{table(heading, found, (1, 2, 3))}\n"
