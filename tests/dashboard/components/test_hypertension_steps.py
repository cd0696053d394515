"""The bars of the steps: each says in words what it shows, and only the largest loss is marked."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from dashboard.components.hypertension_steps import steps_html


def step(**changes):
    return {
        "label": "Said yes", "of_label": "people asked", "n_before": 400.0, "n_reached": 100.0, "n_lost": 300.0,
        "share_lost": 0.75,
        "first_on": dt.datetime(2026, 8, 31), "last_on": dt.datetime(2026, 11, 22), "n_hidden": 0, "joins_before": False,
        "is_largest": True, "from_rounded": False,
    } | changes  # fmt: skip


def second(**changes):
    return (
        step(
            label="BP to target",
            of_label="people reviewed",
            n_before=200.0,
            n_reached=150.0,
            n_lost=50.0,
            is_largest=False,
        )
        | changes
    )


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def widths(html):
    return [float(width) for width in re.findall(r"width:([\d.]+)%", html)]


def test_a_step_shows_who_was_there_who_came_through_and_who_was_lost():
    html = steps_html([step()])
    assert "People asked 400 Said yes 100 25% 300 lost here, the most of all" in plain(html)
    assert widths(html) == [100.0, 25.0, 75.0]
    assert "People, 31 August to 22 November 2026; % of the bar above." in plain(html)


def test_bars_of_all_steps_share_one_scale_and_one_loss_is_the_largest():
    html = steps_html([step(), second()])
    assert widths(html) == [100.0, 25.0, 75.0, 50.0, 37.5, 12.5]
    assert html.count("gone largest") == 1
    assert plain(html).count("the most of all") == 1


def test_steps_that_do_not_join_say_so_and_begin_anew():
    apart = plain(steps_html([step(), second()]))
    assert "these are not the people of the step above" in apart
    assert "People reviewed 200" in apart
    joined = plain(steps_html([step(), second(joins_before=True)]))
    assert "not the people" not in joined
    assert "People reviewed" not in joined


def test_rounded_counts_are_told_as_about():
    words = plain(steps_html([step(from_rounded=True)]))
    assert "about 400" in words
    assert "about 100" in words
    assert "Some counts are rounded." in words


@pytest.mark.parametrize(
    ("hidden", "told"), [(0, "nothing counted in these weeks"), (3, "small numbers are held back")]
)
def test_a_step_without_counts_says_why_and_is_never_drawn_as_none(hidden, told):
    nothing = dict.fromkeys(("n_before", "n_reached", "n_lost", "first_on", "last_on"))
    html = steps_html([step(**nothing, n_hidden=hidden, is_largest=False)])
    assert told in plain(html)
    assert not widths(html)


def test_nobody_lost_is_said():
    html = steps_html([step(n_reached=400.0, n_lost=0.0, is_largest=False)])
    assert "nobody lost" in html
    assert "gone" not in html


def test_no_step_at_all_says_what_one_needs():
    assert "a step needs those who were asked and those who came through" in steps_html([])


def test_names_cannot_become_tags():
    assert "<script" not in steps_html([step(label="<script>", of_label="<script>x")])
