"""cascade_counts.csv line by line: what stands, and every fault with its line, column and what was found."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from pipelines.sources.cascade.reading import MOST_LINES, read_cascade
from pipelines.sources.tables import CascadeCount
from tests.pipelines.sources.cascade.cascade_files import HEADING, TODAY, line, owners, read, told

SAMPLE = Path(__file__).parents[4] / "data/sample/cascade_counts.csv"


def test_a_line_becomes_a_count_with_the_words_of_the_file():
    found = read(line("confirmed", 21, follow_up=3, group_type="sex", group="female", setting="home"))
    load_id = found.ledger.load_id
    month = dt.date(2026, 4, 1)
    assert found.rows == (
        CascadeCount(
            load_id,
            "cascade_counts.csv",
            2,
            "ash",
            None,
            month,
            "confirmed",
            3,
            "sex",
            "female",
            "home",
            21.0,
        ),
    )
    assert told(found) == []


def test_blank_group_and_setting_mean_everybody_and_everywhere():
    (row,) = read("ash,2026-04,measured,,,,,12").rows
    assert (row.group_type, row.group, row.setting, row.follow_up_months) == ("all", "all", "all", None)


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"place": "asg"}, "neighbourhood_id"),
        ({"month": "April"}, "cohort_month"),
        ({"month": "2026-11"}, "cohort_month"),
        ({"month": "2027-01"}, "cohort_month"),
        ({"step": "mesured"}, "step"),
        ({"step": ""}, "step"),
        ({"follow_up": 4}, "follow_up_months"),
        ({"follow_up": "-3"}, "follow_up_months"),
        ({"follow_up": "three"}, "follow_up_months"),
        ({"group_type": "gender", "group": "female"}, "group_type"),
        ({"group_type": "sex", "group": "f"}, "group"),
        ({"group": "female"}, "group"),
        ({"setting": "barber"}, "setting"),
        ({"count": -1}, "count"),
        ({"count": 2.5}, "count"),
        ({"count": "many"}, "count"),
        ({"group_type": "help_source", "group": "family"}, "step"),
    ],
)
def test_a_faulty_cell_refuses_its_line_and_is_told_with_its_column(fields, column):
    found = read(line(), line(**fields))
    assert len(found.rows) == 1
    ((number, where, _, effect),) = told(found)
    assert (number, where, effect) == (3, column, "line refused")


def test_every_fault_of_a_line_is_told_at_once():
    found = read("asg,April,mesured,4,gender,x,barber,many")
    assert {column for _, column, _, _ in told(found)} == {
        "neighbourhood_id", "cohort_month", "step", "follow_up_months", "group_type", "setting", "count",
    }  # fmt: skip
    assert found.ledger.close().lines_refused == 1


def test_the_nearest_known_word_is_named():
    reasons = " ".join(
        fault.reason for fault in read(line("mesured"), line(setting="pharmacie")).ledger.faults
    )
    assert "Did you mean measured?" in reasons
    assert "Did you mean pharmacy?" in reasons


@pytest.mark.parametrize("text", ["<5", "*", "n/a", "", "1-7"])
def test_a_count_held_back_is_a_missing_cell_and_no_row(text):
    found = read(line(count=text), line("reached"))
    assert [row.step for row in found.rows] == ["reached"]
    ((number, column, _, effect),) = told(found)
    assert (number, column, effect) == (2, "count", "cell missing")
    load = found.ledger.close()
    assert (load.lines_loaded, load.lines_refused, load.cells_missing) == (2, 0, 1)


def test_a_prototype_must_be_there_and_at_home():
    heading = HEADING + ",prototype_id"
    found = read(
        line("reached") + ",ash-bp",
        line("raised") + ",ash-pb",
        line("measured") + ",elm-walk",
        heading=heading,
    )
    assert [row.prototype_id for row in found.rows] == ["ash-bp"]
    assert [(number, column) for number, column, _, _ in told(found)] == [
        (3, "prototype_id"),
        (4, "prototype_id"),
    ]
    assert "Did you mean ash-bp?" in found.ledger.faults[0].reason


def test_personal_data_are_dropped_counted_and_never_told():
    found = read(
        line() + ",Maureen Smith,rang 07700 900123,soon",
        line("reached") + ",,,",
        line("raised", "Maureen Smith") + ",,,",
        heading=HEADING + ",patient_name,notes,remark",
    )
    assert len(found.rows) == 2
    assert found.ledger.close().personal_cells_dropped == 2
    words = repr(found)
    assert "Maureen" not in words
    assert "900123" not in words
    noted = [column for _, column, _, effect in told(found) if effect == "noted"]
    assert noted == ["patient_name", "notes", "remark"]


def test_a_person_in_place_of_a_group_is_masked():
    words = repr(
        read(line(group_type="ethnic_group", group="Maureen Smith"), line(place="Maureen")).ledger.faults
    )
    assert "aureen" not in words


def test_lines_reconcile():
    found = read(
        line(), "", line("reached", "*"), line("raised", "many"), ",,,,,,,", line("expected") + ",more"
    )
    load = found.ledger.close()
    assert load.lines_read == load.lines_loaded + load.lines_refused + load.lines_furniture == 7
    assert (load.lines_loaded, load.lines_refused, load.lines_furniture) == (2, 2, 3)


def test_columns_may_stand_in_any_order_and_a_semicolon_between_them():
    heading = ";".join(reversed(HEADING.split(",")))
    (row,) = read(";".join(reversed(line().split(","))), heading=heading).rows
    assert (row.step, row.count) == ("measured", 12.0)


def test_a_missing_column_is_said_and_nothing_is_read():
    found = read("ash,2026-04,measured,12", heading="neighbourhood_id,cohort_month,step,count")
    assert found.rows == ()
    assert found.missing == ("follow_up_months", "group_type", "group", "setting")


def test_a_file_beyond_the_limit_is_refused_as_a_whole():
    content = (HEADING + "\n" + (line() + "\n") * (MOST_LINES + 1)).encode()
    found = read_cascade(content, "cascade_counts.csv", owners(), TODAY)
    assert found.rows == ()
    assert found.ledger.close().lines_refused == MOST_LINES + 2


def test_fifty_thousand_lines_are_read_in_two_seconds_of_work():
    lines = [
        line(
            step,
            50_000 - n,
            f"20{n // 12 % 26:02d}-{n % 12 + 1:02d}",
            group_type="ethnic_group",
            group=f"g{n // 312}",
        )
        for n in range(312 * 54)
        for step in ("eligible", "measured", "raised")
    ]
    content = "\n".join((HEADING, *lines)).encode()
    begun = time.process_time()
    found = read_cascade(content, "cascade_counts.csv", owners(), TODAY)
    seconds = time.process_time() - begun
    assert len(found.rows) == len(lines) > 50_000
    assert seconds < 2, f"{seconds:.2f} s"


def test_a_workbook_with_the_same_table_is_read_alike(tmp_path):
    import xlsxwriter

    path = tmp_path / "counts.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, month = book.add_worksheet(), book.add_format({"num_format": "mmm-yy"})
    for at, name in enumerate(HEADING.split(",")):
        sheet.write_string(0, at, name)
    for at, value in enumerate(("ash", None, "confirmed", 3, "deprivation_fifth", 1, "all", 21)):
        if value is not None:
            sheet.write(1, at, value)
    sheet.write_datetime(1, 1, dt.datetime(2026, 4, 1), month)
    book.close()
    (row,) = read_cascade(path.read_bytes(), "cascade_counts.xlsx", owners(), TODAY).rows
    (same,) = read(line("confirmed", 21, follow_up=3, group_type="deprivation_fifth", group="1")).rows
    assert (row.cohort_month, row.step, row.follow_up_months, row.group, row.count) == (
        same.cohort_month, same.step, same.follow_up_months, same.group, same.count,
    )  # fmt: skip


def test_a_heading_that_stands_twice_is_told_and_the_last_is_read():
    found = read(line(count=12) + ",13", heading=HEADING + ",Count")
    assert [row.count for row in found.rows] == [13.0]
    assert told(found) == [(1, "count", None, "noted")]
