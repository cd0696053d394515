"""Where a number comes from, as a person would say it: file, sheet, lines."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.components.data.words import lines_words, place_words, sources_by_point


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], ""),
        ([5], "line 5"),
        ([5, 9, 10, 11], "lines 5, 9–11"),
        ([1, 3, 5, 7], "lines 1, 3, 5, 7"),
        ([1, 3, 5, 7, 9], "lines 1 to 9 (5 lines)"),
        (list(range(2, 400)), "lines 2–399"),
    ],
)
def test_lines_are_named_one_by_one_or_in_runs(lines, words):
    assert lines_words(lines) == words


def test_of_very_many_lines_the_first_the_last_and_their_number_are_told():
    assert lines_words([2, 3, 4, 9_000], n_lines=5_000) == "lines 2 to 9,000 (5,000 lines)"


def test_a_place_is_the_file_and_its_sheet_without_the_folders():
    assert place_words("inbox/test_logs/food.xlsx", "Apr - June") == "food.xlsx, Apr - June"
    assert place_words("inbox/test_logs/walks.csv", None) == "walks.csv"
    assert place_words("inbox/test_logs/walks.csv", float("nan")) == "walks.csv"


def test_a_point_from_two_sheets_names_both():
    rows = pd.DataFrame(
        {
            "series_id": ["kg@food", "kg@food", "kg@food"],
            "position": [0, 0, 1],
            "file": ["inbox/test_logs/food.xlsx"] * 3,
            "sheet": ["March", "April", "April"],
            "lines": [[30, 31], [4], [5]],
            "n_lines": [2, 1, 1],
        }
    )
    assert sources_by_point(rows) == {
        "kg@food": {
            0: "food.xlsx, March, lines 30–31; food.xlsx, April, line 4",
            1: "food.xlsx, April, line 5",
        }
    }
    assert sources_by_point(rows.head(0)) == {}
