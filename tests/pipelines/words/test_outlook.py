"""When will we know? What so many more points could show."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines import words
from pipelines.learning.power import Outlook
from tests.pipelines.words.every_row import DAYS
from tests.pipelines.words.more_rows import outlook
from tests.pipelines.words.rows import COUNT, SHARE


def test_it_says_what_could_show_and_how_long_the_predicted_change_takes():
    assert words.outlook_sentence(outlook(SHARE), SHARE, "week") == (
        "With about 40 people a week, eight more weeks could show a rise from 41% to about 53%, not less. "
        "The change you predict needs about five weeks."
    )


def test_a_count_has_no_people_asked_to_speak_of():
    told = words.outlook_sentence(outlook(COUNT, predicted=None), COUNT, "week")
    assert told == "Eight more weeks could show a rise from 41 to about 53, not less."


def test_the_length_spoken_of_is_the_nearest_to_eight():
    told = words.outlook_sentence(outlook(SHARE, periods=(1, 3, 20), predicted=None), SHARE, "4-week")
    assert told == (
        "With about 40 people in four weeks, three more blocks of four weeks could show a rise from 41% to about 53%, not less."
    )


def test_a_fall_is_told_as_a_fall():
    falling = outlook(
        DAYS, direction=-1, smallest_value=np.array([9.0, 10.5, 11.0]), before=14.2, predicted=None
    )
    assert words.outlook_sentence(falling, DAYS, "week") == (
        "Eight more weeks could show a fall from 14 to about 10.5, not less."
    )


def test_where_no_change_could_show_it_says_so():
    blind = outlook(SHARE, smallest_value=np.full(3, np.nan), predicted=None)
    assert words.outlook_sentence(blind, SHARE, "week") == (
        "With about 40 people a week, eight more weeks could not show even the largest rise of said yes."
    )


@pytest.mark.parametrize("reason", ["9 settled points; 12 are needed", "9 settled points; 12 are needed."])
def test_without_enough_points_it_cannot_tell_and_says_why(reason):
    told = words.outlook_sentence(outlook(SHARE, smallest_value=(), reason=reason), SHARE, "week")
    assert told == "Cannot yet tell: 9 settled points; 12 are needed."


def test_a_change_out_of_reach_says_why():
    far = outlook(SHARE, periods_needed=None, reason="more than a year would be needed")
    assert words.outlook_sentence(far, SHARE, "week").endswith(
        "The change you predict cannot be told in time: more than a year would be needed."
    )


def test_the_sentence_follows_a_real_outlook_that_has_nothing_to_say():
    nothing = Outlook(periods=(4, 8), reason="5 settled points; 12 are needed")
    assert (
        words.outlook_sentence(nothing, SHARE, "week") == "Cannot yet tell: 5 settled points; 12 are needed."
    )
