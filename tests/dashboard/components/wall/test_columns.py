"""Which measures the wall shows: two of each domain, all where the reader asks, always in the same order."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.components.wall.columns import pick_columns, with_targets
from dashboard.components.wall.filters import Filters

#: Of each measure: domain, and whether it is marked for the wall; in the order of the mart.
MEASURES = {
    "r1": ("reach", True), "r2": ("reach", False), "r3": ("reach", True), "r4": ("reach", True), "q1": ("quality", True),
    "q2": ("quality", False), "q3": ("quality", False), "i1": ("impact", True), "i2": ("impact", False),
    "b1": ("balancing", True),
}  # fmt: skip


@pytest.fixture
def measures():
    return pd.DataFrame(
        [(name, *row) for name, row in MEASURES.items()], columns=["measure_id", "domain", "wall"]
    )


@pytest.fixture
def charted():
    rows = [(name, "hall", "food") for name in MEASURES if name != "r4"] + [
        ("r4", "walk", None),
        ("q1", "walk", None),
    ]
    return pd.DataFrame(rows, columns=["measure_id", "prototype_id", "theme"])


def names(columns):
    return columns.shown["measure_id"].tolist()


def test_the_wall_takes_two_marked_measures_of_each_domain_in_their_order(measures, charted):
    columns = pick_columns(measures, charted, Filters())
    assert names(columns) == ["r1", "r3", "q1", "i1"]
    assert columns.n_offered == len(MEASURES)
    assert not columns.is_wide


def test_the_columns_of_the_wall_do_not_change_with_what_is_charted(measures, charted):
    assert names(pick_columns(measures, charted.iloc[:0], Filters())) == ["r1", "r3", "q1", "i1"]


def test_a_theme_shows_two_of_each_domain_those_marked_first(measures, charted):
    assert names(pick_columns(measures, charted, Filters(theme="food"))) == [
        "r1",
        "r3",
        "q1",
        "q2",
        "i1",
        "i2",
    ]


def test_a_domain_shows_its_own_measures_and_balancing_is_one(measures, charted):
    assert names(pick_columns(measures, charted, Filters(domain="reach"))) == ["r1", "r2", "r3", "r4"]
    assert names(pick_columns(measures, charted, Filters(domain="balancing"))) == ["b1"]


def test_a_prototype_shows_every_measure_it_has_where_they_fit(measures, charted):
    assert names(pick_columns(measures, charted, Filters(prototype="walk"))) == ["r4", "q1"]


@pytest.mark.parametrize("filters", [Filters(), Filters(theme="food"), Filters(prototype="hall")])
def test_all_measures_are_shown_in_the_same_order_where_the_reader_asks(measures, charted, filters):
    columns = pick_columns(measures, charted, filters, show_all=True)
    assert columns.is_wide
    assert len(columns.shown) == columns.n_offered
    assert names(columns) == [name for name in MEASURES if name in names(columns)]


def test_a_domain_of_more_measures_than_fit_shows_six_marked_ones_first():
    ids = [f"m{at}" for at in range(9)]
    measures = pd.DataFrame({"measure_id": ids, "domain": "reach", "wall": [at > 6 for at in range(9)]})
    charted = pd.DataFrame({"measure_id": ids, "prototype_id": "p", "theme": "food"})
    shown = names(pick_columns(measures, charted, Filters(domain="reach")))
    assert shown == ["m0", "m1", "m2", "m3", "m7", "m8"]


def test_the_target_of_a_column_is_the_one_that_holds_when_the_data_ends():
    columns = pd.DataFrame({"measure_id": ["a", "b"]})
    targets = pd.DataFrame({
        "measure_id": ["a", "a", "a"], "value": [0.4, 0.5, 0.9],
        "from_on": [dt.datetime(2025, 1, 1), dt.datetime(2026, 4, 1), dt.datetime(2027, 1, 1)],
    })  # fmt: skip
    assert [column["target"] for column in with_targets(columns, targets, dt.date(2026, 11, 22))] == [
        0.5,
        None,
    ]
