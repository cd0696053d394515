"""The bars of the steps: each says in words what it shows, and only the largest loss is marked."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from dashboard.components.hypertension.steps import blocks, steps_html


def step(**changes):
    return {
        "label": "Said yes", "of_label": "people asked", "n_before": 400.0, "n_reached": 100.0, "n_lost": 300.0,
        "share": 0.25, "share_lost": 0.75, "lower_95": 0.21, "upper_95": 0.29, "pooled_share": 0.31, "beyond": "within",
        "first_on": dt.datetime(2026, 8, 31), "last_on": dt.datetime(2026, 11, 22), "n_hidden": 0, "joins_before": False,
        "is_largest": True, "from_rounded": False, "step": None, "n_not_due": None, "leak": None,
    } | changes  # fmt: skip


def second(**changes):
    return (
        step(
            label="BP to target",
            of_label="people reviewed",
            n_before=200.0,
            n_reached=150.0,
            n_lost=50.0,
            share=0.75,
            is_largest=False,
        )
        | changes
    )


def raised(**changes):
    return (
        second(label="Raised", of_label="people measured", step="raised", joins_before=True, n_lost=None)
        | changes
    )


def measured(**changes):
    return step(step="measured", is_largest=False) | changes


def offered(**changes):
    counts = {"n_before": 150.0, "n_reached": 120.0, "n_lost": 30.0}
    return second(step="confirmation_offered", joins_before=True) | counts | changes


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def widths(html):
    return [float(width) for width in re.findall(r"width:([\d.]+)%", html)]


def table(html):
    return plain(html[html.index("<table") :])


def test_a_step_shows_who_was_there_who_came_through_and_who_was_lost():
    html = steps_html([step()])
    assert "People asked 400 Said yes 100 25% 300 lost here, the most of all" in plain(html)
    assert widths(html) == [100.0, 25.0, 75.0]
    assert "People, 31 August to 22 November 2026; % of the step before." in plain(html)


def test_steps_of_the_same_people_share_one_scale_and_one_loss_is_the_largest():
    html = steps_html([step(), second(n_before=100.0, n_reached=60.0, n_lost=40.0, joins_before=True)])
    assert widths(html) == [100.0, 25.0, 75.0, 15.0, 10.0]
    assert html.count("gone largest") == 1
    assert plain(html).count("the most of all") == 1


def test_steps_that_do_not_join_say_so_and_begin_anew_on_a_scale_of_their_own_where_they_must():
    apart = steps_html([step(), second(n_before=20.0, n_reached=15.0, n_lost=5.0)])
    assert "these are not the people of the step above" in plain(apart)
    assert "Bars below have a scale of their own" in plain(apart)
    assert "People reviewed 20" in plain(apart)
    assert widths(apart)[3:] == [100.0, 75.0, 25.0]


def test_two_shares_of_the_same_people_stand_under_one_bar():
    html = steps_html([step(), step(label="Told a friend", n_reached=40.0, n_lost=360.0, is_largest=False)])
    assert plain(html).count("People asked 400") == 1
    assert len(blocks([step(), step(label="Told a friend")])) == 1


def test_a_reading_in_range_is_no_loss_and_the_bars_below_are_larger():
    html = steps_html([measured(), raised(), offered()])
    words = plain(html)
    assert (
        "Of 200, 150 had a raised reading; a reading in range is no loss. Bars below are drawn larger."
        in words
    )
    assert "Raised 150 75% BP to target 120 75% 30 not offered it" in words
    assert widths(html)[3:] == [100.0, 80.0, 20.0]
    assert "not a loss" in table(html)


def test_rounded_counts_are_told_as_about():
    words = plain(steps_html([step(from_rounded=True)]))
    assert "about 400" in words
    assert "about 100" in words
    assert "Some counts are rounded." in words


def test_people_whose_time_has_not_come_are_told_apart_from_those_lost():
    words = plain(steps_html([step(n_not_due=40.0)]))
    assert "Said yes 100 25% 300 lost here, the most of all 40 more not yet due" in words


def test_the_share_is_of_those_whose_time_has_come():
    html = steps_html([step(n_before=440.0, n_not_due=40.0)])
    assert "100 of 400 people asked" in html
    assert widths(html) == [100.0, 22.7, 68.2, 9.1]
    assert "Said yes 400 people asked 100 25% 21 to 29% 300 40 31%" in table(html)


def test_only_the_steps_of_the_cascade_are_drawn_where_there_are_any_and_the_table_has_all():
    html = steps_html([step(), step(label="Measured", step="measured", is_largest=False)])
    assert "Said yes" not in html[: html.index("<table")]
    assert "Said yes" in table(html)


def test_what_a_loss_means_is_said_step_by_step():
    words = plain(
        steps_html(
            [step(step="read_in_12_months"), step(label="x", step="treated", n_lost=2.0, is_largest=False)]
        )
    )
    assert "300 no reading recorded: the biggest loss" in words
    assert "2 not treated" in words


def test_a_step_of_other_months_says_which():
    later = second(
        n_before=100.0, joins_before=True, first_on=dt.datetime(2026, 5, 1), last_on=dt.datetime(2026, 7, 31)
    )
    assert "May to July" in plain(steps_html([step(), later]))


def test_other_people_keep_the_scale_above_where_they_can_be_seen_on_it():
    kept = blocks([step(), second()])
    assert [block.is_new_scale for block in kept] == [False, False]
    far = blocks([step(), second(n_before=8.0, n_reached=4.0, n_lost=4.0)])
    assert [(block.scale, block.is_new_scale) for block in far] == [(400.0, False), (8.0, True)]


def test_the_interval_stands_under_the_pointer_and_in_the_table():
    html = steps_html([step()])
    assert 'title="Said yes: 100 of 400 people asked; 95% interval 21 to 29%"' in html
    assert "Said yes 400 people asked 100 25% 21 to 29% 300 31%" in table(html)


def test_a_leak_is_said_in_its_own_words():
    html = steps_html([step(leak="At the pooled share, 20 more <people>.")])
    assert '<p class="leak"><b>Said yes.</b> At the pooled share, 20 more &lt;people&gt;.</p>' in html


@pytest.mark.parametrize(("hidden", "told"), [(0, "nothing counted in these weeks"), (3, "* held back")])
def test_a_step_without_counts_says_why_and_is_never_drawn_as_none(hidden, told):
    names = (
        "n_before",
        "n_reached",
        "n_lost",
        "share",
        "lower_95",
        "upper_95",
        "pooled_share",
        "first_on",
        "last_on",
    )
    html = steps_html([step(**dict.fromkeys(names), n_hidden=hidden, is_largest=False)])
    assert told in plain(html)
    assert not widths(html)
    assert not re.search(r"\d", table(html).replace("95% interval", ""))


def test_a_step_held_back_says_why_one_click_away():
    names = ("n_before", "n_reached", "n_lost", "share", "lower_95", "upper_95")
    held = dict.fromkeys(names) | {"n_hidden": 1, "is_largest": False, "why_hidden": "Small <numbers>."}
    html = steps_html([step(why_hidden="Another point is held back."), second(**held)])
    assert "* Why hidden? Small &lt;numbers&gt;." in plain(html)
    assert "Another point" not in html
    assert "Why hidden?" not in steps_html([step(why_hidden="Another point is held back.")])


def test_a_raised_step_that_is_held_back_still_parts_the_scales():
    html = steps_html(
        [measured(), raised(n_before=None, n_reached=None, n_lost=None, share=None, n_hidden=1)]
    )
    assert "Bars below have a scale of their own." in plain(html)


def test_nobody_lost_is_said():
    html = steps_html([step(n_reached=400.0, n_lost=0.0, is_largest=False)])
    assert "nobody lost" in html
    assert "gone" not in html


def test_no_step_at_all_says_what_one_needs():
    assert "a step needs those who were asked and those who came through" in steps_html([])


def test_names_cannot_become_tags():
    assert "<script" not in steps_html([step(label="<script>", of_label="<script>x", leak="<script>")])
