"""Draws the people behind the cascade counts, one by one, so that every group and step adds up. Arrays only, no files.

Each neighbourhood and month has streams of its own, and none of the logs': no other number of the sample moves.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.sample import cascade_plan as plan
from pipelines.sample.places import Place

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: For each kind of group, which of its groups each person is in, by number.
Groups = dict[str, npt.NDArray[np.int64]]


@dataclass(frozen=True)
class Cohort:
    """The people eligible for a check in one neighbourhood and month; every array has one entry a person.

    `confirmed_after`, `treated_after` and `to_target_after` are months after the check was offered, infinite where it
    never came to that. `first` and `later` are systolic pressures in whole mmHg.
    """

    groups: Groups
    reached: Bools
    measured: Bools
    repeated: Bools
    raised: Bools
    offered: Bools
    confirmed_after: Floats
    treated_after: Floats
    to_target_after: Floats
    first: Floats
    later: Floats
    measured_again: Bools
    checked_at: npt.NDArray[np.int64]
    confirmed_at: npt.NDArray[np.int64]
    ends_in_zero: Bools
    ends_in_zero_again: Bools


@dataclass(frozen=True)
class Register:
    """The people on the register at the end of one month; every array has one entry a person."""

    groups: Groups
    a_year: Bools
    treated: Bools
    read: Bools
    systolic: Floats
    to_target: Bools


def stream(seed: int, what: str, place: Place, month: dt.date) -> np.random.Generator:
    """Return the random numbers of one thing, neighbourhood and month, and of nothing else."""
    told = f"cascade {what}@{place.neighbourhood_id} {month}"
    return np.random.default_rng([seed, zlib.crc32(told.encode())])


def size_of(place: Place, usual: float) -> float:
    """Return the size of something in a neighbourhood, from that in one of the usual population."""
    return usual * place.population / plan.USUAL_POPULATION


def draw_cohort(place: Place, month: dt.date, seed: int) -> Cohort:
    """Draw the people eligible for a check in a month, and what came of it."""
    rng = stream(seed, "cohort", place, month)
    n = round(size_of(place, plan.ELIGIBLE) * (1 + 0.02 * rng.standard_normal()))
    groups = _groups(rng, n, plan.GROUPS)
    reached = rng.random(n) < _chance_of_reach(place, groups)
    measured = reached & (rng.random(n) < plan.MEASURED)
    usual = plan.MEAN + plan.BETWEEN * rng.standard_normal(n)
    first, later = (np.floor(usual + plan.WITHIN * rng.standard_normal(n)) for _ in range(2))
    raised = measured & (first >= plan.CUT_OFF)
    offered = raised & (rng.random(n) < plan.OFFERED)
    confirmed_after = np.where(offered, _confirmed_after(rng, n, _share_confirmed(place, month)), np.inf)
    treated_after = _next_step(rng, confirmed_after, plan.TREATED)
    at_once = _next_step(rng, treated_after, plan.TO_TARGET)
    is_later = np.isinf(at_once) & (rng.random(n) < plan.TO_TARGET_LATER)
    return Cohort(
        groups,
        reached,
        measured,
        measured & (rng.random(n) < plan.REPEATED),
        raised,
        offered,
        confirmed_after,
        treated_after,
        np.where(is_later, treated_after + 3, at_once),
        first,
        later,
        raised & (rng.random(n) < plan.MEASURED_AGAIN),
        _pick(rng, n, plan.CHECKED_AT),
        _pick(rng, n, plan.CONFIRMED_AT),
        rng.random(n) < plan.ENDS_IN_ZERO,
        rng.random(n) < plan.ENDS_IN_ZERO,
    )


def draw_register(place: Place, month: dt.date, seed: int) -> Register:
    """Draw the people on the register at the end of a month; their readings are drawn anew each month."""
    rng = stream(seed, "register", place, month)
    before = round(place.population * plan.REGISTER_SHARE * (1 + 0.002 * rng.standard_normal()))
    added = _added(place, month)
    n = before + added
    is_added = np.arange(n) >= before
    for_a_year = np.arange(n) < before + _added(place, month.replace(year=month.year - 1))
    groups = _groups(rng, n, plan.GROUPS | {"age_band": plan.REGISTER_AGES})
    is_oldest = groups["age_band"] == list(plan.REGISTER_AGES).index("80_and_over")
    mean = np.where(is_added, plan.GROWTH_MEAN, plan.LAST_MEAN) + plan.OLDEST_HIGHER * is_oldest
    systolic = np.floor(mean + plan.LAST_SPREAD * rng.standard_normal(n))
    read = rng.random(n) < plan.READ
    target = np.where(is_oldest, plan.OLDEST_TARGET, plan.TARGET)
    return Register(
        groups,
        for_a_year & (is_added | (rng.random(n) < plan.A_YEAR)),
        rng.random(n) < plan.ON_TREATMENT,
        read,
        systolic,
        read & (systolic < target),
    )


def draw_helped(place: Place, month: dt.date, seed: int) -> npt.NDArray[np.int64]:
    """Draw how many people were helped in a month, by source in the order of the plan."""
    rng = stream(seed, "helped", place, month)
    n = round(size_of(place, plan.HELPED) * (1 + 0.1 * rng.standard_normal()))
    return np.bincount(_pick(rng, n, plan.HELP), minlength=len(plan.HELP))


def _groups(rng: np.random.Generator, n: int, shares: dict[str, dict[str, float]]) -> Groups:
    return {group_type: _pick(rng, n, parts) for group_type, parts in shares.items()}


def _pick(rng: np.random.Generator, n: int, shares: dict[str, float]) -> npt.NDArray[np.int64]:
    """Return for each of n people the number of the part they fall into."""
    ends = np.cumsum(list(shares.values()))
    return np.minimum(np.searchsorted(ends, rng.random(n), side="right"), len(shares) - 1)


def _chance_of_reach(place: Place, groups: Groups) -> Floats:
    """Return for each person the chance to be reached: the same for all but where some are reached least."""
    n = len(groups["sex"])
    if place.neighbourhood_id != plan.LEAST_REACHED:
        return np.full(n, plan.REACHED)
    chance = np.full(n, plan.OTHERS_REACHED)
    for (group_type, name), factor in plan.REACHED_LEAST.items():
        is_there = groups[group_type] == list(plan.GROUPS[group_type]).index(name)
        chance = np.where(is_there, chance * factor, chance)
    return chance


def _share_confirmed(place: Place, month: dt.date) -> float:
    """Return the share confirmed within 3 months of people offered confirmation."""
    if place.neighbourhood_id == plan.LEAK:
        return plan.LEAK_CONFIRMED
    if place.neighbourhood_id == plan.IMPROVED and month >= plan.IMPROVED_FROM:
        return plan.IMPROVED_CONFIRMED
    return plan.CONFIRMED


def _confirmed_after(rng: np.random.Generator, n: int, within_3_months: float) -> Floats:
    """Return months to confirmation, such that a share is confirmed within 3; infinite for never."""
    months, parts = ((0.0, *column) for column in zip(*plan.CONFIRMED_BY, strict=True))
    of_all = np.array(parts) * within_3_months / dict(plan.CONFIRMED_BY)[3.0]
    return np.interp(rng.random(n), of_all, months, right=np.inf)


def _next_step(rng: np.random.Generator, after: Floats, share: float) -> Floats:
    """Return when the next step was reached, by a share of those who reached this one: before the next follow-up."""
    ends = np.array(plan.FOLLOW_UPS, dtype=float)
    until = np.append(ends, np.inf)[np.searchsorted(ends, after, side="left")]
    wait = rng.random(len(after))
    is_next = (rng.random(len(after)) < share) & np.isfinite(until)
    out = np.full(len(after), np.inf)
    out[is_next] = after[is_next] + wait[is_next] * (until[is_next] - after[is_next])
    return out


def _added(place: Place, month: dt.date) -> int:
    """Return how many people the register has gained by the end of a month where it grows; 0 elsewhere."""
    if place.neighbourhood_id != plan.GROWTH:
        return 0
    begun = plan.GROWTH_FROM
    months = (month.year - begun.year) * 12 + month.month - begun.month + 1
    return round(plan.GROWTH_PEOPLE * min(max(months, 0), plan.GROWTH_MONTHS) / plan.GROWTH_MONTHS)
