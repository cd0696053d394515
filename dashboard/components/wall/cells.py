"""The cells of the wall before they are drawn: the state of each, its sentence and its small words.

Nothing is worked out from values here: states, rules and sentences are published columns; this module sorts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from dashboard.components.wording import date, day, missing, rows_of
from pipelines.vocabulary import POINTS_FOR_ICON, Period, Variation, WhyNoLimits

#: Days of one period; a point older than two of them (after its reporting lag) is old.
PERIOD_DAYS = {Period.WEEK: 7, Period.FOUR_WEEKS: 28, Period.MONTH: 31, Period.THIRTEEN_WEEKS: 91}

UNIT_DAYS = {"session": 7, "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 31, "months": 31}

WHY_NO_ICON = {
    WhyNoLimits.START_UP: "starting up",
    WhyNoLimits.RUN_CHART: "run chart",
    WhyNoLimits.ROLLING: "rolling figure",
    WhyNoLimits.ROUNDED: "rounded figures",
    WhyNoLimits.REDEFINED: "definition changed",
    WhyNoLimits.SPARSE: "too sparse",
    WhyNoLimits.NO_DATA: "no data",
}


class State(StrEnum):
    """What a cell says; the first four carry a variation icon."""

    BETTER = "better"
    WORSE = "worse"
    CHANGED = "changed"
    USUAL = "usual"
    TOO_FEW = "too few"
    NO_ICON = "no icon"
    OLD = "old"
    HIDDEN = "hidden"
    NO_DATA = "no data"


SIGNALS = (State.BETTER, State.WORSE, State.CHANGED)
TOLD = (*SIGNALS, State.USUAL)

STATE_OF = {
    Variation.IMPROVEMENT_HIGH: State.BETTER,
    Variation.IMPROVEMENT_LOW: State.BETTER,
    Variation.CONCERN_HIGH: State.WORSE,
    Variation.CONCERN_LOW: State.WORSE,
    Variation.NEUTRAL_HIGH: State.CHANGED,
    Variation.NEUTRAL_LOW: State.CHANGED,
    Variation.COMMON_CAUSE: State.USUAL,
    Variation.TOO_FEW: State.TOO_FEW,
    Variation.NONE: State.NO_ICON,
}


@dataclass(frozen=True)
class Cell:
    """One neighbourhood and measure. `row` is the series chosen for it, or None; `reason` the small words under it."""

    neighbourhood_id: str
    place: str
    measure_id: str
    measure: str
    state: State
    sentence: str
    reason: str = ""
    row: Mapping[str, Any] | None = None
    others: int = 0
    news: int | None = None


def make_cells(
    places: pd.DataFrame, columns: pd.DataFrame, wall: pd.DataFrame, prototypes: pd.DataFrame, until: dt.date
) -> list[Cell]:
    """Return every cell of the wall, row by row: one for each neighbourhood and measure, whatever is known of it."""
    rows = {(row["neighbourhood_id"], row["measure_id"]): row for row in rows_of(wall)}
    return [
        _cell(place, measure, rows.get((place["neighbourhood_id"], measure["measure_id"])), prototypes, until)
        for place in rows_of(places)
        for measure in rows_of(columns)
    ]


def _cell(
    place: Mapping[str, Any],
    measure: Mapping[str, Any],
    row: Mapping[str, Any] | None,
    prototypes: pd.DataFrame,
    until: dt.date,
) -> Cell:
    names = (place["neighbourhood_id"], place["name"], measure["measure_id"], measure["short_name"])
    start = f"{place['name']}, {measure['short_name']}: "
    if row is None:
        reason = why_no_chart(measure, prototypes[prototypes["neighbourhood_id"] == names[0]], until)
        return Cell(*names, State.NO_DATA, f"{start}no data. {reason}.", reason)
    state, reason = state_of(row, until)
    return Cell(*names, state, start + str(row["sentence_short"]), reason, row, int(row["n_series"]) - 1)


def state_of(row: Mapping[str, Any], until: dt.date) -> tuple[State, str]:
    """Return the state of a cell and its small words, from its row of the mart."""
    if row["is_hidden"] or (missing(row["latest_value"]) and row["n_hidden"]):
        return State.HIDDEN, "Small numbers"
    if missing(row["latest_value"]):
        return State.NO_DATA, "No test yet"
    if is_old(row, until):
        return State.OLD, f"last: {day(row['latest_on'])}"
    state = STATE_OF[Variation(row["variation"])]
    if state == State.TOO_FEW and row["n_points"] < POINTS_FOR_ICON:
        return state, f"{row['n_points']} of {POINTS_FOR_ICON}"
    if state in (State.TOO_FEW, State.NO_ICON):
        why = row["why_no_limits"]
        return state, "" if missing(why) else WHY_NO_ICON[WhyNoLimits(why)]
    return state, ""


def is_old(row: Mapping[str, Any], until: dt.date) -> bool:
    """Whether the latest point ended over two periods (and the measure's reporting lag) before the data does."""
    latest = date(row["latest_on"])
    if latest is None or row["period"] == Period.WHOLE:
        return False
    period = PERIOD_DAYS.get(row["period"]) or spacing_days(row["planned_every"])
    begun = 0 if row["period"] == Period.SESSION else period
    return (until - latest).days > begun + 2 * period + int(row["lag_days"])


def spacing_days(planned_every: Any) -> int:
    """Return the days between planned tests, e.g. 14 for ``2 weeks``; a week where nothing is planned."""
    if missing(planned_every):
        return 7
    *number, unit = str(planned_every).split()
    if unit in list(PERIOD_DAYS):
        return PERIOD_DAYS[Period(unit)]
    return int(number[0] if number else 1) * UNIT_DAYS.get(unit, 7)


def why_no_chart(measure: Mapping[str, Any], prototypes: pd.DataFrame, until: dt.date) -> str:
    """Say why a neighbourhood has no chart of a measure: not yet started, nothing counted, or not measured."""
    mine = [row for row in rows_of(prototypes) if applies(str(measure["prototypes"]), row)]
    starts = [on for row in mine if (on := date(row["started_on"])) is not None and on > until]
    if starts:
        return f"Starts {min(starts):%B}"
    return "No test yet" if mine else "Not measured here"


def applies(prototypes: str, prototype: Mapping[str, Any]) -> bool:
    """Whether a measure's list of prototypes (``*``, ``theme:food``, or ids) names a prototype."""
    named = [name.strip() for name in prototypes.split(",")]
    return "*" in named or prototype["prototype_id"] in named or f"theme:{prototype['theme']}" in named
