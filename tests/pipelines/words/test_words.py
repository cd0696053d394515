"""Sentences: made by rule from a row, in plain words, with the row's own numbers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from types import SimpleNamespace

import pytest

from pipelines import words
from pipelines.learning import ReceiptRow
from pipelines.measures import Measure
from pipelines.vocabulary import Better, ChartKind, DataType, Domain, Period, Verdict

SHARE = Measure(
    measure_id="said_yes", name="Said yes when asked", short_name="Said yes", domain=Domain.QUALITY,
    kind=DataType.PROPORTION, numerator="yes", denominator="asked", counts="people", unit="%", period=Period.WEEK,
    planned_every="week", better=Better.UP, targets=(), baseline="auto", disclosive=False, prototypes=("*",),
    why="", source="",
)  # fmt: skip
COUNT = dataclasses.replace(
    SHARE, measure_id="checked", name="Men checked", short_name="Men checked", domain=Domain.REACH,
    kind=DataType.COUNT, denominator=None, unit="men",
)  # fmt: skip


def summary(**changes):
    row = {
        "is_hidden": False, "n_points": 24, "why_no_limits": None, "limits_state": "provisional", "variation": "common_cause",
        "variation_rules": None, "assurance": "empty", "target": None, "latest_value": 0.55, "median": 0.41, "centre_line": 0.412,
        "lower_limit": 0.30, "upper_limit": 0.529, "period": "week", "baseline_n": 12, "baseline_first_on": dt.date(2026, 1, 5),
        "baseline_last_on": dt.date(2026, 3, 29), "runs_signal": False, "longest_run": 4, "longest_run_max": 8,
        "n_crossings": 9, "n_crossings_min": 8,
    }  # fmt: skip
    return row | changes


def sentence(measure=SHARE, run_length=1, total=None, **changes):
    return words.chart_sentences(summary(**changes), measure, run_length, total)


@pytest.mark.parametrize(
    ("value", "measure", "told"),
    [
        (0.554, SHARE, "55%"),
        (1.0, SHARE, "100%"),
        (34.0, COUNT, "34"),
        (12.44, COUNT, "12.4"),
        (None, SHARE, "no value"),
        (1234.0, COUNT, "1,234"),
    ],
)
def test_a_value_is_told_in_its_own_unit(value, measure, told):
    assert words.value_words(value, measure) == told


def test_limits_are_clipped_to_what_can_happen_in_words_too():
    assert words.range_words(-0.1, 1.2, SHARE) == "0 to 100%"
    assert words.range_words(-3.0, 19.2, COUNT) == "0 to 19"


def test_an_amount_goes_below_0_in_words_unless_it_never_can():
    warmth = dataclasses.replace(COUNT, kind=ChartKind.I, counts=None, unit="degrees")
    kilograms = dataclasses.replace(warmth, unit="kg", never_negative=True)
    assert words.range_words(-50.4, 246.1, warmth) == "-50 to 246"
    assert words.range_words(-50.4, 246.1, kilograms) == "0 to 246"
    told = sentence(kilograms, latest_value=162.0, lower_limit=-50.4, upper_limit=246.1)
    assert told.middle == "Nothing unusual: 162, and usually 0 to 246."


def test_usual_variation_says_the_latest_against_the_usual_range():
    assert sentence().middle == "Nothing unusual: 55%, and usually 30 to 53%."
    assert "provisional until a named person accepts it" in sentence().long


def test_an_established_range_is_not_called_provisional():
    assert "provisional" not in sentence(limits_state="established").long


def test_a_shift_says_how_many_points_above_which_average():
    told = sentence(variation="improvement_high", variation_rules="shift", run_length=9)
    assert (
        told.middle
        == "Quality is better. The last nine points, one week each, were all above the average of 41%."
    )
    assert told.short == "Nine in a row above average."


def test_one_point_outside_is_said_not_to_be_a_trend():
    told = sentence(variation="concern_low", variation_rules="beyond_limits,two_of_three", latest_value=0.2)
    assert told.middle == "Quality is worse. 20% is below the usual 30 to 53%. One point is not yet a trend."


def test_a_point_outside_at_the_end_of_a_long_run_is_not_called_a_single_point():
    told = sentence(
        variation="concern_low", variation_rules="beyond_limits,shift", latest_value=0.2, run_length=8
    )
    assert told.middle == (
        "Quality is worse. 20% is below the usual 30 to 53%, and the last eight points were all below the average of 41%."
    )


def test_a_measure_without_a_direction_is_changed_and_never_better():
    told = sentence(variation="neutral_high", variation_rules="trend", run_length=7)
    assert (
        told.middle == "Quality is changed. The last seven points, one week each, climbed one after another."
    )


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("pass", "is met all through the usual range"),
        ("fail", "out of reach"),
        ("hit_or_miss", "met at times and missed at times"),
    ],
)
def test_the_target_is_named_where_it_stands(state, told):
    assert told in sentence(assurance=state, target=0.6).long
    assert "60%" in sentence(assurance=state, target=0.6).long


def test_start_up_counts_what_is_there_and_what_is_needed():
    told = sentence(COUNT, total=214, why_no_limits="start_up", limits_state="none", n_points=7)
    assert told.middle == "Cannot yet tell: 7 of 12 points needed. 214 people so far."


def test_start_up_with_enough_points_says_that_they_have_not_settled():
    told = sentence(why_no_limits="start_up", limits_state="none", n_points=20)
    assert told.middle == "Cannot yet tell: the 20 points have not settled for 12 in a row."


def test_hidden_series_say_why_and_no_number():
    told = sentence(is_hidden=True)
    assert not any(character.isdigit() for character in told.middle)


def test_no_data_is_said():
    assert sentence(n_points=0).middle == "No test has been logged yet."


def test_a_run_chart_tells_a_long_run_with_its_limit():
    told = sentence(why_no_limits="run_chart", limits_state="none", runs_signal=True, longest_run=9)
    assert (
        told.middle
        == "Unusual: 9 points in a row on one side of the median, 41%; chance seldom gives over 8."
    )


def test_a_sparse_series_claims_no_run_since_rounding_puts_its_points_on_the_median():
    told = sentence(why_no_limits="sparse", limits_state="none", runs_signal=True, longest_run=23)
    assert (
        told.middle
        == "The latest is 55%, against a median of 41%. No usual range: the counts are too small for one."
    )


def test_a_run_chart_tells_few_crossings_with_their_limit():
    told = sentence(why_no_limits="run_chart", limits_state="none", runs_signal=True, n_crossings=3)
    assert (
        told.middle == "Unusual: the points cross the median, 41%, 3 times; chance seldom gives fewer than 8."
    )


def result(verdict, **changes):
    facts = {
        "verdict": verdict, "reason": "4 points; 10 are needed.", "observed": 0.59, "before": 0.41, "change": 0.18,
        "change_low": 0.08, "change_high": 0.27, "change_scale": "difference", "predicted_low": 0.5, "predicted_high": 0.66,
        "prediction_inside": True, "receipt": (ReceiptRow("supports", "Data check", "5 weeks, none missing"),),
    }  # fmt: skip
    return SimpleNamespace(**(facts | changes))


def test_a_cycle_that_improved_says_from_what_to_what_and_how_far_it_could_be():
    told = words.cycle_sentence(result(Verdict.IMPROVED), SHARE)
    assert (
        told
        == "Improved: said yes up to 59%, against 41% before. The change is +18 points; it could be +8 to +27."
    )


def test_a_ratio_is_told_as_a_percentage_change():
    seen = {"observed": 20.0, "before": 27.0, "change": 0.74, "change_low": 0.6, "change_high": 0.9}
    told = words.cycle_sentence(result(Verdict.WORSENED, change_scale="ratio", **seen), COUNT)
    assert (
        told
        == "Worsened: men checked down to 20, against 27 before. The change is -26%; it could be -40% to -10%."
    )


def test_no_evidence_names_no_direction():
    told = words.cycle_sentence(result(Verdict.NO_EVIDENCE), SHARE)
    assert told.startswith("No evidence of change: said yes 59%, against 41% before.")


def test_too_few_data_say_the_reason_only():
    assert (
        words.cycle_sentence(result(Verdict.NOT_ENOUGH_DATA), SHARE)
        == "Not enough data: 4 points; 10 are needed."
    )


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


def test_the_receipt_is_published_row_by_row():
    assert json.loads(words.receipt_json(result(Verdict.IMPROVED))) == [
        {"mark": "supports", "label": "Data check", "words": "5 weeks, none missing"}
    ]


def point(**changes):
    row = {
        "period_start": dt.date(2026, 3, 2), "period_end": dt.date(2026, 3, 8), "is_hidden": False, "hidden_reason": None,
        "is_gap": False, "value": 0.55, "numerator": 34, "denominator": 62, "rule": None,
    }  # fmt: skip
    return row | changes


def test_a_point_says_its_time_its_count_and_its_rule():
    assert (
        words.point_words(point(rule="beyond_limits"), SHARE, "week")
        == "Week of 2 March 2026: 34 of 62, 55%. Outside the usual range."
    )


def test_a_hidden_point_says_why_and_never_its_number():
    assert (
        words.point_words(point(is_hidden=True, hidden_reason="small"), SHARE, "week")
        == "Week of 2 March 2026: 1 to 7 people."
    )


def test_a_gap_is_said_to_be_planned():
    told = words.point_words(point(is_gap=True, value=None), SHARE, "week")
    assert told == "Week of 2 March 2026: a test was planned; no value was recorded."
