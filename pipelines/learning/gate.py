"""Ready to scale? Six rules over the charts and cycles of one idea, each answered by itself; never added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from pipelines.measures import Measure
from pipelines.vocabulary import Domain, LimitsState, Variation, Verdict, WhyNoLimits

Answer = Literal["yes", "no", "cannot yet tell"]
YES: Answer = "yes"
NO: Answer = "no"
CANNOT_TELL: Answer = "cannot yet tell"

#: Cycles that must have improved impact, and neighbourhoods in which one must have.
CYCLES_NEEDED = 2
NEIGHBOURHOODS_NEEDED = 2

CONCERN = (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)
UNCLEAR = (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW)
NO_ICON = (Variation.TOO_FEW, Variation.NONE)
#: Verdicts that say something about the cycle, whichever it is.
JUDGED = (Verdict.IMPROVED, Verdict.WORSENED, Verdict.CHANGED, Verdict.NO_EVIDENCE)


@dataclass(frozen=True)
class GateRule:
    """One rule: its key, its label, the answer and what that rests on."""

    rule: str
    label: str
    answer: Answer
    evidence: str


@dataclass(frozen=True)
class Gate:
    """The rules in the order in which they are shown."""

    rules: tuple[GateRule, ...]

    @property
    def is_ready(self) -> bool:
        """Whether every rule says yes; "cannot yet tell" never counts as yes."""
        return all(rule.answer == YES for rule in self.rules)


def ready_to_scale(
    results: pd.DataFrame,
    summaries: pd.DataFrame,
    measures: Mapping[str, Measure],
    neighbourhoods: Mapping[str, str],
) -> Gate:
    """Answer the rules for one idea, tried as one or more prototypes.

    Parameters
    ----------
    results
        Rows of cycle_result of all its cycles.
    summaries
        Rows of chart_summary of all its charts; only their latest phases are read.
    measures
        By id: their domain, and how their values are written.
    neighbourhoods
        Name by id.

    Returns
    -------
    Gate
        Always six rules. No: the evidence speaks against it, or nothing more is awaited. Cannot yet tell: too few
        points or cycles, held back, not measured, or changed where nobody said which way is better.
    """
    of_impact = results[_domains(results, measures) == Domain.IMPACT]
    latest = summaries[summaries["is_latest_phase"].astype(bool)]
    return Gate(
        (
            _prediction_held(results, measures),
            _no_worse(Domain.QUALITY, "Quality no worse", results, latest, measures, neighbourhoods),
            _improved_often(of_impact),
            _improved_elsewhere(of_impact, results, neighbourhoods),
            _no_worse(
                Domain.BALANCING, "No harm on the balance measure", results, latest, measures, neighbourhoods
            ),
            _usual_range(latest[latest["domain"] == Domain.IMPACT]),
        )
    )


def _domains(results: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.Series:
    known = {measure_id: str(measure.domain) for measure_id, measure in measures.items()}
    return results["measure_id"].map(known)


def _prediction_held(results: pd.DataFrame, measures: Mapping[str, Measure]) -> GateRule:
    """Ask the latest sealed prediction that is due; earlier ones were there to be learned from."""
    rule, label = "prediction_held", "Latest sealed prediction held"
    due = results[results["is_sealed"].astype(bool) & results["prediction_inside"].notna()]
    if due.empty:
        return GateRule(rule, label, CANNOT_TELL, "no sealed prediction is due yet")
    last = due.sort_values(["do_end", "cycle_id"], kind="stable").iloc[-1]
    measure = measures[str(last["measure_id"])]
    low, high, seen = (
        _written(last[name], measure) for name in ("predicted_low", "predicted_high", "observed")
    )
    unit = "" if measure.is_share else f" {measure.unit}"
    evidence = f"{low} to {high}{unit}; result {seen}"
    return GateRule(rule, label, YES if bool(last["prediction_inside"]) else NO, evidence)


def _written(value: float, measure: Measure) -> str:
    return f"{value * 100:.0f}%" if measure.is_share else f"{value:,.1f}".removesuffix(".0")


def _improved_often(of_impact: pd.DataFrame) -> GateRule:
    rule, label = "impact_in_two_cycles", "Impact improved in two cycles or more"
    judged = int(of_impact["verdict"].isin(JUDGED).sum())
    improved = int((of_impact["verdict"] == Verdict.IMPROVED).sum())
    if improved >= CYCLES_NEEDED:
        return GateRule(rule, label, YES, f"{improved} of {_counted(judged, 'cycle')}")
    if judged < CYCLES_NEEDED:
        return GateRule(
            rule,
            label,
            CANNOT_TELL,
            f"{_counted(judged, 'cycle')} on impact judged; {CYCLES_NEEDED} are needed",
        )
    return GateRule(rule, label, NO, f"{improved} of {_counted(judged, 'cycle')}")


def _improved_elsewhere(
    of_impact: pd.DataFrame, results: pd.DataFrame, neighbourhoods: Mapping[str, str]
) -> GateRule:
    rule, label = "in_two_neighbourhoods", "Works in a second neighbourhood"
    improved = _places(of_impact[of_impact["verdict"] == Verdict.IMPROVED], neighbourhoods)
    tested = _places(results, neighbourhoods)
    judged = _places(of_impact[of_impact["verdict"].isin(JUDGED)], neighbourhoods)
    if len(improved) >= NEIGHBOURHOODS_NEEDED:
        return GateRule(rule, label, YES, f"impact improved in {_joined(improved)}")
    if not tested:
        return GateRule(rule, label, CANNOT_TELL, "not tested yet")
    if len(tested) < NEIGHBOURHOODS_NEEDED:
        return GateRule(rule, label, NO, f"tested in {_joined(tested)} only")
    waiting = [place for place in tested if place not in judged]
    if len(improved) + len(waiting) >= NEIGHBOURHOODS_NEEDED:
        return GateRule(rule, label, CANNOT_TELL, f"impact not yet judged in {_joined(waiting)}")
    where = f"in {_joined(improved)} only" if improved else "nowhere yet"
    return GateRule(rule, label, NO, f"impact improved {where}; judged in {_joined(judged)}")


def _places(rows: pd.DataFrame, neighbourhoods: Mapping[str, str]) -> list[str]:
    """Return the neighbourhoods of rows in the order of the list of neighbourhoods, so that none is ranked."""
    found = set(rows["neighbourhood_id"])
    return [name for key, name in neighbourhoods.items() if key in found]


def _no_worse(
    domain: Domain,
    label: str,
    results: pd.DataFrame,
    latest: pd.DataFrame,
    measures: Mapping[str, Measure],
    neighbourhoods: Mapping[str, str],
) -> GateRule:
    """Say no where a chart shows concern now or the last cycle on it worsened; yes only where every chart can speak."""
    rule = "quality_no_worse" if domain == Domain.QUALITY else "no_balancing_harm"
    charts = latest[latest["domain"] == domain]
    if charts.empty:
        return GateRule(rule, label, CANNOT_TELL, f"no {domain} measure is kept")
    last = results.sort_values(["do_end", "cycle_id"], kind="stable").groupby("series_id")["verdict"].last()
    is_worse = charts["variation"].isin(CONCERN) | (charts["series_id"].map(last) == Verdict.WORSENED)
    is_silent = charts["is_hidden"].astype(bool) | charts["variation"].isin(NO_ICON)
    hindrances: tuple[tuple[Answer, pd.Series, str], ...] = (
        (NO, is_worse & ~charts["is_hidden"].astype(bool), "worse"),
        (CANNOT_TELL, charts["is_hidden"].astype(bool), "held back"),
        (CANNOT_TELL, is_silent, "too few points"),
        (CANNOT_TELL, charts["variation"].isin(UNCLEAR), "changed, and nobody has said which way is better"),
    )
    for answer, which, words in hindrances:
        if which.any():
            return GateRule(
                rule, label, answer, f"{words}: {_named(charts[which], measures, neighbourhoods)}"
            )
    return GateRule(rule, label, YES, f"no concern on {_counted(len(charts), 'chart')}")


def _named(charts: pd.DataFrame, measures: Mapping[str, Measure], neighbourhoods: Mapping[str, str]) -> str:
    """Return each measure once with its neighbourhoods."""
    by_measure = [
        f"{measures[str(key)].short_name} in {_joined(_places(rows, neighbourhoods))}"
        for key, rows in charts.groupby("measure_id", sort=True)
    ]
    return "; ".join(by_measure)


def _usual_range(charts: pd.DataFrame) -> GateRule:
    rule, label = "usual_range_established", "Usual range of impact established"
    if charts.empty:
        return GateRule(rule, label, CANNOT_TELL, "no impact measure is kept")
    is_set = charts["limits_state"] == LimitsState.ESTABLISHED
    told = f"{int(is_set.sum())} of {_counted(len(charts), 'chart')}"
    if is_set.all():
        return GateRule(rule, label, YES, told)
    is_early = charts["why_no_limits"] == WhyNoLimits.START_UP
    if (is_set | is_early).all():
        return GateRule(rule, label, CANNOT_TELL, f"{told}; the others are too young to have one")
    return GateRule(
        rule, label, NO, f"{told}; a usual range needs 20 points and a named person who accepts it"
    )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _joined(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
