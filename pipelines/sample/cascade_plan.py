"""What is planted in the sample's cascade counts: sizes, shares and four truths, fixed before anything is drawn.

Sizes after the design of the Hypertension page and what practices publish; everything that is not planted is the same
in all six neighbourhoods, so that differences between them are chance.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import NormalDist

from pipelines.sample.places import NEIGHBOURHOODS

#: First and last month of the cohorts.
FIRST_MONTH, LAST_MONTH = dt.date(2024, 12, 1), dt.date(2026, 10, 1)

#: Months after the end of LAST_MONTH at which the file was made: the sample ends on 22 November 2026.
KNOWN_AFTER = 0.7

#: Within how many months a step is counted after a check was offered.
FOLLOW_UPS = (3, 6, 12)

#: Residents of a usual neighbourhood; all sizes below are for one of this size.
USUAL_POPULATION = 36_500

#: People a month: eligible for a check, and helped by somebody to have or use one.
ELIGIBLE, HELPED = 2_500, 120

#: Of all residents: with high blood pressure by estimate, and on the register.
EXPECTED_SHARE, REGISTER_SHARE = 0.19, 0.13

#: Of people eligible, reached in a month; of people reached, measured; of those, read a second time at once.
REACHED, MEASURED, REPEATED = 0.072, 0.94, 0.78

#: Systolic pressure of people checked, mmHg: mean, spread between people, spread of one person's readings, the cut-off.
MEAN, BETWEEN, WITHIN, CUT_OFF = 128.0, 15.0, 10.0, 140.0

#: Of people raised, offered confirmation; of those, confirmed within 3 months.
OFFERED, CONFIRMED = 0.93, 0.55

#: Of people confirmed within a year, by when: 28 days, 3, 6 and 12 months.
CONFIRMED_BY = ((0.93, 0.46), (3.0, 0.84), (6.0, 0.93), (12.0, 1.0))

#: Of people confirmed, treated; of people treated, to target at once, and within another 3 months.
TREATED, TO_TARGET, TO_TARGET_LATER = 0.83, 0.60, 0.12

#: Of people raised, measured again before any treatment began.
MEASURED_AGAIN = 0.7

#: Of readings, those written down with a 0 at the end; one in ten were it read to the last digit.
ENDS_IN_ZERO = 0.17

#: Of people on the register: read in 12 months, treated, on it for a year or more.
READ, ON_TREATMENT, A_YEAR = 0.85, 0.90, 0.96

#: Last systolic of people on the register, mmHg: mean, spread; how much higher at 80 and over, whose target is too.
LAST_MEAN, LAST_SPREAD, OLDEST_HIGHER = 130.6, 13.0, 10.0
TARGET, OLDEST_TARGET = 140.0, 150.0
VERY_LOW = 100.0

#: Of people checked, where; of people confirmed, how.
CHECKED_AT = {"community": 0.5, "pharmacy": 0.3, "clinic": 0.2}
CONFIRMED_AT = {"home": 0.7, "ambulatory": 0.3}

#: Of people eligible, by group; two ethnic groups are very small.
GROUPS: dict[str, dict[str, float]] = {
    "deprivation_fifth": {"1": 0.2, "2": 0.2, "3": 0.2, "4": 0.2, "5": 0.2},
    "sex": {"female": 0.5, "male": 0.5},
    "age_band": {"18_39": 0.18, "40_59": 0.47, "60_79": 0.28, "80_and_over": 0.07},
    "ethnic_group": {
        "white_british": 0.33, "black_african": 0.22, "bangladeshi": 0.14, "pakistani": 0.11, "white_other": 0.12,
        "indian": 0.072, "arab": 0.006, "gypsy_or_traveller": 0.002,
    },
}  # fmt: skip

#: Of people on the register, by age: older than those eligible for a check.
REGISTER_AGES = {"18_39": 0.05, "40_59": 0.35, "60_79": 0.45, "80_and_over": 0.15}

#: Of people helped, by whom.
HELP = {"family": 0.30, "neighbours": 0.22, "groups": 0.23, "services": 0.25}

LEAK, IMPROVED, GROWTH, LEAST_REACHED = "ashfield", "brook_end", "creekside", "ashfield"

#: The share confirmed within 3 months of the leak, and where it improved, with the first month of it.
LEAK_CONFIRMED, IMPROVED_CONFIRMED, IMPROVED_FROM = 0.24, 0.75, dt.date(2025, 12, 1)

#: Where some are reached least: the share of the others, and what multiplies it for each of the two groups.
OTHERS_REACHED = 0.078
REACHED_LEAST = {("sex", "male"): 0.75, ("deprivation_fifth", "1"): 0.6}

#: The growing register: first month, months, people added in all, and their mean systolic: 36 % of them are to target, not 65 %.
GROWTH_FROM, GROWTH_MONTHS, GROWTH_PEOPLE, GROWTH_MEAN = dt.date(2025, 8, 1), 12, 1_300, 142.6


@dataclass(frozen=True)
class CascadeTruth:
    """One planted truth: a row of cascade_truth.csv.

    `true_share` is of `of_step`, 0 to 1, from `from_month` on, for people of the group; `usual_share` is that of the
    neighbourhoods (or months) in which nothing was planted.
    """

    neighbourhood_id: str
    kind: str
    step: str
    of_step: str
    follow_up_months: int | None
    group_type: str
    group: str
    from_month: dt.date
    true_share: float
    usual_share: float


def cascade_truths() -> tuple[CascadeTruth, ...]:
    """Return everything that is planted; what is not among it is chance alone."""
    of_offered = ("confirmed", "confirmation_offered", 3, "all", "all")
    usual = REACHED * MEASURED
    least = (
        CascadeTruth(
            LEAST_REACHED, "reached least", "measured", "eligible", None, *group, FIRST_MONTH,
            _reached_least(group) * MEASURED, usual,
        )
        for group in REACHED_LEAST
    )  # fmt: skip
    return (
        CascadeTruth(LEAK, "leak", *of_offered, FIRST_MONTH, LEAK_CONFIRMED, CONFIRMED),
        CascadeTruth(IMPROVED, "improvement", *of_offered, IMPROVED_FROM, IMPROVED_CONFIRMED, CONFIRMED),
        CascadeTruth(
            GROWTH, "register grows", "to_target", "on_register", None, "all", "all", dt.date(2026, 7, 1),
            _to_target_after_growth(), _to_target(LAST_MEAN),
        ),
        *least,
    )  # fmt: skip


def _reached_least(group: tuple[str, str]) -> float:
    """Return the share of a group that is reached, over the mix of the other groups in it."""
    share = OTHERS_REACHED * REACHED_LEAST[group]
    for (group_type, name), factor in REACHED_LEAST.items():
        if (group_type, name) != group:
            part = GROUPS[group_type][name]
            share *= 1 - part + part * factor
    return share


def _to_target(mean: float) -> float:
    """Return the share of a register that is read in 12 months and below the target of its age."""
    return READ * NormalDist(mean, LAST_SPREAD).cdf(TARGET)


def _to_target_after_growth() -> float:
    population = next(p.population for p in NEIGHBOURHOODS if p.neighbourhood_id == GROWTH)
    before = population * REGISTER_SHARE
    usual, added = before * _to_target(LAST_MEAN), GROWTH_PEOPLE * _to_target(GROWTH_MEAN)
    return (usual + added) / (before + GROWTH_PEOPLE)
