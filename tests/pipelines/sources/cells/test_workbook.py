"""Workbooks into grids of text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells import workbook
from pipelines.sources.cells.grid import read_book
from pipelines.sources.cells.types import MAX_COLUMNS
from tests.pipelines.sources.cells.written_books import ods, ods_cell, with_part, xlsx

HERE = Path(__file__).parent
SHEET = "xl/worksheets/sheet1.xml"


def rows(grid):
    return [grid.row(n) for n in range(grid.n_rows)]


def only(content):
    (grid,) = read_book(content, "log.xlsx").grids
    return grid


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (60.0, "60"),
        (0.45, "0.45"),
        (0.1 + 0.2, "0.3"),
        (-3, "-3"),
        (447700900123, "447700900123"),
        (True, "TRUE"),
        (dt.date(2026, 1, 31), "2026-01-31"),
        (dt.datetime(2026, 1, 31, 9, 30), "2026-01-31T09:30:00"),
        (dt.time(9, 30), "09:30:00"),
        (dt.timedelta(hours=33, minutes=36), "33:36:00"),
        ("  <5 ", "  <5 "),
        ("Café ☕\nsecond line", "Café ☕\nsecond line"),
        ("=1+1", "=1+1"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
@pytest.mark.parametrize("date_1904", [False, True])
def test_typed_cells_become_the_text_a_person_reads(value, text, date_1904):
    def write(book, sheet):
        spans = {dt.time: "hh:mm:ss", dt.timedelta: "[h]:mm:ss"}
        if isinstance(value, str):
            sheet.write_string(0, 0, value)
        elif isinstance(value, dt.date | dt.time | dt.timedelta):
            number_format = spans.get(type(value), "dd/mm/yyyy hh:mm")
            sheet.write_datetime(0, 0, value, book.add_format({"num_format": number_format}))
        else:
            sheet.write(0, 0, value)

    assert only(xlsx(write=write, date_1904=date_1904)).row(0) == (text,)


def test_a_formula_gives_what_it_shows_and_an_error_its_word():
    def write(_book, sheet):
        sheet.write_formula(0, 1, "=6*7", None, 42)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 1, "=VLOOKUP(1,A1:A2,1)", None, "#N/A")

    assert [row[1] for row in rows(only(xlsx(("a",), ("b",), ("c",), write=write)))] == [
        "42",
        "#DIV/0!",
        "#N/A",
    ]


def test_rows_are_counted_from_the_top_of_the_sheet_and_columns_from_its_left():
    grid = only(xlsx(write=lambda _, sheet: sheet.write(3, 2, "x")))
    assert grid.lines.tolist() == [1, 2, 3, 4]
    assert grid.row(3) == ("", "", "x")


def test_merged_ranges_hidden_sheets_and_charts_are_told():
    def write(book, sheet):
        sheet.merge_range(1, 0, 2, 3, "merged")
        book.add_worksheet("old").hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Log!$A$1:$A$2"})
        book.add_chartsheet("Picture").set_chart(chart)

    book = read_book(xlsx(("a", "b"), (), ("", "", "", "", "end"), write=write), "log.xlsx")
    assert [(grid.sheet, grid.is_hidden, grid.merged) for grid in book.grids] == [
        ("Log", False, ((1, 0, 2, 3),)),
        ("old", True, ()),
    ]
    assert book.notes == ("The sheet “Picture” is a chart; it holds no rows.",)


def test_a_row_that_cannot_be_kept_is_told_and_costs_no_other():
    def write(_book, sheet):
        sheet.write(1, MAX_COLUMNS, "far out")
        sheet.merge_range(2, 0, 3, 0, "merged")

    grid = only(xlsx(("a", "b"), ("c", "d"), ("e", "f"), ("g", "h"), write=write))
    assert [line for line, _ in grid.broken] == [2]
    assert grid.lines.tolist() == [1, 3, 4]
    assert grid.merged == ((1, 0, 2, 0),)
    assert grid.n_columns == MAX_COLUMNS


def test_a_cell_far_longer_than_a_spreadsheet_allows_costs_its_row():
    content = xlsx(("a", "b"), ("long", "d"))
    grid = only(with_part(content, "xl/sharedStrings.xml", lambda xml: xml.replace(b"long", b"x" * 40_000)))
    assert [line for line, _ in grid.broken] == [2]


@pytest.mark.parametrize("name", ["old.xls", "old_1904.xls"])
def test_workbooks_of_the_older_kind_are_read(name):
    book = read_book((HERE / "workbooks" / name).read_bytes(), name)
    log, old = book.grids
    assert book.format == "xls"
    assert rows(log)[2:] == [
        ("Date", "Who", "kg", "OK?"),
        ("2026-01-05", "Café", "12.5", "TRUE"),
        ("2026-01-12T09:30:00", "Marsh", "60", ""),
    ]
    assert (log.merged, old.is_hidden) == (((0, 0, 0, 3),), True)


def test_open_document_spreadsheets_are_read():
    number = ods_cell("12,5", "float", office_value="12.5")
    day = ods_cell("05/01/26", "date", office_date_value="2026-01-05")
    table = f'<table:table table:name="Log"><table:table-row>{ods_cell("Café")}{number}{day}</table:table-row></table:table>'
    book = read_book(ods(table), "log.ods")
    assert (book.format, rows(book.grids[0])) == ("ods", [("Café", "12.5", "2026-01-05")])


def test_a_cell_that_is_repeated_without_end_takes_the_process_down_and_nothing_else():
    cell = ods_cell("1", "float", office_value="1", table_number_columns_repeated="16384")
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(UnreadableFileError):
        read_book(ods(f'<table:table table:name="Log">{row}</table:table>'), "log.ods")


def test_a_cell_in_the_last_corner_is_refused_with_what_to_do():
    content = xlsx(("a", "b"), write=lambda _, sheet: sheet.write(1_048_575, 16_383, "x"))
    with pytest.raises(UnreadableFileError, match="Delete what lies beyond the table"):
        read_book(content, "log.xlsx")


def test_entities_that_multiply_are_refused():
    entities = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"lol") for n in range(12)
    )
    for part, find in (("xl/sharedStrings.xml", b"Date"), ("xl/workbook.xml", b"Log")):
        bomb = with_part(
            xlsx(("Date", "kg")),
            part,
            lambda xml, find=find: (
                b'<?xml version="1.0"?><!DOCTYPE x [%s]>' % entities
                + xml.partition(b"?>")[2].replace(find, b"&e11;")
            ),
        )
        with pytest.raises(UnreadableFileError):
            read_book(bomb, "log.xlsx")


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(keep):
    content = xlsx(("a", "b"), ("c", "d"))
    with pytest.raises(UnreadableFileError, match="damaged or cut"):
        read_book(content[: int(len(content) * keep)], "log.xlsx")


def test_a_workbook_of_the_older_kind_cut_short_is_refused():
    content = (HERE / "workbooks" / "old.xls").read_bytes()
    with pytest.raises(UnreadableFileError, match="damaged or cut"):
        read_book(content[:2_000], "log.xls")


def test_reading_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(workbook, "SECONDS", 0.001)
    with pytest.raises(UnreadableFileError, match="too long"):
        read_book(xlsx(*(("a", "b", n) for n in range(5_000))), "log.xlsx")


def test_reading_that_needs_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(workbook, "MEMORY", 30_000_000)
    with pytest.raises(UnreadableFileError, match="memory"):
        read_book(xlsx(*(("a", "b", f"x{n}") for n in range(30_000))), "log.xlsx")
