"""No cell of a file we write is taken for a formula; numbers and harmless words come through unchanged."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.safe_csv import FORMULA, csv_text, frame_bytes, frame_csv, safe_cell


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "＝1"]
)
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(cell):
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["Ashfield", "12-14", "a=b", "", "<5", "'quoted"])
def test_other_words_stay_as_they_are(cell):
    assert safe_cell(cell) == cell


@pytest.mark.parametrize("cell", [-3, -2.5, 0, True, dt.date(2026, 1, 31)])
def test_numbers_and_days_stay_what_they_are(cell):
    assert safe_cell(cell) is cell


@pytest.mark.parametrize("cell", [None, float("nan"), pd.NaT])
def test_what_is_missing_is_an_empty_cell(cell):
    assert safe_cell(cell) == ""


@pytest.mark.parametrize("kind", ["int64", "float64", "Int64", "object"])
def test_a_column_of_negative_numbers_is_read_back_as_numbers(kind):
    frame = pd.DataFrame({"value": pd.Series([-3, 4, -5]).astype(kind)})
    read = pd.read_csv(io.BytesIO(frame_bytes(frame)))
    assert read["value"].tolist() == [-3, 4, -5]


def test_a_negative_number_that_somebody_typed_as_text_is_kept_as_the_text_it_was():
    assert frame_csv(pd.DataFrame({"found": ["-5"]})) == "found\r\n'-5\r\n"


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_whatever_stands_in_a_cell_no_cell_of_the_file_begins_as_a_formula(rows):
    read = list(csv.reader(io.StringIO(csv_text(("=a", "b"), rows), newline="")))
    assert len(read) == len(rows) + 1
    assert not [cell for row in read for cell in row if cell.startswith(FORMULA)]


def test_a_frame_is_written_with_its_headings_and_opens_as_utf_8():
    frame = pd.DataFrame({"file": ["=cmd"], "line": [3], "value": [-1.5]})
    assert frame_csv(frame) == "file,line,value\r\n'=cmd,3,-1.5\r\n"
    assert frame_bytes(frame).startswith(b"\xef\xbb\xbffile")
