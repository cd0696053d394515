"""The prediction's own line, its skill and its seal."""

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
