"""Splitting delimited text without losing a line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.csv_lines import split

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_delimiter_and_encoding_are_found(encoding, mark):
    text = split(f"name{mark}n\nCafé{mark}3\n".encode(encoding))
    assert [record.cells for record in text.records] == [("name", "n"), ("Café", "3")]


def test_windows_text_is_read_as_such():
    text = split("name,n\nCafé – one,3\n".encode("cp1252"))
    assert text.encoding == "cp1252"
    assert text.records[1].cells == ("Café – one", "3")


def test_records_keep_the_line_on_which_they_begin_although_cells_hold_line_breaks():
    text = split(b'a,b\n"one\ntwo",1\n\nx,2\r\ny,3')
    assert [record.line for record in text.records] == [1, 2, 4, 5, 6]
    assert [record.is_blank for record in text.records] == [False, False, True, False, False]


def test_a_quote_that_is_never_closed_costs_its_own_line_only():
    text = split(b'a,b\n"oops,1\nx,2\ny,3\n')
    assert [(record.line, record.fault is None) for record in text.records] == [
        (1, True),
        (2, False),
        (3, True),
        (4, True),
    ]
    assert text.records[3].cells == ("y", "3")


def test_a_quote_closed_far_below_is_taken_for_a_slip():
    rows = "\n".join(f"x,{n}" for n in range(60))
    text = split(f'a,b\n"oops,1\n{rows}\nlate",2\nz,3\n'.encode())
    assert len([record for record in text.records if record.fault is None]) >= 61


def test_a_cell_beyond_the_size_limit_costs_its_own_line_only():
    text = split(b"a,b\n" + b"x" * 140_000 + b",1\ny,2\n")
    assert [record.fault is None for record in text.records] == [True, False, True]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8))
def test_what_the_library_writes_comes_back(rows):
    handle = io.StringIO(newline="")
    csv.writer(handle).writerows(rows)
    text = split(handle.getvalue().encode())
    if text.delimiter == "," and not rows[0][0].lower().startswith("sep="):
        assert [list(record.cells) for record in text.records] == rows


@given(st.binary(max_size=300))
def test_any_bytes_give_records_with_rising_lines(content):
    lines = [record.line for record in split(content).records]
    assert lines == sorted(set(lines))
