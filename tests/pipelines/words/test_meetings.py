"""What was agreed reads as people would write it in the minutes."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.vocabulary import Became, Choice
from pipelines.words.meetings import agreed_sentence

HELD = dt.date(2026, 10, 27)
DAY = dt.date(2026, 12, 8)


@pytest.mark.parametrize(
    ("choice", "by_whom", "by_when", "became", "sentence"),
    [
        (Choice.FIND_THE_CAUSE, "GP health lead", DAY, Became.DONE, "Find the cause: GP health lead, by 8 December. Done."),
        (Choice.ADAPT, "The stall", None, None, "Adapt: The stall."),
        (Choice.KEEP_GOING, None, DAY, Became.UNDER_WAY, "Keep going, by 8 December. Under way."),
        (Choice.LEAVE_IT, None, None, None, "Leave it."),
        (Choice.ABANDON, "Two hosts", dt.date(2027, 1, 12), Became.NOT_DONE, "Abandon: Two hosts, by 12 January 2027. Not done."),
        (Choice.MOVE_THE_RANGE, "A. B.", None, Became.DROPPED, "Move the range: A. B. Dropped."),
    ],
)  # fmt: skip
def test_what_was_agreed_is_one_sentence_and_what_became_of_it_another(
    choice, by_whom, by_when, became, sentence
):
    assert agreed_sentence(choice, by_whom, by_when, HELD, became) == sentence
