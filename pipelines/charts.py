"""Observations of one series to the rows of chart_point and chart_summary.

Decides what may be shown (policy, docs/method.md Charts 6 to 9); every figure comes from `pipelines.spc`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipelines import words
from pipelines.measures import FIRST_POINTS, Measure
from pipelines.periods import COARSER, coarsen
from pipelines.spc import Chart, chart, choose_kind, find_baseline
from pipelines.vocabulary import ChartKind, DataType, LimitsState, Variation, WhyNoLimits

POINTS_FOR_LIMITS = words.POINTS_FOR_LIMITS
POINTS_FOR_ICON = words.POINTS_FOR_ICON
#: From here on, and accepted by a named person or declared by dates, a baseline is established.
POINTS_ESTABLISHED = 20
#: Expected count below which a share's limits do not hold (method.md, Charts 8).
SMALLEST_EXPECTED_SHARE = 5.0
#: Mean count below which a count's limits do not hold.
SMALLEST_MEAN_COUNT = 2.0

SIGNAL_COLUMNS = ("beyond_limits", "two_of_three", "trend", "shift")
LINE_COLUMNS = ("centre_line", "lower_limit", "upper_limit", "lower_2sigma", "upper_2sigma")


@dataclass(frozen=True)
class Release:
    """How a series was prepared for its audience; the default is the group's own copy, untouched."""

    from_rounded: bool = False
    note: str | None = None
    hidden_reason: str | None = None
    #: Told the half-width of the limits at each point: whether rounding drowns them.
    too_coarse: Callable[[np.ndarray], bool] | None = None


@dataclass(frozen=True)
class SeriesChart:
    """One chart as rows: `points` has the columns of chart_point, `summary` those of chart_summary."""

    points: pd.DataFrame
    summary: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Which chart of which periods, and why."""

    observation: pd.DataFrame
    kind: ChartKind
    kind_reason: str
    period_reason: str | None = None
    why_no_limits: WhyNoLimits | None = None


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
    plan = plan_chart(observation, measure)
    baseline = _baseline(plan, measure, cycle_starts)
    drawn = _draw(plan, measure, baseline.mask if baseline.mask.any() else None)
    shown = _what_may_be_shown(plan, drawn, baseline, release)
    points = _points(plan, drawn, baseline, shown)
    summary = _summary(plan, measure, drawn, baseline, shown, points, release)
    return SeriesChart(_with_words(points, measure, summary), _with_sentences(summary, points, measure))


def plan_chart(observation: pd.DataFrame, measure: Measure) -> Plan:
    """Choose period and kind of chart: remedies before refusals (method.md, Charts 8)."""
    kind, reason = _kind(observation, measure)
    if measure.arrives != "as_counted":
        why = WhyNoLimits.ROUNDED if measure.arrives == "rounded" else WhyNoLimits.ROLLING
        return Plan(observation, ChartKind.RUN, f"the series arrives {measure.arrives}", why_no_limits=why)
    if observation["value"].notna().sum() < POINTS_FOR_LIMITS or _limits_hold(observation, kind):
        return Plan(observation, kind, reason)
    for period in COARSER[measure.period]:
        wider = coarsen(
            observation, period, is_mean=_is_mean(measure), has_denominator=measure.denominator is not None
        )
        if wider["value"].notna().sum() >= POINTS_FOR_LIMITS:
            kind, reason = _kind(wider, measure)
            if _limits_hold(wider, kind):
                lifted = (
                    f"larger numbers a {words.PERIOD_WORD[measure.period]} would bring its own points back"
                )
                return Plan(
                    wider,
                    kind,
                    reason,
                    f"counts are small, so a point is {words.PERIOD_WORD[period]}; {lifted}",
                )
    if _mostly_equal(observation):
        return Plan(
            observation,
            ChartKind.RUN,
            "more than half the values are equal",
            why_no_limits=WhyNoLimits.SPARSE,
        )
    return Plan(
        observation,
        ChartKind.I,
        "counts are too small for the usual limits, so each value is charted as it is",
    )


def _is_mean(measure: Measure) -> bool:
    return measure.kind not in (DataType.COUNT, ChartKind.C) and measure.counts is None


def _kind(observation: pd.DataFrame, measure: Measure) -> tuple[ChartKind, str]:
    if isinstance(measure.kind, ChartKind):
        return measure.kind, "set in the measure's definition"
    numerator = observation["numerator"].to_numpy(float)
    values = observation["value"].to_numpy(float)
    y = numerator if measure.denominator else values
    n = observation["denominator"].to_numpy(float) if measure.denominator else None
    kind, reason = choose_kind(measure.kind, y, n)
    return ChartKind(kind), reason


def _limits_hold(observation: pd.DataFrame, kind: ChartKind) -> bool:
    valued = observation[observation["value"].notna()]
    if kind == ChartKind.RUN:
        return True
    if _mostly_equal(observation):
        return False
    if kind in (ChartKind.P, ChartKind.PP):
        share = valued["numerator"].sum() / valued["denominator"].sum()
        return bool((valued["denominator"] * min(share, 1 - share) >= SMALLEST_EXPECTED_SHARE).mean() > 0.5)
    if kind in (ChartKind.C, ChartKind.U, ChartKind.UP):
        return bool(valued["numerator"].mean() >= SMALLEST_MEAN_COUNT)
    return True


def _mostly_equal(observation: pd.DataFrame) -> bool:
    values = observation["value"].dropna()
    return bool(len(values) and values.value_counts().iloc[0] > len(values) / 2)


def _baseline(plan: Plan, measure: Measure, cycle_starts: Sequence[dt.date]) -> Any:
    rows = plan.observation
    ends = pd.to_datetime(rows["period_end"]).to_numpy()
    first_do = None
    if cycle_starts and len(rows):
        reached = np.flatnonzero(ends >= np.datetime64(min(cycle_starts)))
        first_do = int(reached[0]) if len(reached) else len(rows)
    values = rows["value"].to_numpy(float)
    declared = _declared_baseline(rows, values, measure)
    return find_baseline(
        values, rule=measure.baseline if declared is None else "dates", first_do=first_do, dates=declared
    )


def _declared_baseline(rows: pd.DataFrame, values: np.ndarray, measure: Measure) -> np.ndarray | None:
    """Return the points that the definition itself names, by dates or by number; None where a rule finds them."""
    if "/" in measure.baseline:
        first, last = (np.datetime64(part) for part in measure.baseline.split("/"))
        starts, ends = (pd.to_datetime(rows[name]).to_numpy() for name in ("period_start", "period_end"))
        return (starts >= first) & (ends <= last)
    if by_number := FIRST_POINTS.match(measure.baseline):
        return np.cumsum(np.isfinite(values)) <= int(by_number[1])
    return None


def _draw(plan: Plan, measure: Measure, baseline: np.ndarray | None) -> Chart | None:
    rows = plan.observation
    if not rows["value"].notna().any():
        return None
    is_ratio = plan.kind in (ChartKind.P, ChartKind.PP, ChartKind.U, ChartKind.UP)
    y = rows["numerator" if is_ratio else "value"].to_numpy(float)
    n = rows["denominator"].to_numpy(float) if is_ratio else None
    targets = [measure.target_on(day) for day in pd.to_datetime(rows["period_start"]).dt.date]
    target = np.array([np.nan if value is None else value for value in targets])
    return chart(
        np.where(rows["value"].isna(), np.nan, y),
        n,
        kind=plan.kind,
        baseline=baseline,
        target=target,
        better=measure.better,
        sigma_z_floor=0.0 if isinstance(measure.kind, ChartKind) else 1.0,
    )


@dataclass(frozen=True)
class _Shown:
    """What policy allows on the screen."""

    limits_state: LimitsState
    why_no_limits: WhyNoLimits | None
    has_centre: bool


def _what_may_be_shown(plan: Plan, drawn: Chart | None, baseline: Any, release: Release) -> _Shown:
    if drawn is None:
        return _Shown(LimitsState.NONE, WhyNoLimits.NO_DATA, has_centre=False)
    if plan.why_no_limits is not None:
        return _Shown(LimitsState.NONE, plan.why_no_limits, has_centre=True)
    if baseline.state == "start_up":
        return _Shown(LimitsState.NONE, WhyNoLimits.START_UP, has_centre=False)
    if plan.kind == ChartKind.RUN:
        return _Shown(LimitsState.NONE, WhyNoLimits.RUN_CHART, has_centre=True)
    frame = drawn.to_frame()
    half_width = (frame["upper_limit"] - frame["lower_limit"]).to_numpy(float) / 2
    if release.too_coarse is not None and release.too_coarse(half_width):
        return _Shown(LimitsState.NONE, WhyNoLimits.ROUNDED, has_centre=False)
    if not np.isfinite(frame["upper_limit"].to_numpy(float)).any():
        return _Shown(LimitsState.NONE, WhyNoLimits.SPARSE, has_centre=True)
    established = baseline.rule_used == "dates" and baseline.mask.sum() >= POINTS_ESTABLISHED
    return _Shown(LimitsState.ESTABLISHED if established else LimitsState.PROVISIONAL, None, has_centre=True)


def _points(plan: Plan, drawn: Chart | None, baseline: Any, shown: _Shown) -> pd.DataFrame:
    rows = plan.observation.reset_index(drop=True)
    points = rows.drop(columns=["period", "session_no"]).assign(position=np.arange(len(rows)), phase=0)
    points["is_baseline"] = baseline.mask & rows["value"].notna().to_numpy() & shown.has_centre
    if drawn is None:
        blank = dict.fromkeys([*LINE_COLUMNS, "target"], np.nan) | dict.fromkeys(
            [*SIGNAL_COLUMNS, "is_excluded"], False
        )
        return points.assign(**blank, point_type="common_cause", rule=None)
    frame = drawn.to_frame().reset_index(drop=True)
    for column in (*LINE_COLUMNS, "target", "is_excluded", *SIGNAL_COLUMNS, "point_type", "rule"):
        points[column] = frame[column]
    if shown.limits_state == LimitsState.NONE:
        points[list(LINE_COLUMNS[1:])] = np.nan
    if not shown.has_centre:
        points["centre_line"] = np.nan
    may_signal = shown.limits_state != LimitsState.NONE or shown.why_no_limits == WhyNoLimits.RUN_CHART
    silent = points["is_baseline"] | points["value"].isna() | (not may_signal)
    points.loc[silent, list(SIGNAL_COLUMNS)] = False
    points.loc[silent, "point_type"] = "common_cause"
    points["rule"] = _or_none(points["rule"].mask(silent))
    points["hidden_reason"] = _or_none(points["hidden_reason"])
    return points


def _or_none(column: pd.Series) -> pd.Series:
    """Return a column of texts with None, not NaN, where there is none."""
    return column.astype(object).where(column.notna(), None)


def _summary(
    plan: Plan,
    measure: Measure,
    drawn: Chart | None,
    baseline: Any,
    shown: _Shown,
    points: pd.DataFrame,
    release: Release,
) -> dict[str, Any]:
    rows = plan.observation
    first = rows.iloc[0]
    valued = points[points["value"].notna()]
    latest = valued.iloc[-1] if len(valued) else None
    based = points[points["is_baseline"]]
    engine = drawn.summary().iloc[-1].to_dict() if drawn is not None else {}
    has_limits = shown.limits_state != LimitsState.NONE
    return {
        **{key: first[key] for key in ("series_id", "measure_id", "prototype_id", "neighbourhood_id")},
        "domain": measure.domain,
        "phase": 0,
        "is_latest_phase": True,
        "kind": plan.kind,
        "kind_reason": plan.kind_reason,
        "rule_set": drawn.rule_set if drawn is not None else "mdc",
        "rule_set_version": drawn.rule_set_version if drawn is not None else 1,
        "period": first["period"],
        "period_declared": measure.period,
        "period_reason": plan.period_reason,
        "first_on": valued["period_start"].iloc[0] if len(valued) else None,
        "last_on": valued["period_start"].iloc[-1] if len(valued) else None,
        "n_points": len(valued),
        "n_gaps": int(points["is_gap"].sum()),
        "n_hidden": int(points["is_hidden"].sum()),
        **_runs(engine, shown),
        "limits_state": shown.limits_state,
        "why_no_limits": shown.why_no_limits,
        "remedy": _remedy(shown, len(valued)),
        "baseline_rule": baseline.rule_used if shown.has_centre and len(based) else None,
        "baseline_first_on": based["period_start"].iloc[0] if len(based) else None,
        "baseline_last_on": based["period_end"].iloc[-1] if len(based) else None,
        "baseline_n": len(based) or None,
        "centre_line": latest["centre_line"] if latest is not None else None,
        "lower_limit": latest["lower_limit"] if latest is not None and has_limits else None,
        "upper_limit": latest["upper_limit"] if latest is not None and has_limits else None,
        "median": float(valued["value"].median()) if len(valued) else None,
        "dispersion": _finite(engine.get("dispersion")),
        "autocorrelation": _finite(engine.get("autocorrelation")),
        "latest_on": latest["period_start"] if latest is not None else None,
        "latest_value": latest["value"] if latest is not None else None,
        "latest_numerator": latest["numerator"] if latest is not None else None,
        "latest_denominator": latest["denominator"] if latest is not None else None,
        **_icons(engine, shown, latest, len(valued)),
        "target": measure.target_on(latest["period_start"]) if latest is not None else None,
        "better": measure.better,
        "false_alarm_rate": _finite(engine.get("false_alarm_rate"))
        if has_limits and len(valued) >= POINTS_FOR_ICON
        else 0.0,
        "rules_that_cannot_fire": engine.get("rules_that_cannot_fire") or None,
        "is_hidden": release.hidden_reason is not None,
        "hidden_reason": release.hidden_reason,
        "from_rounded": release.from_rounded,
        "release_note": release.note,
    }


def _finite(value: Any) -> float | None:
    return float(value) if value is not None and np.isfinite(value) else None


def _runs(engine: dict[str, Any], shown: _Shown) -> dict[str, Any]:
    names = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min", "runs_signal")
    told = shown.has_centre and engine
    return {name: (engine[name] if told and not pd.isna(engine[name]) else None) for name in names}


def _icons(engine: dict[str, Any], shown: _Shown, latest: Any, n_points: int) -> dict[str, Any]:
    """Return the icons: from thirteen points, and only where limits are shown (method.md, Charts 9)."""
    none = {"variation": Variation.NONE, "variation_rules": None, "assurance": "empty"}
    if latest is None:
        return none
    if n_points < POINTS_FOR_ICON:
        return none | {"variation": Variation.TOO_FEW}
    if shown.limits_state == LimitsState.NONE:
        return none
    fired = [rule for rule in ("beyond_limits", "trend", "two_of_three", "shift") if latest[rule]]
    return {
        "variation": engine["variation"] if fired else Variation.COMMON_CAUSE,
        "variation_rules": ",".join(fired) or None,
        "assurance": engine["assurance"],
    }


def _remedy(shown: _Shown, n_points: int) -> str | None:
    if shown.why_no_limits == WhyNoLimits.START_UP:
        return f"{max(POINTS_FOR_LIMITS - n_points, 1)} more points without a trend, or a baseline accepted by a named person"
    if shown.why_no_limits == WhyNoLimits.ROUNDED:
        return "larger numbers a point, so that rounding hides less"
    if shown.why_no_limits == WhyNoLimits.SPARSE:
        return "a coarser period, or more people a test"
    return None


def _with_words(points: pd.DataFrame, measure: Measure, summary: dict[str, Any]) -> pd.DataFrame:
    told = [words.point_words(point, measure, summary["period"]) for point in points.to_dict("records")]
    return points.assign(series_id=summary["series_id"], words=told)


def _with_sentences(summary: dict[str, Any], points: pd.DataFrame, measure: Measure) -> dict[str, Any]:
    total = float(points["value"].sum()) if words.is_count(measure) else None
    told = words.chart_sentences(summary, measure, _run_length(points, summary), total)
    return summary | {"sentence_short": told.short, "sentence": told.middle, "sentence_long": told.long}


def _run_length(points: pd.DataFrame, summary: dict[str, Any]) -> int:
    """Points up to the latest that share its side of the centre line, or its climb or fall."""
    valued = points[points["value"].notna()]
    values = valued["value"].to_numpy(float)
    if len(values) < 2:
        return len(values)
    rules = (summary["variation_rules"] or "").split(",")
    if rules[0] == "trend":
        steps = np.sign(np.diff(values))[::-1]
        return 1 + int(np.argmax(np.append(steps != steps[0], True)))
    sides = np.sign(values - valued["centre_line"].to_numpy(float))[::-1]
    return int(np.argmax(np.append(sides != sides[0], True)))
