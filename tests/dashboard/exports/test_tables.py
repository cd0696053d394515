"""The tables read back: every point with its limits, icon, rules and reasons, and nothing of what is held back."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from dashboard.exports.tables import NAMES, csv_files, points_table
from dashboard.figures.chart_request import NUMBERS


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def rows(pack) -> list[dict[str, str]]:
    return read(pack.files["points.csv"])


def test_every_point_of_every_chart_is_there_also_of_those_that_are_not_drawn(rows, shared_store):
    summaries = shared_store.summaries()
    points = shared_store.points_of(list(summaries["series_id"]))
    assert len(rows) == sum(len(frame) for frame in points.values())
    assert {row["series_id"] for row in rows} == set(points)


def test_a_row_says_where_what_limits_icon_rules_and_why(rows):
    wanted = {
        *NAMES, "measure_name", "period_start", "value", "numerator", "denominator", "centre_line", "lower_limit",
        "upper_limit", "target", "rule", "point_type", "words", "kind", "kind_reason", "rule_set", "rule_set_version",
        "variation", "assurance", "why_no_limits", "hidden_reason",
    }  # fmt: skip
    assert wanted <= set(rows[0])


def test_a_value_read_back_is_the_value_of_the_mart(rows, shared_store):
    series = "people_reached@ashfield_pressure"
    mine = [row for row in rows if row["series_id"] == series]
    points = shared_store.points(series)
    assert [row["period_start"] for row in mine] == [f"{day:%Y-%m-%d}" for day in points["period_start"]]
    for name in ("value", "lower_limit", "centre_line", "upper_limit"):
        assert [float(row[name]) if row[name] else None for row in mine] == [
            None if pd.isna(value) else value for value in points[name]
        ]


def test_a_place_held_back_keeps_no_number_at_all(rows):
    hidden = [row for row in rows if row["is_hidden"] == "True"]
    assert hidden
    assert {row[name] for row in hidden for name in NUMBERS if name in row} == {""}


def test_days_are_days(rows):
    assert all(len(row["period_start"]) == 10 and len(row["period_end"]) == 10 for row in rows)


def test_a_cell_that_a_spreadsheet_would_run_is_text(contents):
    from dataclasses import replace

    evil = contents.summaries.assign(measure_name="=1+1")
    table = read(csv_files(replace(contents, summaries=evil))["points.csv"])
    assert {row["measure_name"] for row in table} == {"'=1+1"}


def test_the_mart_is_not_changed_by_being_written_down(contents):
    before = contents.points.copy()
    points_table(contents)
    pd.testing.assert_frame_equal(contents.points, before)


def test_what_changed_and_what_was_agreed_are_there_word_for_word(pack, contents):
    changes, agreed = (read(pack.files[name]) for name in ("changes.csv", "agreed.csv"))
    assert [row["sentence"] for row in changes] == [row["sentence"] for row in contents.changes]
    assert [row["sentence"] for row in agreed] == [row["sentence"] for row in contents.agreed]
    assert len(changes) >= 3
    assert agreed
