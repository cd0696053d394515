"""Rows in, one chart out: the engine's front door."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pipelines.errors import ChartError
from pipelines.spc.engine import draw
from pipelines.spc.fits import ByGlm, Fitter
from pipelines.spc.kinds import choose_kinds
from pipelines.spc.limits import KINDS, kind_of
from pipelines.spc.plan import Options, Plan
from pipelines.spc.points import Points, points_of
from pipelines.spc.result import Chart
from pipelines.spc.rule_sets import rule_set
from pipelines.vocabulary import Better, ChartKind, DataType

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
        Denominators, one a row or one for all; zero gives a gap, never infinity. u, u', p and p' need it; run, i, mr,
        i', t and g then chart the quotient; c, xbar and s take no notice of it.
    kind
        A chart (run, i, mr, ip, xbar, s, t, g, c, u, up, p, pp), or `auto` with `data_type`, or a data type itself;
        the choice then follows docs/method.md, Charts 1, and `Chart.kind_reason` says why.
    x, subgroup
        What orders the points: dates, numbers or categories; rows are sorted by it and rows of equal x joined by
        `aggregate`. `subgroup` is another word for x. With a category no rule about order fires.
    aggregate
        How rows of one x join: mean, median, sum or sd. With `n` sums are divided by sums; c sums, xbar takes the
        mean and s the standard deviation (n - 1) whatever is asked.
    baseline
        The points that set the lines: a count (the first so many of each phase, gaps counted), or a mask, one entry
        a row or a point, or indices. None, and phases that a mask leaves without a known point: all points of the
        phase.
    phases
        Indices, 0-based after sorting, at which a new phase begins.
    excluded
        Indices or mask of points left out of lines and runs, still drawn and still tested against the limits.
    centre_line
        A centre to use instead of the computed one, before `multiply`; on a g chart the mean, of which the line
        stands at 0.693.
    factor
        Limits of i and t in mean moving ranges: 2.66 (Making Data Count, Wheeler) or 3 / 1.128 (textbooks,
        qicharts2).
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
    data_type
        What `auto` chooses by.
    sigma_z_floor
        Least sigma_z of a p' or u' chart; 1 with `auto`.

    Raises
    ------
    ChartError
        When the arguments make no chart. Data alone never raise it: what cannot be computed is nan.
    """
    points = points_of(y, denominators(kind, n), x if x is not None else subgroup, aggregate)
    plan = Plan.of(points, phases=phases, baseline=baseline, excluded=excluded, target=target)
    word, reason = choices(kind, data_type, plan)[0]
    options = options_of(
        word,
        points,
        rules=rules,
        better=better,
        multiply=multiply,
        centre_line=centre_line,
        factor=factor,
        screen=screen,
        sigma_z_floor=max(sigma_z_floor, 1.0) if reason else sigma_z_floor,
        fitter=ByGlm(),
    )
    return Chart.of(draw(plan, options), options, reason)


def denominators(kind: ChartKind | DataType | str, n: ArrayLike | None) -> ArrayLike | None:
    """Return the denominators if the kind takes any: c, xbar and s lose no value for want of one."""
    return None if kind in KINDS and not KINDS[ChartKind(kind)].takes_denominator else n


def choices(
    kind: ChartKind | DataType | str, data_type: DataType | str | None, plan: Plan
) -> list[tuple[ChartKind | str, str]]:
    """Return the kind of each series: the one asked for, or the one that suits its data and why."""
    if kind == "auto" and data_type is None:
        raise ChartError(f'kind="auto" needs data_type, one of: {", ".join(DataType)}.')
    asked = data_type if kind == "auto" else kind
    if kind != "auto" and asked not in list(DataType):
        return [(kind, "")] * len(plan.points.series)
    points = plan.points
    y = points.total if points.has_denominator else points.single
    base = plan.is_baseline(y) & ~plan.is_excluded
    n = points.denominator if points.has_denominator else None
    return [*choose_kinds(str(asked), y, n, points.size, base, points.series)]


def options_of(
    word: ChartKind | str,
    points: Points,
    *,
    rules: str | None,
    better: Better | str,
    multiply: float,
    centre_line: float | None,
    fitter: Fitter,
    **others: Any,
) -> Options:
    """Check what holds for all charts of a call."""
    kind, spec = kind_of(word)
    if spec.needs_denominator and not points.has_denominator:
        raise ChartError(f"A {kind} chart needs denominators: give n, one a point.")
    if better not in list(Better):
        raise ChartError(f'There is no better "{better}". Choose one of: {", ".join(Better)}.')
    numbers = {"centre_line": centre_line, "multiply": multiply, **others}
    for name, number in numbers.items():
        if number is not None and not (isinstance(number, Real) and np.isfinite(float(number))):
            raise ChartError(f'{name} must be a number, not "{number}".')
    for name in ("factor", "multiply"):
        if numbers[name] <= 0:
            raise ChartError(f"{name} must be above 0, not {numbers[name]}.")
    return Options(
        kind=kind,
        rules=rule_set(rules, kind),
        better=Better(better),
        multiply=float(multiply),
        centre_line=centre_line,
        fitter=fitter,
        **others,
    )
