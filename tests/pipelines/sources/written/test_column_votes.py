"""What a whole column tells about its numbers."""

from __future__ import annotations

import pytest

from pipelines.sources.written.column_votes import settle_ask
from pipelines.sources.written.number import Ask
from pipelines.sources.written.values import read_number


@pytest.mark.parametrize(
    ("cells", "unit", "value_of_first"),
    [
        (["45", "1", "60"], "%", 0.45),
        (["0.45", "45 %", "45%", "1"], "of 1", 0.45),
    ],
)
def test_shares_are_per_cents_or_fractions_by_the_whole_column_and_that_is_said(cells, unit, value_of_first):
    ask, guess = settle_ask(cells, Ask("share"))
    assert ask.unit == unit
    assert "without a sign" in guess
    assert read_number(cells[0], ask).value == value_of_first


def test_fractions_and_per_cents_side_by_side_are_read_one_by_one():
    ask, guess = settle_ask(["45", "0.45"], Ask("share"))
    assert ask == Ask("share")
    assert "side by side" in guess
    assert read_number("45", ask).value == read_number("0.45", ask).value == 0.45


def test_the_highest_mark_is_what_the_cells_say():
    ask, guess = settle_ask(["4/5", "3", "Good", ""], Ask("score"))
    assert ask.out_of == 5
    assert "5" in guess


@pytest.mark.parametrize("cells", [["4/5", "7/10"], ["4/5", "8"], ["4", "Good"]])
def test_a_highest_mark_on_which_cells_differ_is_not_guessed(cells):
    assert settle_ask(cells, Ask("score")) == (Ask("score"), None)


def test_a_measurement_takes_the_unit_that_its_cells_carry():
    ask, guess = settle_ask(["12kg", "14", "15", "500g", "10 kg"], Ask("measurement"))
    assert ask.unit == "kg"
    assert "kg" in guess
    assert read_number("14", ask).value == 14


def test_one_stray_unit_does_not_make_a_count_of_people_a_weight():
    cells = ["12kg", *map(str, range(20))]
    assert settle_ask(cells, Ask()) == (Ask(), None)
    assert read_number("12kg", Ask()).state == "held"


def test_units_of_two_kinds_settle_nothing():
    assert settle_ask(["12kg", "90 min"], Ask("measurement")) == (Ask("measurement"), None)


@pytest.mark.parametrize(
    "ask", [Ask("share", "%"), Ask("score", out_of=10), Ask(unit="people"), Ask(part="first")]
)
def test_what_the_mapping_says_is_never_changed(ask):
    assert settle_ask(["0.45", "4/5", "12kg", "145/92"], ask) == (ask, None)


@pytest.mark.parametrize("ask", [Ask(), Ask("share"), Ask("score"), Ask("measurement")])
def test_an_empty_column_settles_nothing(ask):
    assert settle_ask([], ask) == (ask, None)
    assert settle_ask(["", "n/a", "٣", "£"], ask) == (ask, None)
