"""Headings are split into groups and their own words, and say what an item is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measures import IDENTIFIER
from pipelines.understanding.columns import named_twice, split_heading
from pipelines.understanding.headings import concept_of, name_of


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("Guests", ("", "Guests")),
        ("Food in: kg", ("Food in", "kg")),
        ("reach/people_came", ("reach", "people_came")),
        ("How many were raised (140/90 or more)?", ("", "How many were raised (140/90 or more)?")),
        ("Adults and / or children", ("", "Adults and / or children")),
        ("BP 140/90", ("", "BP 140/90")),
        ("Score (out of 5/good)", ("", "Score (out of 5/good)")),
    ],
)
def test_a_heading_is_split_where_it_has_groups(heading, parts):
    assert split_heading(heading) == parts


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("Thrown away", "wasted"),
        ("Gave away kg", "shared"),
        ("Received KG", "in"),
        ("Food in: kg", "in"),
        ("Food out: wasted (kg)", "wasted"),
        ("No. fed", "fed"),
        ("Households fed", "households"),
        ("How many of them had never come before?", "first_timers"),
        ("How many people came?", "people_came"),
        ("How many people took part in the walk?", None),
        ("How many people had their blood pressure measured?", None),
    ],
)
def test_what_a_heading_speaks_of(heading, concept):
    group, leaf = split_heading(heading)
    assert concept_of(leaf, group) == concept


def test_an_items_word_says_what_the_heading_asks():
    assert name_of("Did anyone say they felt less lonely? (how many)") == "felt_less_lonely"
    assert name_of("How many were referred to the GP?") == "referred_gp"
    assert name_of("???") == "item"
    assert name_of("5-a-day portions") == "n_5_day_portions"


@given(st.text(max_size=200))
def test_every_heading_gives_a_word_that_a_measure_can_count(heading):
    assert IDENTIFIER.match(name_of(heading))


def test_the_second_of_two_alike_is_told_apart():
    assert named_twice(["Comments", "Date", "comments ", ""]) == ["Comments", "Date", "comments#2", ""]
