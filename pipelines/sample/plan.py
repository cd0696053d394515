"""What is planted in the sample: frozen before anything is drawn, so that truth never follows from result.

Sizes are in steps, one step being the usual spread (standard deviation) of one point of that measure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipelines.vocabulary import Verdict

#: Monday of week 0, also the first day of a 4-week block counted from Monday 2024-01-01.
FIRST_WEEK = dt.date(2024, 11, 4)

#: Weeks in the sample; the last one begins on 2026-11-16.
N_WEEKS = 107

#: Weeks to a 4-week point.
BLOCK = 4

#: Nobody tests in the week of Christmas; the school gate also stands empty in the school holidays.
CHRISTMAS = (7, 59)
SCHOOL_HOLIDAYS = (8, 23, 24, 39, 40, 41, 42, 60, 74, 91, 92, 93, 94)

#: Weeks that single prototypes planned and missed, each with its gap in the log.
MISSED = {
    "saltmarsh_garage": (71, 73, 74, 77),
    "creekside_fridge_table": (31, 32, 66),
    "long_meadow_market": (14, 15, 66),
    "ashfield_barbers": (40,),
    "brook_end_phone_tree": (35, 66),
}

IMPROVED = str(Verdict.IMPROVED)
WORSENED = str(Verdict.WORSENED)
CHANGED = str(Verdict.CHANGED)
NO_EVIDENCE = str(Verdict.NO_EVIDENCE)
NOT_ENOUGH = str(Verdict.NOT_ENOUGH_DATA)
CHECK = str(Verdict.CHECK_THE_DATA)


@dataclass(frozen=True)
class Kind:
    """A kind of planted series.

    `steps` is the true change in the direction that is better, at a weekly point; `steps_4_week` the same for
    a 4-week point, of which a cycle has only three or four. `acceptable` are the verdicts that a careful
    reader could give. `noise` is plain, autocorrelated (lag-1 correlation .3) or overdispersed.
    """

    steps: float = 0.0
    steps_4_week: float = 0.0
    acceptable: tuple[str, ...] = (NO_EVIDENCE,)
    noise: str = "plain"
    season: float = 0.0
    ramp_weeks: int = 0
    spike: float = 0.0


KINDS = {
    "improvement": Kind(2.4, 3.6, (IMPROVED,)),
    "overlapping": Kind(2.4, 3.6, (IMPROVED,)),
    "moderate improvement": Kind(1.2, 1.8, (IMPROVED, NO_EVIDENCE)),
    "slow improvement": Kind(2.4, 3.6, (IMPROVED, NO_EVIDENCE), ramp_weeks=16),
    "worsening": Kind(-2.4, -3.6, (WORSENED,)),
    "change": Kind(2.4, 3.6, (CHANGED,)),
    "chance": Kind(),
    "autocorrelated": Kind(noise="autocorrelated"),
    "season": Kind(season=1.0),
    "overdispersed": Kind(noise="overdispersed"),
    "outlier": Kind(spike=5.0),
    "gaps": Kind(acceptable=(CHECK,)),
    "start-up": Kind(acceptable=(NOT_ENOUGH,)),
    "early cycle": Kind(acceptable=(NOT_ENOUGH, NO_EVIDENCE)),
    "abandoned": Kind(-1.2, -1.8, (WORSENED, NO_EVIDENCE)),
}


@dataclass(frozen=True)
class Model:
    """How the numbers of one measure come about.

    Parameters
    ----------
    shape
        count, measurement or proportion.
    level
        Usual value of a point: people, days, or a share of 0 to 1.
    spread
        Coefficient of variation of a weekly value (count, measurement), or of the denominator (proportion).
    numerator, denominator
        Items of the log. A proportion whose `denominator` another model draws uses that drawing.
    asked
        Usual weekly denominator (proportion only).
    at_most
        Item that the denominator cannot exceed, or None.
    weeks
        Weeks to a point: 1 or BLOCK.
    better
        +1 where up is better or neither is, -1 where down is.
    """

    shape: str
    level: float
    spread: float
    numerator: str
    denominator: str | None = None
    asked: float = 0.0
    at_most: str | None = None
    weeks: int = 1
    better: int = 1


#: By measure, in the order of drawing: a denominator or ceiling comes before what needs it.
MODELS = {
    "hypertension": {
        "bp_checked": Model("count", 41, 0.18, "bp_checked"),
        "said_yes": Model("proportion", 0.46, 0.14, "said_yes", "asked", 33, "bp_checked"),
        "days_to_follow_up": Model("measurement", 14.5, 0.24, "days_to_follow_up", better=-1),
        "to_target": Model("proportion", 0.64, 0.12, "to_target", "reviewed", 31, weeks=BLOCK),
        "gp_appointments": Model("count", 10, 0.27, "gp_appointments"),
    },
    "food": {
        "meal_guests": Model("count", 60, 0.16, "guests"),
        "came_back": Model("proportion", 0.53, 0.0, "came_back", "guests", 60),
        "someone_to_call_on": Model(
            "proportion", 0.47, 0.12, "someone_to_call_on", "asked_who_to_call", 31, "guests", weeks=BLOCK
        ),
    },
    "school_gate": {
        "parents_in_touch": Model("count", 48, 0.17, "parents_in_touch"),
        "offers_taken": Model("proportion", 0.44, 0.18, "offers_taken", "offers_made", 29),
        "less_alone": Model("proportion", 0.5, 0.14, "less_alone", "asked_less_alone", 30, weeks=BLOCK),
    },
}

#: Measures that a prototype chose not to take.
NOT_TAKEN = {("long_meadow_lunch", "someone_to_call_on")}

#: One unusual week outside any cycle: prototype, measure -> week, steps.
EVENTS = {
    ("saltmarsh_garage", "bp_checked"): (106, 4.5),
    ("creekside_gate", "parents_in_touch"): (46, 4.0),
    ("millpond_soup_night", "meal_guests"): (70, -3.5),
}

#: Series that no cycle is about, and are not pure chance either.
BACKGROUND = {
    ("long_meadow_market", "gp_appointments"): "autocorrelated",
    ("brook_end_gate", "less_alone"): "overdispersed",
    ("saltmarsh_garage", "gp_appointments"): "season",
}


@dataclass(frozen=True)
class CyclePlan:
    """One planted PDSA cycle.

    Parameters
    ----------
    measure_id
        The primary measure.
    kind
        Key of KINDS.
    start, weeks
        First week of Do and its length, in weeks. A cycle may run past the last week: it is open.
    foretold
        What the group foretold, in steps of one point in the direction that is better.
    decision, decided_after
        Decision and the days from the end of Do to it; an empty decision means none yet.
    keeps
        Whether the change stays after Do; otherwise the level goes back.
    question, learning
        In the group's words.
    """

    measure_id: str
    kind: str
    start: int
    weeks: int
    foretold: float
    decision: str
    decided_after: int
    keeps: bool
    question: str
    learning: str = ""

    @property
    def end(self) -> int:
        """First week after Do."""
        return self.start + self.weeks


def monday(week: int) -> dt.date:
    """Return the first day of a week number of the sample."""
    return FIRST_WEEK + dt.timedelta(weeks=week)
