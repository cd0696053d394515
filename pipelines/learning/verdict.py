"""The verdict on a cycle: the first line of the table in docs/method.md that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipelines.learning.days import day_of
from pipelines.learning.evidence import FEWEST_BASELINE, Evidence, impossible
from pipelines.learning.interval import family_of
from pipelines.learning.segments import Segments
from pipelines.measures import Measure
from pipelines.vocabulary import Better, Period, Verdict, WhyNoLimits

#: Name and version of the rules below; a changed rule is a new version (docs/method.md, Judging a cycle).
VERDICT_RULES, VERDICT_VERSION = "verdict", 3
#: Verdicts that claim a change.
CLAIMS = (Verdict.IMPROVED, Verdict.WORSENED, Verdict.CHANGED)
#: Share of planned points that may be missing, and share of Do that may be held back.
MOST_MISSING = 0.2
#: Do points, or events on the rarer side, that a verdict needs.
FEWEST_DO_POINTS, FEWEST_EVENTS = 4, 20


#: What a point is called.
POINT_NAME = {
    Period.SESSION: "test",
    Period.WEEK: "week",
    Period.FOUR_WEEKS: "four weeks",
    Period.MONTH: "month",
    Period.THIRTEEN_WEEKS: "quarter",
    Period.WHOLE: "point",
}


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reason and what must be said with it."""

    verdict: Verdict
    reason: str
    notes: tuple[str, ...] = ()


def judge(
    evidence: Evidence, measure: Measure, summary: Mapping[str, Any], must_say: Sequence[str] = ()
) -> Judgement:
    """Return the first line of the verdict table that holds.

    Parameters
    ----------
    evidence
        What was seen of the cycle.
    measure
        Its primary measure: which way is better, what kind of number.
    summary
        The row of chart_summary: `is_hidden`, `limits_state`, `why_no_limits`.
    must_say
        What must be said besides, wherever there was enough to weigh.
    """
    running = ("Do is still running: this may change.",) if evidence.is_running else ()
    if reason := _check_the_data(evidence.segments, measure, summary):
        return Judgement(Verdict.CHECK_THE_DATA, reason, running)
    if reason := _not_enough(evidence, measure, summary):
        return Judgement(Verdict.NOT_ENOUGH_DATA, reason, running)
    return _weighed(evidence, measure, (*running, *_notes(evidence), *must_say))


def _weighed(evidence: Evidence, measure: Measure, notes: tuple[str, ...]) -> Judgement:
    """Weigh signal against interval, once there is enough of both."""
    change = evidence.change
    if change is None or not evidence.rules or not change.excludes_none:
        return Judgement(Verdict.NO_EVIDENCE, _why_not(evidence), notes)
    lowered = _moving_already(evidence) or _carried_by_one(evidence, measure)
    if lowered:
        return Judgement(Verdict.NO_EVIDENCE, lowered, notes)
    reason = "a signal in Do, and a 95 % interval that excludes no change"
    return Judgement(_named(change.direction, measure.better), reason, notes)


def _moving_already(evidence: Evidence) -> str | None:
    """Return why a trend of the baseline in the same direction lowers the verdict; None where the change holds against it."""
    against, change = evidence.trend.change, evidence.change
    if change is None or not evidence.is_moving_already:
        return None
    if against is not None and against.excludes_none and against.direction == change.direction:
        return None
    return "the baseline was already moving this way, so the change cannot be told from its trend"


def _carried_by_one(evidence: Evidence, measure: Measure) -> str | None:
    """Return why one odd point lowers the verdict; None where the change holds without it."""
    odd, change = evidence.odd, evidence.change
    if odd is None or change is None or not odd.carries(change.direction):
        return None
    name = POINT_NAME[measure.period]
    if odd.counted_as is None:
        return f"one {name} carries it: Do has no other point to compare it with"
    what = "no rule fires" if not odd.fired else "the interval includes no change"
    return (
        f"one odd {name} carries it: with that of {day_of(odd.first_day)} counted like the next one, {what}"
    )


def _named(direction: int, better: Better) -> Verdict:
    if better == Better.NEITHER:
        return Verdict.CHANGED
    return Verdict.IMPROVED if (direction > 0) == (better == Better.UP) else Verdict.WORSENED


def _check_the_data(segments: Segments, measure: Measure, summary: Mapping[str, Any]) -> str | None:
    planned, missing = segments.n_planned, segments.n_missing
    if summary["why_no_limits"] == WhyNoLimits.REDEFINED:
        return "the definition changed, so before and after are not the same thing"
    if impossible(segments, measure):
        what = "a share is above 100%" if measure.is_share else "a count is below nothing"
        return f"{what}, which cannot be"
    if planned and missing / planned > MOST_MISSING:
        return f"{missing} of {planned} planned points are missing"
    return None


def _not_enough(evidence: Evidence, measure: Measure, summary: Mapping[str, Any]) -> str | None:
    segments = evidence.segments
    during, before, hidden = len(segments.during), len(segments.before), segments.n_hidden
    if not evidence.has_begun:
        return "Do has not begun"
    if summary["is_hidden"] or hidden > MOST_MISSING * (hidden + segments.n_planned):
        return "small numbers are held back here"
    if not during:
        return "there is no point in Do yet"
    if summary["why_no_limits"] == WhyNoLimits.START_UP or before < FEWEST_BASELINE:
        return f"{before} settled points before Do; {FEWEST_BASELINE} are needed"
    if summary["limits_state"] == "none" and summary["why_no_limits"] != WhyNoLimits.RUN_CHART:
        return "this series has no usual range to judge by"
    if during < FEWEST_DO_POINTS and _events(segments, measure) < FEWEST_EVENTS:
        return f"{during} points in Do; {FEWEST_DO_POINTS} are needed"
    return None


def _events(segments: Segments, measure: Measure) -> float:
    """Return the smaller of x and n - x over Do; x for counts and rates; 0 for single values."""
    family, x = family_of(measure), segments.during.numerator
    if family == "binomial":
        return float(min(x.sum(), (segments.during.denominator - x).sum()))
    return float(x.sum()) if family == "poisson" and np.isfinite(x).all() else 0.0


def _why_not(evidence: Evidence) -> str:
    change = evidence.change
    if change is None:
        return "the change cannot be estimated: no value differs, or one outweighs all the others"
    if change.excludes_none:
        return "the interval excludes no change, but no rule fires in Do: it may be a few odd points"
    if evidence.rules:
        return "a rule fires in Do, but the interval of the change includes none"
    return "no rule fires in Do, and the interval of the change includes none"


def _notes(evidence: Evidence) -> tuple[str, ...]:
    notes = []
    if evidence.change is None or not evidence.change.has_season:
        notes.append("Less than a year of history: the season cannot be ruled out.")
    if evidence.overlaps:
        named = " and ".join(f"cycle {other.cycle_no or other.cycle_id}" for other in evidence.overlaps)
        notes.append(f"This cycle overlaps with {named}: it cannot be told which of them it was.")
    if hidden := evidence.segments.n_hidden:
        notes.append(f"Small numbers are held back in {hidden} points of Do, which do not count here.")
    return tuple(notes)
