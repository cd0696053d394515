"""The page "What changed": since a day, in the order of a meeting, with what chance alone would give."""

from __future__ import annotations

import datetime as dt

import pytest


def test_the_page_counts_from_the_last_meeting_and_says_what_chance_would_give(open_page):
    _, told = open_page("full", "changes")
    assert (
        "<h1>Since 27 October: two changes that outlast the number of charts, "
        "one signal of single charts, one cycle ended or fell due.</h1>" in told.html
    )
    assert "Three of 27 charts show a new signal. Chance alone would give about 0.4." in told.plain
    assert "About 1 in 10 of these may be chance." in told.plain


def test_groups_stand_in_the_order_of_a_meeting_and_each_says_how_many_it_holds(open_page):
    _, told = open_page("full", "changes")
    headings = ["Outlasts the number of charts looked at 2", "Signals of charts alone 1",
                "A usual range may be set or moved 1", "Signals that came and went 1", "Cycles that ended or fell due 1",
                "Decided, accepted and begun 3"]  # fmt: skip
    places = [told.plain.index(heading) for heading in headings]
    assert places == sorted(places)


def test_a_question_opens_the_meeting_on_its_own_slide(open_page):
    _, told = open_page("full", "changes")
    assert (
        'href="meeting?since=2026-10-27&amp;item=signal%3Adays_to_follow_up%40creekside_pressure%3A2026-11-22"'
        in told.html
    )
    assert "Open the meeting Six of these ask for a decision." in told.plain


def test_what_happened_carries_its_day_and_leads_to_its_page(open_page):
    _, told = open_page("full", "changes")
    assert "Millpond, cycle 1 decided 22 November Adopted: one diary, fewer lost bookings." in told.plain
    assert 'href="cycle?cycle=millpond_1"' in told.html
    assert "first showed 22 November" in told.plain


def test_another_day_brings_what_came_before_and_its_own_address(open_page):
    app, told = open_page("full", "changes", since="2026-09-29")
    assert "Creekside, new faces" in told.plain
    assert "cycle opened" not in told.plain
    assert "Saltmarsh, cycle 1 began 12 October" in told.plain
    assert app.date_input(key="choice_since").value == dt.date(2026, 9, 29)
    assert 'href="changes?since=2026-09-29" target="_self" aria-current="true">29 September</a>' in told.html


def test_meetings_that_ended_are_days_to_count_from_and_one_that_is_open_is_not(open_page):
    _, told = open_page("full", "changes")
    assert "Since a meeting: 27 October 29 September" in told.plain


def test_a_theme_narrows_the_lists_and_leaves_out_the_line_that_counts_all_charts(open_page):
    _, told = open_page("full", "changes", theme="connection")
    assert "Nothing new since 27 October. That is common, and fine." in told.plain
    assert "Chance alone" not in told.plain
    assert "Nothing here asks for a decision." in told.plain


@pytest.mark.parametrize("state", ["one_point", "empty", "broken"])
def test_every_state_of_a_mart_is_a_page(open_page, state):
    _, told = open_page(state, "changes")
    assert "Traceback" not in told.plain
    assert told.plain
