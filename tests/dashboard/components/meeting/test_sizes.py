"""The chart of a slide: it fills what the words leave, and no word on it is small in a room."""

from __future__ import annotations

import re

import pytest

from dashboard.components.meeting.sizes import LAPTOP_FROM, ROOM_FROM, Screen
from dashboard.components.styles import own

QUESTION, SENTENCE = (
    "Is follow-up in Creekside getting slower?",
    "Last week was unusual. One week is not a trend.",
)


def test_in_a_room_no_word_on_the_chart_is_below_24_px():
    size = Screen(1920, 1080).chart(QUESTION, SENTENCE)
    assert min(size.label, size.last_value, size.hover) >= 24


@pytest.mark.parametrize("screen", [Screen(1920, 1080), Screen(1280, 720), Screen(1366, 768)])
def test_the_chart_takes_about_half_of_the_screen_or_more(screen):
    size = screen.chart(QUESTION, SENTENCE)
    drawn = size.plot_height + size.above_with_words + size.months_below
    assert 0.5 * screen.height <= drawn <= 0.67 * screen.height


def test_longer_words_leave_less_for_the_chart():
    screen = Screen()
    assert screen.chart(QUESTION, SENTENCE * 4).plot_height < screen.chart(QUESTION, SENTENCE).plot_height
    assert screen.chart(QUESTION * 3, SENTENCE).plot_height < screen.chart(QUESTION, SENTENCE).plot_height


def test_on_a_low_screen_the_slide_scrolls_before_the_chart_vanishes():
    assert Screen(1920, 500).chart(QUESTION, SENTENCE).plot_height >= 300


def test_on_a_phone_the_labels_stand_above_the_plot():
    assert Screen(390, 840).is_phone
    assert not Screen(390, 840).chart(QUESTION, SENTENCE).has_labels


def test_the_styles_turn_at_the_same_widths():
    turns = {int(px) for px in re.findall(r"\(min-width: (\d+)px\) \{\s*html:root \{", own("meeting"))}
    assert turns == {ROOM_FROM, LAPTOP_FROM}
