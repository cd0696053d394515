"""One series to the rows of its chart, as arrays; frames are made once, at the border to the mart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines import words
from pipelines.charts.plan import RATES, SHARES, Plan, plan_chart
from pipelines.charts.policy import POINT_RULES, Release, Shown, icons_of, remedy_of, what_may_be_shown
from pipelines.charts.whiskers import whiskers
from pipelines.measures import Measure
from pipelines.spc import Chart, chart, rule_set
from pipelines.vocabulary import POINTS_FOR_ICON, ChartKind, PointType, Rule, Variation

LIMITS = ("lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")
IDENTITY = ("series_id", "measure_id", "prototype_id", "neighbourhood_id")

Column = NDArray[Any]


@dataclass(frozen=True)
class SeriesChart:
    """One chart as rows.

    Attributes
    ----------
    columns
        The columns of chart_point, arrays of one entry a plotted place, in time order.
    summary
        The row of chart_summary.
    """

    columns: dict[str, Column]
    summary: dict[str, Any]

    @cached_property
    def points(self) -> pd.DataFrame:
        """The rows of chart_point."""
        return pd.DataFrame(self.columns)


def chart_series(
    observation: pd.DataFrame,
    measure: Measure,
    cycle_starts: Sequence[dt.date] = (),
    release: Release | None = None,
) -> SeriesChart:
    """Chart one series.

    Parameters
    ----------
    observation
        Rows of one series in time order, columns of the table observation; shares 0 to 1; NaN where missing.
    measure
        The measure's definition.
    cycle_starts
        First day of Do of every cycle of the prototype, any order.
    release
        How the rows were released, for the shared mart.
    """
    release = release or Release()
    plan = plan_chart(observation, measure, cycle_starts, may_widen=not release.from_rounded)
    drawn = _draw(plan, measure)
    shown = what_may_be_shown(plan, drawn, release)
    columns = _columns(plan, measure, drawn, shown)
    summary = _summary(plan, measure, drawn, shown, columns, release)
    summary["baseline_rule"] = plan.baseline.rule_used if summary["baseline_n"] else None
    columns["words"] = _point_words(columns, measure, summary["period"])
    total = float(np.nansum(plan.values.value)) if words.is_count(measure) else None
    told = words.chart_sentences(summary, measure, _run_length(columns, summary), total)
    why = words.hidden_words(columns["hidden_reason"], is_series=summary["is_hidden"])
    sentences = {
        "why_hidden": why,
        "sentence_short": told.short,
        "sentence": told.middle,
        "sentence_long": told.long,
    }
    return SeriesChart(columns, summary | sentences)


def _draw(plan: Plan, measure: Measure) -> Chart | None:
    values, baseline = plan.values, plan.baseline
    if not values.is_known.any():
        return None
    is_ratio = measure.denominator is not None and plan.kind in (*SHARES, *RATES, ChartKind.IP)
    targets = [measure.target_on(day) for day in values.start.astype(object)]
    return chart(
        np.where(values.is_known, values.numerator if is_ratio else values.value, np.nan),
        values.denominator if is_ratio else None,
        kind=plan.kind,
        baseline=baseline.mask if baseline.mask.any() else None,
        target=np.array([np.nan if target is None else target for target in targets]),
        better=measure.better,
        sigma_z_floor=0.0 if isinstance(measure.kind, ChartKind) else 1.0,
    )


def _columns(plan: Plan, measure: Measure, drawn: Chart | None, shown: Shown) -> dict[str, Column]:
    rows, values = plan.observation, plan.values
    size = len(rows)
    known = values.is_known
    columns: dict[str, Column] = {name: rows[name].to_numpy(object) for name in IDENTITY}
    columns |= {
        "position": np.arange(size),
        "period_start": values.start.astype(object),
        "period_end": values.end.astype(object),
        "value": values.value,
        "numerator": values.numerator,
        "denominator": values.denominator,
        "n_sessions": rows["n_sessions"].to_numpy(int),
        "is_gap": rows["is_gap"].to_numpy(bool),
        "is_hidden": rows["is_hidden"].to_numpy(bool),
        "hidden_reason": np.array(
            [None if pd.isna(why) else str(why) for why in rows["hidden_reason"]], object
        ),
        "phase": np.zeros(size, dtype=int),
        "is_baseline": plan.baseline.mask & known & shown.has_centre,
    }
    columns |= whiskers(rows, measure.is_share)
    columns["note"] = _notes(columns["note"], rows)
    return columns | _lines(drawn, shown, size) | _signals(drawn, shown, columns["is_baseline"] | ~known)


def _notes(of_whiskers: Column, rows: pd.DataFrame) -> Column:
    """Return what is told of each point: of its period first, then of its number."""
    if "note" not in rows:
        return of_whiskers
    both = zip(rows["note"], of_whiskers, strict=True)
    told = [" ".join(str(note) for note in pair if not pd.isna(note)) or None for pair in both]
    return np.array(told, object)


def _lines(drawn: Chart | None, shown: Shown, size: int) -> dict[str, Column]:
    missing = np.full(size, np.nan)
    lines = {
        name: getattr(drawn, name) if drawn is not None and shown.has_limits else missing for name in LIMITS
    }
    return lines | {
        "centre_line": drawn.centre_line if drawn is not None and shown.has_centre else missing,
        "target": drawn.target if drawn is not None else missing,
        "is_excluded": drawn.is_excluded if drawn is not None else np.zeros(size, dtype=bool),
    }


def _signals(drawn: Chart | None, shown: Shown, silent: NDArray[np.bool_]) -> dict[str, Column]:
    """Return the rules that fire; points inside the baseline, gaps and charts that may not signal stay silent."""
    if drawn is None or not shown.may_signal:
        silent = np.ones(silent.shape, dtype=bool)
    flags: dict[str, Column] = {
        rule: np.zeros(silent.shape, dtype=bool)
        if drawn is None
        else (getattr(drawn.signals, rule) != 0) & ~silent
        for rule in POINT_RULES
    }
    if drawn is None:
        return flags | {
            "point_type": np.full(silent.shape, PointType.COMMON_CAUSE, object),
            "rule": np.full(silent.shape, None, object),
        }
    winner = np.array(
        [None if pd.isna(rule) or not rule else str(rule) for rule in drawn.signals.winner], object
    )
    return flags | {
        "point_type": np.where(silent, str(PointType.COMMON_CAUSE), drawn.point_type.astype(object)),
        "rule": np.where(silent, np.array(None, object), winner),
    }


def _summary(
    plan: Plan,
    measure: Measure,
    drawn: Chart | None,
    shown: Shown,
    columns: dict[str, Column],
    release: Release,
) -> dict[str, Any]:
    rules = drawn.rules if drawn is not None else rule_set(None, ChartKind(plan.kind))
    known = np.flatnonzero(plan.values.is_known)
    based = np.flatnonzero(columns["is_baseline"])
    start, end = columns["period_start"], columns["period_end"]
    return {
        **{name: columns[name][0] for name in IDENTITY},
        "domain": measure.domain,
        "phase": 0,
        "is_latest_phase": True,
        "kind": plan.kind,
        "kind_reason": plan.kind_reason,
        "rule_set": rules.name,
        "rule_set_version": rules.version,
        "period": str(plan.observation["period"].iloc[0]),
        "period_declared": measure.period,
        "period_reason": plan.period_reason,
        "first_on": start[known[0]] if known.size else None,
        "last_on": start[known[-1]] if known.size else None,
        "n_points": int(known.size),
        "n_gaps": int(columns["is_gap"].sum()),
        "n_hidden": int(columns["is_hidden"].sum()),
        "limits_state": shown.limits_state,
        "why_no_limits": shown.why_no_limits,
        "remedy": remedy_of(shown, known.size),
        "baseline_first_on": start[based[0]] if based.size else None,
        "baseline_last_on": end[based[-1]] if based.size else None,
        "baseline_n": int(based.size) or None,
        "median": float(np.median(plan.values.value[known])) if known.size else None,
        "better": measure.better,
        "is_hidden": release.hidden_reason is not None,
        "hidden_reason": release.hidden_reason,
        "from_rounded": release.from_rounded,
        "release_note": release.note,
        **_of_the_engine(drawn, shown, int(known.size)),
        **_latest(columns, drawn, shown, known),
    }


def _of_the_engine(drawn: Chart | None, shown: Shown, n_points: int) -> dict[str, Any]:
    """Return the engine's figures for the latest phase; runs only where a centre line is shown."""
    runs = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min", "runs_signal")
    if drawn is None:
        nothing = dict.fromkeys((*runs, "dispersion", "autocorrelation", "rules_that_cannot_fire"))
        return nothing | {"false_alarm_rate": 0.0}
    phase = drawn.phases[-1]
    has_icon = shown.has_limits and n_points >= POINTS_FOR_ICON
    return {
        **{name: getattr(phase, name) if shown.has_centre else None for name in runs},
        "dispersion": _finite(phase.dispersion),
        "autocorrelation": _finite(phase.autocorrelation),
        "rules_that_cannot_fire": phase.rules_that_cannot_fire or None,
        "false_alarm_rate": _finite(phase.false_alarm_rate) if has_icon else 0.0,
    }


def _latest(columns: dict[str, Column], drawn: Chart | None, shown: Shown, known: Column) -> dict[str, Any]:
    """Return what holds at the latest point with a value: figures, lines, icons."""
    at = int(known[-1]) if known.size else None
    fired = [rule for rule in POINT_RULES if at is not None and columns[rule][at]]
    icons = icons_of(drawn, shown, fired, int(known.size))
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


def _point_words(columns: dict[str, Column], measure: Measure, period: str) -> Column:
    names = (
        "period_start",
        "period_end",
        "is_hidden",
        "hidden_reason",
        "is_gap",
        "value",
        "numerator",
        "denominator",
        "rule",
    )
    rows = zip(*(columns[name] for name in names), strict=True)
    told = [words.point_words(dict(zip(names, row, strict=True)), measure, period) for row in rows]
    return np.array(told, object)


def _run_length(columns: dict[str, Column], summary: dict[str, Any]) -> int:
    """Points up to the latest that share its side of the centre line, or its climb or fall."""
    known = np.isfinite(columns["value"])
    values = columns["value"][known]
    if summary["variation"] in (Variation.NONE, Variation.TOO_FEW) or values.size < 2:
        return int(values.size)
    if (summary["variation_rules"] or "").split(",")[0] == Rule.TREND:
        return 1 + _length_of_last(np.sign(np.diff(values)))
    return _length_of_last(np.sign(values - columns["centre_line"][known]))


def _length_of_last(signs: NDArray[np.float64]) -> int:
    differs = np.flatnonzero(signs != signs[-1])
    return int(signs.size - 1 - differs[-1]) if differs.size else int(signs.size)
