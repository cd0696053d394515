"""The store on who is served: the latest half-year, fixed order, one note a place, the newest release of what is published."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from dashboard.store import Store
from pipelines.mart import current
from tests.dashboard.marts import write_marts


@pytest.fixture
def store(open_mart):
    return open_mart("full")


def test_groups_are_of_the_latest_half_year_and_in_the_order_they_are_filed(store):
    rows = store.served_groups("ashfield")
    assert set(rows["place_id"]) == {"ashfield"}
    assert rows["is_latest"].all()
    fifths = rows[(rows["question"] == "reach") & (rows["group_type"] == "deprivation_fifth")]
    assert fifths["display_order"].tolist() == [1, 2, 3, 4, 5]


def test_hidden_groups_are_rows_without_figures(store):
    hidden = store.served_groups("creekside")
    assert hidden["is_hidden"].all()
    assert hidden[["n_served", "n_people", "share", "lower_95", "upper_95"]].isna().all(axis=None)


def test_gaps_come_in_time_order(store):
    rows = store.served_gaps("ashfield")
    assert rows.groupby(["question", "group_type"])["period_start"].is_monotonic_increasing.all()
    assert store.served_gaps("nowhere").empty


def test_funnels_stand_west_to_east_with_names_and_their_lines_by_size(store):
    points = store.funnel_points("hypertension")
    west_to_east = store.neighbourhoods()["neighbourhood_id"].tolist()
    for _, rows in points.groupby("measure_id"):
        assert rows["neighbourhood_id"].tolist() == [name for name in west_to_east if name != "brook_end"]
    assert points["neighbourhood"].notna().all()
    lines = store.funnel_lines("hypertension", "back_in_28_days")
    assert lines["n_before"].is_monotonic_increasing
    assert store.funnel_lines("food", "back_in_28_days").empty


@pytest.fixture
def own_mart(tmp_path):
    """A mart of one's own to which rows are added."""

    def add(*statements):
        path = current(write_marts(tmp_path, "full") / "shared")
        with duckdb.connect(str(path)) as mart:
            for statement in statements:
                mart.execute(statement)
        return Store(path)

    return add


def test_a_places_own_note_stands_for_that_of_everywhere(own_mart):
    store = own_mart("INSERT INTO worked_note VALUES ('ashfield', 'winter', 3, 'Winter here', 'Own words.')")
    try:
        assert store.worked_notes("ashfield")["title"].tolist()[-1] == "Winter here"
        assert store.worked_notes("saltmarsh")["title"].tolist()[-1] == "Compare winter with winter"
        assert len(store.worked_notes("ashfield")) == 3
    finally:
        store.close()


def published(value, released, indicator="CVDP007HYP", category="NULL"):
    columns = "area_code, area_name, indicator, indicator_id, period_start, period_end, value, unit, released_on, category"
    row = f"'E09000002', 'Borough', 'Treated to target', '{indicator}', DATE '2025-01-01', DATE '2025-12-31', {value}, '%', "
    return f"INSERT INTO locality_value ({columns}) VALUES ({row} DATE '{released}', {category})"


def test_of_a_published_figure_the_newest_release_stands_and_parts_of_people_stay_out(own_mart):
    store = own_mart(
        published(61.0, "2026-03-01"),
        published(62.5, "2026-06-01"),
        published(40.0, "2026-06-01", category="'most deprived'"),
        published(30.0, "2026-06-01", indicator="DM006"),
    )
    try:
        found = store.published_of_theme()
        assert found["value"].tolist() == [62.5]
        assert found["released_on"].dt.date.tolist() == [dt.date(2026, 6, 1)]
    finally:
        store.close()
