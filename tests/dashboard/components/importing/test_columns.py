"""The columns of a file: what is known of each, and which are put right together."""

from __future__ import annotations

import pytest

from dashboard.components.importing.columns import columns_of, item_word, row_html
from pipelines.understanding import Role
from tests.dashboard.import_fakes import columns, guess


def test_one_heading_on_many_sheets_is_put_right_once():
    twice = [guess(f"Week {n}", "Date", Role.TESTED_ON) for n in range(50)]
    (column,) = columns_of(twice)
    assert len(column.guesses) == 50


def test_one_heading_taken_for_two_things_stays_two_columns():
    told = [guess("a", "kg", Role.ITEM, "kg_in"), guess("b", "kg", Role.ITEM, "kg_out")]
    assert [column.first.item for column in columns_of(told)] == ["kg_in", "kg_out"]


def test_a_column_says_where_it_stands_what_it_holds_and_why_it_was_taken_so():
    html = row_html(columns_of(columns())[3])
    assert "<bdi>Food in: kg</bdi>" in html
    assert "on Jan-Mar 26" in html
    assert "e.g. 60, 39kg, ~20. Its cells are numbers." in html
    assert "please look" not in html


def test_a_guess_is_marked():
    (unsure,) = [column for column in columns_of(columns()) if not column.is_sure]
    assert "please look" in row_html(unsure)


def test_tags_in_a_file_are_words():
    html = row_html(
        columns_of([guess("<i>s", "<script>x", Role.ITEM, "a", examples=("<b>1",), why="<u>")])[0]
    )
    assert "<script>" not in html
    assert "<b>1" not in html
    assert "<u>" not in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("People fed (approx)", "people_fed_approx"),
        ("kg_in", "kg_in"),
        ("2nd visit", "item_2nd_visit"),
        ("'; DROP TABLE", "drop_table"),
        ("...", "item"),
        ("x" * 90, "x" * 40),
    ],
)
def test_what_a_person_types_becomes_a_word(typed, word):
    assert item_word(typed) == word
