"""Which share stands for which step of the cascade, and what follows from how it is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.measures import Measure
from pipelines.vocabulary import Better, CascadeStep, Domain

ORDER = (*CascadeStep,)

#: `cascade_confirmed_3m` is the step confirmed, reached within 3 months of the check.
ITEM = re.compile(r"^cascade_(?P<step>[a-z_]+?(?:_12_months)?)(?:_(?P<months>\d+)m)?$")


def follow_up_months(item: str | None) -> int | None:
    """Return within how many months of the check an item was reached; None where it is a count of its own month."""
    found = ITEM.match(item or "")
    return int(found["months"]) if found and found["months"] else None


def step_of(item: str | None) -> CascadeStep | None:
    """Return the step that an item of the cascade counts; None for other items and for counts beside the steps."""
    found = ITEM.match(item or "")
    return CascadeStep(found["step"]) if found and found["step"] in ORDER else None


def can_be_lost(measure: Measure) -> bool:
    """Whether those who do not come through are lost: not where neither way is better, as of a reading in range."""
    return measure.better == Better.UP


def can_leak(measure: Measure) -> bool:
    """Whether people more can be told at the pooled share: a step of people counted, not of an estimate of them."""
    begins = step_of(measure.denominator)
    return measure.cascade_step is not None and can_be_lost(measure) and begins != CascadeStep.EXPECTED


def is_stock(measure: Measure) -> bool:
    """Whether its points hold the same people again and again, so that only the latest speaks of now."""
    return measure.arrives == "rolling"


def is_after_raised(measure: Measure) -> bool:
    """Whether it begins with people whose raised reading is known: only these are lost to care, not to a check."""
    begins = step_of(measure.denominator)
    has_begun = begins is not None and ORDER.index(begins) >= ORDER.index(CascadeStep.RAISED)
    return measure.cascade_step is not None and has_begun


def in_order(measures: Iterable[Measure]) -> list[Measure]:
    """Return the steps of the check in their order, then those of the register, then other measures by domain."""

    def place(measure: Measure) -> tuple[int, int, int, str]:
        if measure.cascade_step is None:
            return 2, [*Domain].index(measure.domain), measure.display_order, measure.measure_id
        step = ORDER.index(measure.cascade_step)
        return int(is_stock(measure)), step, measure.display_order, measure.measure_id

    return sorted(measures, key=place)
