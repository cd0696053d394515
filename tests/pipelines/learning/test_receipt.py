"""The receipt: what the verdict stands on, row by row."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.vocabulary import Verdict

HIGHER = [55, 57, 54, 56, 58, 55, 57, 54, 56, 55]
GUESS = {"predicted_value": 56.0, "predicted_low": 50.0, "predicted_high": 62.0}
NONE = (float("nan"), float("nan"))


def told(result):
    return {row.label: (row.mark, row.words) for row in result.receipt}


def test_the_rows_come_in_the_order_in_which_the_verdict_is_reached(judged):
    labels = [row.label for row in judged(HIGHER).receipt]
    assert labels == [
        "Data check",
        "Signal",
        "Usual range",
        "Size of change",
        "Prediction",
        "Lowers our confidence",
    ]


def test_an_improvement_stands_on_data_signal_and_interval(judged):
    rows = told(judged(HIGHER))
    assert rows["Data check"] == ("supports", "10 planned points in Do, none missing; 20 points before")
    assert rows["Signal"] == (
        "supports",
        "two of three near its edge or beyond; seven in a row beyond the average; a long run on one side of the median",
    )
    mark, words = rows["Size of change"]
    assert mark == "supports"
    assert words.startswith("+5.7 minutes, 95% interval +")
    assert words.endswith("without a season in the model)")


def test_the_dispersion_is_told_of_counts_and_not_of_single_values(judged, count):
    assert "dispersion" not in told(judged(HIGHER))["Size of change"][1]
    assert "dispersion 1.0" in told(judged(HIGHER, measure=count))["Size of change"][1]


def test_a_ratio_is_told_in_per_cent_and_a_share_in_points(judged, count, share):
    ratio = told(judged([100] * 8, [50, 51, 49, 50] * 5, count))["Size of change"][1]
    assert ratio.startswith("+100%, 95% interval +")
    points = told(
        judged([16, 17, 15, 16], [10, 11, 9, 10] * 5, share, denominator=20, centre=0.5, limits=(0.2, 0.9))
    )
    assert points["Size of change"][1].startswith("+30 points, 95% interval +")
    assert points["Usual range"][1] == "0 of 4 points above it, 0 below; the average is 50%"


def test_missing_points_lower_our_confidence(judged):
    mark, words = told(judged([*HIGHER, None]))["Data check"]
    assert (mark, words) == ("lowers", "11 planned points in Do, 1 missing; 20 points before")


@pytest.mark.parametrize(
    ("during", "mark", "words"),
    [
        ([*HIGHER, 61], "supports", "1 of 11 points above it, 0 below; the average is 50"),
        (HIGHER, "nothing", "0 of 10 points above it, 0 below; the average is 50"),
        ([*HIGHER, 39], "nothing", "0 of 11 points above it, 1 below; the average is 50"),
        ([*HIGHER, 60], "nothing", "0 of 11 points above it, 0 below; the average is 50"),
    ],
)
def test_only_points_outside_on_the_side_of_the_change_support_it(judged, during, mark, words):
    assert told(judged(during))["Usual range"] == (mark, words)


def test_a_run_chart_has_no_usual_range_to_be_outside_of(judged):
    said = {"limits_state": "none", "why_no_limits": "run_chart"}
    rows = told(judged(HIGHER, said=said, limits=NONE))
    assert rows["Usual range"] == ("nothing", "a run chart has none; the median is 50")


def test_a_signal_against_the_change_lowers_our_confidence(judged):
    rows = told(judged([*[54, 55, 54] * 2, 44, *[55, 54, 55] * 2], limits=(45.0, 58.0)))
    assert rows["Signal"] == (
        "lowers",
        "only against the direction of the change: a point outside the usual range",
    )


def test_no_signal_and_no_interval_say_nothing(judged):
    rows = told(judged([49, 52, 48, 51, 50, 47, 53, 50]))
    assert rows["Signal"] == ("nothing", "no rule fires in the points of Do")
    assert rows["Size of change"][0] == "nothing"


def test_too_little_to_estimate_from_is_said(judged, made):
    assert told(judged(HIGHER, made.settled[:11]))["Size of change"][1] == "too little to estimate it from"


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (
            GUESS,
            "held; error -0.3 minutes, interval score 12.0 (lower is better); it never decides the verdict",
        ),
        (
            GUESS | {"predicted_low": 57.0},
            "missed; error -0.3 minutes, interval score 18.0 (lower is better); it never decides the verdict",
        ),
        ({}, "none to score; a prediction never decides the verdict"),
        (GUESS | {"do_end": dt.date(2026, 1, 1)}, "not due yet; a prediction never decides the verdict"),
    ],
)
def test_the_prediction_is_a_row_that_decides_nothing(judged, plan, words):
    assert told(judged(HIGHER, plan=plan))["Prediction"] == ("nothing", words)


def test_a_trend_before_is_a_row_that_lowers(judged):
    climbing = [46 + 0.3 * place + (place % 3) for place in range(20)]
    result = judged(HIGHER, climbing)
    assert result.verdict == Verdict.NO_EVIDENCE
    assert told(result)["Trend before"] == (
        "lowers",
        "the baseline was already moving up (Mann-Kendall p < 0.05)",
    )


def test_every_must_say_is_a_row_of_its_own(judged):
    result = judged(HIGHER, plan={"do_end": None})
    assert [
        row.words for row in result.receipt if row.label == "Lowers our confidence"
    ] == result.notes.split("\n")
    assert len(result.notes.split("\n")) == 2
