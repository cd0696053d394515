"""Rows of the funnels: every neighbourhood in its order, beside all together."""

from __future__ import annotations

import pytest
from scipy.stats import binom

from pipelines.served import funnel_rows

PLACES = ["west", "middle", "east"]


def step(
    place: str, reached: float | None, before: float | None, not_due: float | None = None, **more
) -> dict:
    return {
        "theme": "hypertension",
        "measure_id": "confirmed",
        "neighbourhood_id": place,
        "step": "confirmed",
        "n_reached": reached,
        "n_before": before,
        "n_not_due": not_due,
    } | more


STEPS = [step("east", 120.0, 200.0), step("west", 50.0, 200.0), step("middle", 100.0, 220.0, 20.0)]


def test_places_stand_in_their_order_whatever_their_shares():
    points = funnel_rows(STEPS, PLACES)["funnel_point"]
    assert [(row["neighbourhood_id"], row["display_order"]) for row in points] == [
        ("west", 1),
        ("middle", 2),
        ("east", 3),
    ]


def test_those_not_due_yet_are_not_counted():
    middle = funnel_rows(STEPS, PLACES)["funnel_point"][1]
    assert (middle["n_before"], middle["share"]) == (200, 0.5)
    assert middle["centre_line"] == pytest.approx(270 / 600)


def test_a_place_lies_beyond_where_its_tail_is_that_improbable():
    points = funnel_rows(STEPS, PLACES)["funnel_point"]
    assert binom.cdf(50, 200, 0.45) < 0.001
    assert binom.sf(119, 200, 0.45) < 0.001
    assert [row["beyond"] for row in points] == ["below 99.8", "within", "above 99.8"]


def test_the_lines_cover_every_place_and_hold_the_points_limits():
    rows = funnel_rows(STEPS, PLACES)
    sizes = [row["n_before"] for row in rows["funnel_line"]]
    assert min(sizes) < 200 < max(sizes)
    near = min(rows["funnel_line"], key=lambda row: abs(row["n_before"] - 200))
    assert near["lower_95"] == pytest.approx(rows["funnel_point"][0]["lower_95"], abs=0.002)


def test_a_place_held_back_has_a_row_without_figures_and_takes_no_part():
    steps = [step("west", None, None), step("middle", 100.0, 200.0), step("east", 120.0, 200.0)]
    west, *_ = funnel_rows(steps, PLACES)["funnel_point"]
    assert (west["share"], west["beyond"], west["lower_95"]) == (None, None, None)
    assert west["centre_line"] == pytest.approx(220 / 400)


def test_one_place_alone_is_held_against_nobody():
    rows = funnel_rows([step("west", 50.0, 100.0)], PLACES)
    assert rows["funnel_line"] == []
    assert (rows["funnel_point"][0]["share"], rows["funnel_point"][0]["beyond"]) == (0.5, None)


def test_shares_that_are_no_step_of_the_cascade_have_no_funnel():
    assert funnel_rows([step("west", 50.0, 100.0, step=None)], PLACES) == {
        "funnel_point": [],
        "funnel_line": [],
    }


def test_a_rounded_count_larger_than_its_rounded_whole_is_all_of_it():
    rows = funnel_rows([step("west", 205.0, 200.0), step("east", 100.0, 200.0)], PLACES)
    assert rows["funnel_point"][0]["share"] == 1
