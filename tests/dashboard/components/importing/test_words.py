"""What was understood of a file, as sentences a network lead would say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.components.importing import words as import_words
from pipelines.understanding import Ask, Role
from tests.dashboard.import_fakes import columns, guess, mapping, proposal


def test_the_headline_counts_rows_sheets_and_what_is_counted():
    assert (
        import_words.headline("food.xlsx", proposal())
        == "food.xlsx: 66 rows on two sheets, two things counted."
    )
    nothing = proposal(mapping=mapping(items={}), sheets=proposal().sheets[:1])
    assert import_words.headline("a.csv", nothing) == "a.csv: 28 rows, nothing to count."


def test_each_thing_understood_is_a_sentence():
    told = import_words.sentences(proposal(), columns())
    assert told == [
        "A row counts on the day under “Date” and “When”.",
        "Two things are counted: kg_in and people_fed.",
        "Who or where stands under “Who”.",
        "Left out: “Notes” and “Contact”. “Contact” may name people.",
        "Six rows are totals and are not counted.",
    ]


def test_a_form_known_before_is_said_to_be_read_the_same_way():
    told = import_words.sentences(proposal(matches="test_logs/walks.toml", form="google forms"), columns())
    assert (
        told[0] == "Its headings are those of test_logs/walks.toml, kept before; it is read in the same way."
    )
    assert import_words.sentences(proposal(form="kobo"), columns())[0].startswith(
        "This looks like an export of Kobo"
    )


def test_a_file_without_a_date_column_says_what_to_choose():
    undated = tuple(one for one in columns() if one.role != Role.TESTED_ON)
    assert "No column says on which day" in import_words.sentences(proposal(), undated)[0]


def test_a_file_with_nothing_to_count_says_so():
    bare = tuple(replace(one, role=Role.LEAVE_OUT, item=None) for one in columns())
    assert "No column holds a number to count." in " ".join(import_words.sentences(proposal(), bare))


def test_what_the_columns_hold_is_told_by_meaning_across_sheets():
    rows = import_words.meanings(columns())
    assert ("the day of the session", "", "Date and When") in rows
    assert ("kg_in", "kg", "Food in: kg and Got (kg)") in rows
    assert not [row for row in rows if "Notes" in row[2] or "Contact" in row[2]]


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (Ask(), "a count"),
        (Ask("count", "people"), "a count of people"),
        (Ask("measurement", "kg"), "kg"),
        (Ask("share"), "a share, %"),
        (Ask("score", out_of=5), "a score out of 5"),
        (Ask("measurement", "mmHg", part="second"), "mmHg, second of two numbers"),
    ],
)
def test_what_a_number_is_measured_in(ask, words):
    assert import_words.ask_words(ask) == words


def test_many_names_are_cut_short():
    assert import_words.names(f"c{n}" for n in range(60)) == "c0, c1, c2, c3 and fifty-six others"
    assert import_words.names(["one"]) == "one"
    assert import_words.names([]) == ""


@pytest.mark.parametrize(
    "name", ["<b>x</b>\u202e", "'; DROP TABLE load; --", "../../etc/passwd", "**md** [a](b)"]
)
def test_names_that_hold_anything_come_through_as_words(name):
    told = " ".join(import_words.sentences(proposal(), (guess(name, name, Role.TESTED_ON, why=name),)))
    assert "\u202e" not in told
    assert name.replace("\u202e", "")[:20] in told


def test_guesses_are_asked_to_be_looked_at():
    assert import_words.look_words(1) == "One column is a guess: look at it first."
    assert import_words.look_words(3) == "Three columns are guesses: look at them first."
