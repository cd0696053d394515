"""What is added up of the counts of groups, and what others may see of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipelines.disclosure import NHS, PROFILES
from pipelines.served.counts import BOROUGH, group_counts
from tests.pipelines.served.made import FIRST, SECOND, row, year

TWO = {("sex", "female"): (60.0, 600.0), ("sex", "male"): (30.0, 600.0)}


def cell(place: str, step: str, kind: str, group: str, half=FIRST) -> tuple[str, str, str, str, str]:
    return (place, half.start.isoformat(), step, kind, group)


def test_a_half_year_is_the_sum_of_its_months_and_the_borough_of_its_places():
    counts = group_counts(year("east", TWO) + year("west", TWO), ["east", "west"])
    assert counts.cells[cell("east", "measured", "sex", "male")] == 30
    assert counts.cells[cell(BOROUGH, "eligible", "sex", "female")] == 1200
    assert counts.cells[cell(BOROUGH, "measured", "all", "all")] == 180


def test_of_people_on_a_day_the_last_month_speaks():
    rows = [
        row("east", month, step, kind, group, 100 + month.month + (step == "on_register") * 100)
        for month in FIRST.months
        for step in ("to_target", "on_register")
        for kind, group in (("all", "all"), ("sex", "male"))
    ]
    counts = group_counts(rows, ["east"])
    assert counts.cells[cell("east", "to_target", "sex", "male")] == 109
    assert counts.cells[cell("east", "on_register", "sex", "male")] == 209


def test_a_missing_month_of_one_count_leaves_the_group_out_and_no_other():
    rows = [
        one
        for one in year("east", TWO)
        if not (one.group == "male" and one.step == "measured" and one.cohort_month == dt.date(2025, 5, 1))
    ]
    asked = [one.group for one in group_counts(rows, ["east"]).asked if one.place_id == "east"]
    assert asked == ["female"]


def test_settings_and_later_follow_ups_are_not_counted_again():
    more = [
        row("east", FIRST.months[0], "measured", "sex", "male", 50, setting="pharmacy"),
        row("east", FIRST.months[0], "measured", "sex", "male", 50, follow_up=3),
    ]
    assert (
        group_counts(year("east", TWO) + more, ["east"]).cells[cell("east", "measured", "sex", "male")] == 30
    )


def test_counts_of_the_neighbourhood_go_before_those_of_its_prototypes():
    own = year("east", TWO)
    again = [replace(one, prototype_id="barbers") for one in own]
    counts = group_counts(own + again, ["east"]).cells
    assert counts == group_counts(own, ["east"]).cells
    assert counts == group_counts(again, ["east"]).cells


def test_two_prototypes_of_a_neighbourhood_are_added_up():
    rows = [
        row("east", one.cohort_month, one.step, one.group_type, one.group, one.count, prototype)
        for one in year("east", TWO)
        for prototype in ("barbers", "market")
    ]
    assert group_counts(rows, ["east"]).cells[cell("east", "eligible", "sex", "male")] == 1200


def test_a_small_group_is_held_back_and_so_is_another_from_which_it_would_follow():
    few = {**TWO, ("age_band", "60_79"): (87.0, 1100.0), ("age_band", "80_and_over"): (3.0, 100.0)}
    counts = group_counts(year("east", few), ["east"])
    shown = counts.released(NHS)
    hidden = {key[4] for key, one in shown.items() if one.value is None and key[0] == "east"}
    # Everybody's 90 less 85 to 89 shown would leave 1 to 5: too few possibilities.
    assert hidden == {"80_and_over", "60_79"}
    true = counts.released(PROFILES["none"])
    assert {key: one.value for key, one in true.items()} == counts.cells


def test_half_years_stand_beside_each_other():
    counts = group_counts(year("east", TWO, (FIRST, SECOND)), ["east"])
    assert counts.halves == [FIRST, SECOND]
    assert counts.cells[cell("east", "measured", "sex", "male", SECOND)] == 30
