"""Ticked options are found, also those that hold the comma by which they are parted."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.understanding.columns import Column
from pipelines.understanding.options import options_of


def column_of(cells: dict[str, int], heading: str = "What did you do? (tick all that apply)") -> Column:
    texts = [cell for cell, n in cells.items() for _ in range(n)]
    return Column(None, heading, 0, pa.array(texts), cells)


def test_options_parted_by_commas():
    assert options_of(column_of({"Walk": 5, "Walk, Tea": 3, "Tea": 2})) == ("Walk", "Tea")


def test_an_option_with_a_comma_is_put_together_again():
    cells = {"Walk": 5, "Walk, Tea, cake and talk": 3, "Tea, cake and talk": 2}
    assert options_of(column_of(cells)) == ("Walk", "Tea, cake and talk")


def test_commas_within_brackets_part_nothing():
    cells = {"Walk": 4, "Walk, Visitor (nurse, council, library)": 2, "Visitor (nurse, council, library)": 1}
    assert options_of(column_of(cells)) == ("Walk", "Visitor (nurse, council, library)")


def test_semicolons_at_the_end_part_too():
    assert options_of(column_of({"Singing;": 3, "Singing;Tea, cake;": 2, "Tea, cake;": 4})) == (
        "Singing",
        "Tea, cake",
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"Rain at first, then sun": 1, "Two prams, one scooter": 1, "Met the gardeners, who gave beans": 1},
        {"Good": 10, "OK": 5, "Very good": 3},
        {},
    ],
)
def test_free_text_and_single_answers_are_no_tick_lists(cells):
    assert options_of(column_of(cells, heading="How was it?")) == ()
