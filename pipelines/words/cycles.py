"""Sentences of a judged cycle: the verdict, the prediction, the receipt."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from pipelines.measures import Measure
from pipelines.vocabulary import Verdict
from pipelines.words.parts import range_words, value_words

VERDICT_OPENING = {
    Verdict.IMPROVED: "Improved",
    Verdict.WORSENED: "Worsened",
    Verdict.CHANGED: "Changed",
    Verdict.NO_EVIDENCE: "No evidence of change",
    Verdict.NOT_ENOUGH_DATA: "Not enough data",
    Verdict.CHECK_THE_DATA: "Check the data",
}


def cycle_sentence(result: Any, measure: Measure) -> str:
    """Say the verdict on one cycle, with what was seen before and during it.

    `result` has the fields of the table cycle_result; missing figures are None.
    """
    verdict = Verdict(result.verdict)
    opening = VERDICT_OPENING[verdict]
    if verdict in (Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA):
        return f"{opening}: {str(result.reason).rstrip('.')}."
    seen, before = value_words(result.observed, measure), value_words(result.before, measure)
    moved = (
        "" if verdict == Verdict.NO_EVIDENCE else "up to " if result.observed > result.before else "down to "
    )
    told = f"{opening}: {measure.short_name.lower()} {moved}{seen}, against {before} before."
    return f"{told} {_interval(result, measure)}".strip()


def _interval(result: Any, measure: Measure) -> str:
    if result.change is None or pd.isna(result.change):
        return ""
    changes = (result.change, result.change_low, result.change_high)
    if result.change_scale == "ratio":
        mid, low, high = (_percent(value) for value in changes)
    else:
        scale, places, unit = (100, 0, " points") if measure.is_share else (1, 1, f" {measure.unit}")
        mid, low, high = (f"{value * scale:+.{places}f}" for value in changes)
        mid += unit
    return f"The change is {mid}; it could be {low} to {high}."


def _percent(ratio: float) -> str:
    return f"{(ratio - 1) * 100:+.0f}%"


def prediction_sentence(result: Any, measure: Measure) -> str:
    """Say whether the prediction held; never a reason for the verdict."""
    if result.predicted_low is None or pd.isna(result.predicted_low) or pd.isna(result.predicted_high):
        return "No prediction was written down before this cycle, so it cannot be scored."
    promised = range_words(result.predicted_low, result.predicted_high, measure)
    has_result = result.observed is not None and pd.notna(result.observed)
    seen = value_words(result.observed, measure)
    if result.prediction_inside is None or pd.isna(result.prediction_inside):
        so_far = f"So far it is {seen}; the prediction is not due yet."
        nothing = "There is no result to hold it against yet."
        return f"The group predicted {promised}. {so_far if has_result else nothing}"
    if result.prediction_inside:
        return f"The prediction held: {seen} lies inside {promised}."
    side = "above" if result.observed > result.predicted_high else "below"
    return f"The prediction missed: {seen} lies {side} {promised}."


def receipt_json(result: Any) -> str:
    """Return the receipt as published: a JSON list of rows, each with its mark, label and words."""
    rows = [{"mark": row.mark, "label": row.label, "words": row.words} for row in result.receipt]
    return json.dumps(rows, ensure_ascii=False)
