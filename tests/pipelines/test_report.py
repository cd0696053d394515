"""The report of what was read: counts that add up, every fault with its place, the same as text and as CSV."""

from __future__ import annotations

import csv
import io

import pytest

from pipelines.report import COLUMNS, fault_words, lines_of, report_csv
from pipelines.sources import RowFault
from pipelines.sources.folder import read_folder
from pipelines.sources.tables import Effect


@pytest.fixture
def checked(tmp_path):
    (tmp_path / "test_logs").mkdir()
    (tmp_path / "neighbourhoods.csv").write_text("neighbourhood_id,name\nheath,Heath\n", encoding="utf-8")
    (tmp_path / "prototypes.csv").write_text(
        "prototype_id,neighbourhood_id,name\nlunch,heath,Lunch\n", encoding="utf-8"
    )
    (tmp_path / "test_logs" / "log.csv").write_text(
        "neighbourhood_id,prototype_id,tested_on,guests\nheath,lunch,2026-01-06,4\nheath,lunch,soon,5\nheath,lunch,later,6\n",
        encoding="utf-8",
    )
    return read_folder(tmp_path, ())


def test_refusals_are_counted_by_reason_and_each_told_with_its_line(checked):
    lines = list(lines_of(checked))
    assert any(line.startswith("test_logs/log.csv: 2 lines refused: ") for line in lines)
    assert [line for line in lines if line.startswith("test_logs/log.csv, line 3")]
    assert lines[-1].endswith("in 3 files.")


def test_the_csv_has_a_line_a_load_and_a_line_a_fault(checked):
    rows = list(csv.DictReader(io.StringIO(report_csv([checked]))))
    assert tuple(rows[0]) == COLUMNS
    loads = [row for row in rows if row["effect"] == "loaded"]
    assert [row["file"] for row in loads] == [load.file for load in checked.loads]
    assert all(len(row["value"]) == 64 for row in loads)
    assert "read 4, loaded 1, refused 2, headings, blanks, totals 1" in loads[-1]["reason"]
    assert len(rows) == len(checked.loads) + len(checked.faults)


def test_a_fault_says_sheet_line_and_column():
    fault = RowFault(
        "l", "food.xlsx", 7, "kg", "lots", "This is no number.", Effect.CELL_MISSING, "Apr - June"
    )
    assert fault_words(fault) == (
        'food.xlsx, sheet Apr - June, line 7, column kg (cell missing): This is no number. Found "lots".'
    )


def test_no_cell_of_the_csv_is_a_formula(checked):
    fault = RowFault("l", "=cmd.csv", 7, "+kg", "@x", "-1 is no number.", Effect.NOTED)
    made = report_csv(
        [
            type(checked)(
                **{**{n: getattr(checked, n) for n in checked.__dataclass_fields__}, "faults": (fault,)}
            )
        ]
    )
    last = list(csv.reader(io.StringIO(made)))[-1]
    assert last == ["'=cmd.csv", "", "7", "'+kg", "'@x", "'-1 is no number.", "noted"]
