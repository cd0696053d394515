"""Fifths within the borough, against the published ranks that are kept with the project."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from pipelines.served.fifths import fifths_within

PUBLISHED = Path(__file__).parents[3] / "data/localities/deprivation_2025.csv"
#: Small areas of England in 2021: its fifths by rank.
ENGLAND = 33_755


def ranks() -> dict[str, float]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {row["lsoa21_code"]: float(row["IMD_rank"]) for row in csv.DictReader(file)}


def test_each_fifth_of_the_borough_holds_23_small_areas():
    fifths = fifths_within(ranks())
    assert Counter(fifths.values()) == dict.fromkeys(range(1, 6), 23)


def test_every_area_of_a_fifth_is_more_deprived_than_every_area_of_the_next():
    rank, fifths = ranks(), fifths_within(ranks())
    for fifth in range(1, 5):
        last = max(rank[code] for code, one in fifths.items() if one == fifth)
        assert last < min(rank[code] for code, one in fifths.items() if one == fifth + 1)


def test_englands_fifths_would_put_nearly_all_of_the_borough_into_two():
    england = Counter(min(int(5 * (rank - 1) / ENGLAND) + 1, 5) for rank in ranks().values())
    assert [england[fifth] for fifth in range(1, 6)] == [32, 73, 9, 1, 0]


def test_equal_ranks_and_an_uneven_number_give_the_same_fifths_every_time():
    areas = {"c": 5.0, "a": 5.0, "b": 1.0, "f": 9.0, "d": 7.0, "e": 8.0}
    assert fifths_within(areas) == {"b": 1, "a": 1, "c": 2, "d": 3, "e": 4, "f": 5}
    assert fifths_within({}) == {}
