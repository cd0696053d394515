"""The numbers behind a chart: every plotted point leads back to its file and lines."""

from __future__ import annotations

import pandas as pd

from dashboard.components.data_table import points_table
from dashboard.figures.numbers import NumberStyle

POINTS = pd.DataFrame(
    {
        "position": [0, 1],
        "period_start": pd.to_datetime(["2026-03-02", "2026-03-09"]),
        "period_end": pd.to_datetime(["2026-03-08", "2026-03-15"]),
        "value": [12.0, 15.0],
        "numerator": [12.0, 15.0],
        "denominator": [None, None],
        "n_sessions": [1, 1],
        "is_hidden": [False, False],
        "hidden_reason": [None, None],
        "centre_line": [None, None],
        "lower_limit": [None, None],
        "upper_limit": [None, None],
        "rule": [None, None],
    }
)


def test_each_point_names_its_file_and_lines():
    html = points_table(
        POINTS, NumberStyle(), "week", "Guests", {0: "food.xlsx, line 5", 1: "<b>.csv, line 6"}
    )
    assert '<th scope="col">From</th>' in html
    assert "<td>food.xlsx, line 5</td></tr>" in html
    assert "<td>&lt;b&gt;.csv, line 6</td></tr>" in html


def test_without_known_sources_there_is_no_empty_column():
    assert "From" not in points_table(POINTS, NumberStyle(), "week", "Guests")


def test_a_number_that_was_not_written_exactly_says_between_what_it_lies():
    points = POINTS.assign(value_low=[10.0, 15.0], value_high=[14.0, None])
    html = points_table(points, NumberStyle(), "week", "Guests")
    assert "<td>12 (10 to 14)</td>" in html
    assert "<td>15 (at least 15)</td>" in html


def test_the_usual_range_of_an_amount_begins_at_0_where_it_is_never_below():
    limits = POINTS.assign(centre_line=98.0, lower_limit=-50.0, upper_limit=246.0)
    kilograms, warmth = NumberStyle.of("i", never_negative=True), NumberStyle.of("i")
    assert "<td>0 to 246</td>" in points_table(limits, kilograms, "week", "Food")
    assert "<td>-50 to 246</td>" in points_table(limits, warmth, "week", "Warmth")


def test_a_row_names_every_rule_that_its_point_fires():
    fired = POINTS.assign(rule=["beyond_limits", None], beyond_limits=[True, False], shift=[True, False])
    html = points_table(fired, NumberStyle(), "week", "Guests")
    assert "<td>outside the usual range; long run on one side</td>" in html
