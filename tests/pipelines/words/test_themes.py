"""A theme in three sentences: better or chance, where people are lost, what to ask; and what to read with care."""

from __future__ import annotations

import re
from itertools import product
from types import SimpleNamespace

import pytest

from pipelines import words
from pipelines.vocabulary import Domain, Variation
from tests.pipelines.words.rows import summary
from tests.pipelines.words.test_every_sentence import FORBIDDEN, sentences_in

BETTER, LOST, ASK, CARE = (
    "Is it getting better, or is it chance?", "Where are people lost?", "What should we ask?", "Read with care",
)  # fmt: skip


def chart(name="BP to target", variation="common_cause", domain="impact", rate=0.03, **changes):
    row = summary(variation=variation) | {
        "domain": domain, "false_alarm_rate": rate, "from_rounded": False, "sentence_short": "Eight in a row above average.",
    }  # fmt: skip
    return words.ThemeChart(row | changes, name)


def step(label="Said yes", of_label="people asked", before=412.0, reached=190.0, **changes):
    lost = None if before is None else before - reached
    facts = {
        "label": label, "of_label": of_label, "n_before": before, "n_reached": reached, "n_lost": lost,
        "share_lost": None if before is None else lost / before, "is_largest": bool(lost), "joins_before": False,
        "n_hidden": 0, "from_rounded": False, "step": None,
    }  # fmt: skip
    return SimpleNamespace(**(facts | changes))


def told(charts=(), steps=(), question=None):
    found = words.theme_sentences(charts, steps)
    return found if question is None else [one.sentence for one in found if one.question == question]


def test_the_three_questions_come_first_and_in_order():
    assert [one.question for one in told([chart()], [step()])][:3] == [BETTER, LOST, ASK]


@pytest.mark.parametrize(
    ("charts", "sentence"),
    [
        ([], "Nothing has been tested here yet."),
        ([chart(variation="too_few", rate=None)], "Cannot yet tell: no chart here can show a signal."),
        (
            [chart(), chart("Said yes")],
            "No chart shows a signal. Two are as usual; chance alone would colour about 0.1 of two.",
        ),
        (
            [chart(variation="improvement_high"), chart("Days to follow-up", "improvement_low"),
             chart("People checked", "concern_low"),
             chart("Said yes"), chart("GP appointments", "none", "balancing", None)],
            "Better: BP to target and days to follow-up; worse: people checked. One is as usual and one cannot yet tell; "
            "chance alone would colour about 0.1 of four.",
        ),
        (
            [chart(variation="neutral_high", rate=0.01)],
            "Changed: BP to target. No other chart can tell; chance alone would colour fewer than 0.1 of one.",
        ),
    ],
)  # fmt: skip
def test_better_or_chance_counts_every_chart_once(charts, sentence):
    assert told(charts, [], BETTER) == [sentence]


MOST = "Most are lost at this step: said yes. Of "


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([step()], MOST + "412 people asked in the last 12 weeks, 190 got there and 222 did not (54%)."),
        ([step(reached=0.0)], MOST + "412 people asked in the last 12 weeks, nobody got there and 412 did not (100%)."),
        ([step(from_rounded=True)], MOST + "about 412 people asked in the last 12 weeks, 190 got there and 222 did not (54%)."),
        ([step(reached=412.0)], "Nobody is lost at the steps that are counted."),
        ([step(before=None)], "Cannot yet tell: no step was counted at both its ends in the last 12 weeks."),
        ([step(before=None, n_hidden=3)], "Cannot yet tell: small numbers are held back."),
        ([], "Cannot yet tell: no step was counted at both its ends in the last 12 weeks."),
    ],
)  # fmt: skip
def test_the_largest_loss_is_named_in_people_and_as_a_share(steps, sentence):
    assert told([chart()], steps, LOST) == [sentence]


def test_what_got_worse_is_asked_about_before_what_got_better():
    charts = [chart(variation="improvement_high"), chart("People checked", "concern_low", "reach")]
    assert told(charts, [], ASK) == [
        "Ask what changed in this: people checked got worse (eight in a row above average)."
    ]


def test_of_charts_that_signal_alike_the_one_nearest_to_impact_is_asked_about():
    charts = [chart("People checked", "concern_low", "reach"), chart("BP to target", "concern_low", "impact")]
    assert "BP to target" in told(charts, [], ASK)[0]


@pytest.mark.parametrize(
    ("charts", "steps", "opening"),
    [
        ([chart("GP appointments", "neutral_high", "balancing")], [], "Ask who carries this: GP appointments changed ("),
        ([chart("Visits", "neutral_high", "reach")], [], "Ask what changed in this, and whether it is wanted: visits ("),
        ([chart(variation="improvement_high")], [], "Ask what was done differently, and whether it can be kept: BP to target"),
        ([chart()], [step()], "Ask what stops people at this step: said yes."),
        ([chart(variation="too_few")], [], "Ask for more counts of this: BP to target (eight in a row above average)."),
        ([chart()], [], "Ask what the group will try next: nothing here has changed."),
        ([], [], "Ask who could try something here, and what they would count."),
    ],
)  # fmt: skip
def test_the_next_question_follows_from_what_was_seen(charts, steps, opening):
    assert told(charts, steps, ASK)[0].startswith(opening)


def test_what_nobody_counts_between_two_steps_is_asked_for_unless_they_join():
    steps = [step(), step("BP to target", "people reviewed", 375.0, 260.0, is_largest=False)]
    gap = " Nobody counts what lies between said yes and people reviewed: ask for that too."
    assert told([chart()], steps, ASK)[0].endswith(gap)
    steps[1].joins_before = True
    assert gap not in told([chart()], steps, ASK)[0]


def test_what_a_clinician_must_know_is_said():
    steps = [step(), step("BP to target", "people reviewed", is_largest=False, n_hidden=2)]
    silent = chart("GP appointments", "none", "balancing", from_rounded=True)
    assert told([chart(), silent], steps, CARE) == [
        "GP appointments rests on rounded figures, since small numbers are held back.",
        "GP appointments has no usual range to judge by: no news is not good news.",
        "The steps are not the same people: each is counted by itself.",
        "Points held back for small numbers are left out of the steps.",
    ]
    assert told([chart()], [step()], CARE) == []


def test_a_target_out_of_reach_is_said_beside_what_got_better():
    charts = [
        chart(variation="improvement_high", assurance="fail"),
        chart("Said yes", assurance="hit_or_miss"),
    ]
    assert told(charts, [step()], CARE) == [
        "BP to target will miss the target unless something changes, better or not."
    ]


def test_every_mix_of_charts_and_steps_gives_whole_sentences():
    mixes = product(Variation, Domain, (None, 0.02), (None, 0.0, 3.0, 40.0), (0, 2))
    for variation, domain, rate, reached, hidden in mixes:
        second = step("BP to target", "people reviewed", before=40.0, reached=39.0, is_largest=False)
        first = step(before=None if reached is None else 40.0, reached=reached or 0.0, n_hidden=hidden)
        found = told([chart("Said yes", variation, domain, rate), chart(rate=rate)], [first, second])
        for one in found:
            assert not FORBIDDEN.search(one.sentence), one.sentence
            assert sentences_in(one.sentence) <= 2, one.sentence
            assert re.match(r"[A-Z]", one.sentence), one.sentence
