"""What is asked of groups of people, which groups there are, and over which half-years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.vocabulary import CascadeStep, GroupType

#: Months from which half-years begin: April and October.
FIRST_MONTHS = (4, 10)
MONTHS = 6

HELP = "help"
HELPED = "helped"
#: All help but that of services: what is meant by family, neighbours and groups doing most of it.
NOT_SERVICES = "not_services"
SERVICES = "services"

#: Groups that have an order of their own; others stand as they were first seen.
ORDERED: Mapping[str, Sequence[str]] = {
    GroupType.DEPRIVATION_FIFTH: ("1", "2", "3", "4", "5"),
    GroupType.SEX: ("female", "male"),
    GroupType.AGE_BAND: ("18_39", "40_59", "60_79", "80_and_over"),
    GroupType.HELP_SOURCE: (NOT_SERVICES, "family", "neighbours", "groups", SERVICES),
}
#: Kinds of groups of people in the order in which they are shown.
KINDS = (GroupType.DEPRIVATION_FIFTH, GroupType.SEX, GroupType.AGE_BAND, GroupType.ETHNIC_GROUP)


@dataclass(frozen=True)
class Question:
    """A share that is asked of every group: how many of `whole` came as far as `part`.

    `is_stock` where both count people on a day, so that only the last month of a half-year speaks for it.
    """

    name: str
    label: str
    part: str
    whole: str
    kinds: tuple[str, ...] = KINDS
    is_stock: bool = False


QUESTIONS = (
    Question("reach", "Measured, of people due for a check", CascadeStep.MEASURED, "eligible"),
    Question("quality", "Confirmed in 28 days, of people raised", "confirmed_in_28_days", CascadeStep.RAISED),
    Question(
        "impact",
        "To target, of people on the register",
        CascadeStep.TO_TARGET,
        CascadeStep.ON_REGISTER,
        is_stock=True,
    ),
    Question(HELP, "Who helped, of all help counted", HELPED, HELPED, (GroupType.HELP_SOURCE,)),
)


@dataclass(frozen=True, order=True)
class HalfYear:
    """April to September, or October to March, by its first day."""

    start: dt.date

    @property
    def months(self) -> tuple[dt.date, ...]:
        """First days of its six months."""
        return tuple(_later(self.start, by) for by in range(MONTHS))

    @property
    def end(self) -> dt.date:
        """Its last day."""
        return _later(self.start, MONTHS) - dt.timedelta(days=1)


def whole_half_years(months: Iterable[dt.date]) -> list[HalfYear]:
    """Return the half-years that lie wholly between the first and the last month counted, in order."""
    counted = sorted(set(months))
    if not counted:
        return []
    years = range(counted[0].year - 1, counted[-1].year + 1)
    halves = (HalfYear(dt.date(year, month, 1)) for year in years for month in FIRST_MONTHS)
    return [half for half in halves if counted[0] <= half.start and half.months[-1] <= counted[-1]]


def _later(month: dt.date, by: int) -> dt.date:
    at = month.month - 1 + by
    return dt.date(month.year + at // 12, at % 12 + 1, 1)


def in_order(kind: str, groups: Iterable[str]) -> list[str]:
    """Return groups of one kind in their fixed order; what has none stands behind, as it was first seen."""
    found = list(dict.fromkeys(groups))
    known = ORDERED.get(kind, ())
    return [one for one in known if one in found] + [one for one in found if one not in known]
