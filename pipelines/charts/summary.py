"""One phase of a chart as the row of chart_summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines import words
from pipelines.charts.plan import Plan
from pipelines.charts.policy import POINT_RULES, Release, Shown, icons_of, remedy_of
from pipelines.charts.proposals import PROPOSAL, proposal_of
from pipelines.measures import Measure
from pipelines.spc import Chart, rule_set
from pipelines.vocabulary import POINTS_FOR_ICON, ChartKind, Rule, Variation

IDENTITY = ("series_id", "measure_id", "prototype_id", "neighbourhood_id")

Column = NDArray[Any]


@dataclass(frozen=True)
class Seen:
    """What the rows of a chart's summary are made from; `shown` is what may be shown of the phase in question."""

    plan: Plan
    measure: Measure
    drawn: Chart | None
    shown: Shown
    columns: dict[str, Column]
    release: Release


def summary_of(seen: Seen, phase: int) -> dict[str, Any]:
    """Return the row of a phase, with its sentences.

    Parameters
    ----------
    seen
        The chart.
    phase
        Which, from 0.
    """
    plan, measure, columns = seen.plan, seen.measure, seen.columns
    here = columns["phase"] == phase
    known = np.flatnonzero(plan.values.is_known & here)
    row = {
        **_of_the_series(seen),
        **_of_the_phase(seen, phase, here, known),
        **_of_the_engine(seen.drawn, seen.shown, int(known.size), phase),
        **_latest(seen, known, phase),
        **_accepted(plan, phase),
    }
    row["baseline_rule"] = plan.baseline.rule_used if row["baseline_n"] else None
    row |= proposal_of(row, columns) if row["is_latest_phase"] else dict.fromkeys(PROPOSAL)
    total = float(np.nansum(columns["value"])) if words.is_count(measure) else None
    run_length, is_running = _run_length(columns, row, here), bool((columns["is_running"] & here).any())
    told = words.chart_sentences(row, measure, run_length, total, is_running=is_running)
    return row | {
        "why_hidden": words.hidden_words(
            columns["hidden_reason"], is_series=row["is_hidden"], profile=seen.release.profile
        ),
        "sentence_short": told.short,
        "sentence": told.middle,
        "sentence_long": told.long,
    }


def _of_the_series(seen: Seen) -> dict[str, Any]:
    plan, release = seen.plan, seen.release
    rules = seen.drawn.rules if seen.drawn is not None else rule_set(None, ChartKind(plan.kind))
    return {
        **{name: seen.columns[name][0] for name in IDENTITY},
        "domain": seen.measure.domain,
        "kind": plan.kind,
        "kind_reason": plan.kind_reason,
        "rule_set": rules.name,
        "rule_set_version": rules.version,
        "period": str(plan.observation["period"].iloc[0]),
        "period_declared": seen.measure.period,
        "period_reason": plan.period_reason,
        "better": seen.measure.better,
        "is_hidden": release.hidden_reason is not None,
        "hidden_reason": release.hidden_reason,
        "from_rounded": release.from_rounded,
        "release_note": release.note,
    }


def _of_the_phase(seen: Seen, phase: int, here: Column, known: Column) -> dict[str, Any]:
    columns, shown = seen.columns, seen.shown
    based = np.flatnonzero(columns["is_baseline"] & here)
    start, end = columns["period_start"], columns["period_end"]
    return {
        "phase": phase,
        "is_latest_phase": phase == len(seen.plan.phases) - 1,
        "first_on": start[known[0]] if known.size else None,
        "last_on": start[known[-1]] if known.size else None,
        "n_points": int(known.size),
        "n_gaps": int(columns["is_gap"][here].sum()),
        "n_hidden": int(columns["is_hidden"][here].sum()),
        "limits_state": shown.limits_state,
        "why_no_limits": shown.why_no_limits,
        "remedy": remedy_of(shown, known.size),
        "baseline_first_on": start[based[0]] if based.size else None,
        "baseline_last_on": end[based[-1]] if based.size else None,
        "baseline_n": int(based.size) or None,
        "median": float(np.median(seen.plan.values.value[known])) if known.size else None,
        "rebased_from": seen.plan.phases[phase].rebased_from,
    }


def _accepted(plan: Plan, phase: int) -> dict[str, Any]:
    """Return who accepted a phase's usual range, when and why."""
    signed = plan.phases[phase].signed
    return {
        "accepted_by": signed.who if signed else None,
        "accepted_on": signed.on if signed else None,
        "accepted_reason": signed.reason if signed else None,
    }


def _of_the_engine(drawn: Chart | None, shown: Shown, n_points: int, number: int) -> dict[str, Any]:
    """Return the engine's figures for a phase; runs only where a centre line is shown."""
    runs = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min", "runs_signal")
    if drawn is None:
        nothing = dict.fromkeys((*runs, "dispersion", "autocorrelation", "rules_that_cannot_fire"))
        return nothing | {"false_alarm_rate": 0.0}
    phase = drawn.phases[number]
    has_icon = shown.has_limits and n_points >= POINTS_FOR_ICON
    return {
        **{name: getattr(phase, name) if shown.has_centre else None for name in runs},
        "dispersion": _finite(phase.dispersion),
        "autocorrelation": _finite(phase.autocorrelation),
        "rules_that_cannot_fire": phase.rules_that_cannot_fire or None,
        "false_alarm_rate": _finite(phase.false_alarm_rate) if has_icon else 0.0,
    }


def _latest(seen: Seen, known: Column, phase: int) -> dict[str, Any]:
    """Return what holds at the phase's latest point with a value: figures, lines, icons."""
    columns = seen.columns
    at = int(known[-1]) if known.size else None
    fired = [rule for rule in POINT_RULES if at is not None and columns[rule][at]]
    icons = icons_of(seen.drawn, seen.shown, fired, int(known.size), phase)
    figures = ("value", "numerator", "denominator")
    lines = ("centre_line", "lower_limit", "upper_limit", "target")
    return {
        "latest_on": columns["period_start"][at] if at is not None else None,
        **{f"latest_{name}": _finite(columns[name][at]) if at is not None else None for name in figures},
        **{name: _finite(columns[name][at]) if at is not None else None for name in lines},
        "variation": icons.variation,
        "variation_rules": icons.variation_rules,
        "assurance": icons.assurance,
    }


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _run_length(columns: dict[str, Column], summary: dict[str, Any], here: Column) -> int:
    """Points of the phase up to the latest that share its side of the centre line, or its climb or fall."""
    known = np.isfinite(columns["value"]) & here & ~columns["is_running"]
    values = columns["value"][known]
    if summary["variation"] in (Variation.NONE, Variation.TOO_FEW) or values.size < 2:
        return int(values.size)
    if (summary["variation_rules"] or "").split(",")[0] == Rule.TREND:
        return 1 + _length_of_last(np.sign(np.diff(values)))
    return _length_of_last(np.sign(values - columns["centre_line"][known]))


def _length_of_last(signs: NDArray[np.float64]) -> int:
    differs = np.flatnonzero(signs != signs[-1])
    return int(signs.size - 1 - differs[-1]) if differs.size else int(signs.size)
