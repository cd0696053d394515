"""Do ranges hold as often as promised, and do we miss by less?"""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines import words
from pipelines.learning.calibration import calibrate
from tests.pipelines.words.more_rows import calibration, errors


@pytest.mark.parametrize(
    ("state", "inside", "scored", "told"),
    [
        (
            "too sure", 13, 22,
            "We are too sure of ourselves: 13 of 22 predictions held. Our ranges promise 8 in 10.",
        ),
        (
            "as promised", 17, 22,
            "Our ranges hold about as often as promised: 17 of 22 predictions held, and they promise 8 in 10.",
        ),
        (
            "too cautious", 30, 30,
            "We are too careful: 30 of 30 predictions held. Our ranges promise 8 in 10, so they could be narrower.",
        ),
        ("too few", 7, 9, "Too few cycles to tell (9 of 20)."),
    ],
)  # fmt: skip
def test_the_headline_may_sting_and_says_its_counts(state, inside, scored, told):
    assert words.calibration_sentence(calibration(state, inside, scored)) == told


def scored(n_inside, n_outside):
    rows = [(0.5, 0.6)] * n_inside + [(0.5, 0.9)] * n_outside
    return pd.DataFrame(
        {
            "cycle_id": [f"c{at:02}" for at in range(len(rows))],
            "due_on": pd.date_range("2026-01-05", periods=len(rows), freq="7D").date,
            "predicted_value": 0.5, "predicted_low": 0.4, "predicted_high": 0.62,
            "observed": [seen for _, seen in rows],
        }
    )  # fmt: skip


def test_the_sentences_follow_the_real_calibration_state_by_state():
    for n_inside, n_outside in ((0, 0), (7, 2), (13, 9), (18, 4), (40, 0)):
        found = calibrate(scored(n_inside, n_outside))
        told = words.calibration_sentence(found)
        opening = {
            "too few": "Too few",
            "too sure": "We are too sure",
            "as promised": "Our ranges hold",
            "too cautious": "We are too careful",
        }
        assert told.startswith(opening[found.state])
        assert words.error_sentence(found.errors).split(". ")[0] in (
            "Cannot yet tell", "We miss by less than we did", "We miss by more than we did", "How far we miss has changed",
        )  # fmt: skip


def test_errors_that_cannot_tell_yet_say_how_far_it_is_to_a_signal():
    assert words.error_sentence(errors()) == (
        "Cannot yet tell. The longest run below the median is 5; a signal needs 8."
    )
    assert words.error_sentence(errors(longest_below=0)) == (
        "Cannot yet tell. No error lies below the median; a signal needs 8."
    )
    assert words.error_sentence(None) == "Cannot yet tell. No prediction has been scored."


def test_a_signal_in_the_errors_says_by_which_rule():
    assert words.error_sentence(errors(state="smaller", longest_run=9)) == (
        "We miss by less than we did. 9 errors in a row lie on one side of the median; chance seldom gives over 7."
    )
    assert words.error_sentence(errors(state="larger", n_crossings=0)) == (
        "We miss by more than we did. The errors never cross their median; chance seldom gives fewer than 4."
    )


def test_one_error_is_told_against_the_edge_of_its_own_range():
    assert words.error_words("Ashfield, cycle 2", 1.4, is_inside=False) == (
        "Ashfield, cycle 2: missed, 1.4 times as far from the middle of the range as its edge."
    )
    assert words.error_words("Ashfield, cycle 2", 0.4, is_inside=True) == (
        "Ashfield, cycle 2: held, 40% of the way from the middle of the range to its edge."
    )
