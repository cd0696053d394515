"""The cascade in words: the biggest loss, a leak, and whether it gets better where most are lost."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from pipelines import words
from pipelines.vocabulary import CascadeStep, Variation
from pipelines.words.cascade import STEPS, biggest_loss, leak_sentence, span, trend
from tests.pipelines.words.rows import summary
from tests.pipelines.words.test_every_sentence import FORBIDDEN, sentences_in

MAY, JULY = dt.date(2026, 5, 1), dt.date(2026, 7, 31)


def step(step="confirmed", reached=150.0, lost=95.0, not_due=40.0, **changes):
    facts = {
        "measure_id": "confirmed", "label": "Confirmed in 3 months", "of_label": "people offered home monitoring",
        "step": step, "n_reached": reached, "n_lost": lost, "n_not_due": not_due, "n_before": reached + lost + (not_due or 0),
        "share_lost": lost / (reached + lost), "first_on": MAY, "last_on": JULY, "is_largest": True, "joins_before": True,
        "n_hidden": 0, "from_rounded": False, "pooled_share": 0.66, "n_more": 25.2, "n_more_low": 12.4, "n_more_high": 38.0,
        "beyond": "below 99.8", "leak": None,
    }  # fmt: skip
    return SimpleNamespace(**(facts | changes))


LOSS = "The biggest loss is before confirmation: of 245 people offered home monitoring in May to July 2026, "


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (step(), LOSS + "150 were confirmed and 95 are overdue or were found in range; 40 more are not due yet."),
        (step(not_due=None), LOSS + "150 were confirmed and 95 are overdue or were found in range."),
        (step(not_due=1.0), LOSS + "150 were confirmed and 95 are overdue or were found in range; 1 more is not due yet."),
        (
            step("to_target", 300.0, 1.0, None, of_label="people read in 12 months", first_on=dt.date(2026, 7, 1)),
            "The biggest loss is before the target: of 301 people read in 12 months in July 2026, 300 are to target and "
            "1 is not.",
        ),
        (
            step("treated", 0.0, 10.0, None, of_label="people confirmed", from_rounded=True, first_on=dt.date(2026, 5, 4)),
            "The biggest loss is before treatment: of about 10 people confirmed from 4 May 2026 to 31 July 2026, nobody was "
            "treated and 10 were not.",
        ),
    ],
)  # fmt: skip
def test_the_biggest_loss_is_told_in_people_and_time(row, sentence):
    assert biggest_loss(row) == sentence


@pytest.mark.parametrize(
    ("row", "n_places", "sentence"),
    [
        (
            step(), None,
            "At the borough's pooled rate (66%), 25 more people would have been confirmed (12 to 38); "
            "fewer than one place in a thousand is this low by chance.",
        ),
        (
            step(from_rounded=True, beyond="below 95"), 5,
            "At the pooled rate of the five places shown (66%), about 25 more people would have been confirmed (12 to 38); "
            "one place in forty is this low by chance.",
        ),
        (
            step("to_target"), None,
            "At the borough's pooled rate (66%), 25 more people would be to target (12 to 38); fewer than one place in "
            "a thousand is this low by chance, and people newly found pull it down.",
        ),
    ],
)  # fmt: skip
def test_a_leak_is_told_as_people_more_with_what_chance_would_do(row, n_places, sentence):
    assert leak_sentence(row, n_places) == sentence


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (dt.date(2026, 10, 1), dt.date(2026, 10, 31), "in October 2026"),
        (MAY, JULY, "in May to July 2026"),
        (dt.date(2025, 12, 1), dt.date(2026, 2, 28), "in December 2025 to February 2026"),
        (dt.date(2026, 6, 29), dt.date(2026, 9, 27), "from 29 June 2026 to 27 September 2026"),
    ],
)
def test_months_are_told_as_months(first, last, told):
    assert span(first, last) == told


def chart(variation="common_cause", **changes):
    row = summary(variation=variation) | {
        "measure_id": "confirmed", "domain": "quality", "false_alarm_rate": 0.03, "from_rounded": False,
        "sentence_short": "53%; usually 37 to 60%.",
    }  # fmt: skip
    return words.ThemeChart(row | changes, "Confirmed in 3 months")


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            chart(assurance="fail", target=0.8),
            "No evidence of change: confirmed in 3 months, 53%; usually 37 to 60%, below the 80% target.",
        ),
        (chart(), "No evidence of change: confirmed in 3 months, 53%; usually 37 to 60%."),
        (
            chart("improvement_high", assurance="hit_or_miss", target=0.8, sentence_short="Two of three near the upper edge."),
            "Better: confirmed in 3 months, two of three near the upper edge; the usual range lies on both sides of the 80% "
            "target.",
        ),
        (chart("concern_low"), "Worse: confirmed in 3 months, 53%; usually 37 to 60%."),
        (chart("too_few"), "Cannot yet tell: confirmed in 3 months, 53%; usually 37 to 60%."),
        (
            chart("none", why_no_limits="rolling"),
            "The line cannot tell, since each month holds the same people again: confirmed in 3 months, 53%; usually 37 to 60%.",
        ),
    ],
)  # fmt: skip
def test_whether_it_gets_better_follows_the_icon(one, sentence):
    assert trend(one.summary, one.name, one.word, one.short) == sentence


@pytest.mark.parametrize(
    ("variation", "why"), [*((one, None) for one in Variation), (Variation.NONE, "rolling")]
)
def test_better_and_worse_are_said_only_where_the_icon_is_coloured(variation, why):
    one = chart(str(variation), why_no_limits=why)
    told = trend(one.summary, one.name, one.word, one.short)
    assert told.startswith("Better") == variation.startswith("improvement")
    assert told.startswith("Worse") == variation.startswith("concern")
    assert told.startswith("Changed") == variation.startswith("neutral")


def told(charts, steps, least=None):
    return {one.question: one.sentence for one in words.theme_sentences(charts, steps, least)}


def test_a_cascade_is_told_by_where_people_are_lost_then_the_trend_there_then_who_is_reached_least():
    found = words.theme_sentences([chart()], [step()], "Men aged 40 to 59 are reached least.")
    assert [one.question for one in found][:4] == [
        "Where are people lost?", "Is it getting better, or is it chance?", "Who is reached least?", "What should we ask?",
    ]  # fmt: skip
    assert found[0].sentence.startswith("The biggest loss is before confirmation")
    assert found[1].sentence == (
        "No evidence of change: confirmed in 3 months, 53%; usually 37 to 60%. Of one chart that can tell, none is coloured; "
        "chance alone would colour fewer than 0.1."
    )
    assert found[2].sentence == "Men aged 40 to 59 are reached least."
    assert found[3].sentence == "Ask what stops people at this step: confirmed in 3 months."


def test_what_is_not_counted_or_held_back_is_said_so():
    none = step(is_largest=False, n_lost=None)
    answers = told([chart("too_few")], [none])
    assert answers["Where are people lost?"] == "Cannot yet tell: small numbers are held back."
    assert answers["Who is reached least?"].startswith("Cannot yet tell")
    assert (
        told([], [step(lost=0.0, is_largest=False)])["Where are people lost?"]
        == "Nobody is lost at the steps that are counted."
    )


def test_where_a_step_is_held_back_the_biggest_loss_is_of_those_shown():
    hidden = step("treated", is_largest=False, n_lost=None, n_before=None, n_hidden=2)
    answer = told([chart()], [step(), hidden])["Where are people lost?"]
    assert answer.startswith("Of the steps shown, the biggest loss is before confirmation: of 245 people")


def test_lines_of_the_register_are_told_apart_from_charts_that_cannot_tell_yet():
    charts = [chart("none", why_no_limits="rolling"), chart("too_few")]
    care = [
        one.sentence for one in words.theme_sentences(charts, [step()]) if one.question == "Read with care"
    ]
    assert care[0].startswith(
        "Confirmed in 3 months is a line without an icon: each month holds the same people again"
    )
    assert care[1] == "Confirmed in 3 months has no usual range to judge by: no news is not good news."


def test_many_charts_are_counted_and_few_are_named():
    charts = [chart(from_rounded=True)] * 5
    care = [
        one.sentence for one in words.theme_sentences(charts, [step()]) if one.question == "Read with care"
    ]
    assert care[0] == "Five charts rest on rounded figures, since small numbers are held back."


@pytest.mark.parametrize("name", [*CascadeStep])
@pytest.mark.parametrize("reached", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("lost", [1.0, 3.0])
@pytest.mark.parametrize("more", [1.0, 25.2])
def test_every_step_gives_whole_sentences(name, reached, lost, more):
    row = step(str(name), reached, lost, n_more=more)
    for told in (biggest_loss(row), leak_sentence(row), leak_sentence(row, 4)):
        assert not FORBIDDEN.search(told), told
        assert sentences_in(told) == 1, told
        assert not any(f" {many} {verb}" in told for many in ("1", "nobody") for verb in ("were", "are")), (
            told
        )


def test_every_step_that_can_be_lost_has_its_own_words():
    assert {*CascadeStep} - {*STEPS} == {CascadeStep.EXPECTED, CascadeStep.RAISED}
