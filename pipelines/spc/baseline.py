"""Which points may set the usual range (docs/method.md, Charts 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipelines.errors import ChartError
from pipelines.spc.engine import draw
from pipelines.spc.fits import ClosedForm
from pipelines.spc.plan import Options, Plan
from pipelines.spc.points import points_of
from pipelines.spc.rule_sets import RULE_SETS
from pipelines.spc.runs import runs
from pipelines.spc.trend_test import mann_kendall
from pipelines.vocabulary import POINTS_FOR_LIMITS, Better, ChartKind

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

#: A run of points is stable when Mann-Kendall gives more than this.
STABLE_ABOVE = 0.2

RULES = ("auto", "before_cycle", "stable_run", "first_n", "none", "dates")


@dataclass(frozen=True)
class Baseline:
    """The points that may set the lines.

    `mask` has one entry a point, gaps inside it False. `rule_used` is before_cycle, stable_run, first_n, dates or
    none. `state` is `start_up` (mask empty: no limits, no verdict) or `provisional` (until a named person accepts
    it). `reason` says in a sentence how it came about.
    """

    mask: BoolArray
    rule_used: str
    state: str
    reason: str


def find_baseline(
    y: ArrayLike,
    *,
    rule: str = "auto",
    first_do: int | None = None,
    dates: ArrayLike | None = None,
    n: int | None = None,
) -> Baseline:
    """Find the baseline of a series.

    Parameters
    ----------
    y
        Plotted values in time order, shape (k,); nan for gaps, which never count.
    rule
        auto (before_cycle when that has enough points, else stable_run), before_cycle, stable_run, first_n, dates,
        or none.
    first_do
        Index of the first point of the first cycle's Do; None where there is no cycle, which leaves `before_cycle`
        without points.
    dates
        For `dates`: mask of the points inside the two dates, shape (k,).
    n
        Points needed; 12 when None.

    Raises
    ------
    ChartError
        When the rule is unknown or `dates` lacks its mask.
    """
    values = np.asarray(y, dtype=float)
    needed = POINTS_FOR_LIMITS if n is None else int(n)
    known = np.flatnonzero(np.isfinite(values))
    if rule not in RULES:
        raise ChartError(f'There is no baseline rule "{rule}". Choose one of: {", ".join(RULES)}.')
    if rule == "none":
        return _start_up(values, rule, "The measure declares no baseline.")
    if rule == "dates":
        return _from_dates(values, known, dates, needed)
    if rule == "first_n":
        return _enough(values, known[:needed], needed, rule, f"The first {needed} points.")
    if rule in ("auto", "before_cycle"):
        before = known[known < first_do] if first_do is not None else known[:0]
        if rule == "before_cycle" or before.size >= needed:
            return _enough(
                values, before, needed, "before_cycle", f"The {before.size} points before the first cycle."
            )
    return _stable_run(values, known, needed)


def _start_up(values: FloatArray, rule: str, reason: str) -> Baseline:
    return Baseline(np.zeros(values.shape, dtype=bool), rule, "start_up", reason)


def _enough(values: FloatArray, chosen: NDArray[np.int64], needed: int, rule: str, reason: str) -> Baseline:
    if chosen.size < needed:
        return _start_up(values, rule, f"{chosen.size} points of the {needed} that a baseline needs.")
    mask = np.zeros(values.shape, dtype=bool)
    mask[chosen] = True
    return Baseline(mask, rule, "provisional", reason)


def _from_dates(
    values: FloatArray, known: NDArray[np.int64], dates: ArrayLike | None, needed: int
) -> Baseline:
    if dates is None:
        raise ChartError("A baseline between two dates needs the mask of the points inside them.")
    inside = np.asarray(dates, dtype=bool)
    if inside.shape != values.shape:
        raise ChartError(
            f"The mask of dates has {inside.size} entries for {values.size} points. Give one a point."
        )
    chosen = known[inside[known]]
    return _enough(values, chosen, needed, "dates", f"The {chosen.size} points between the dates declared.")


def _stable_run(values: FloatArray, known: NDArray[np.int64], needed: int) -> Baseline:
    """Take the earliest points in a row that show neither trend nor signal, judged on their own."""
    for start in range(known.size - needed + 1):
        chosen = known[start : start + needed]
        if is_stable(values[chosen[0] : chosen[-1] + 1]):
            reason = f"The earliest {needed} points in a row without trend or signal."
            return _enough(values, chosen, needed, "stable_run", reason)
    if known.size < needed:
        return _start_up(values, "stable_run", f"{known.size} points of the {needed} that a baseline needs.")
    return _start_up(values, "stable_run", f"No {needed} points in a row are yet without trend or signal.")


def is_stable(values: FloatArray) -> bool:
    """Return whether a stretch of points shows no trend (Mann-Kendall p > .2) and no signal.

    A signal is any rule of `mdc` against limits from the stretch itself, or Anhøj's rules about its own median.
    """
    if mann_kendall(values).p_value <= STABLE_ABOVE:
        return False
    if runs(values, float(np.nanmedian(values))).verdict[0]:
        return False
    plan = Plan.of(points_of(values, None, None, "mean"), phases=(), baseline=None, excluded=(), target=None)
    return not bool(draw(plan, _XMR).signals.direction.any())


_XMR = Options(
    kind=ChartKind.I,
    rules=RULE_SETS["mdc"],
    better=Better.NEITHER,
    multiply=1.0,
    centre_line=None,
    factor=2.66,
    screen=False,
    sigma_z_floor=0.0,
    fitter=ClosedForm(),
)
