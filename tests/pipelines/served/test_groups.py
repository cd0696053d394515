"""Rows of served_group: shares, everybody, marks, what is held back."""

from __future__ import annotations

import pytest

from pipelines.disclosure import NHS, PROFILES, release_cells
from pipelines.served.counts import BOROUGH, group_counts
from pipelines.served.gaps import served_gaps
from pipelines.served.groups import ServedGroup, served_groups
from tests.pipelines.served.made import FIRST, SECOND, row, year

TRUE = PROFILES["none"]
PLACE = {
    ("sex", "female"): (210.0, 3000.0),
    ("sex", "male"): (120.0, 3000.0),
    ("deprivation_fifth", "1"): (60.0, 1200.0),
    ("deprivation_fifth", "2"): (66.0, 1200.0),
    ("deprivation_fifth", "3"): (66.0, 1200.0),
    ("deprivation_fifth", "4"): (66.0, 1200.0),
    ("deprivation_fifth", "5"): (72.0, 1200.0),
    ("ethnic_group", "white_british"): (324.0, 5900.0),
    ("ethnic_group", "arab"): (6.0, 100.0),
}


def groups(profile=TRUE, counts=PLACE, halves=(FIRST,)) -> list[ServedGroup]:
    made = group_counts(year("east", counts, halves) + year("west", counts, halves), ["east", "west"])
    return served_groups(made, made.released(profile), profile)


def one(found: list[ServedGroup], group: str, place: str = "east") -> ServedGroup:
    return next(row for row in found if row.group == group and row.place_id == place and row.is_latest)


def test_a_share_comes_with_wilsons_interval_and_everybodys_share():
    men = one(groups(), "male")
    assert (men.n_served, men.n_people, men.share) == (120, 3000, 0.04)
    # Wilson's interval of 120 of 3000, by the formula with z = 1.959964.
    assert (men.lower_95, men.upper_95) == pytest.approx((0.033556, 0.047621), abs=1e-6)
    assert men.everyone == pytest.approx(330 / 6000)


def test_the_borough_is_all_places_together():
    assert one(groups(), "male", BOROUGH).n_people == 6000


def test_men_served_less_are_marked_and_nobody_else():
    assert {row.group for row in groups() if row.is_fewer} == {"male"}


def test_groups_stand_by_kind_and_never_by_their_shares():
    shown = [row.group for row in groups() if row.place_id == "east"]
    assert shown == ["1", "2", "3", "4", "5", "female", "male", "white_british", "arab"]
    names = [row.group_name for row in groups() if row.place_id == "east"]
    assert names[0] == "Most deprived fifth"
    assert names[5:] == ["Women", "Men", "White British", "Arab"]


def test_others_see_rounded_counts_and_no_share_of_a_group_held_back():
    found = groups(NHS)
    men, arab = one(found, "male"), one(found, "arab")
    assert men.from_rounded
    assert men.n_served % 5 == 0
    assert arab.is_hidden
    assert (arab.n_served, arab.share, arab.lower_95, arab.is_fewer) == (None, None, None, False)
    assert arab.why_hidden.startswith("Counts of 1 to 7 could point to a person.")


def test_nothing_shown_to_others_needs_more_than_what_was_released():
    made = group_counts(year("east", PLACE), ["east"])
    released = made.released(NHS)
    again = release_cells(
        {key: cell.value for key, cell in released.items() if cell.value is not None}, profile=TRUE
    )
    compared = set()
    for found in served_groups(made, released, NHS):
        key = ("east", FIRST.start.isoformat(), "measured", found.group_type, found.group)
        if found.place_id == "east" and not found.is_hidden:
            assert found.n_served == again[key].value
            compared.add(found.group)
    assert "male" in compared


def test_a_group_with_nobody_in_it_has_no_share_and_is_not_held_back():
    empty = one(groups(counts=PLACE | {("ethnic_group", "roma"): (0.0, 0.0)}), "roma")
    assert empty.share is None
    assert not empty.is_hidden


def test_only_the_last_half_year_is_the_latest():
    found = groups(halves=(FIRST, SECOND))
    assert {row.period_start for row in found if row.is_latest} == {SECOND.start}
    assert {row.period_end for row in found} == {FIRST.end, SECOND.end}


def test_help_of_family_neighbours_and_groups_stands_against_that_of_services():
    sources = {"family": 30.0, "neighbours": 20.0, "groups": 25.0, "services": 25.0, "all": 100.0}
    rows = [
        row("east", month, "helped", "all" if source == "all" else "help_source", source, count)
        for month in FIRST.months
        for source, count in sources.items()
    ]
    made = group_counts(rows, ["east"])
    found = [row for row in served_groups(made, made.released(TRUE), TRUE) if row.place_id == "east"]
    assert [row.group for row in found] == ["not_services", "family", "neighbours", "groups", "services"]
    together = found[0]
    assert (together.share, together.n_people) == (0.75, 600)
    assert together.group_name == "Family, neighbours and groups"
    assert together.lower_95 < 0.75 < together.upper_95
    assert all(row.everyone is None and not row.is_fewer for row in found)
    (gap,) = [row for row in served_gaps(found) if row["question"] == "help"]
    assert gap["sentence"].startswith(
        "Family, neighbours and groups gave 75 in 100 of all help counted (71 to 78)"
    )
    assert (gap["least"], gap["gap"], gap["slope_index"]) == (None, None, None)
