"""What a point says when it is pointed at."""

from __future__ import annotations

import pytest

from dashboard.figures.control_chart import control_chart
from dashboard.figures.hover import hover_words, rules_fired
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import LIGHT

SHARE = NumberStyle.of("proportion")


@pytest.fixture
def point(make_points):
    """A maker of one row of chart_point: 34 of 62 in a usual range of 20 to 50 %."""

    def row(**changes):
        told = {
            "words": "Week of 1 June 2026: 34 of 62, 55%. Outside the usual range.",
            "rule": "beyond_limits",
        }
        return make_points([0.55], (0.2, 0.35, 0.5), {0: told | changes}).to_dict("records")[0]

    return row


def lines(point, style=SHARE):
    return hover_words(point, style).split("<br>")


def test_it_says_the_number_the_count_behind_it_the_rule_and_the_range_it_is_held_against(point):
    said = " ".join(lines(point(target=0.6)))
    assert said == (
        "Week of 1 June 2026: 34 of 62, 55%. Outside the usual range. "
        "Usual range 20 to 50%, average 35%. Target 60%."
    )


def test_every_rule_is_named_and_the_one_that_decides_the_shape_comes_first(point):
    fired = point(beyond_limits=True, shift=True, trend=False, two_of_three=True)
    assert rules_fired(fired) == [
        "outside the usual range", "two of three near the edge", "long run on one side",
    ]  # fmt: skip
    assert " ".join(lines(fired)).endswith("Also: two of three near the edge, long run on one side.")
    assert not [line for line in lines(point(beyond_limits=True)) if line.startswith("Also")]


def test_limits_are_said_as_they_are_drawn_clipped_to_what_can_happen(point):
    assert "Usual range 0 to 100%, average 35%." in lines(point(lower_limit=-0.1, upper_limit=1.2))


def test_without_limits_no_range_is_claimed(point):
    alone = point(lower_limit=float("nan"), upper_limit=float("nan"), centre_line=float("nan"))
    assert "usual range 20" not in hover_words(alone, SHARE).lower()


def test_a_place_that_is_held_back_says_no_number_of_its_range(make_points, make_request):
    hidden = {"value": 0.31, "is_hidden": True, "hidden_reason": "held", "words": "Week 2: held back."}
    figure = control_chart(
        make_request(make_points([0.4, 0.5, 0.3, 0.4], (0.2, 0.35, 0.5), {2: hidden})), LIGHT
    )
    (value,) = [part for part in figure.data if part.name == "value"]
    assert value.customdata[2] == "Week 2: held back."


def test_words_from_outside_stay_words(point):
    assert "<b>" not in hover_words(point(words="Week <b>1</b>: 5."), SHARE)
