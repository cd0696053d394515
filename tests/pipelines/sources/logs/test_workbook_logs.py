"""Logs in workbooks: several sheets, hidden ones, headings that differ, transfers between members."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.sources import read_folder
from pipelines.sources.logs.context import context_of
from pipelines.sources.logs.mapping import read_mapping
from pipelines.sources.logs.reading import read_log
from pipelines.sources.tables import Prototype

TODAY = dt.date(2026, 11, 22)
HEADING = ("neighbourhood_id", "prototype_id", "tested_on", "place", "attended", "new_people")
MAPPING = """
neighbourhood_id = "ash"
prototype_id = "ash-bp"
tested_on = ["When", "Date"]
member = ["Who", "Group"]
source = ["From", "Got from"]
[items]
attended = { heading = ["Fed", "People fed"], not_from = ["source", "member"] }
new_people = ["New", "First time"]
"""
FIRST = [("When", "Who", "From", "Fed", "New"), (dt.date(2026, 3, 2), "Pantry", "shop", 12, 3)]
SECOND = [("Group", "Date", "Got from", "People fed"), ("Kitchen", dt.date(2026, 3, 9), "bakery", 9)]


def workbook(sheets: dict[str, list[tuple]], hidden: tuple[str, ...] = ()) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return content.getvalue()


@pytest.fixture
def read_book_log(folder, measures):
    """Return a function that reads one workbook (and its mapping) in the small folder."""

    def read(sheets, mapping=None, hidden=()):
        (folder / "test_logs" / "log.xlsx").write_bytes(workbook(sheets, hidden))
        if mapping is not None:
            (folder / "test_logs" / "log.toml").write_text(mapping, encoding="utf-8")
        return read_folder(folder, measures, today=TODAY)

    return read


def sheet_loads(checked) -> dict[str, tuple[int, int, int]]:
    return {
        load.sheet: (load.lines_loaded, load.lines_refused, load.lines_furniture)
        for load in checked.loads
        if load.sheet
    }


def test_a_log_of_the_contract_may_be_a_workbook(read_book_log):
    rows = [HEADING, ("ash", "ash-bp", dt.date(2026, 3, 2), "Hall", 12, 3)]
    checked = read_book_log({"Log": rows})
    (line,) = checked.raw_lines
    assert (line.sheet, line.line, line.tested_on) == ("Log", 2, dt.date(2026, 3, 2))
    assert [(cell.item, cell.count) for cell in checked.raw_cells] == [("attended", 12), ("new_people", 3)]
    assert checked.faults == ()


def test_the_same_record_in_a_text_and_in_a_workbook_counts_once(read_book_log, folder):
    log = ",".join(HEADING) + "\nash,ash-bp,02/03/2026,Hall,12,3\n"
    (folder / "test_logs" / "early.csv").write_text(log)
    checked = read_book_log({"Log": [HEADING, ("ash", "ash-bp", dt.date(2026, 3, 2), "Hall", 12, 3)]})
    assert len(checked.raw_lines) == 1
    (fault,) = checked.faults
    assert (fault.sheet, fault.line, str(fault.effect)) == ("Log", 2, "line refused")
    assert "test_logs/early.csv, line 2" in fault.reason


def test_sheets_with_other_headings_in_another_order_are_read_by_one_mapping(read_book_log):
    checked = read_book_log({"Spring": FIRST, "Summer": SECOND}, MAPPING)
    assert sheet_loads(checked) == {"Spring": (1, 0, 1), "Summer": (1, 0, 1)}
    cells = [(cell.item, cell.count) for cell in checked.raw_cells]
    assert cells == [("attended", 12), ("new_people", 3), ("attended", 9)]
    (fault,) = checked.faults
    assert (fault.sheet, fault.column, str(fault.effect)) == ("Summer", "New", "noted")


def test_what_came_from_another_member_is_told_and_not_counted(read_book_log):
    passed_on = ("Kitchen", dt.date(2026, 3, 16), " pantry ", 20)
    checked = read_book_log({"Spring": FIRST, "Summer": [*SECOND, passed_on]}, MAPPING)
    cells = {
        (cell.line, cell.count, cell.flag, cell.written)
        for cell in checked.raw_cells
        if cell.item == "attended"
    }
    assert cells == {(2, 12, None, "12"), (2, 9, None, "9"), (3, None, "transfer", "20")}
    assert any("another member" in fault.reason and fault.line == 3 for fault in checked.faults)
    assert checked.held_records == ()


def test_a_hidden_sheet_is_refused_and_told_unless_the_mapping_asks_for_it(read_book_log):
    sheets = {"Spring": FIRST, "Old": [SECOND[0], ("Kitchen", dt.date(2026, 1, 5), "bakery", 777)]}
    checked = read_book_log(sheets, MAPPING, hidden=("Old",))
    assert sheet_loads(checked) == {"Spring": (1, 0, 1), "Old": (0, 2, 0)}
    assert any(fault.sheet == "Old" and "hidden" in fault.reason for fault in checked.faults)
    asked = read_book_log(sheets, MAPPING + "[sheets.Old]\nread_hidden = true\n", hidden=("Old",))
    assert sheet_loads(asked)["Old"] == (1, 0, 1)


def test_a_sheet_that_the_mapping_leaves_out_is_refused_and_told(read_book_log):
    checked = read_book_log({"Spring": FIRST, "Summer": SECOND}, MAPPING + "[sheets.Summer]\nskip = true\n")
    assert sheet_loads(checked) == {"Spring": (1, 0, 1), "Summer": (0, 2, 0)}
    assert any(fault.sheet == "Summer" and "leave this sheet out" in fault.reason for fault in checked.faults)


@pytest.mark.parametrize(
    ("log", "mapping"),
    [(FIRST, MAPPING), ([HEADING, ("ash", "ash-bp", dt.date(2026, 3, 2), "Hall", 12, 3)], None)],
)
def test_a_sheet_of_words_beside_the_log_is_taken_for_notes_and_told(read_book_log, log, mapping):
    guide = [("How to fill this in",), ("Write one line a session.",), ("Ask Sam if in doubt.",)]
    checked = read_book_log({"Log": log, "Guide": guide}, mapping)
    assert sheet_loads(checked) == {"Log": (1, 0, 1), "Guide": (0, 0, 3)}
    assert [str(fault.effect) for fault in checked.faults if fault.sheet == "Guide"] == ["noted"]


def test_a_log_that_goes_on_without_a_heading_is_refused_and_never_taken_for_notes(read_book_log):
    log = [HEADING, ("ash", "ash-bp", dt.date(2026, 3, 2), "Hall", 12, 3)]
    further = [
        ("ash", "ash-bp", dt.date(2026, 3, 9), "Hall", 11, 2),
        ("ash", "ash-bp", dt.date(2026, 3, 16), "Hall", 9, 1),
    ]
    loaded, refused, _ = sheet_loads(read_book_log({"Log": log, "More": further}))["More"]
    assert (loaded, refused) == (0, 2)


def test_a_heading_that_no_sheet_has_refuses_every_sheet(read_book_log):
    wrong = MAPPING.replace('["New", "First time"]', '"Newcomers"')
    checked = read_book_log({"Spring": FIRST, "Summer": SECOND}, wrong)
    assert all(loaded == 0 for loaded, _, _ in sheet_loads(checked).values())
    assert any(
        fault.column == "Newcomers" and "Correct the mapping" in fault.reason for fault in checked.faults
    )


def test_the_order_of_dates_may_differ_from_sheet_to_sheet(read_book_log):
    spring = [FIRST[0], ("3/2/2026", "Pantry", "shop", 12, 3)]
    summer = [SECOND[0], ("Kitchen", "9/3/2026", "bakery", 9)]
    checked = read_book_log(
        {"Spring": spring, "Summer": summer}, MAPPING + '[sheets.Spring]\ndates = "month-first"\n'
    )
    assert [line.tested_on for line in checked.raw_lines] == [dt.date(2026, 3, 2), dt.date(2026, 3, 9)]
    assert [guess.sheet for guess in checked.guesses] == ["Summer"]


def test_an_empty_date_is_that_of_the_row_above_only_where_the_mapping_says_so(read_book_log):
    rows = [*FIRST, ("", "Kitchen", "bakery", 7, 1)]
    assert len(read_book_log({"Spring": rows}, MAPPING).raw_lines) == 1
    carried = read_book_log({"Spring": rows}, "dates_carry_down = true\n" + MAPPING)
    assert [line.tested_on for line in carried.raw_lines] == [dt.date(2026, 3, 2)] * 2
    assert any("row above" in guess.what for guess in carried.guesses)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.tsv", b"neighbourhood_id\tprototype_id\ttested_on\tattended\nash\tash-bp\t2026-03-02\t12\n"),
        ("log.txt", b"neighbourhood_id;prototype_id;tested_on;attended\nash;ash-bp;2026-03-02;12\n"),
        (
            "LOG.CSV",
            "neighbourhood_id,prototype_id,tested_on,attended\nash,ash-bp,2026-03-02,12\n".encode("utf-16"),
        ),
    ],
)
def test_a_log_of_the_contract_may_be_any_text_table(folder, measures, name, content):
    (folder / "test_logs" / name).write_bytes(content)
    checked = read_folder(folder, measures, today=TODAY)
    assert [(cell.item, cell.count) for cell in checked.raw_cells] == [("attended", 12)]


def test_a_file_that_is_no_table_is_told_and_the_others_are_read(folder, measures):
    (folder / "test_logs" / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (folder / "test_logs" / "log.csv").write_bytes(
        b"neighbourhood_id,prototype_id,tested_on,attended\nash,ash-bp,2026-03-02,12\n"
    )
    checked = read_folder(folder, measures, today=TODAY)
    assert len(checked.raw_lines) == 1
    assert [fault.file for fault in checked.faults] == ["test_logs/broken.xlsx"]


WHOLE = workbook({"Spring": FIRST, "Summer": SECOND}, hidden=("Summer",))
DAMAGED = st.builds(
    lambda begin, size, put: WHOLE[:begin] + put + WHOLE[begin + size :],
    st.integers(0, len(WHOLE)),
    st.integers(0, 400),
    st.binary(max_size=20),
)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_told_and_never_raise(content):
    context = context_of((), (Prototype("ash-bp", "ash", "Checks"),), (), TODAY)
    for mapping in (None, read_mapping(MAPPING.encode(), "log.toml")[0]):
        for ledger, sessions in read_log(content, "log.csv", mapping, b"", context):
            load = ledger.close()
            assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
            assert load.lines_loaded == len(sessions)
            assert load.lines_loaded or ledger.faults


@given(DAMAGED)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_workbook_is_read_or_told_and_never_raises(content):
    context = context_of((), (Prototype("ash-bp", "ash", "Checks"),), (), TODAY)
    for ledger, sessions in read_log(
        content, "log.xlsx", read_mapping(MAPPING.encode(), "log.toml")[0], b"", context
    ):
        load = ledger.close()
        assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture
        assert load.lines_loaded == len(sessions)
