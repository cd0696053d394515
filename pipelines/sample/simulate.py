"""The planted series as points, with what was planted: the same draw as the files, without writing any.

Tests judge two hundred seeds this way; `write_sample` writes one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.sample import cycles_food, cycles_hypertension, cycles_school_gate
from pipelines.sample.draw import Floats, cycle_shift, draw_items, expected, models_of
from pipelines.sample.places import STOPPED_SITE, Site, sites
from pipelines.sample.plan import (
    BACKGROUND,
    EVENTS,
    KINDS,
    N_WEEKS,
    NO_EVIDENCE,
    NOT_ENOUGH,
    CyclePlan,
    Model,
    monday,
)

_DESIGNED = cycles_hypertension.CYCLES | cycles_food.CYCLES | cycles_school_gate.CYCLES


@dataclass(frozen=True)
class Truth:
    """What was planted in one series: a row of truth.csv.

    `cycle_id` is empty where a series is special without a cycle. `true_change` is in the measure's stored
    unit (people, days, share of 0 to 1), averaged over Do. `acceptable` are verdict words; empty without a
    cycle.
    """

    cycle_id: str
    prototype_id: str
    measure_id: str
    kind: str
    true_change: float
    acceptable: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """One series as points: the weeks (or 4-week blocks) from the prototype's first session to its last.

    `value`, `numerator` and `denominator` are nan at a gap; `denominator` is None for counts and days.
    `n_sessions` is 0 where the period was planned and missed.
    """

    prototype_id: str
    measure_id: str
    model: Model
    period_start: tuple[dt.date, ...]
    period_end: tuple[dt.date, ...]
    value: Floats
    numerator: Floats
    denominator: Floats | None
    n_sessions: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Planted:
    """One cycle to be judged: its series, its Do, the Do of every cycle of the prototype, and the truth."""

    truth: Truth
    series: Series
    plan: CyclePlan
    do_start: dt.date
    do_end: dt.date
    first_do: dt.date
    other_plans: tuple[CyclePlan, ...]


def cycles_of(site: Site) -> tuple[CyclePlan, ...]:
    """Return the planned cycles of a prototype, in order. Those beyond the designed share two plans."""
    if site.prototype_id in _DESIGNED:
        return _DESIGNED[site.prototype_id]
    first, second = list(models_of(site))[:2]
    return (
        CyclePlan(
            first, "chance", 54, 12, 1.2, "adapt", 10, False,
            "If a neighbour from the same street does the asking, will more people come?",
            "No change that we could see.",
        ),
        CyclePlan(
            second, "moderate improvement", 78, 12, 1.2, "continue", 12, True,
            "If we explain first and ask afterwards, will it go better?",
            "Perhaps a little. We go on for another round.",
        ),
    )  # fmt: skip


def simulate(seed: int, prototypes: int = 3) -> list[Planted]:
    """Draw every planted cycle of a sample.

    Parameters
    ----------
    seed
        Any whole number from 0.
    prototypes
        Prototypes a neighbourhood.

    Returns
    -------
    list of Planted
        In the order of the files.
    """
    planted: list[Planted] = []
    for site in sites(prototypes):
        plans = cycles_of(site)
        if not plans:
            continue
        items = draw_items(site, plans, seed)
        models = models_of(site)
        drawn = {m: series_of(site, m, models[m], items) for m in {plan.measure_id for plan in plans}}
        first_do = monday(min(plan.start for plan in plans))
        for number, plan in enumerate(plans, start=1):
            others = tuple(other for other in plans if other is not plan)
            truth = cycle_truth(site, number, plan)
            do_end = monday(plan.end) - dt.timedelta(days=1)
            planted.append(
                Planted(truth, drawn[plan.measure_id], plan, monday(plan.start), do_end, first_do, others)
            )
    return planted


def cycle_truth(site: Site, number: int, plan: CyclePlan) -> Truth:
    """Return what one cycle planted; an open cycle may also be called too early to judge."""
    model = models_of(site)[plan.measure_id]
    done = slice(plan.start, min(plan.end, N_WEEKS))
    moved = expected(model, site.size, cycle_shift(plan, model)[done] * model.better)
    change = round(float(np.mean(moved) - expected(model, site.size, 0.0)), 6) + 0.0
    acceptable = KINDS[plan.kind].acceptable
    if plan.end > N_WEEKS and acceptable == (NO_EVIDENCE,):
        acceptable = (NO_EVIDENCE, NOT_ENOUGH)
    cycle_id = f"{site.prototype_id}_{number}"
    return Truth(cycle_id, site.prototype_id, plan.measure_id, plan.kind, change, acceptable)


def truths(chosen: Sequence[Site]) -> list[Truth]:
    """Return the truth of every cycle, then of the series that are special without one."""
    rows = [
        cycle_truth(site, number, plan)
        for site in chosen
        for number, plan in enumerate(cycles_of(site), start=1)
    ]
    here = {site.prototype_id for site in chosen}
    special = dict.fromkeys(EVENTS, "outlier") | BACKGROUND
    rows += [Truth("", p, m, kind, 0.0, ()) for (p, m), kind in special.items() if p in here]
    if STOPPED_SITE.prototype_id in here:
        rows.append(Truth("", STOPPED_SITE.prototype_id, "less_alone", "abandoned", 0.0, ()))
    return rows


def series_of(site: Site, measure_id: str, model: Model, items: dict[str, Floats]) -> Series:
    """Turn drawn items into the points of one measure, gaps between first and last session included."""
    top = items[model.numerator]
    bottom = items[model.denominator] if model.denominator is not None else None
    blocks = np.arange(N_WEEKS) // model.weeks
    held = np.flatnonzero(~np.isnan(top))
    wanted = np.arange(blocks[held[0]], blocks[held[-1]] + 1)
    n_sessions = np.bincount(blocks[held], minlength=blocks[-1] + 1)
    numerator = _block_sum(top, blocks, n_sessions)
    denominator = None if bottom is None else _block_sum(bottom, blocks, n_sessions)[wanted]
    value = numerator[wanted] if denominator is None else numerator[wanted] / denominator
    starts = tuple(monday(int(block) * model.weeks) for block in wanted)
    ends = tuple(start + dt.timedelta(days=7 * model.weeks - 1) for start in starts)
    return Series(
        site.prototype_id, measure_id, model, starts, ends,
        value, numerator[wanted], denominator, n_sessions[wanted],
    )  # fmt: skip


def _block_sum(values: Floats, blocks: npt.NDArray[np.int64], n_sessions: npt.NDArray[np.int64]) -> Floats:
    sums = np.bincount(blocks, weights=np.nan_to_num(values))
    return np.where(n_sessions > 0, sums, np.nan)
