"""Who is reached least, and the gap between two groups, in words."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from pipelines.words.served import (
    gap_sentence,
    group_name,
    group_words,
    half_year_words,
    help_sentence,
    least_served,
    reached_least,
)

GAP = {
    "least": "Men",
    "best": "Women",
    "words_least": "men",
    "words_best": "women",
    "share_least": 0.053,
    "share_best": 0.068,
    "gap": 0.015,
    "gap_low": 0.007,
    "gap_high": 0.023,
    "slope_index": None,
    "n_hidden": 0,
}


def group(kind: str, name: str, share: float | None, **more) -> dict:
    return {
        "place_id": "ashfield",
        "question": "reach",
        "period_start": dt.date(2026, 4, 1),
        "period_end": dt.date(2026, 9, 30),
        "is_latest": True,
        "group_type": kind,
        "group": name,
        "share": share,
        "everyone": 0.068,
        "is_fewer": False,
        "is_hidden": share is None,
    } | more


def test_those_reached_least_are_named_beside_everybody():
    rows = [
        group("age_band", "40_59", 0.051, is_fewer=True),
        group("deprivation_fifth", "1", 0.049, is_fewer=True),
        group("sex", "female", 0.07),
    ]
    assert reached_least(rows) == (
        "People aged 40 to 59 and the most deprived fifth are reached least: about 5 in 100, against 7 in 100 overall "
        "(April to September 2026)."
    )


def test_different_shares_are_told_one_by_one():
    rows = [group("deprivation_fifth", "1", 0.038, is_fewer=True), group("sex", "male", 0.051, is_fewer=True)]
    assert "about 4 and 5 in 100, against 7 in 100 overall" in reached_least(rows)


@pytest.mark.parametrize(
    ("kind", "name", "begins"),
    [
        ("deprivation_fifth", "1", "The most deprived fifth is reached"),
        ("sex", "male", "Men are reached"),
        ("ethnic_group", "black_african", "Black African people are reached"),
    ],
)
def test_one_group_alone_takes_its_own_verb(kind, name, begins):
    assert reached_least([group(kind, name, 0.04, is_fewer=True)]).startswith(begins)


def test_a_share_that_would_read_like_everybodys_gets_a_decimal():
    told = reached_least([group("sex", "male", 0.0652, is_fewer=True)])
    assert "about 6.5 in 100, against 6.8 in 100 overall" in told


def test_without_a_mark_it_says_that_it_cannot_yet_tell_and_how_many_were_compared():
    told = reached_least(
        [group("sex", "female", 0.07), group("sex", "male", 0.065), group("age_band", "18_39", None)]
    )
    assert told == (
        "Cannot yet tell who is reached least: overall it is 7 in 100, and none of the 2 groups compared lies further "
        "below than chance explains (April to September 2026). One group is held back."
    )


def test_with_nobody_shown_it_says_why():
    told = reached_least([group("sex", "female", None), group("sex", "male", None)])
    assert told.startswith("Who is reached least cannot be told for April to September 2026: too few people")
    assert told.endswith("Two groups are held back.")


def test_every_place_gets_its_own_sentence_of_its_latest_half_year_and_of_reach():
    rows = [
        group("sex", "male", 0.04, is_fewer=True),
        group("sex", "male", 0.04, is_fewer=True, place_id="borough"),
        group("sex", "male", 0.04, is_fewer=True, is_latest=False, place_id="old"),
        group("sex", "male", 0.04, is_fewer=True, question="impact", place_id="other"),
    ]
    assert set(least_served(rows)) == {"ashfield", "borough"}


def test_a_gap_that_is_one_says_how_far_apart_they_are():
    told = gap_sentence(GAP, "reach", "April to September 2025")
    assert told == (
        "Of men 5 in 100 were measured, of women 7: 1.5 points apart (0.7 to 2.3). "
        "The two were picked in April to September 2025."
    )


def test_a_gap_whose_interval_holds_nothing_may_be_none():
    told = gap_sentence(GAP | {"gap_low": -0.003}, "reach", "April to September 2025")
    assert "they may be the same (gap -0.3 to 2.3 points)" in told


def test_a_gap_the_other_way_round_is_told_as_the_shares_are():
    turned = {"share_least": 0.08, "share_best": 0.05, "gap": -0.03, "gap_low": -0.04, "gap_high": -0.02}
    told = gap_sentence(GAP | turned, "quality", "April to September 2025")
    assert "Of men 8 in 100 were confirmed in 28 days, of women 5: 3.0 points apart (2.0 to 4.0)." in told


def test_the_half_year_that_picked_the_two_says_that_chance_widened_it():
    assert "chance widens this first gap" in gap_sentence(GAP, "reach", None)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.01, 0.05, "the least deprived end is 3.0 points ahead (1.0 to 5.0)"),
        (-0.05, -0.01, "the most deprived end is 3.0 points ahead (1.0 to 5.0)"),
        (-0.01, 0.07, "no slope can be told"),
    ],
)
def test_the_slope_over_all_fifths_is_told_by_the_end_that_is_ahead(low, high, words):
    index = {"slope_index": (low + high) / 2, "slope_low": low, "slope_high": high}
    assert words in gap_sentence(GAP | index, "reach", "April to September 2025")


def test_a_gap_held_back_is_no_gap_of_nothing():
    told = gap_sentence(GAP | {"gap": None, "n_hidden": 1}, "impact", "April to September 2025")
    assert told == "The gap between men and women is not shown in this half-year. One group is held back."
    nobody = gap_sentence(GAP | {"least": None, "n_hidden": 5}, "impact", None)
    assert nobody == "Cannot yet tell: fewer than two groups can be shown. Five groups are held back."


def test_codes_become_names():
    assert group_name("ethnic_group", "gypsy_or_traveller") == "Gypsy or Traveller"
    assert group_name("ethnic_group", "any_other") == "Any other"
    assert group_words("ethnic_group", "bangladeshi") == "Bangladeshi people"
    assert group_name("age_band", "80_and_over") == "80 and over"


def test_a_winter_half_year_tells_both_years():
    assert half_year_words(dt.date(2025, 10, 1), dt.date(2026, 3, 31)) == "October 2025 to March 2026"


def test_no_sentence_speaks_of_significance_confidence_or_ranks():
    rows = [group("sex", "male", 0.04, is_fewer=True), group("sex", "female", None)]
    told = [reached_least(rows), reached_least(rows[1:]), gap_sentence(GAP, "reach", None)]
    assert not [one for one in told if re.search(r"signific|confiden|rank|worst|league", one)]


def test_help_is_told_as_two_shares_that_make_a_hundred():
    assert help_sentence(0.745, 0.732, 0.758) == (
        "Family, neighbours and groups gave 74 in 100 of all help counted (73 to 76), services the other 26."
    )
    assert "held back" in help_sentence(None, None, None)
