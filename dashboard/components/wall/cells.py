"""What the wall says, before it is drawn: which measures, the state of each cell, the headline, what is new.

Nothing is worked out from values here: states, rules and sentences are published columns; this module sorts and counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from dashboard.components import chance
from dashboard.components.wording import capital, count, date, day, missing, rows_of
from pipelines.vocabulary import POINTS_FOR_ICON, Domain, Period, Rule, Variation, WhyNoLimits

#: Most columns of the wall at once, and most of one domain.
MOST_COLUMNS, MOST_OF_A_DOMAIN = 6, 2

WALL_DOMAINS = (Domain.REACH, Domain.QUALITY, Domain.IMPACT)

#: Themes with a page of their own: its name and the words of the link to it. The wall shows two measures of each of their
#: domains; all others stand on the page.
THEME_PAGES = {"hypertension": ("hypertension", "Hypertension in ten minutes: where are people lost?")}

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


def pick_measures(measures: pd.DataFrame, wanted: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the columns of the wall, at most six.

    Without `wanted`, two of each of reach, quality and impact among those marked for the wall; with it, the measures
    named, in the same order of domains.
    """
    if wanted is not None:
        return measures[measures["measure_id"].isin(list(wanted))].head(MOST_COLUMNS)
    marked = measures[measures["wall"] & measures["domain"].isin(WALL_DOMAINS)]
    return marked.groupby("domain", sort=False).head(MOST_OF_A_DOMAIN).head(MOST_COLUMNS)


def views(measures: pd.DataFrame, themes: pd.DataFrame) -> dict[str, list[str]]:
    """Return what else the wall can show: the measures of each theme of prototypes, six at a time.

    A theme with a page of its own has one view.
    """
    offered: dict[str, list[str]] = {}
    for theme, rows in themes.groupby("theme", sort=True):
        held = measures[measures["measure_id"].isin(set(rows["measure_id"]))]
        ids = list(held["measure_id"])
        if theme in THEME_PAGES and len(ids) > MOST_COLUMNS:
            offered[str(theme)] = _two_of_each_domain(held)
            continue
        for part, start in enumerate(range(0, len(ids), MOST_COLUMNS), start=1):
            name = str(theme) if part == 1 else f"{theme}, more" if part == 2 else f"{theme}, more {part - 1}"
            offered[name] = ids[start : start + MOST_COLUMNS]
    return offered


def _two_of_each_domain(measures: pd.DataFrame) -> list[str]:
    """Return two measures of each of reach, quality and impact, those marked for the wall first."""
    first = measures[measures["domain"].isin(WALL_DOMAINS)].sort_values(
        "wall", ascending=False, kind="stable"
    )
    kept = set(first.groupby("domain", sort=False).head(MOST_OF_A_DOMAIN)["measure_id"])
    return [str(name) for name in measures["measure_id"] if name in kept]


def theme_of(view: str | None) -> str | None:
    """Return the theme a view shows: ``food`` of ``food, more``; None for the wall itself."""
    return None if view is None else re.sub(r", more( \d+)?$", "", view)


def with_targets(columns: pd.DataFrame, targets: pd.DataFrame, until: dt.date) -> list[dict[str, Any]]:
    """Return the columns with the `target` that holds when the data ends; None where none does."""
    held = {row["measure_id"]: row["value"] for row in rows_of(targets) if _begun(row["from_on"], until)}
    return [column | {"target": held.get(column["measure_id"])} for column in rows_of(columns)]


def _begun(from_on: Any, until: dt.date) -> bool:
    on = date(from_on)
    return on is not None and on <= until


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


def headline(cells: Sequence[Cell]) -> str:
    """Return the sentence over the wall, which counts every cell once."""
    counted = {state: sum(cell.state == state for cell in cells) for state in State}
    signals = [(counted[state], state.value) for state in SIGNALS if counted[state]]
    unsure = len(cells) - sum(counted[state] for state in TOLD)
    if signals:
        (first, word), *rest = signals
        noun = "measure" if first == 1 else "measures"
        parts = [f"{count(first)} {noun} {word}", *(f"{count(number)} {word}" for number, word in rest)]
        opening = capital(", ".join(parts))
    else:
        opening = "No measure shows a signal"
    calm = [f"{count(counted[State.USUAL])} as usual"] if counted[State.USUAL] else []
    calm += [f"{count(unsure)} cannot yet tell"] if unsure else []
    return f"{opening}. {capital('; '.join(calm))}." if calm else f"{opening}."


def chance_line(cells: Sequence[Cell]) -> tuple[str, str]:
    """Return how many charts of the wall show a signal, and how many chance alone would."""
    told = [cell for cell in cells if cell.state in TOLD and cell.row is not None]
    signals = sum(cell.state in SIGNALS for cell in told)
    return chance.chance_line(
        signals, [cell.row["false_alarm_rate"] for cell in told if cell.row is not None]
    )


def began_on(points: pd.DataFrame) -> dt.date | None:
    """Return the day on which the signal that holds at the latest point first showed; None where none holds.

    A run or a trend colours all its points at once when the seventh comes, so it shows from the seventh on.
    """
    seen = points[points["value"].notna()]
    if seen.empty or seen["rule"].isna().iloc[-1]:
        return None
    same = (seen["point_type"] == seen["point_type"].iloc[-1]).tolist()
    length = next((back for back, said in enumerate(reversed(same)) if not said), len(same))
    run = seen.iloc[-length:]
    late = 6 if run["rule"].iloc[0] in (Rule.SHIFT, Rule.TREND, Rule.LONG_RUN) else 0
    return date(run["period_start"].iloc[min(late, length - 1)])
