"""The prediction's own line, and its skill."""

from __future__ import annotations

import pytest

from pipelines import words
from pipelines.vocabulary import Verdict
from tests.pipelines.words.rows import SHARE, result


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "The prediction held: 59% lies inside 50 to 66%."),
        ({"prediction_inside": False, "observed": 0.4}, "The prediction missed: 40% lies below 50 to 66%."),
        ({"prediction_inside": False, "observed": 0.7}, "The prediction missed: 70% lies above 50 to 66%."),
        (
            {"prediction_inside": None, "observed": None},
            "The group predicted 50 to 66%. There is no result to hold it against yet.",
        ),
        (
            {"prediction_inside": None, "observed": 0.432},
            "The group predicted 50 to 66%. So far it is 43%; the prediction is not due yet.",
        ),
        (
            {"predicted_low": None},
            "No prediction was written down before this cycle, so it cannot be scored.",
        ),
    ],
)
def test_the_prediction_is_a_line_of_its_own(changes, told):
    assert words.prediction_sentence(result(Verdict.IMPROVED, **changes), SHARE) == told


@pytest.mark.parametrize(
    ("skill", "told"),
    [
        (0.3, " It came closer than guessing that nothing changes."),
        (-0.3, " Guessing that nothing changes would have come closer."),
        (0.001, " Guessing that nothing changes would have done as well."),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_skill_is_told_beside_the_simplest_guess(skill, told):
    line = words.prediction_sentence(result(), SHARE, skill)
    assert line == f"The prediction held: 59% lies inside 50 to 66%.{told}"


def test_skill_says_nothing_before_a_prediction_is_due():
    assert "guessing" not in words.prediction_sentence(result(prediction_inside=None), SHARE, 0.3)


def test_a_miss_by_a_hair_reads_as_a_miss():
    told = words.prediction_sentence(result(observed=0.662, prediction_inside=False), SHARE)
    assert told == "The prediction missed: 66.2% lies above 50 to 66.0%."
