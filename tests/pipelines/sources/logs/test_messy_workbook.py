"""A workbook of four hundred messy records: each loaded, refused or named, nothing invented, nothing personal kept."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import Counter

import pytest

from pipelines.mart import new_database
from pipelines.sources import load_tables, read_folder
from pipelines.sources.cells.grid import read_book

MAPPING = """
neighbourhood_id = "ash"
prototype_id = "ash-bp"
tested_on = "Session: Timestamp"
place = "Session: Where was it?"
cycle_no = "Quality: PDSA cycle #"
[items]
people_came = "Reach: How many people came?"
new_faces = "Reach: Of those, new faces"
stayed = { heading = "Reach: % who stayed for tea", amount = "share" }
systolic = { heading = "Quality: BP reading", amount = "measurement", part = "first" }
diastolic = { heading = "Quality: BP reading", amount = "measurement", part = "second" }
feeling = { heading = "Quality: How did it feel? (1-5)", amount = "score", out_of = 5 }
"""

#: What each way of writing may become, by item: count, low, high. Anything else is invented.
READINGS = {
    "people_came": {
        "3 or 4": (3.5, 3, 4),
        "<5": (2, 0, 4),
        "20+": (20, 20, None),
        "~20": (20, None, None),
        "": (None,) * 3,
    }
    | {"n/a": (None,) * 3},
    "new_faces": {"2?": (2, None, None)},
    "stayed": dict.fromkeys(("45 %", "45%", "0.45"), (0.45, None, None)),
    "systolic": {
        "145/92": (145, None, None),
        "150 / 95": (150, None, None),
        "132/84 (L arm)": (132, None, None),
    }
    | {"high": (None,) * 3, "138/88 and 141/90": (None,) * 3},
    "diastolic": {
        "145/92": (92, None, None),
        "150 / 95": (95, None, None),
        "132/84 (L arm)": (84, None, None),
    }
    | {"high": (None,) * 3, "138/88 and 141/90": (None,) * 3},
    "feeling": {"4/5": (4, None, None), "Good": (None,) * 3},
}
PLACES = {"people_came": 3, "new_faces": 4, "stayed": 5, "systolic": 6, "diastolic": 6, "feeling": 7}


@pytest.fixture
def workbook(shared_folder):
    return shared_folder / "data/spreadsheets/messy400.xlsx"


@pytest.fixture
def checked(workbook, folder):
    shutil.copyfile(workbook, folder / "test_logs/messy400.xlsx")
    (folder / "test_logs/messy400.toml").write_text(MAPPING)
    return read_folder(folder, [], today=dt.date(2026, 11, 22))


@pytest.fixture
def rows(workbook) -> dict[int, tuple[str, ...]]:
    """The sheet as it stands, by row."""
    (grid,) = read_book(workbook.read_bytes(), workbook.name).grids
    return {int(line): grid.row(position) for position, line in enumerate(grid.lines)}


def test_every_row_is_loaded_or_named(checked, rows):
    load = next(load for load in checked.loads if load.sheet == "Test log")
    assert (load.lines_read, load.lines_loaded, load.lines_refused) == (len(rows), 400, 0)
    left = {line: row for line, row in rows.items() if line not in {line.line for line in checked.raw_lines}}
    kinds = Counter(row[0] or "blank" for row in left.values())
    assert (kinds["TOTAL"], kinds["blank"]) == (4, 7)
    assert set(left) >= {1, 2, 3, 4}
    assert len(left) == load.lines_furniture == 15


def test_every_number_is_one_that_was_written_and_nothing_is_invented(checked, rows):
    cells = checked.raw_cells
    assert len(cells) == 400 * len(READINGS)
    for cell in cells:
        written = rows[cell.line][PLACES[cell.item]].strip()
        expected = READINGS[cell.item].get(written)
        if expected is None:
            expected = (float(written), None, None)
        assert (cell.count, cell.low, cell.high) == expected, (cell, written)


def test_every_day_is_one_of_the_four_and_never_in_august(checked):
    days = {line.tested_on for line in checked.raw_lines}
    assert days == {dt.date(2024, 1, day) for day in (8, 9, 10, 11)}
    assert {line.cycle_no for line in checked.raw_lines} == {"1", "2", "2b", "3"}


def test_every_cell_that_is_missing_or_doubtful_is_told_once(checked, rows):
    told = Counter((fault.line, fault.column) for fault in checked.faults if fault.line)
    assert set(told.values()) == {1}
    high = {(line, "Quality: BP reading") for line, row in rows.items() if row[6] == "high"}
    assert len(high) == 62
    assert high <= set(told)


def test_no_postcode_and_no_note_is_in_any_table(checked):
    with new_database() as mart:
        load_tables(mart, checked)
        tables = [name for (name,) in mart.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        texts = [str(mart.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables]
    for text in texts:
        assert not re.search(r"\b(rm10|rm8|ig11)\b", text, re.I)
        assert not re.search(r"white-coat|caf\u00e9|line one", text, re.I)
