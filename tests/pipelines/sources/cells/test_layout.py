"""Finding the table on a sheet: titles, headings, blanks, totals and notes told from records."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.cells.headings import plain
from pipelines.sources.cells.layout import find_layout
from pipelines.sources.cells.types import Grid, text_array


def grid_of(*rows, merged=()):
    width = max(map(len, rows))
    whole = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = tuple(text_array(column) for column in zip(*whole, strict=True))
    return Grid(None, False, np.arange(1, len(rows) + 1, dtype=np.int64), columns, merged)


HEADING = ("Date", "Who", "kg in", "people fed", "Comments")
FIRST = ("05/01/2026", "Marsh Kitchen", "12", "30", "")
SECOND = ("12/01/2026", "Heathway Larder", "14", "31", "fridge broke")


def furniture(*rows, **options):
    layout = find_layout(grid_of(*rows), **options)
    assert layout is not None
    return layout.furniture


def last_is(row, *more):
    """What the last of the usual rows and this one is; None where it is a record."""
    return furniture(HEADING, FIRST, SECOND, *more, row).get(3 + len(more))


def test_titles_and_blanks_above_the_heading_are_told_apart():
    layout = find_layout(grid_of(("Food network 2026",), ("",), HEADING, FIRST, SECOND))
    assert layout.heading_line == 3
    assert layout.headings == HEADING
    assert layout.furniture == {0: "title", 1: "blank", 2: "heading"}
    assert layout.body.tolist() == [3, 4]


def test_a_heading_is_put_on_one_line():
    layout = find_layout(grid_of(("Date", " wasted\n(kg) ", "people\u00a0fed"), ("05/01/2026", "1", "2")))
    assert layout.headings == ("Date", "wasted (kg)", "people fed")


def test_merged_headings_of_two_rows_are_joined():
    upper = ("Date", "Food in", "", "Notes")
    lower = ("", "kg", "from", "")
    merged = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3))
    layout = find_layout(grid_of(upper, lower, ("05/01/2026", "1", "bakery", ""), merged=merged))
    assert layout.headings == ("Date", "Food in: kg", "Food in: from", "Notes")
    assert layout.furniture == {0: "heading", 1: "heading"}


def test_headings_of_two_rows_are_joined_in_text_too_where_they_fill_each_others_gaps():
    upper = ("Date", "Food in", "", "Notes")
    lower = ("", "kg", "from", "")
    layout = find_layout(grid_of(upper, lower, ("05/01/2026", "1", "bakery", "")))
    assert layout.headings == ("Date", "Food in: kg", "Food in: from", "Notes")


def test_words_above_a_heading_without_gaps_are_a_title():
    layout = find_layout(grid_of(("Group:", "Marsh Kitchen"), HEADING, FIRST, SECOND))
    assert layout.headings == HEADING
    assert layout.furniture == {0: "title", 1: "heading"}


def test_a_first_record_of_words_is_not_taken_into_the_heading():
    layout = find_layout(grid_of(("Date", "Who", "What"), ("soon", "Ann", "walk"), ("later", "Bea", "talk")))
    assert layout.body.tolist() == [1, 2]


def test_numbered_questions_make_a_heading():
    layout = find_layout(grid_of(("1. When was it?", "2) How many came?"), ("05/01/2026", "12")))
    assert layout.heading_line == 1


def test_a_mapping_that_knows_the_headings_finds_them_below_rows_that_look_like_one():
    rows = (("When", "Where", "How"), ("a", "b", "c"), HEADING, FIRST)
    layout = find_layout(grid_of(*rows), known=["date:", "KG in"])
    assert layout.heading_line == 3


def test_known_headings_of_which_the_file_has_none_do_not_matter():
    assert find_layout(grid_of(HEADING, FIRST), known=["Quando", "Quanti"]).heading_line == 1


@pytest.mark.parametrize(
    "rows", [[("1", "2"), ("3", "4")], [("", "")], [("a note",), ("05/01/2026", "1", "2")]]
)
def test_a_sheet_without_a_heading_has_no_layout(rows):
    assert find_layout(grid_of(*rows)) is None


def test_a_heading_alone_is_a_table_without_records():
    assert find_layout(grid_of(HEADING)).body.tolist() == []


def test_a_single_column_may_have_a_heading():
    assert find_layout(grid_of(("people",), ("3",), ("4",))).headings == ("people",)


def test_blank_rows_and_the_heading_once_more_are_named():
    found = furniture(HEADING, FIRST, ("", " ", "", "\t", "\u00a0"), HEADING, SECOND)
    assert found == {0: "heading", 2: "blank", 3: "heading"}


@pytest.mark.parametrize(
    "row",
    [
        ("TOTAL", "", "26", "61", ""),
        ("", "TOTAL", "26", "61", ""),
        ("", "", "26", "61", "Total"),
        ("Jan sub-total", "", "26", "61", ""),
        ("January", "TOTAL", "26", "61", ""),
        ("31/01/2026", "TOTAL", "26", "61", ""),
        ("31/01/2026", "January total", "26", "61", ""),
        ("", "Total w/c 13 April", "26", "61", ""),
        ("", "Marsh Kitchen Total", "26", "61", ""),
        ("", "TOTAL so far:", "26", "61", ""),
        ("Grand total", "", "#REF!", "61", ""),
        ("", "Subtotal Q1 2026", "26", "61", "checked by Ann"),
        ("Average", "", "13", "30.5", ""),
        ("", "Total", "", "", ""),
    ],
)
def test_a_total_is_a_total_wherever_its_label_stands(row):
    assert last_is(row) == "total"
    assert furniture(HEADING, row, FIRST, SECOND)[1] == "total"


@pytest.mark.parametrize(
    "row",
    [
        ("19/01/2026", "Marsh Kitchen", "12", "30", "total chaos today"),
        ("19/01/2026", "Marsh Kitchen", "12", "30", "Total"),
        ("19/01/2026", "Total Wellbeing", "12", "30", ""),
        ("", "Marsh Kitchen", "12", "30", "the total was not checked"),
        ("", "Marsh Kitchen", "12", "30", "Total"),
        ("", "", "12", "30", "total chaos"),
        ("19/01/2026", "", "12", "30", "not sure about the total"),
        ("19/01/2026", "Average", "12", "30", ""),
        ("", "Marsh Kitchen", "12", "30", "sum of two bags"),
        ("Jan", "Totalled Cars Club", "12", "30", ""),
    ],
)
def test_a_record_that_speaks_of_a_total_stays_a_record(row):
    assert last_is(row) is None


def test_a_group_called_total_keeps_its_undated_rows():
    dated = ("19/01/2026", "Total Wellbeing", "12", "30", "")
    assert last_is(("", "Total Wellbeing", "13", "30", ""), dated) is None


def test_a_column_of_kinds_one_of_which_is_total_holds_no_totals():
    rows = [(f"HYP{n:03d}", "Clinical", "TOTAL" if n % 4 else "45OV") for n in range(20)]
    assert furniture(("code", "domain", "list"), *rows) == {0: "heading"}


def test_a_total_among_serial_dates_is_told_from_a_record_with_a_comment():
    heading = ("Comments", "fed", "Date")
    rows = [("", "12", f"{46_200 + n}") for n in range(5)]
    found = furniture(heading, *rows, ("total chaos", "5", "46210"), ("Total", "65", ""))
    assert found == {0: "heading", 7: "total"}


THREE = [(f"{day:02d}/01/2026", "Marsh Kitchen", "12kg", str(day), "") for day in (5, 12, 19)]


def test_figures_alone_that_add_up_the_rows_above_are_a_total_without_a_label():
    assert furniture(HEADING, *THREE, ("", "", "36", "36", "")) == {0: "heading", 4: "total"}
    assert furniture(HEADING, *THREE, ("",), ("", "", "36", "", ""))[5] == "total"


def test_sums_of_a_part_and_of_the_whole_are_both_told():
    part = ("", "", "36", "36", "")
    assert furniture(HEADING, *THREE, part, *THREE, part, ("", "", "72", "72", "")) == {
        0: "heading",
        4: "total",
        8: "total",
        9: "total",
    }


@pytest.mark.parametrize(
    "row",
    [
        ("", "", "36", "35", ""),
        ("", "Marsh Kitchen", "36", "36", ""),
        ("26/01/2026", "", "36", "36", ""),
        ("", "", "12", "5", ""),
    ],
)
def test_figures_that_do_not_add_up_or_say_who_or_when_stay_a_record(row):
    assert furniture(HEADING, *THREE, row) == {0: "heading"}


@pytest.mark.parametrize(
    "row",
    [
        ("wasted = went to compost, the pigs don't count",),
        ("February",),
        ("", "", "please do not change the formulas below"),
    ],
)
def test_a_cell_of_words_alone_is_a_note(row):
    assert furniture(HEADING, FIRST, row, SECOND)[2] == "note"
    assert furniture(HEADING, FIRST, SECOND, row)[3] == "note"


@pytest.mark.parametrize(
    "row",
    [
        ("23/12/2025", "", "", "", ""),
        ("", "Marsh Kitchen", "", "", ""),
        ("", "", "12", "", ""),
        ("", "", "", "", "ok"),
    ],
)
def test_a_record_with_one_cell_is_left_to_be_judged(row):
    assert last_is(row) is None


CELLS = st.sampled_from(
    ["", " ", "Date", "kg", "total", "12", "05/01/2026", "Marsh Kitchen", "Total w/c 3", "a\nb", "½"]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12))
def test_every_row_is_a_record_or_named_furniture_and_never_both(rows):
    grid = grid_of(*rows)
    layout = find_layout(grid)
    if layout is not None:
        assert sorted([*layout.body.tolist(), *layout.furniture]) == list(range(grid.n_rows))
        assert set(layout.furniture.values()) <= {"title", "heading", "blank", "total", "note"}
        assert len(layout.headings) == grid.n_columns
        assert all(any(map(str.strip, grid.row(n))) for n in layout.body.tolist())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wasted (kg)", " wasted\n(KG) "),
        ("How many came?", "how many came"),
        ("Notes:", "notes"),
        ("a\u200bb", "ab"),
    ],
)
def test_headings_that_read_alike_compare_equal(one, other):
    assert plain(one) == plain(other)


def test_headings_that_ask_for_another_thing_do_not_compare_equal():
    assert plain("Reached") != plain("Reached %")
    assert plain("£ spent") != plain("spent")
