"""Sentences of a prediction: whether it held, and whether it beat the simplest guess."""

from __future__ import annotations

from typing import Any

from pipelines.measures import Measure
from pipelines.words.parts import apart, missing, range_words, value_words

#: Skill within this of nothing is as good as the simplest guess.
AS_GOOD = 0.005


def prediction_sentence(result: Any, measure: Measure, skill: float | None = None) -> str:
    """Say whether the prediction held; never a reason for the verdict.

    Parameters
    ----------
    result
        Has the fields of the table cycle_result.
    measure
        The measure that was predicted.
    skill
        1 less the prediction's score over that of "nothing changes"; above 0 is better; None where it is not known.
    """
    if missing(result.predicted_low) or missing(result.predicted_high):
        return "No prediction was written down before this cycle, so it cannot be scored."
    promised = range_words(result.predicted_low, result.predicted_high, measure)
    if missing(result.prediction_inside):
        nothing = "There is no result to hold it against yet."
        so_far = f"So far it is {value_words(result.observed, measure)}; the prediction is not due yet."
        return f"The group predicted {promised}. {nothing if missing(result.observed) else so_far}"
    return f"{_outcome(result, promised, measure)}{skill_words(skill)}"


def _outcome(result: Any, promised: str, measure: Measure) -> str:
    if result.prediction_inside:
        return f"The prediction held: {value_words(result.observed, measure)} lies inside {promised}."
    low, high = promised.split(" to ")
    if result.observed > result.predicted_high:
        seen, high = apart(result.observed, result.predicted_high, measure)
        return f"The prediction missed: {seen} lies above {low} to {high}."
    seen, low = apart(result.observed, result.predicted_low, measure)
    return f"The prediction missed: {seen} lies below {low.removesuffix('%')} to {high}."


def skill_words(skill: float | None) -> str:
    """Return how the prediction did beside the simplest guess, as a second sentence; empty where that is not known."""
    if skill is None or missing(skill):
        return ""
    if abs(skill) <= AS_GOOD:
        return " Guessing that nothing changes would have done as well."
    if skill > 0:
        return " It came closer than guessing that nothing changes."
    return " Guessing that nothing changes would have come closer."
