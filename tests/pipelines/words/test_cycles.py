"""The verdict on a cycle in three lengths."""

from __future__ import annotations

import json

import pytest

from pipelines import words
from pipelines.vocabulary import Verdict
from tests.pipelines.words.rows import COUNT, SHARE, result

UP = result(Verdict.IMPROVED)
DOWN = result(
    Verdict.WORSENED, observed=0.38, before=0.52, change=-0.14, change_low=-0.2, change_high=-0.08,
    signal_direction="down", predicted_low=0.55, predicted_high=0.7, prediction_inside=False,
)  # fmt: skip
OPEN = {
    "observed": 0.43, "change": 0.02, "change_low": -0.08, "change_high": 0.12, "signal_rules": None, "signal_direction": None,
    "reason": "no rule fires in Do, and the interval of the change includes none", "prediction_inside": None,
}  # fmt: skip


def test_the_group_hears_what_happened_against_what_and_its_prediction_in_a_clause_of_its_own():
    told = words.cycle_sentences(UP, SHARE).resident
    assert told == "Improved: said yes rose to 59%, against 41% before, as the group predicted."


def test_a_missed_prediction_is_told_as_what_had_been_predicted():
    told = words.cycle_sentences(DOWN, SHARE).resident
    assert told == "Worsened: said yes fell to 38%, against 52% before. The group had predicted 55 to 70%."


def test_the_clinician_hears_counts_interval_and_rule():
    assert words.cycle_sentences(UP, SHARE).clinician == (
        "Improved: said yes rose to 59% (118 of 200, 5 points), against 41% (205 of 500, 12 points) before. "
        "Change +18 points, 95% interval +8 to +27; rule in Do: outside the usual range."
    )


def test_the_board_hears_the_shortest_one():
    assert words.cycle_sentences(UP, SHARE).board == "Said yes: improved, 59% against 41%, as predicted."
    assert (
        words.cycle_sentences(DOWN, SHARE).board == "Said yes: worsened, 38% against 52%, not as predicted."
    )


def test_rounded_figures_are_told_to_the_clinician():
    assert "from rounded figures" not in words.cycle_sentences(UP, SHARE).clinician
    assert words.cycle_sentences(UP, SHARE, is_released=True).clinician.endswith("; from rounded figures.")


@pytest.mark.parametrize(
    ("change", "told"),
    [(0.01, "change +1 point,"), (-0.01, "change -1 point,"), (-0.002, "change -0.2 points,"), (0.0, "change 0 points,"),
     (-0.00001, "change 0 points,"), (0.2, "change +20 points,")],
)  # fmt: skip
def test_a_small_change_is_told_with_its_sign_and_never_as_minus_nothing(change, told):
    row = result(Verdict.NO_EVIDENCE, **(OPEN | {"change": change}))
    assert told in words.cycle_sentences(row, SHARE).clinician.replace("Change", "change")


def test_no_evidence_says_what_could_have_been_missed():
    told = words.cycle_sentences(result(Verdict.NO_EVIDENCE, **OPEN), SHARE)
    assert told.resident == (
        "No evidence of change: said yes stood at 43%, against 41% before; "
        "we could have missed a rise of up to 12 points or a fall of up to 8 points."
    )
    assert told.clinician.endswith("no rule fires in Do, and the interval of the change includes none.")


def test_a_ratio_is_told_as_a_percentage():
    seen = {"observed": 26.0, "before": 27.0, "change": 0.96, "change_low": 0.8, "change_high": 1.15}
    told = words.cycle_sentences(
        result(Verdict.NO_EVIDENCE, **(OPEN | seen), change_scale="ratio"), COUNT
    ).resident
    assert told.endswith("we could have missed a rise of up to 15% or a fall of up to 20%.")


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"change": None}, "how far it moved cannot be worked out"),
        ({"change_low": 0.01}, "a few odd points could be all of it"),
        (
            {"change_low": 0.01, "signal_rules": "shift", "reason": "one odd week carries it: without it, no rule fires"},
            "one odd week carries it",
        ),
        ({"change": 0.0, "change_low": 0.0, "change_high": 0.0}, "it did not move at all"),
        ({"change_high": 0.0039}, "we could have missed a fall of up to 8 points"),
        (
            {"change_low": -0.0005, "change_high": 0.0006},
            "we could have missed a rise of up to 0.1 points or a fall of up to 0.1 points",
        ),
        ({"change_high": 0.004}, "we could have missed a rise of up to 0.4 points or a fall of up to 8 points"),
        ({"change_high": 0.0096}, "we could have missed a rise of up to 1 point or a fall of up to 8 points"),
    ],
)  # fmt: skip
def test_no_evidence_tells_its_four_reasons_apart(changes, doubt):
    told = words.cycle_sentences(result(Verdict.NO_EVIDENCE, **(OPEN | changes)), SHARE).resident
    assert told.endswith(f"against 41% before; {doubt}.")


def test_a_prediction_that_held_without_a_change_has_its_own_sentence():
    told = words.cycle_sentences(
        result(Verdict.NO_EVIDENCE, **(OPEN | {"prediction_inside": True, "predicted_low": 0.4})), SHARE
    )
    assert told.resident.endswith(" The group's prediction, 40 to 66%, held.")


@pytest.mark.parametrize("verdict", [Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA])
def test_without_a_verdict_only_the_reason_and_the_counts_are_told(verdict):
    told = words.cycle_sentences(result(verdict, n_do_points=1, n_missing=4), SHARE)
    opening = verdict.value.capitalize()
    assert told.resident == f"{opening}: 4 points; 10 are needed."
    assert told.clinician == f"{told.resident} 1 point in Do, 12 before it; 4 of 5 planned in Do missing."
    assert told.board == f"Said yes: {verdict.value} (4 points; 10 are needed)."


def test_a_change_that_shows_only_within_the_season_is_not_told_as_a_rise_of_the_totals():
    told = words.cycle_sentences(result(Verdict.IMPROVED, observed=0.40, season_in_model=True), SHARE)
    assert told.resident == (
        "Improved: said yes stood at 40%, against 41% before; allowing for the time of year, it rose. "
        "The group's prediction, 50 to 66%, held."
    )
    assert told.board == "Said yes: improved, 40% against 41% allowing for the time of year, as predicted."


def test_two_figures_that_differ_never_read_the_same():
    close = {"observed": 0.4142, "before": 0.4101}
    assert "rose to 41.4%, against 41.0% before" in words.cycle_sentences(result(**close), SHARE).resident
    few = {"observed": 20.04, "before": 19.96, "change_scale": "ratio", "change": 1.004}
    assert "rose to 20.04, against 19.96 before" in words.cycle_sentences(result(**few), COUNT).resident


def test_an_unscored_prediction_is_not_spoken_of():
    for changes in ({"prediction_inside": None}, {"predicted_low": None}):
        told = words.cycle_sentences(result(**changes), SHARE)
        assert "predicted" not in told.resident + told.board


def test_the_receipt_is_published_row_by_row():
    assert json.loads(words.receipt_json(UP)) == [
        {"mark": "supports", "label": "Data check", "words": "5 weeks, none missing"}
    ]
