"""The receipt: what the verdict stands on, row by row."""

from __future__ import annotations

import datetime as dt

import pytest

HIGHER = [55, 57, 54, 56, 58, 55, 57, 54, 56, 55]
GUESS = {"predicted_value": 56.0, "predicted_low": 50.0, "predicted_high": 62.0}
NONE = (float("nan"), float("nan"))


def told(result):
    return {row.label: (row.mark, row.words) for row in result.receipt}


def test_the_rows_come_in_the_order_in_which_the_verdict_is_reached(judged):
    labels = [row.label for row in judged(HIGHER).receipt]
    assert labels == [
        "Data check",
        "Points before",
        "Points of Do",
        "Signal",
        "Usual range",
        "Size of change",
        "One odd point",
        "Prediction",
        "Lowers our confidence",
        "Rules and data",
    ]


def test_an_improvement_stands_on_data_signal_and_interval(judged):
    rows = told(judged(HIGHER))
    assert rows["Data check"] == ("supports", "10 planned points in Do, none missing; 20 points before")
    assert rows["Signal"] == (
        "supports",
        "two of three near its edge or beyond (23 Jun: 58, 7 Jul 2025: 57); four of five more than a third of the way to "
        "its edge (all 10 points); the mean of Do further from the average than means of so many points usually lie "
        "(all 10 points); seven in a row beyond the average (all 10 points); a long run on one side of the median (all 10 "
        "points)",
    )
    mark, words = rows["Size of change"]
    assert mark == "supports"
    assert words.startswith("+5.7 minutes, 95% interval +")
    assert words.endswith("a season of usual size allowed for)")


def test_with_a_year_the_season_is_in_the_model(judged, made):
    assert told(judged(HIGHER, made.settled * 3))["Size of change"][1].endswith("with a season in the model)")


def test_every_point_that_the_verdict_rests_on_is_named(judged):
    """Baseline and Do by their ends, and what signals by day."""
    rows = told(judged(HIGHER))
    assert rows["Points before"] == ("nothing", "20 points, 6 January 2025 to 25 May 2025")
    assert rows["Points of Do"] == ("nothing", "10 points, 26 May 2025 to 3 August 2025")
    apart = told(judged([54, 55, 66, 50, 49, 67, 51], limits=(42.0, 64.0)))["Signal"][1]
    assert apart.startswith("a point outside the usual range (9 Jun: 66, 30 Jun 2025: 67)")


def test_points_that_signal_apart_from_one_another_are_all_named(judged):
    """Dates where they lie apart, without those that are left out where these are fewer."""
    words = told(judged([66, 67, 50, 66, 49, 67, 51, 50], limits=(42.0, 64.0)))["Signal"][1]
    assert "(26 May, 2 Jun, 16 Jun, 30 Jun 2025)" in words
    words = told(judged([66, 67, 50, 66, 67, None, 66], limits=(42.0, 64.0)))["Signal"][1]
    assert "a point outside the usual range (5 of 6 points, all but 9 Jun 2025)" in words


def test_a_row_of_points_is_named_by_its_ends_also_over_a_gap(judged):
    words = told(judged([66, 67, None, 66, 67, 50, 50], limits=(42.0, 64.0)))["Signal"][1]
    assert "a point outside the usual range (4 points, 26 May 2025 to 23 Jun 2025)" in words


def test_days_over_the_turn_of_a_year_bear_both_years(judged, made):
    before = (made.settled * 3)[:50]
    words = told(judged([50, 70, 50, 71, 50, 50, 50, 50], before))["Signal"][1]
    assert "(29 Dec 2025: 70, 12 Jan 2026: 71)" in words


def test_rules_and_data_are_named_with_their_versions(judged):
    from pipelines.learning import VERDICT_RULES, VERDICT_VERSION

    assert (VERDICT_RULES, VERDICT_VERSION) == ("verdict", 3)
    words = told(judged(HIGHER))["Rules and data"]
    assert words == ("nothing", "verdict 3; chart rules mdc 1; data to 3 August 2025")


def test_the_verdict_without_its_most_extreme_point_is_a_row(judged):
    mark, words = told(judged([*HIGHER, 70]))["One odd point"]
    assert mark == "supports"
    assert words.startswith("with 70 of 4 August 2025 counted like the next one, 58: a rule still fires; +")
    assert "95% interval +" in words


def test_where_no_point_stands_apart_the_row_says_so(judged):
    assert told(judged(HIGHER))["One odd point"] == (
        "supports",
        "none stands apart: 58 of 23 June 2025, next 57",
    )


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
    rows = told(judged([*[54, 55, 54] * 2, 44, *[55, 54, 55] * 2], limits=(45.0, 75.0), centre=60.0))
    assert rows["Signal"] == (
        "lowers",
        "only against the direction of the change: a point outside the usual range (7 Jul 2025: 44)",
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


def test_a_trend_before_is_a_row_that_lowers_with_the_change_against_it(judged):
    climbing = [46 + 0.3 * place + (place % 3) for place in range(20)]
    mark, words = told(judged(HIGHER, climbing))["Trend before"]
    assert mark == "lowers"
    assert words.startswith(
        "the baseline was already moving up; its line carried on comes to +4.6 minutes by Do; with a trend allowed for "
        "the change is +"
    )


def test_every_must_say_is_a_row_of_its_own(judged):
    result = judged(HIGHER, plan={"do_end": None})
    assert [
        row.words for row in result.receipt if row.label == "Lowers our confidence"
    ] == result.notes.split("\n")
    assert len(result.notes.split("\n")) == 2
