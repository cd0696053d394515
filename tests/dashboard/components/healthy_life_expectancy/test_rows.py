"""Which rows of published figures belong on one picture."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.components.healthy_life_expectancy.rows import figures_of_all, named_by_sex, newest_publication

ROW = {
    "indicator": "Healthy life expectancy at birth", "sex": "male", "category": None, "value": 59.6, "source": "ONS",
    "released_on": dt.date(2026, 2, 19), "retrieved_on": None, "period_end": dt.date(2024, 12, 31),
}  # fmt: skip


def rows(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([ROW | change for change in changes])


def test_rows_without_a_figure_and_rows_of_a_part_of_the_people_are_left_out():
    held = figures_of_all(rows({}, {"value": None}, {"category": "Most deprived decile"}))
    assert list(held.index) == [0]


def test_of_two_releases_the_newer_is_kept_whole_and_the_older_is_not_joined_to_it():
    old = {"released_on": dt.date(2025, 2, 19)}
    held = newest_publication(
        rows(old, {}, old | {"period_end": dt.date(2020, 12, 31)}, {"period_end": dt.date(2020, 12, 31)})
    )
    assert list(held.index) == [1, 3]


def test_of_two_sources_the_one_with_the_latest_period_is_kept():
    other = {"source": "Fingertips", "released_on": None, "retrieved_on": dt.date(2026, 5, 1)}
    assert list(newest_publication(rows({}, other | {"period_end": dt.date(2025, 12, 31)})).index) == [1]
    assert list(newest_publication(rows({}, other | {"period_end": dt.date(2023, 12, 31)})).index) == [0]


def test_a_file_without_any_day_is_shown_where_it_is_all_there_is():
    assert len(newest_publication(rows({"released_on": None, "source": None}))) == 1
    assert newest_publication(rows({}).iloc[:0]).empty


def test_the_sex_is_named_once():
    named = named_by_sex(
        rows({}, {"indicator": "Male healthy life expectancy"}, {"sex": None}, {"sex": "persons"})
    )
    assert list(named["indicator"]) == [
        "Healthy life expectancy at birth, male",
        "Male healthy life expectancy",
        "Healthy life expectancy at birth",
        "Healthy life expectancy at birth",
    ]
