"""A second opinion is told as one, and never as the verdict."""

from __future__ import annotations

import pytest

from pipelines import words
from pipelines.vocabulary import Verdict
from tests.pipelines.words.more_rows import opinion
from tests.pipelines.words.rows import COUNT, SHARE, result


def test_a_step_is_told_with_its_interval():
    assert words.second_opinion_sentence(opinion(1), SHARE) == (
        "A second opinion, by the trend before and during Do, sees a rise of 12 points (95% interval +7 to +17 points)."
    )
    assert "sees a fall of 12% (95% interval -17% to -7%)" in words.second_opinion_sentence(
        opinion(-1, "ratio"), COUNT
    )


def test_no_step_is_told_with_what_is_still_possible():
    told = words.second_opinion_sentence(opinion(0), SHARE)
    assert "sees no step (95% interval -18 to +22 points)" in told


@pytest.mark.parametrize(
    ("verdict", "direction", "agrees"),
    [
        (Verdict.IMPROVED, 1, True),
        (Verdict.IMPROVED, 0, False),
        (Verdict.IMPROVED, -1, False),
        (Verdict.NO_EVIDENCE, 0, True),
        (Verdict.NO_EVIDENCE, 1, False),
    ],
)
def test_it_says_whether_it_agrees_with_the_verdict(verdict, direction, agrees):
    told = words.second_opinion_sentence(opinion(direction), SHARE, result(verdict))
    assert told.endswith("It agrees with the verdict." if agrees else "which stands by its own rule.")


@pytest.mark.parametrize("verdict", [Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA])
def test_it_agrees_with_nothing_where_nothing_was_judged(verdict):
    assert "agree" not in words.second_opinion_sentence(opinion(1), SHARE, result(verdict))
