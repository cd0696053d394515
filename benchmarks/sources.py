"""Reading alone, bytes to a grid with its layout: both lanes of text against DuckDB, a workbook against its library."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from benchmarks.logs import N_LINES, N_ROWS, csv_bytes, workbook_bytes
from benchmarks.tables import number, table
from pipelines.sources.cells.grid import Grid, read_book
from pipelines.sources.cells.layout import find_layout

ROUNDS = 3

#: Most seconds that a million plain lines, and a workbook of 50,000 rows, may take.
MOST_SECONDS_TEXT, MOST_SECONDS_BOOK = 1.5, 2.0


def spoiled(content: bytes) -> bytes:
    """Return the same log with a comment of two lines in every hundredth record, which the fast lane leaves alone."""
    lines = content.splitlines(keepends=True)
    lines[1::100] = [
        line.replace(b"Place ", b'"Place\n', 1).replace(b",hall", b'",hall', 1) for line in lines[1::100]
    ]
    return b"".join(lines)


def read(content: bytes) -> Grid:
    """Read a file and find its table."""
    (grid,) = read_book(content, "log").grids
    assert find_layout(grid) is not None
    return grid


def read_by_duckdb(path: Path) -> None:
    """Read a CSV as text, as a grid holds it."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE log AS SELECT * FROM read_csv('{path}', all_varchar=true)")


def read_by_library(content: bytes) -> None:
    """Read a workbook's cells as the library gives them."""
    CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def fastest(work: Callable[[], object]) -> float:
    """Return the least time of a few runs: others share the machine."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def report(n_lines: int = N_LINES, n_rows: int = N_ROWS) -> str:
    """Measure; return the table as Markdown."""
    plain, book = csv_bytes(n_lines), workbook_bytes(n_rows)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "log.csv")
        for what, content in (
            ("plain", plain),
            ("a comment of two lines in every hundredth record", spoiled(plain)),
        ):
            path.write_bytes(content)
            floor = fastest(lambda: read_by_duckdb(path))
            seconds = fastest(lambda content=content: read(content))
            rows.append((f"{n_lines:,} lines of text, {what}", seconds, floor))
    rows.append(
        (
            f"{n_rows:,} rows of a workbook",
            fastest(lambda: read(book)),
            fastest(lambda: read_by_library(book)),
        )
    )
    cells = [[what, number(seconds), number(floor), number(seconds / floor)] for what, seconds, floor in rows]
    head = ["read into a grid with its layout", "seconds", "floor: DuckDB, or the library", "ratio"]
    is_met = n_lines == N_LINES and rows[0][1] < MOST_SECONDS_TEXT and rows[-1][1] < MOST_SECONDS_BOOK
    goal = f"Asked for: plain text within {MOST_SECONDS_TEXT} s, the workbook within {MOST_SECONDS_BOOK} s: "
    return "\n".join(
        [table(head, cells, numbers=(1, 2, 3)), "", goal + ("met." if is_met else "not met."), ""]
    )
