"""The sample's cascade_counts.csv, and cascade_truth.csv beside it: people counted by month, step and group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.sample import cascade_plan as plan
from pipelines.sample.cascade_people import (
    Bools,
    Cohort,
    Floats,
    Groups,
    Register,
    draw_cohort,
    draw_helped,
    draw_register,
    size_of,
)
from pipelines.sample.places import NEIGHBOURHOODS, Place, Site

COLUMNS = (
    "neighbourhood_id", "prototype_id", "cohort_month", "step", "follow_up_months", "group_type", "group", "setting",
    "count",
)  # fmt: skip

TRUTH_COLUMNS = (
    "neighbourhood_id", "kind", "step", "of_step", "follow_up_months", "group_type", "group", "from_month",
    "true_share", "usual_share",
)  # fmt: skip

#: Steps that are told by group: who is reached, who is confirmed soon, who is to target.
BY_GROUP = ("eligible", "measured", "raised", "confirmed_in_28_days", "on_register", "to_target")

#: Months with the register by group: the last of a quarter.
QUARTER_ENDS = (3, 6, 9, 12)

#: 28 days in months.
DAYS_28 = 28 / (365.25 / 12)


@dataclass(frozen=True)
class Line:
    """One line of the file below its neighbourhood and month."""

    step: str
    count: int
    follow_up_months: int | None = None
    group_type: str = "all"
    group: str = "all"
    setting: str = "all"


def months() -> tuple[dt.date, ...]:
    """Return the first day of each month of the cohorts."""
    first, last = (day.year * 12 + day.month - 1 for day in (plan.FIRST_MONTH, plan.LAST_MONTH))
    return tuple(dt.date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1))


def cascade_lines(chosen: Sequence[Site], seed: int) -> Iterator[tuple[object, ...]]:
    """Yield the lines of cascade_counts.csv, as `COLUMNS`.

    Parameters
    ----------
    chosen
        The prototypes of the sample; the first one of theme hypertension of each neighbourhood has the counts.
    seed
        Any whole number from 0; the same seed gives the same lines.
    """
    homes = {
        site.neighbourhood_id: site.prototype_id for site in reversed(chosen) if site.theme == "hypertension"
    }
    for place in NEIGHBOURHOODS:
        for month in months() if place.neighbourhood_id in homes else ():
            for one in lines_of(place, month, seed):
                yield (
                    place.neighbourhood_id, homes[place.neighbourhood_id], f"{month:%Y-%m}", one.step,
                    "" if one.follow_up_months is None else one.follow_up_months, one.group_type, one.group,
                    one.setting, one.count,
                )  # fmt: skip


def truth_lines() -> Iterator[tuple[object, ...]]:
    """Yield the lines of cascade_truth.csv, as `TRUTH_COLUMNS`."""
    for one in plan.cascade_truths():
        follow_up = "" if one.follow_up_months is None else one.follow_up_months
        yield (
            one.neighbourhood_id, one.kind, one.step, one.of_step, follow_up, one.group_type, one.group,
            f"{one.from_month:%Y-%m}", f"{one.true_share:.3f}", f"{one.usual_share:.3f}",
        )  # fmt: skip


def lines_of(place: Place, month: dt.date, seed: int) -> list[Line]:
    """Return every count of one neighbourhood and month."""
    cohort, register = draw_cohort(place, month, seed), draw_register(place, month, seed)
    return [
        Line("expected", round(size_of(place, plan.USUAL_POPULATION * plan.EXPECTED_SHARE))),
        *_checked(cohort),
        *_followed(cohort, month),
        *_readings(cohort),
        *_registered(register, month),
        *_helped(draw_helped(place, month, seed)),
    ]


def _count(step: str, who: Bools, groups: Groups, names: dict[str, dict[str, float]]) -> list[Line]:
    """Return how many people a step has: everybody and, where it is told by group, each group."""
    lines = [Line(step, int(who.sum()))]
    for group_type, numbers in groups.items() if step in BY_GROUP else ():
        counts = np.bincount(numbers[who], minlength=len(names[group_type]))
        lines += [
            Line(step, int(n), group_type=group_type, group=group)
            for group, n in zip(names[group_type], counts, strict=True)
        ]
    return lines


def _checked(cohort: Cohort) -> list[Line]:
    """Return the counts of the check itself."""
    steps = {
        "eligible": np.ones(len(cohort.reached), dtype=bool),
        "reached": cohort.reached,
        "measured": cohort.measured,
        "repeat_taken": cohort.repeated,
        "raised": cohort.raised,
        "confirmation_offered": cohort.offered,
        "confirmed_in_28_days": cohort.confirmed_after <= DAYS_28,
    }
    lines = [line for step, who in steps.items() for line in _count(step, who, cohort.groups, plan.GROUPS)]
    for number, setting in enumerate(plan.CHECKED_AT):
        here = cohort.checked_at == number
        lines.append(Line("measured", int((cohort.measured & here).sum()), setting=setting))
        lines.append(Line("raised", int((cohort.raised & here).sum()), setting=setting))
    return lines


def _followed(cohort: Cohort, month: dt.date) -> list[Line]:
    """Return how many of the cohort reached the later steps within 3, 6 and 12 months, as far as the file knows."""
    last = plan.LAST_MONTH
    known = (last.year - month.year) * 12 + last.month - month.month + plan.KNOWN_AFTER
    steps = {
        "confirmed": cohort.confirmed_after,
        "treated": cohort.treated_after,
        "to_target": cohort.to_target_after,
    }
    lines = []
    for within in plan.FOLLOW_UPS:
        until = min(within, known)
        lines += [Line(step, int((after <= until).sum()), within) for step, after in steps.items()]
        for number, setting in enumerate(plan.CONFIRMED_AT):
            here = (cohort.confirmed_after <= until) & (cohort.confirmed_at == number)
            lines.append(Line("confirmed", int(here.sum()), within, setting=setting))
    return lines


def _readings(cohort: Cohort) -> list[Line]:
    """Return what is counted about the readings of the checks: how they end, and of people raised their sums."""
    zeros = (cohort.measured & cohort.ends_in_zero).sum() + (
        cohort.repeated & cohort.ends_in_zero_again
    ).sum()
    return [
        Line("readings", int(cohort.measured.sum() + cohort.repeated.sum())),
        Line("ends_in_zero", int(zeros)),
        *_sums("first_systolic", cohort.first, cohort.raised),
        *_sums("later_systolic", cohort.later, cohort.measured_again),
    ]


def _sums(what: str, values: Floats, who: Bools) -> list[Line]:
    return [Line(f"{what}_readings", int(who.sum())), Line(f"{what}_total", int(values[who].sum()))]


def _registered(register: Register, month: dt.date) -> list[Line]:
    """Return the counts of the register at the end of the month; by group at the end of a quarter."""
    groups = register.groups if month.month in QUARTER_ENDS else {}
    names = plan.GROUPS | {"age_band": plan.REGISTER_AGES}
    very_low = register.treated & register.read & (register.systolic <= plan.VERY_LOW)
    steps = {
        "on_register": np.ones(len(register.read), dtype=bool),
        "treated": register.treated,
        "read_in_12_months": register.read,
        "to_target": register.to_target,
        "on_register_12_months": register.a_year,
        "to_target_12_months": register.to_target & register.a_year,
        "very_low": very_low,
    }
    lines = [line for step, who in steps.items() for line in _count(step, who, groups, names)]
    return lines + _sums("systolic", register.systolic, register.read)


def _helped(by_source: npt.NDArray[np.int64]) -> list[Line]:
    return [
        Line("helped", int(by_source.sum())),
        *(
            Line("helped", int(n), group_type="help_source", group=source)
            for source, n in zip(plan.HELP, by_source, strict=True)
        ),
    ]
