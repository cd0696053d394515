"""What a point says when it is pointed at: its number, the count behind it, its usual range and every rule it fires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.figures.labels import range_text
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.plain import hover_text
from dashboard.figures.whiskers import interval_text
from pipelines.vocabulary import Rule

#: A rule in a few words, for a cell of a table and the last line of a hover box.
RULE_WORDS: dict[str, str] = {
    Rule.BEYOND_LIMITS: "outside the usual range",
    Rule.TREND: "seven climbing or falling",
    Rule.TWO_OF_THREE: "two of three near the edge",
    Rule.SHIFT: "long run on one side",
    Rule.LONG_RUN: "long run on one side",
    Rule.FEW_CROSSINGS: "few crossings",
    Rule.MANY_CROSSINGS: "many crossings",
    Rule.FOUR_OF_FIVE: "four of five off the average",
    Rule.MEAN_OF_DO: "mean off the average",
}

#: Columns of chart_point that tell of a rule by itself, in the order of precedence.
RULE_COLUMNS = (Rule.BEYOND_LIMITS, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT)


def hover_words(point: Mapping[Any, Any], style: NumberStyle) -> str:
    """Return the text of a point's hover box; of a gap or a hidden place what was published, and nothing more.

    Parameters
    ----------
    point
        Row of chart_point.
    style
        How the measure's values are written.
    """
    words, between = str(point["words"]), interval_text(point, style)
    said = [f"{words} Not exact: {between}." if between else words]
    if pd.notna(point["value"]):
        said += [_lines(point, style), _others(point)]
    return "<br>".join(hover_text(line) for line in said if line)


def rules_fired(point: Mapping[Any, Any]) -> list[str]:
    """Return every rule that a point fires in words, the one that decides its shape first."""
    named = str(point["rule"]) if pd.notna(point["rule"]) else ""
    fired = [named, *(name for name in RULE_COLUMNS if bool(point.get(name, False)))]
    return list(dict.fromkeys(RULE_WORDS[name] for name in fired if name in RULE_WORDS))


def _lines(point: Mapping[Any, Any], style: NumberStyle) -> str:
    """Return the usual range, the average and the target that held for this point; they differ from point to point."""
    said = []
    if pd.notna(point["lower_limit"]) and pd.notna(point["upper_limit"]):
        between = range_text(float(point["lower_limit"]), float(point["upper_limit"]), style)
        said.append(f"Usual range {between}, average {style.text(float(point['centre_line']))}.")
    if pd.notna(point["target"]):
        said.append(f"Target {style.text(float(point['target']))}.")
    return " ".join(said)


def _others(point: Mapping[Any, Any]) -> str:
    others = rules_fired(point)[1:]
    return f"Also: {', '.join(others)}." if others else ""
