"""Rows in, one chart out: the engine's front door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc import signals
from pipelines.spc.kinds import choose_kind
from pipelines.spc.limits import Kind, Lines, Phase, kind_of
from pipelines.spc.phase_summary import PhaseSummary, summarise
from pipelines.spc.plan import Plan, baseline_window, phase_numbers, window_or_all
from pipelines.spc.result import Chart
from pipelines.spc.rule_sets import RuleSet, rule_set
from pipelines.spc.runs import Runs, runs
from pipelines.spc.series import mask_of, per_point, points_of
from pipelines.vocabulary import Better, ChartKind, DataType

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

__all__ = ["Chart", "chart"]


def chart(
    y: ArrayLike,
    n: ArrayLike | None = None,
    *,
    kind: ChartKind | DataType | str,
    x: ArrayLike | None = None,
    subgroup: ArrayLike | None = None,
    aggregate: str = "mean",
    baseline: int | ArrayLike | None = None,
    phases: Sequence[int] = (),
    excluded: Sequence[int] | ArrayLike = (),
    centre_line: float | None = None,
    factor: float = 2.66,
    screen: bool = False,
    rules: str | None = None,
    target: float | ArrayLike | None = None,
    better: Better | str = Better.NEITHER,
    multiply: float = 1,
    data_type: DataType | str | None = None,
    sigma_z_floor: float = 0.0,
) -> Chart:
    """Make a run or control chart.

    Parameters
    ----------
    y
        Values, or numerators where `n` is given; one a row, nan for missing. Infinite values count as missing.
    n
        Denominators, one a row or one for all; zero gives a gap, never infinity. p and p' need it; with i and run
        the quotient is charted.
    kind
        A chart (run, i, mr, p, pp), or `auto` with `data_type`, or a data type itself; the choice then follows
        docs/method.md, Charts 1, and `Chart.kind_reason` says why.
    x, subgroup
        What orders the points: dates, numbers or categories; rows are sorted by it and rows of equal x joined by
        `aggregate` (mean, median, sum, sd; with `n` sums over sums). `subgroup` is another word for x. With a
        category no rule about order fires.
    baseline
        The points that set the lines: a count (the first so many of each phase, gaps counted), or a mask, one entry
        a row or a point, or indices. None, and phases that a mask leaves without a known point: all points of the phase.
    phases
        Indices, 0-based after sorting, at which a new phase begins.
    excluded
        Indices or mask of points left out of lines and runs, still drawn and still tested against the limits.
    centre_line
        A centre to use instead of the computed one, before `multiply`.
    factor
        Limits of i in mean moving ranges: 2.66 (Making Data Count, Wheeler) or 3 / 1.128 (textbooks, qicharts2).
    screen
        Drop moving ranges of 3.267 means or more, once (Nelson 1982).
    rules
        A rule set's name; None: anhoej for run charts, mdc for the rest.
    target
        One number, or one a row, in the unit shown (after `multiply`); nan where none holds.
    better
        up, down or neither.
    multiply
        Values and lines are shown times this, e.g. 100 for per cent.
    sigma_z_floor
        Least sigma_z of a p' chart; 1 with `auto`.

    Raises
    ------
    ChartError
        When the arguments make no chart. Data alone never raise it: what cannot be computed is nan.
    """
    points = points_of(y, n, x if x is not None else subgroup, aggregate)
    phase = phase_numbers(len(points), phases)
    plan = Plan(
        points=points,
        phase=phase,
        is_excluded=mask_of(excluded, points, "excluded"),
        window=baseline_window(baseline, points, phase),
        centre_line=centre_line,
        factor=factor,
        screen=screen,
        sigma_z_floor=sigma_z_floor,
    )
    word, reason = _choice(kind, data_type, plan)
    if reason:
        plan = replace(plan, sigma_z_floor=max(sigma_z_floor, 1.0))
    word, spec = kind_of(word)
    if spec.needs_denominator and not points.has_denominator:
        raise ChartError(f"A {word} chart needs denominators: give n, one a point.")
    goal = per_point(target, points, "target")
    return _drawn(plan, word, reason, spec, rule_set(rules, word), goal, Better(better), float(multiply))


def _choice(
    kind: ChartKind | DataType | str, data_type: DataType | str | None, plan: Plan
) -> tuple[str, str]:
    """Return the kind and, where the engine chose it, why."""
    if kind == "auto" and data_type is None:
        raise ChartError(f'kind="auto" needs data_type, one of: {", ".join(DataType)}.')
    asked = data_type if kind == "auto" else kind
    if kind != "auto" and asked not in list(DataType):
        return str(kind), ""
    points = plan.points
    y = points.total if points.has_denominator else points.single
    window = window_or_all(plan.window, np.isfinite(y)) & ~plan.is_excluded
    chosen, reason = choose_kind(
        str(asked), y, points.denominator if points.has_denominator else None, window
    )
    return chosen, reason


@dataclass(frozen=True)
class _Part:
    """One phase, computed."""

    rows: IntArray
    cut: Phase
    lines: Lines
    signals: signals.Signals
    runs: Runs


def _drawn(
    plan: Plan,
    word: ChartKind,
    reason: str,
    spec: Kind,
    rules: RuleSet,
    goal: FloatArray,
    better: Better,
    scale: float,
) -> Chart:
    numbers = range(int(plan.phase.max(initial=0)) + 1)
    parts = [_part(plan, spec, rules, np.flatnonzero(plan.phase == number)) for number in numbers]
    bare = Chart(
        kind=word,
        kind_reason=reason,
        x=plan.points.x,
        value=_whole([part.cut.value for part in parts]) * scale,
        numerator=plan.points.total,
        denominator=plan.points.denominator,
        centre_line=_whole([part.lines.centre for part in parts]) * scale,
        lower_limit=_whole([part.lines.lower for part in parts]) * scale,
        upper_limit=_whole([part.lines.upper for part in parts]) * scale,
        lower_2sigma=_whole([part.lines.lower2 for part in parts]) * scale,
        upper_2sigma=_whole([part.lines.upper2 for part in parts]) * scale,
        target=goal,
        phase=plan.phase,
        is_baseline=_whole([part.cut.window for part in parts]).astype(bool),
        is_excluded=plan.is_excluded,
        signals=signals.joined([part.signals for part in parts]),
        phases=(),
        better=better,
        multiply=scale,
        rules=rules,
    )
    return replace(
        bare,
        phases=tuple(_summary(bare, number, part, spec) for number, part in zip(numbers, parts, strict=True)),
    )


def _part(plan: Plan, spec: Kind, rules: RuleSet, rows: IntArray) -> _Part:
    cut = plan.phase_of(spec, rows)
    lines = spec.limits(cut)
    kept = np.where(plan.is_excluded[rows], np.nan, cut.value)
    found = runs(kept, lines.centre, rules.runs_method)
    if not (spec.has_runs and cut.is_ordered):
        found = replace(found, signal=False)
    flags = signals.find(cut.value, kept, lines, found, rules, is_ordered=cut.is_ordered)
    return _Part(rows, cut, lines, flags, found)


def _whole(parts: list[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts)


def _summary(drawn: Chart, number: int, part: _Part, spec: Kind) -> PhaseSummary:
    """Sum up one phase; its icons are those the chart would show if it ended with the phase."""
    shown = drawn.icons(phase=number)
    return summarise(number, drawn.kind, spec, part.cut, part.lines, part.runs, drawn.rules, shown)
