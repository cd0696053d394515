"""What the cells of a column hold is told from their heading and from themselves."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.sources.written.values import Ask
from pipelines.understanding.cells import ask_of, date_share, holds_date, holds_number, number_share, pairs
from pipelines.understanding.columns import Column


def column_of(heading: str, *cells: str) -> Column:
    return Column(None, heading, 0, pa.array(cells), {cell: cells.count(cell) for cell in cells if cell})


@pytest.mark.parametrize(
    "cell",
    ["2026-01-31", "31/01/2026", "1.2.26", "17 February", "1st Oct 2024", "Tues 10 Sept 2024", "2024/01/08 9:00:00 AM GMT",
     "2026-01-01T09:30:00", "Feb 3, 2026"],
)  # fmt: skip
def test_days_as_people_write_them(cell):
    assert holds_date(cell)


@pytest.mark.parametrize("cell", ["10-12", "145/92", "4/5", "3 or 4", "May", "12", "1/2/3/4", "2 crates"])
def test_what_is_no_day(cell):
    assert not holds_date(cell)


@pytest.mark.parametrize(
    "cell", ["12", "12kg", "<5", "~20", "20+", "3 or 4", "7½", "£12.50", "twelve", "145/92", "45 %"]
)
def test_numbers_as_people_write_them(cell):
    assert holds_number(cell)


@pytest.mark.parametrize(
    "cell", ["Good", "01/02/2026", "the 12 apostles went out for a very long walk together", "n/a"]
)
def test_what_is_no_number(cell):
    assert not holds_number(cell)


def test_a_serial_is_a_day_only_under_a_heading_that_speaks_of_one():
    assert date_share(column_of("Date", "46205", "46209.42")) == 1
    assert date_share(column_of("Steps walked", "46205", "46209")) == 0


def test_cells_that_say_there_is_no_number_do_not_speak_against_a_column_of_numbers():
    assert number_share(column_of("Guests", "12", "n/a", "did not ask", "7")) == 1
    assert number_share(column_of("Guests", "12", "lovely", "sunny", "7")) == 0.5


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("145/92", "138 / 88", "high"), ("blood pressure", "")),
        (("4/5", "3/5", "5/5"), ("score", "5")),
        (("12/40", "9/31", "4/22"), ("part", "")),
        (("12", "13"), None),
        (("01/02/2026", "02/02/2026"), None),
    ],
)
def test_two_numbers_in_a_cell(cells, found):
    assert pairs(column_of("Reading", *cells)) == found


@pytest.mark.parametrize(
    ("heading", "cells", "ask"),
    [
        ("How many came?", ("12", "7"), Ask("count")),
        ("Got (kg)", ("12", "7"), Ask("measurement", "kg")),
        ("Thrown away", ("3", "500g"), Ask("measurement", "kg")),
        ("£ spent", ("12", "7"), Ask("measurement", "pounds")),
        ("Minutes waited", ("12", "7"), Ask("measurement", "minutes")),
        ("bp_systolic", ("142", "127"), Ask("measurement", "mmHg")),
        ("% who stayed", ("0.45", "45 %"), Ask("share")),
        ("Stayed", ("45 %", "30%"), Ask("share")),
        ("Stayed", ("0.45", "0.5", "0.25"), Ask("share")),
        ("How was it? (1-5)", ("4", "5"), Ask("score", out_of=5)),
        ("quality_1to5", ("4", "5"), Ask("score", out_of=5)),
        ("Mood out of 10", ("4", "9"), Ask("score", out_of=10)),
        ("How was it?", ("4/5", "3/5"), Ask("score", out_of=5)),
        ("Children aged 0-4", ("12", "3"), Ask("count")),
        ("Walks 1-2 miles", ("12", "30"), Ask("measurement", "miles")),
    ],
)
def test_what_the_numbers_are(heading, cells, ask):
    assert ask_of(column_of(heading, *cells))[0] == ask
