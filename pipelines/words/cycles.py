"""Sentences of a judged cycle, in three lengths, and its receipt as published."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pipelines.measures import Measure
from pipelines.vocabulary import Rule, Verdict
from pipelines.words.parts import (
    apart,
    capital,
    change_words,
    counted,
    in_sentence,
    listed,
    missing,
    range_words,
    signed,
)
from pipelines.words.points import RULE_WORDS

VERDICT_OPENING = {
    Verdict.IMPROVED: "Improved",
    Verdict.WORSENED: "Worsened",
    Verdict.CHANGED: "Changed",
    Verdict.NO_EVIDENCE: "No evidence of change",
    Verdict.NOT_ENOUGH_DATA: "Not enough data",
    Verdict.CHECK_THE_DATA: "Check the data",
}

MOVED = (Verdict.IMPROVED, Verdict.WORSENED, Verdict.CHANGED)
UNJUDGED = (Verdict.NOT_ENOUGH_DATA, Verdict.CHECK_THE_DATA)

#: A side of what could have been missed is told where it is at least this part of the other.
WORTH_TELLING = 0.05


@dataclass(frozen=True)
class CycleSentences:
    """The verdict in three lengths: for the group, for a clinician (interval, rule, counts), for a shared screen."""

    resident: str
    clinician: str
    board: str


def cycle_sentences(result: Any, measure: Measure, *, is_released: bool = False) -> CycleSentences:
    """Say the verdict on one cycle: what happened, against what, and what that does not mean.

    Whether the prediction held is a clause of its own and never the reason.

    Parameters
    ----------
    result
        Has the fields of the table cycle_result; missing figures are None. Values are in the measure's stored unit.
    measure
        The cycle's primary measure.
    is_released
        Whether the figures are rounded ones: the clinician's sentence says so.
    """
    verdict = Verdict(result.verdict)
    if verdict in UNJUDGED:
        return _unjudged(verdict, result, measure)
    resident = f"{VERDICT_OPENING[verdict]}: {_what(result, measure)}"
    return CycleSentences(
        f"{resident}{_ending(verdict, result, measure)}",
        f"{_counted_what(verdict, result, measure)}. {_how_sure(verdict, result, measure, is_released)}",
        _board(verdict, result, measure),
    )


def _unjudged(verdict: Verdict, result: Any, measure: Measure) -> CycleSentences:
    opening, reason = VERDICT_OPENING[verdict], str(result.reason).rstrip(".")
    told = f"{opening}: {reason}."
    points = f"{counted(result.n_do_points, 'points')} in Do, {result.n_baseline_points} before it"
    planned = f"{result.n_missing} of {result.n_planned} planned in Do missing"
    return CycleSentences(
        told, f"{told} {capital(points)}; {planned}.", f"{measure.short_name}: {opening.lower()} ({reason})."
    )


def _what(result: Any, measure: Measure) -> str:
    """Return what was seen, against what: `said yes rose to 59%, against 41% before`."""
    name = in_sentence(measure.short_name)
    seen, before = apart(result.observed, result.before, measure, as_lines=True)
    verb = "rose" if is_up(result) else "fell"
    if Verdict(result.verdict) not in MOVED:
        return f"{name} stood at {seen}, against {before} before"
    if against := _against_the_totals(result):
        return f"{name} stood at {seen}, against {before} before; {against}, it {verb}"
    return f"{name} {verb} to {seen}, against {before} before"


def _against_the_totals(result: Any) -> str:
    """Return what has to be allowed for where the judged change runs against the plain totals; empty where not."""
    if Verdict(result.verdict) not in MOVED or is_up(result) == (result.observed > result.before):
        return ""
    return "allowing for the time of year" if result.season_in_model else "weighed point by point"


def is_up(result: Any) -> bool:
    """Whether the judged change is a rise."""
    if result.signal_direction is not None:
        return bool(result.signal_direction == "up")
    if missing(result.change):
        return bool(result.observed > result.before)
    return bool(result.change > (1.0 if result.change_scale == "ratio" else 0.0))


def _ending(verdict: Verdict, result: Any, measure: Measure) -> str:
    """Return the rest of the group's sentence: what could have been missed, and the prediction."""
    told = "" if verdict in MOVED else f"; {_doubt(result, measure)}"
    held = _held(result)
    if held is None:
        return f"{told}."
    if held and verdict in MOVED and not _against_the_totals(result):
        return ", as the group predicted."
    promised = range_words(result.predicted_low, result.predicted_high, measure)
    if held:
        return f"{told}. The group's prediction, {promised}, held."
    return f"{told}. The group had predicted {promised}."


def _held(result: Any) -> bool | None:
    """Return whether the prediction held; None where there is none to speak of yet."""
    if missing(result.prediction_inside) or missing(result.predicted_low):
        return None
    return bool(result.prediction_inside)


def _doubt(result: Any, measure: Measure) -> str:
    """Return what "no evidence" does not mean."""
    if missing(result.change):
        return "how far it moved cannot be worked out"
    none = 1.0 if result.change_scale == "ratio" else 0.0
    if result.change_low <= none <= result.change_high:
        could = _could_be(result, measure)
        return f"we could have missed {could}" if could else "it did not move at all"
    if not result.signal_rules:
        return "a few odd points could be all of it"
    # There was a signal and an interval: the reason's first clause says what lowered them.
    return re.split("[:;,]", str(result.reason))[0].rstrip(".")


def _could_be(result: Any, measure: Measure) -> str:
    """Return the changes that the interval leaves open: `a rise of up to 12 points or a fall of up to 8 points`."""
    none = 1.0 if result.change_scale == "ratio" else 0.0
    sides = (("a rise", result.change_high - none), ("a fall", none - result.change_low))
    most = max(size for _, size in sides)
    told = [
        f"{name} of up to {_size(size, result, measure)}"
        for name, size in sides
        if size > 0 and size >= WORTH_TELLING * most
    ]
    return " or ".join(told)


def _size(size: float, result: Any, measure: Measure) -> str:
    if result.change_scale == "ratio":
        return f"{size * 100:.0f}%" if size >= 0.0095 else f"{size * 100:.1f}%"
    return change_words(size, measure)


def _counted_what(verdict: Verdict, result: Any, measure: Measure) -> str:
    """Return what was seen with the counts behind it."""
    seen, before = apart(result.observed, result.before, measure, as_lines=True)
    told = f"{VERDICT_OPENING[verdict]}: {_what(result, measure)}"
    behind = _behind(result, "observed", result.n_do_points, measure)
    behind_before = _behind(result, "before", result.n_baseline_points, measure)
    return told.replace(
        f"{seen}, against {before} before", f"{seen} ({behind}), against {before} ({behind_before}) before"
    )


def _behind(result: Any, when: str, n_points: int, measure: Measure) -> str:
    x, n = getattr(result, f"{when}_numerator"), getattr(result, f"{when}_denominator")
    points = counted(n_points, "points")
    if measure.denominator is None or missing(x) or missing(n):
        return points
    return f"{x:,.0f} of {n:,.0f}, {points}"


def _how_sure(verdict: Verdict, result: Any, measure: Measure, is_released: bool) -> str:
    """Return the clinician's second sentence: change, interval, and the rule or the reason."""
    why = _rules(result) if verdict in MOVED else str(result.reason).rstrip(".")
    parts = [_interval(result, measure), why, "from rounded figures" if is_released else ""]
    return f"{capital('; '.join(part for part in parts if part))}."


def _rules(result: Any) -> str:
    fired = [Rule(word) for word in str(result.signal_rules or "").split(",") if word]
    return f"rule in Do: {listed([RULE_WORDS[rule] for rule in fired])}" if fired else ""


def _interval(result: Any, measure: Measure) -> str:
    if missing(result.change):
        return ""
    mid, low, high = (
        _signed(value, result, measure) for value in (result.change, result.change_low, result.change_high)
    )
    return f"change {mid}{_unit(mid, result, measure)}, 95% interval {low} to {high}"


def _unit(told: str, result: Any, measure: Measure) -> str:
    if result.change_scale == "ratio":
        return ""
    if measure.is_share:
        return " point" if told in ("+1", "-1") else " points"
    return f" {measure.unit}" if measure.unit else ""


def _signed(value: float, result: Any, measure: Measure) -> str:
    if result.change_scale == "ratio":
        return f"{signed((value - 1) * 100)}%"
    return signed(value * 100) if measure.is_share else signed(value, 1)


def _board(verdict: Verdict, result: Any, measure: Measure) -> str:
    seen, before = apart(result.observed, result.before, measure, as_lines=True)
    held = _held(result)
    predicted = "" if held is None else ", as predicted" if held else ", not as predicted"
    against = _against_the_totals(result)
    told = f"{seen} against {before}{f' {against}' if against else ''}"
    return f"{measure.short_name}: {VERDICT_OPENING[verdict].lower()}, {told}{predicted}."


def receipt_json(result: Any) -> str:
    """Return the receipt as published: a JSON list of rows, each with its mark, label and words."""
    rows = [{"mark": row.mark, "label": row.label, "words": row.words} for row in result.receipt]
    return json.dumps(rows, ensure_ascii=False)
