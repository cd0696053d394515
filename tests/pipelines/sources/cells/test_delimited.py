"""Delimited text into a grid, without losing a line."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import UnreadableFileError
from pipelines.sources.cells import delimited
from pipelines.sources.cells.delimited import read_text
from pipelines.sources.cells.types import MAX_CHARACTERS, MAX_COLUMNS

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufeff"), max_size=8)


def rows(grid):
    return [grid.row(n) for n in range(grid.n_rows)]


def read(content: bytes):
    return read_text(content)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_delimiter_and_encoding_are_found(encoding, mark):
    grid = read(f"name{mark}number\nCafé{mark}3\n".encode(encoding))
    assert rows(grid) == [("name", "number"), ("Café", "3")]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_what_older_spreadsheets_write_is_read_and_told(encoding):
    grid, notes = read_text("name,cost\nCafé,£3\nThe café’s,£4\n".replace("’", "'").encode(encoding))
    assert rows(grid)[1:] == [("Café", "£3"), ("The café's", "£4")]
    assert any("not UTF-8" in note for note in notes)


def test_windows_dashes_and_quotes_are_not_taken_for_letters():
    grid, _ = read_text("name,n\nCafé – “one”,3\n".encode("cp1252"))
    assert rows(grid)[1] == ("Café – “one”", "3")


def test_one_damaged_letter_does_not_turn_a_whole_file_into_another_encoding():
    grid, notes = read_text("name,n\nCafé – one,3\n".encode() + b"Caf\xc3,4\n")
    assert rows(grid)[1:] == [("Café – one", "3"), ("Caf\ufffd", "4")]
    assert "1 characters could not be read" in notes[0]


def test_a_line_that_names_the_delimiter_is_obeyed_and_kept_as_a_row():
    grid = read(b"sep=|\na|b,c\n1|2,3\n")
    assert rows(grid) == [("sep=", ""), ("a", "b,c"), ("1", "2,3")]


def test_a_title_with_a_comma_does_not_decide_the_delimiter():
    grid = read(b"Food network, second quarter\ndate;kg;who\n2026-01-05;1,5;A\n2026-01-12;2,5;B\n")
    assert grid.n_columns == 3
    assert grid.row(2) == ("2026-01-05", "1,5", "A")


def test_a_log_of_decimal_commas_is_divided_by_its_semicolons():
    grid = read(b"a;b;c\n1,5;2,5;3,5\n1,6;2,6;3,6\n1,7;2,7;3,7\n")
    assert grid.n_columns == 3


def test_rows_keep_the_line_on_which_they_begin_although_cells_hold_line_breaks():
    grid = read(b'a,b\n"one\ntwo",1\n\nx,2\r\ny,3')
    assert grid.lines.tolist() == [1, 2, 4, 5, 6]
    assert rows(grid) == [("a", "b"), ("one\ntwo", "1"), ("", ""), ("x", "2"), ("y", "3")]


def test_old_macintosh_line_ends_are_line_ends():
    grid = read(b"a,b\rx,2\ry,3\r")
    assert grid.lines.tolist() == [1, 2, 3]


def test_a_quote_that_is_never_closed_costs_its_own_line_only():
    grid = read(b'a,b\n"oops,1\nx,2\ny,3\n')
    assert [line for line, _ in grid.broken] == [2]
    assert rows(grid) == [("a", "b"), ("x", "2"), ("y", "3")]


def test_an_unclosed_quote_on_the_last_line_is_told():
    grid = read(b'a,b\nx,2\ny,"3')
    assert [line for line, _ in grid.broken] == [3]


def test_a_quote_closed_far_below_is_taken_for_a_slip():
    body = "\n".join(f"x,{n}" for n in range(60))
    grid = read(f'a,b\n"oops,1\n{body}\nlate",2\nz,3\n'.encode())
    assert grid.n_rows >= 61
    assert 2 in dict(grid.broken)


def test_a_quote_closed_by_the_next_quoted_cell_does_not_swallow_the_lines_between():
    grid = read(b'a,b,c,d\nA,"oops,1,2\nB,x,1,2\nC,"fine",3,4\n')
    assert [line for line, _ in grid.broken] == [2]
    assert rows(grid)[1:] == [("B", "x", "1", "2"), ("C", "fine", "3", "4")]


def test_a_quote_that_leaves_too_few_cells_does_not_swallow_whole_records():
    grid = read(b'a,b,c\n1,"oops,2\n3,x,4\n5,y,6"\n7,z,8\n')
    assert 2 in dict(grid.broken)
    assert ("3", "x", "4") in rows(grid)


def test_a_comment_with_line_breaks_and_commas_stays_one_cell():
    grid = read(b'a,b,c\n1,"Rain, then sun\nTwo prams, one scooter\nfine",2\n')
    assert grid.row(1) == ("1", "Rain, then sun\nTwo prams, one scooter\nfine", "2")


@pytest.mark.parametrize("long", [b"x" * (MAX_CHARACTERS + 1), b"x" * 140_000, b'"' + b"x" * 40_000 + b'"'])
def test_a_cell_beyond_the_size_limit_costs_its_own_line_only(long):
    grid = read(b"a,b\n" + long + b",1\ny,2\n")
    assert rows(grid) == [("a", "b"), ("y", "2")]
    assert [(line, "32,767" in reason) for line, reason in grid.broken] == [(2, True)]


def test_a_line_of_far_too_many_cells_costs_itself_only():
    grid = read(b"a,b\n1,2\n" + b"," * 100_000 + b"\n3,4\n")
    assert [(line, str(MAX_COLUMNS) in reason) for line, reason in grid.broken] == [(3, True)]
    assert grid.n_columns == 2


def test_a_line_with_a_comma_too_many_keeps_all_its_cells():
    grid = read(b"a,b\n1,2\n3,4,5\n")
    assert rows(grid) == [("a", "b", ""), ("1", "2", ""), ("3", "4", "5")]


def test_a_file_of_far_too_many_columns_is_refused():
    with pytest.raises(UnreadableFileError, match="No line can be read"):
        read(b",".join(b"x" for _ in range(100_000)) + b"\n")


def test_a_character_that_is_no_text_costs_its_own_line_only():
    grid = read(b"a,b\n1,\x002\n3,4\n")
    assert [line for line, _ in grid.broken] == [2]
    assert grid.row(1) == ("3", "4")


def test_a_file_of_broken_lines_is_given_up_in_time():
    content = b'a,b\n"x\n' + b'b""c\n' * 100_000
    with pytest.raises(UnreadableFileError, match="cannot be split"):
        read(content + b'"x\n' * 1 + b'\n"y""\n' * 20_000)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8))
def test_what_the_library_writes_comes_back(written):
    handle = io.StringIO(newline="")
    csv.writer(handle).writerows(written)
    grid, notes = read_text(handle.getvalue().encode())
    if not notes and not grid.broken:
        width = max(map(len, written))
        assert rows(grid) == [(*row, *[""] * (width - len(row))) for row in written]


PIECES = st.sampled_from(
    ['"', ",", "\n", "\r\n", "\r", "a", "é", "x,y", '""', " ", "1,2\n", '"q",w\n', "\ufeff"]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from([8, 20, 1_000]))
def test_the_fast_and_the_careful_lane_give_the_same_grid(text, block):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCK", block)
        quick = outcome(text)
        patch.setattr(delimited, "_fast", lambda *_: None)
        careful = outcome(text)
        patch.setattr(delimited, "BLOCK", 1_000)
        assert quick == careful == outcome(text)


def outcome(text):
    try:
        grid, notes = read_text(text.encode())
    except UnreadableFileError as error:
        return str(error)
    return grid.lines.tolist(), rows(grid), grid.broken, notes


def test_a_plain_file_takes_the_fast_lane(monkeypatch):
    monkeypatch.setattr(delimited, "split_lines", None)
    grid = read(b"a,b\r\n" + b'1,"x, y"\r\n,\r\n' * 1_000 + b"1,2\r\n")
    assert (grid.n_rows, grid.row(2)) == (2_002, ("", ""))


@given(st.binary(max_size=300))
def test_any_bytes_give_every_line_once_and_in_order(content):
    try:
        grid = read(content)
    except UnreadableFileError:
        return
    lines = sorted([*grid.lines.tolist(), *(line for line, _ in grid.broken)])
    assert lines == sorted(set(lines))
    assert all(len(column) == grid.n_rows and column.null_count == 0 for column in grid.cells)
    assert np.all(np.diff(grid.lines) > 0)
