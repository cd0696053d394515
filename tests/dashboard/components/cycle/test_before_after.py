"""Before and during a cycle as a table."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard.components.cycle.before_after import before_after_html, change_words, sides
from dashboard.components.cycle.view import CycleView
from dashboard.figures.numbers import NumberStyle

SHARE = NumberStyle.of("proportion")

RESULT = {
    "observed": 0.6534, "observed_numerator": 247.0, "observed_denominator": 378.0, "before": 0.4567,
    "before_numerator": 864.0, "before_denominator": 1892.0, "before_lower": 0.2, "before_upper": 0.71,
    "n_baseline_points": 53, "n_do_points": 11, "n_planned": 12, "n_missing": 1, "change": 0.197, "change_low": 0.14,
    "change_high": 0.25, "change_scale": "difference", "predicted_low": 0.58, "predicted_high": 0.71,
    "prediction_inside": True, "verdict": "improved", "is_sealed": False, "is_released": False,
}  # fmt: skip

FILED = {
    "measure_name": "people who said yes",
    "do_start": dt.date(2025, 11, 17),
    "do_end": dt.date(2026, 2, 8),
}


def view(style=SHARE, **changes):
    return CycleView(FILED, RESULT | changes, pd.DataFrame(), style, "up", on=dt.date(2026, 3, 1))


def test_both_sides_stand_beside_one_another_with_the_counts_behind_them():
    told = before_after_html(view())
    rows = [
        ("Points", "53", "11 (1 of 12 planned are missing)"), ("Counted", "864 of 1,892", "247 of 378"),
        ("Share", "46%", "65%"), ("Usual range", "20 to 71%", ""), ("Predicted", "", "58 to 71%: held, not sealed"),
        ("Change", "", "+20 points (95% interval +14 to +25)"),
    ]  # fmt: skip
    for name, before, during in rows:
        assert f'<tr><th scope="row">{name}</th><td>{before}</td><td>{during}</td></tr>' in told
    assert "<caption>People who said yes: before and during</caption>" in told


def test_a_prediction_that_did_not_hold_is_said_as_plainly():
    assert "58 to 71%: did not hold, not sealed" in before_after_html(view(prediction_inside=False))


@pytest.mark.parametrize("missing", ["observed", "before"])
def test_without_one_of_the_sides_there_is_no_table(missing):
    assert before_after_html(view(**{missing: None})) == ""


def test_rounded_figures_are_said_to_be():
    assert "from rounded figures" in before_after_html(view(is_released=True))


def test_two_sides_that_differ_never_read_alike():
    assert sides({"before": 0.5512, "observed": 0.5534}, SHARE) == ("55.1%", "55.3%")
    assert sides({"before": 12.0, "observed": 12.0}, NumberStyle()) == ("12", "12")


@pytest.mark.parametrize(
    ("change", "low", "high", "scale", "style", "words"),
    [
        (1.5, 1.2, 1.9, "ratio", NumberStyle.of("count"), "+50% (95% interval +20% to +90%)"),
        (-3.1, -4.1, -1.9, "difference", NumberStyle(), "-3.1 (95% interval -4.1 to -1.9)"),
        (-0.001, None, None, "difference", SHARE, "-0.1 points"),
        (None, None, None, None, SHARE, ""),
    ],
)
def test_a_change_is_written_in_its_own_scale(change, low, high, scale, style, words):
    row = {
        "verdict": "improved",
        "change": change,
        "change_low": low,
        "change_high": high,
        "change_scale": scale,
    }
    assert change_words(row, style) == words


@pytest.mark.parametrize("verdict", ["not enough data", "check the data"])
def test_where_nothing_can_be_told_no_size_of_a_change_is_told(verdict):
    told = before_after_html(view(verdict=verdict))
    assert "<td>not judged</td>" in told
    assert "+20 points" not in told
