"""Rows of served_gap: the pair is picked once, its gap has Newcombe's interval, picking does not bias later ones."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.disclosure import NHS, PROFILES
from pipelines.learning import newcombe_difference
from pipelines.served import served_rows
from pipelines.served.counts import group_counts
from tests.pipelines.served.made import SECOND, year

TRUE = PROFILES["none"]


def fifths(*measured: float, people: float = 1000.0) -> dict[tuple[str, str], tuple[float, float]]:
    total = sum(measured)
    return {("deprivation_fifth", str(at + 1)): (x, people) for at, x in enumerate(measured)} | {
        ("sex", "female"): (total / 2, people * len(measured) / 2),
        ("sex", "male"): (total / 2, people * len(measured) / 2),
    }


def gaps(
    first: dict, second: dict | None = None, kind: str = "deprivation_fifth", profile=TRUE
) -> list[dict]:
    rows = year("east", first) + (year("east", second, (SECOND,)) if second else [])
    found = served_rows(group_counts(rows, ["east"]), profile)["served_gap"]
    return [row for row in found if row["place_id"] == "east" and row["group_type"] == kind]


def test_the_gap_is_best_less_least_with_newcombes_interval():
    (row,) = gaps(fifths(40, 60, 70, 66, 80))
    expected = newcombe_difference(80, 1000, 40, 1000)
    assert (row["least"], row["best"]) == ("Most deprived fifth", "Least deprived fifth")
    assert (row["gap"], row["gap_low"], row["gap_high"]) == pytest.approx(
        (expected.difference, expected.low, expected.high), abs=1e-9
    )


def test_the_pair_of_the_first_half_year_stays_even_where_others_lie_further_apart():
    _, second = gaps(fifths(40, 60, 70, 66, 80), fifths(60, 30, 90, 60, 58))
    assert (second["least"], second["best"]) == ("Most deprived fifth", "Least deprived fifth")
    assert second["gap"] == pytest.approx(-0.002)
    assert "may be the same" in second["sentence"]


def test_picking_widens_the_first_gap_and_none_after_it():
    random = np.random.default_rng(4)
    found = []
    for _ in range(60):
        drawn = [random.binomial(600, 0.07, 5) * 1.0 for _ in range(2)]
        found.append(
            [row["gap"] for row in gaps(fifths(*drawn[0], people=600.0), fifths(*drawn[1], people=600.0))]
        )
    first, second = np.mean(found, axis=0)
    assert first > 0.015
    assert abs(second) < 3 * np.std(np.array(found)[:, 1]) / np.sqrt(60)


def test_the_first_gap_says_that_picking_widened_it_and_later_ones_when_they_were_picked():
    first, second = gaps(fifths(40, 60, 70, 66, 80), fifths(40, 60, 70, 66, 80))
    assert "chance widens this first gap" in first["sentence"]
    assert "The two were picked in April to September 2025." in second["sentence"]


def test_a_group_of_very_few_people_is_not_picked():
    counts = {
        ("sex", "female"): (200.0, 3000.0),
        ("sex", "male"): (200.0, 3000.0),
        ("ethnic_group", "arab"): (0.0, 60.0),
        ("ethnic_group", "white_british"): (210.0, 3000.0),
        ("ethnic_group", "black_african"): (190.0, 2940.0),
    }
    (row,) = gaps(counts, kind="ethnic_group")
    assert {row["least"], row["best"]} == {"White British", "Black African"}


def test_the_indices_are_there_for_all_five_fifths_alone():
    (row,) = gaps(fifths(40, 50, 60, 70, 80))
    assert row["slope_index"] == pytest.approx(0.05)
    assert row["relative_index"] == pytest.approx(0.085 / 0.035)
    assert row["slope_low"] < 0.05 < row["slope_high"]
    (sex,) = gaps(fifths(40, 50, 60, 70, 80), kind="sex")
    assert sex["slope_index"] is None
    (four,) = gaps(fifths(40, 50, 60, 70))
    assert four["slope_index"] is None


def test_where_a_fifth_is_held_back_there_is_no_index_and_the_sentence_says_so():
    (row,) = gaps(fifths(4, 60, 70, 66, 80), profile=NHS)
    assert row["slope_index"] is None
    assert row["n_hidden"] >= 1
    assert "held back" in row["sentence"]


def test_with_fewer_than_two_groups_shown_it_cannot_be_told():
    (row,) = gaps(fifths(3, 2, 4, 1, 5, people=30.0), profile=NHS)
    assert (row["least"], row["gap"]) == (None, None)
    assert row["sentence"].startswith("Cannot yet tell")
