"""A small cascade_counts.csv to spoil, and where it may speak of."""

from __future__ import annotations

import datetime as dt

from pipelines.sources.cascade.owners import Owners, owners_of
from pipelines.sources.cascade.reading import ReadCascade, read_cascade
from pipelines.sources.tables import Neighbourhood, Prototype

TODAY = dt.date(2026, 11, 22)
HEADING = "neighbourhood_id,cohort_month,step,follow_up_months,group_type,group,setting,count"

PLACES = (
    Neighbourhood("ash", "Ashfield", 1),
    Neighbourhood("elm", "Elm Park", 2),
    Neighbourhood("oak", "Oak", 3),
)

#: Ashfield has one prototype of hypertension, Elm Park none, Oak two.
PROTOTYPES = (
    Prototype("ash-bp", "ash", "Checks", "hypertension"),
    Prototype("ash-soup", "ash", "Soup", "food"),
    Prototype("elm-walk", "elm", "Walks", "food"),
    Prototype("oak-bp", "oak", "Checks", "hypertension"),
    Prototype("oak-bp-2", "oak", "More checks", "hypertension"),
)


def owners() -> Owners:
    return owners_of(PLACES, PROTOTYPES)


def read(*lines: str, heading: str = HEADING) -> ReadCascade:
    """Read some lines below a heading; the first of them is line 2."""
    content = "\n".join((heading, *lines, "")).encode()
    return read_cascade(content, "cascade_counts.csv", owners(), TODAY)


def line(
    step: str = "measured",
    count: object = 12,
    month: str = "2026-04",
    follow_up: object = "",
    group_type: str = "all",
    group: str = "all",
    setting: str = "all",
    place: str = "ash",
) -> str:
    return f"{place},{month},{step},{follow_up},{group_type},{group},{setting},{count}"


def told(found: ReadCascade) -> list[tuple[int | None, str | None, str | None, str]]:
    """Return line, column, value and effect of each fault."""
    return [(f.line, f.column, f.value, str(f.effect)) for f in found.ledger.faults]
