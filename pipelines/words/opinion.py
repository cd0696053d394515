"""The sentence of a second opinion on a cycle: a trend line before and during Do, never the verdict."""

from __future__ import annotations

from typing import Any

from pipelines.measures import Measure
from pipelines.vocabulary import Verdict
from pipelines.words.cycles import MOVED, UNJUDGED, is_up
from pipelines.words.parts import change_words, signed


def second_opinion_sentence(opinion: Any, measure: Measure, result: Any | None = None) -> str:
    """Say what segmented regression sees at the start of Do, and whether that agrees with the verdict.

    Parameters
    ----------
    opinion
        Has step, step_low, step_high, scale ('ratio' or 'difference') and direction (-1, 0 or 1; 0 where the interval
        of the step includes none).
    measure
        The cycle's primary measure.
    result
        The judged cycle, where the sentence shall say whether the two agree.
    """
    low, high = (_signed(value, opinion.scale, measure) for value in (opinion.step_low, opinion.step_high))
    unit = " points" if measure.is_share and opinion.scale != "ratio" else ""
    interval = f"95% interval {low} to {high}{unit}"
    if opinion.direction == 0:
        seen = f"A second opinion, by the trend before and during Do, sees no step ({interval})."
    else:
        way = "rise" if opinion.direction > 0 else "fall"
        size = _size(opinion.step, opinion.scale, measure)
        seen = f"A second opinion, by the trend before and during Do, sees a {way} of {size} ({interval})."
    return f"{seen}{_agreement(opinion, result)}"


def _agreement(opinion: Any, result: Any | None) -> str:
    if result is None or Verdict(result.verdict) in UNJUDGED:
        return ""
    direction = (1 if is_up(result) else -1) if Verdict(result.verdict) in MOVED else 0
    if opinion.direction == direction:
        return " It agrees with the verdict."
    return " It does not agree with the verdict, which stands by its own rule."


def _size(value: float, scale: str, measure: Measure) -> str:
    return f"{abs(value - 1) * 100:.0f}%" if scale == "ratio" else change_words(value, measure)


def _signed(value: float, scale: str, measure: Measure) -> str:
    if scale == "ratio":
        return f"{signed((value - 1) * 100)}%"
    return signed(value * 100) if measure.is_share else signed(value, 1)
