"""Which numbers a test asks for: a whole before its parts, in plain words, no part open while its whole is folded away."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.components.log_a_test.items import OPEN, items_counted, shown_first
from pipelines.measures import measure_of, read_measures

SAMPLE = Path(__file__).parents[4] / "data" / "measures"


def share(name, numerator, denominator, unit="of people asked", **more):
    return measure_of(
        {"id": name, "name": name, "short_name": name.replace("_", " ").capitalize(), "domain": "quality",
         "kind": "proportion", "numerator": numerator, "denominator": denominator, "counts": "people", "unit": unit,
         "period": "week", "planned_every": "week", "better": "up", "disclosive": False, "prototypes": ["*"],
         "why": "w", "source": "s"} | more
    )  # fmt: skip


@pytest.fixture(scope="module")
def barbers():
    return [
        one
        for one in read_measures(SAMPLE)
        if one.is_for("ashfield_barbers", "hypertension") and one.is_logged
    ]


def test_a_whole_stands_before_its_parts(barbers):
    order = [one.item for one in items_counted(barbers)]
    for part, whole in (("said_yes", "asked"), ("to_target", "reviewed")):
        assert order.index(whole) < order.index(part)


def test_every_item_is_asked_for_once(barbers):
    order = [one.item for one in items_counted(barbers)]
    assert sorted(order) == sorted({item for measure in barbers for item in measure.items})


def test_items_have_names_in_plain_words(barbers):
    labels = {one.item: (one.label, one.hint) for one in items_counted(barbers)}
    assert labels["asked"] == ("People asked", "")
    assert labels["said_yes"] == ("Said yes", "of people asked")
    assert labels["bp_checked"] == ("People checked", "")
    assert labels["days_to_follow_up"] == ("Days to follow-up", "days")


def test_people_are_whole_and_days_may_have_parts(barbers):
    whole = {one.item: one.is_whole for one in items_counted(barbers)}
    assert whole["asked"]
    assert not whole["days_to_follow_up"]


def test_two_wholes_of_one_name_say_what_they_are_asked_for():
    measures = [
        share("less_alone", "less_alone", "asked_one"),
        share("would_come", "would_come", "asked_two"),
    ]
    labels = {one.item: (one.label, one.hint) for one in items_counted(measures)}
    assert labels["asked_one"] == ("People asked", "for Less alone")
    assert labels["asked_two"] == ("People asked", "for Would come")


def test_a_circle_of_parts_and_wholes_ends():
    items = items_counted([share("a_of_b", "a", "b"), share("b_of_a", "b", "a")])
    assert sorted(one.item for one in items) == ["a", "b"]


def test_a_sum_asks_for_each_of_its_parts_and_sessions_are_not_asked_for():
    measures = [
        share("kept", "shared + cooked", "shared + cooked + wasted", "of food"),
        share("each", "a", "sessions"),
    ]
    assert [one.item for one in items_counted(measures)] == ["shared", "cooked", "wasted", "a"]


def test_names_from_outside_are_no_markdown():
    part = items_counted([share("x", "x", "y", short_name="**<b>Tea</b>**")])[1]
    assert "Tea" in part.label
    assert not set("*<>") & set(part.label)


def test_the_running_cycles_own_numbers_stand_open_and_no_pair_is_torn(barbers):
    for own in barbers:
        ordered = sorted(barbers, key=lambda measure, own=own: measure != own)
        first, later = shown_first(items_counted(barbers), ordered)
        open_items, folded = {one.item for one in first}, {one.item for one in later}
        assert set(own.items) <= open_items
        assert len(first) <= OPEN
        assert not any(set(m.items) & open_items and set(m.items) & folded for m in ordered[:1])
        assert open_items | folded == {one.item for one in items_counted(barbers)}


def test_a_cycle_that_counts_more_than_fits_still_stands_open():
    wide = share("wide", "a + b + c", "a + b + c + d + e")
    first, later = shown_first(items_counted([wide]), [wide])
    assert [one.item for one in first] == ["a", "b", "c", "d", "e"]
    assert later == []
