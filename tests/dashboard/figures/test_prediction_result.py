"""The picture of a cycle: before, predicted, happened."""

from __future__ import annotations

import json

import pytest

from dashboard.figures.numbers import NumberStyle
from dashboard.figures.prediction_result import prediction_result
from dashboard.theme import LIGHT

SHARE = NumberStyle.of("proportion")
RESULT = {
    "verdict": "improved", "before": 0.41, "before_lower": 0.3, "before_upper": 0.53,
    "predicted_value": 0.57, "predicted_low": 0.5, "predicted_high": 0.66,
    "observed": 0.59, "observed_numerator": 71.0, "observed_denominator": 121.0,
}  # fmt: skip
DURING = [0.55, 0.57, 0.58, 0.61, 0.63]


def draw(narrow=False, during=DURING, **changes):
    return prediction_result(RESULT | changes, during, SHARE, LIGHT, narrow=narrow)


def trace(figure, name):
    return next((part for part in figure.data if part.name == name), None)


def told(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


def test_the_three_rows_stand_at_their_own_numbers():
    figure = draw()
    assert (min(trace(figure, "before").x), max(trace(figure, "before").x)) == (0.3, 0.53)
    assert (min(trace(figure, "prediction").x), max(trace(figure, "prediction").x)) == (0.5, 0.66)
    assert list(trace(figure, "result").x) == [0.59]
    assert list(trace(figure, "during").x) == DURING


def test_the_words_give_every_number():
    words = told(draw())
    for part in (
        "41%",
        "usual range 30 to 53%",
        "57%",
        "8 in 10 sure of 50 to 66%",
        "59%",
        "71 of 121",
        "the 5 points",
    ):
        assert part in words


def test_one_line_carries_the_result_up_through_the_prediction():
    line, hatch = trace(draw(), "result line"), trace(draw(), "prediction")
    assert set(line.x) == {0.59}
    assert max(line.y) == max(hatch.y)


@pytest.mark.parametrize(
    ("verdict", "colour"),
    [
        ("improved", LIGHT.improvement),
        ("worsened", LIGHT.concern),
        ("changed", LIGHT.neutral),
        ("no evidence of change", LIGHT.data),
    ],
)
def test_the_result_wears_the_colour_of_its_verdict(verdict, colour):
    assert trace(draw(verdict=verdict), "result").marker.color == colour


def test_a_missed_prediction_looks_like_one_that_held():
    held, missed = trace(draw(), "prediction"), trace(draw(observed=0.8), "prediction")
    assert held.fillpattern == missed.fillpattern


def test_without_a_prediction_the_row_says_that_it_cannot_be_scored():
    figure = draw(predicted_low=None, predicted_high=None, predicted_value=None)
    assert trace(figure, "prediction") is None
    assert "No prediction was sealed. This cycle cannot be scored." in told(figure)


def test_without_a_usual_range_before_is_said_and_not_drawn():
    figure = draw(before_lower=float("nan"), before_upper=float("nan"))
    assert trace(figure, "before") is None
    assert "no usual range yet" in told(figure)


def test_without_a_result_there_is_no_disc():
    figure = draw(observed=None, during=[])
    assert trace(figure, "result") is None
    assert "not yet known" in told(figure)


def test_on_a_phone_the_words_stand_above_their_rows():
    assert {note.xref for note in draw(narrow=True).layout.annotations} == {"paper"}


def test_the_words_of_what_happened_keep_clear_of_the_rings():
    happened = draw(during=[0.42, 0.5, 0.7]).layout.annotations[2]
    assert happened.xref == "paper" or happened.x in (0.42, 0.7)


def test_the_figure_is_plain_json():
    assert json.loads(draw().to_json())["layout"]["hovermode"] is False
