"""Half-years and the order of groups."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.served.questions import HalfYear, in_order, whole_half_years
from pipelines.vocabulary import GroupType


def months(first: tuple[int, int], last: tuple[int, int]) -> list[dt.date]:
    return [
        dt.date(year, month, 1)
        for year in range(first[0], last[0] + 1)
        for month in range(1, 13)
        if first <= (year, month) <= last
    ]


@pytest.mark.parametrize(
    ("first", "last", "starts"),
    [
        ((2024, 12), (2026, 10), ["2025-04-01", "2025-10-01", "2026-04-01"]),
        ((2025, 4), (2025, 9), ["2025-04-01"]),
        ((2025, 4), (2025, 8), []),
        ((2025, 5), (2026, 3), ["2025-10-01"]),
        ((2025, 10), (2026, 2), []),
    ],
)
def test_only_half_years_that_the_counts_cover_are_added_up(first, last, starts):
    assert [half.start.isoformat() for half in whole_half_years(months(first, last))] == starts


def test_without_counts_there_is_no_half_year():
    assert whole_half_years([]) == []


def test_a_winter_half_year_ends_in_the_next_year():
    half = HalfYear(dt.date(2025, 10, 1))
    assert half.end == dt.date(2026, 3, 31)
    assert half.months[3] == dt.date(2026, 1, 1)


def test_groups_stand_in_their_own_order_and_new_ones_behind():
    assert in_order(GroupType.AGE_BAND, ["80_and_over", "18_39", "60_79"]) == [
        "18_39",
        "60_79",
        "80_and_over",
    ]
    assert in_order(GroupType.SEX, ["other", "male", "female"]) == ["female", "male", "other"]
    assert in_order(GroupType.ETHNIC_GROUP, ["b", "a", "b"]) == ["b", "a"]
