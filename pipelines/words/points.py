"""What one place on a chart says: its time, its value and the rule it fired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipelines.disclosure import hidden_label
from pipelines.measures import Measure
from pipelines.vocabulary import Rule, WhyHidden
from pipelines.words.parts import period_words, value_words

RULE_WORDS = {
    Rule.BEYOND_LIMITS: "outside the usual range",
    Rule.TREND: "seven points climbing or falling in a row",
    Rule.TWO_OF_THREE: "two of three near the edge of the usual range",
    Rule.SHIFT: "seven or more in a row on one side of the average",
    Rule.LONG_RUN: "a long run on one side of the median",
    Rule.FEW_CROSSINGS: "too few crossings of the median",
    Rule.MANY_CROSSINGS: "too many crossings of the median",
    Rule.FOUR_OF_FIVE: "four of five well off the average on one side",
    Rule.MEAN_OF_DO: "the mean of Do further off the average than chance takes it",
}


def point_words(point: Mapping[str, Any], measure: Measure, period: str) -> str:
    """Return what one place on the chart says: time, value, the count behind it, and the rule it fired."""
    when = period_words(point["period_start"], point["period_end"], period)
    if point["is_hidden"]:
        return f"{when}: {hidden_label(point['hidden_reason'] or WhyHidden.SERIES)}."
    if point["is_gap"] or pd.isna(point["value"]):
        return f"{when}: a test was planned; no value was recorded."
    words = f"{when}: {value_words(point['value'], measure)}"
    if measure.is_share and pd.notna(point["denominator"]):
        words = f"{when}: {point['numerator']:,.0f} of {point['denominator']:,.0f}, {value_words(point['value'], measure)}"
    if point["rule"]:
        words += f". {RULE_WORDS[Rule(point['rule'])].capitalize()}"
    return words + "."
