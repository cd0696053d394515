"""The words of cascade_counts.csv: its columns, what may be counted, of what each count is a part, and the groups."""

from __future__ import annotations

import re

from pipelines.measures import CASCADE
from pipelines.vocabulary import CascadeStep, GroupType, Setting

#: Names of the file in a data folder; the first that is there is read.
FILES = ("cascade_counts.csv", "cascade_counts.xlsx")

#: Word of the reader on the load log.
READER = "cascade_counts"

COLUMNS = (
    "neighbourhood_id", "cohort_month", "step", "follow_up_months", "group_type", "group", "setting", "count",
)  # fmt: skip

#: A column that may be left out.
OPTIONAL = ("prototype_id",)

#: Counts beside the ten steps.
BESIDE = (
    "eligible", "repeat_taken", "confirmed_in_28_days", "readings", "ends_in_zero", "systolic_readings",
    "systolic_total", "very_low", "on_register_12_months", "to_target_12_months", "first_systolic_readings",
    "first_systolic_total", "later_systolic_readings", "later_systolic_total", "helped",
)  # fmt: skip

STEPS = (*map(str, CascadeStep), *BESIDE)

#: Sums of readings in mmHg: the only counts that need not be whole.
TOTALS = tuple(step for step in STEPS if step.endswith("_total"))

#: Who helped is told of the people who were helped, and of no other step.
HELPED = "helped"

FOLLOW_UPS = (0, 3, 6, 12)

#: Groups whose names are fixed; an ethnic group is any code in small letters.
GROUPS: dict[str, tuple[str, ...]] = {
    GroupType.ALL: ("all",),
    GroupType.DEPRIVATION_FIFTH: ("1", "2", "3", "4", "5"),
    GroupType.SEX: ("female", "male"),
    GroupType.AGE_BAND: ("18_39", "40_59", "60_79", "80_and_over"),
    GroupType.HELP_SOURCE: ("family", "neighbours", "groups", "services"),
}

ETHNIC_GROUP = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")

GROUP_TYPES = tuple(map(str, GroupType))

SETTINGS = tuple(map(str, Setting))

#: Of what each count is a part, at the check or in the month: it cannot be larger.
PART_OF = {
    "measured": ("eligible", "reached"),
    "repeat_taken": ("measured",),
    "raised": ("measured",),
    "confirmation_offered": ("raised",),
    "confirmed_in_28_days": ("raised",),
    "ends_in_zero": ("readings",),
    "treated": ("on_register",),
    "read_in_12_months": ("on_register",),
    "to_target": ("read_in_12_months", "on_register"),
    "on_register_12_months": ("on_register",),
    "to_target_12_months": ("on_register_12_months", "to_target"),
    "very_low": ("treated",),
}

#: The same of a cohort followed for some months, the nearest step first.
PART_OF_COHORT = {
    "reached": (),
    "measured": ("reached",),
    "raised": ("measured", "reached"),
    "confirmation_offered": ("raised", "measured", "reached"),
    "confirmed": ("confirmation_offered", "raised", "measured", "reached"),
    "treated": ("confirmed", "confirmation_offered", "raised", "measured", "reached"),
    "to_target": ("treated", "confirmed", "confirmation_offered", "raised", "measured", "reached"),
}


def item_of(step: str, follow_up_months: int | None, setting: str) -> str:
    """Return the item of a count: ``cascade_confirmed_3m``, ``cascade_raised_at_pharmacy``."""
    where = "" if setting == Setting.ALL else f"_at_{setting}"
    within = f"_{follow_up_months}m" if follow_up_months else ""
    return f"{CASCADE}{step}{where}{within}"
