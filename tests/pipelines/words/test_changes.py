"""What changed, in words: titles, sentences and questions."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from pipelines.vocabulary import Better, Decision, Period, PointType, Rule
from pipelines.words.changes import (
    PastSignal,
    accept_question,
    accepted_sentence,
    closed_sentence,
    cycle_question,
    cycle_title,
    decision_sentence,
    move_question,
    moved_sentence,
    news_sentence,
    opened_sentence,
    series_title,
    signal_question,
)
from tests.pipelines.words.rows import COUNT, SHARE, point

DAYS = dataclasses.replace(
    COUNT, short_name="Days to follow-up", unit="days", better=Better.DOWN, counts=None
)
GP = dataclasses.replace(COUNT, short_name="GP appointments", better=Better.NEITHER)
LINES = {"centre_line": 0.412, "lower_limit": 0.30, "upper_limit": 0.529}


def past(rule, *, period=Period.WEEK, is_high=True, measure=SHARE, **options):
    row = point(**LINES)
    if not is_high:
        row["value"] = 0.2
    length = 7 if rule in (Rule.SHIFT, Rule.TREND) else 1
    return PastSignal(row, measure, period, rule, length, is_high).sentence(
        **({"was_moved": False, "has_later": False} | options)
    )


@pytest.mark.parametrize(
    ("rule", "options", "sentence"),
    [
        (Rule.BEYOND_LIMITS, {}, "Week of 2 March 2026: 55%, above the usual 30 to 53%. It holds no longer."),
        (Rule.BEYOND_LIMITS, {"is_high": False}, "Week of 2 March 2026: 20%, below the usual 30 to 53%. It holds no longer."),
        (Rule.BEYOND_LIMITS, {"period": Period.MONTH}, "March 2026: 55%, above the usual 30 to 53%. It holds no longer."),
        (Rule.SHIFT, {"has_later": True},
         "Up to 8 March 2026: seven points in a row, one week each, were above the average of 41%. "
         "It ended; a later signal holds now."),
        (Rule.TREND, {"period": Period.FOUR_WEEKS, "is_high": False, "was_moved": True},
         "Up to 8 March 2026: seven points in a row, four weeks each, fell one after another. "
         "The usual range has been moved since."),
        (Rule.TWO_OF_THREE, {"is_high": False},
         "Up to 8 March 2026: two of three points stood near the lower edge of the usual 30 to 53%. It holds no longer."),
    ],
)  # fmt: skip
def test_a_signal_that_is_over_says_what_was_seen_against_what_and_that_it_is_over(rule, options, sentence):
    assert past(rule, **options) == sentence


@pytest.mark.parametrize(
    ("measure", "said", "is_high", "question"),
    [
        (SHARE, PointType.CONCERN, False, "Is “said yes” in Creekside getting worse?"),
        (COUNT, PointType.IMPROVEMENT, True, "Is “men checked” in Creekside getting better?"),
        (DAYS, PointType.CONCERN, True, "Is “days to follow-up” in Creekside getting longer?"),
        (DAYS, PointType.IMPROVEMENT, False, "Is “days to follow-up” in Creekside getting shorter?"),
        (GP, PointType.SPECIAL_HIGH, True, "Is “GP appointments” in Creekside getting higher?"),
        (GP, PointType.SPECIAL_LOW, False, "Is “GP appointments” in Creekside getting lower?"),
    ],
)
def test_a_signal_asks_whether_it_goes_on(measure, said, is_high, question):
    assert signal_question("Creekside", measure, said, is_high=is_high) == question


def test_a_usual_range_asks_whether_it_holds_or_has_moved():
    assert accept_question("Creekside", SHARE, 12) == (
        "May these 12 points set the usual range of “said yes” in Creekside?"
    )
    assert move_question("Creekside", SHARE) == "Has “said yes” in Creekside moved to a new usual range?"


def test_a_cycle_asks_its_own_question_again():
    asked = "If guests sign up beforehand, will more come back?"
    assert cycle_question(asked) == (
        "Adopt, adapt or abandon: if guests sign up beforehand, will more come back?"
    )
    assert cycle_question(None) == "Adopt, adapt or abandon: what comes next?"


def test_titles_say_where_and_what():
    assert series_title("Creekside", DAYS) == "Creekside, days to follow-up"
    assert cycle_title("Creekside", "Fridge and table", "3") == "Creekside, Fridge and table, cycle 3"
    assert cycle_title("Creekside", "Fridge and table", None) == "Creekside, Fridge and table"


def test_cycles_say_what_was_asked_foretold_and_decided():
    assert opened_sentence("Will more say yes?", 0.5, 0.66, SHARE) == (
        "Will more say yes? The group predicted 50 to 66%."
    )
    assert opened_sentence(None, None, None, SHARE) == "No prediction was written down."
    assert opened_sentence("Why?", 1.0, 2.0, None) == "Why? No prediction was written down."
    assert decision_sentence(Decision.ABANDON, "Fewer came.") == "Abandon: Fewer came."
    assert decision_sentence("adopt", None) == "Adopt. No reason was written down."
    assert closed_sentence("Improved: 59% against 41%.") == "Improved: 59% against 41%."
    assert closed_sentence(None).startswith("Do is over.")


def test_a_usual_range_says_who_took_it_and_why_and_whether_it_is_applied():
    first, last = dt.date(2026, 1, 5), dt.date(2026, 3, 29)
    told = accepted_sentence("the design group", first, last, "It was quiet.", None)
    assert told == (
        "The design group accepted the usual range of 5 January 2026 to 29 March 2026: It was quiet."
    )
    assert moved_sentence("Ana", first, "A new room.", "The points overlap.") == (
        "Ana moved the usual range from 5 January 2026 on: A new room. Not applied: The points overlap."
    )


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((62, 3, 2.04), "Three of 62 charts show a new signal. Chance alone would give about 2.0."),
        ((62, 1, 0.01), "One of 62 charts shows a new signal. Chance alone would give fewer than 0.1."),
        ((1, 0, 0.2), "None of 1 chart shows a new signal. Chance alone would give about 0.2."),
        ((0, 0, 0.0), "No chart has a new point that could show a signal."),
    ],
)
def test_how_many_charts_are_new_is_told_beside_what_chance_alone_would_give(figures, sentence):
    assert news_sentence(*figures) == sentence
