"""What the Plan page asks the store: prototypes, the measures counted there, and how each stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard.components.cycle.view import Row, cycle_name, today
from dashboard.components.measures.view import measure_of_row
from dashboard.components.wording import capital, date, day, missing, rows_of
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.prediction_words import span
from dashboard.store import Store
from pipelines.measures import Measure
from pipelines.vocabulary import Domain, Period, Stage

#: Days of one point; those of a session depend on how often tests are held.
DAYS = {Period.WEEK: 7.0, Period.FOUR_WEEKS: 28.0, Period.MONTH: 365.25 / 12, Period.THIRTEEN_WEEKS: 91.0}


@dataclass(frozen=True)
class Home:
    """The prototype that is planned for: one that there is, or a new one that becomes it when the cycle is sealed."""

    prototype_id: str
    neighbourhood_id: str
    name: str
    theme: str | None = None
    is_new: bool = False
    stage: Stage | None = None
    reason: str = ""


@dataclass(frozen=True)
class Judged:
    """A measure that a cycle may be judged on, its chart's summary and points where it has any."""

    measure: Measure
    summary: Row | None = None
    points: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def style(self) -> NumberStyle:
        """How its values are written."""
        counted = bool(self.measure.counts) or self.measure.never_negative
        return NumberStyle.of(str(self.measure.kind), counted)

    @property
    def name(self) -> str:
        """Its name after its domain, as the list shows it."""
        return f"{Domain(self.measure.domain).capitalize()} · {self.measure.name}"

    @property
    def period(self) -> Period:
        """The width of one point: as charted, else as defined."""
        return Period(self.measure.period if self.summary is None else self.summary["period"])


def prototypes(store: Store) -> list[Row]:
    """Return the prototypes with the name of their neighbourhood, west to east."""
    places = {row["neighbourhood_id"]: (at, row["name"]) for at, row in enumerate(neighbourhoods(store))}
    rows = [
        row | {"neighbourhood": places[row["neighbourhood_id"]][1]}
        for row in rows_of(store.prototypes())
        if row["neighbourhood_id"] in places
    ]
    return sorted(rows, key=lambda row: places[row["neighbourhood_id"]][0])


def neighbourhoods(store: Store) -> list[Row]:
    """Return the neighbourhoods, west to east."""
    return rows_of(store.neighbourhoods())


def measures_for(store: Store, home: Home) -> list[Judged]:
    """Return the measures that are counted at a prototype, cause before effect, each with its chart where it has one."""
    summaries = {} if home.is_new else _summaries(store, home.prototype_id)
    measures = [measure_of_row(row, []) for row in rows_of(store.measures())]
    held = [
        one for one in measures if one.is_for(home.prototype_id, home.theme) or one.measure_id in summaries
    ]
    ids = [str(row["series_id"]) for row in summaries.values()]
    points = store.points_of(ids) if ids else {}
    return [
        Judged(one, summary, points.get(f"{one.measure_id}@{home.prototype_id}", pd.DataFrame()))
        for one in held
        for summary in [summaries.get(one.measure_id)]
    ]


def _summaries(store: Store, prototype_id: str) -> dict[str, Row]:
    return {str(row["measure_id"]): row for row in rows_of(store.summaries(prototype_id=prototype_id))}


def next_number(cycles: pd.DataFrame, prototype_id: str) -> int:
    """Return the number after the highest that a cycle of the prototype has."""
    numbers = [str(row["cycle_no"]) for row in rows_of(cycles) if row["prototype_id"] == prototype_id]
    return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1


def overlap_words(cycles: pd.DataFrame, prototype_id: str, start: dt.date | None, end: dt.date | None) -> str:
    """Say which cycles of the prototype run at the same time as the one that is planned; empty where none does."""
    if start is None or end is None:
        return ""
    names = [
        cycle_name(row).lower()
        for row in rows_of(cycles)
        if row["prototype_id"] == prototype_id
        and (date(row["do_start"]) or dt.date.max) <= end
        and (date(row["do_end"]) or dt.date.max) >= start
        and not missing(row["do_start"])
    ]
    if not names:
        return ""
    listed = " and ".join(names)
    return f"{capital(listed)} run{'s' * (len(names) == 1)} at the same time: what each of them does could not be told apart."


def free_id(wanted: str, taken: Sequence[Any]) -> str:
    """Return an id that nothing has yet."""
    held, number, free = {str(one) for one in taken}, 2, wanted
    while free in held:
        free, number = f"{wanted}_{number}", number + 1
    return free


def standing_words(judged: Judged) -> str:
    """Say where a measure stands: its last value and its usual range, or why neither can be told."""
    row, style = judged.summary, judged.style
    if row is None or missing(row["latest_on"]):
        if row is not None and row["is_hidden"]:
            return "Small numbers are held back here, so its values are not shown."
        return "Nothing has been counted for it here yet. Twelve settled points set its usual range."
    last = f"Last: {style.value_text(row['latest_value'])}, {day(row['latest_on'], year=True)}."
    if missing(row["lower_limit"]) or row["limits_state"] == "none":
        return f"{last} It has no usual range yet."
    rounded = " From rounded figures." if row["from_rounded"] else ""
    return f"{last} Usual range {span(float(row['lower_limit']), float(row['upper_limit']), style)}.{rounded}"


def periods_in(start: dt.date | None, end: dt.date | None, period: Period) -> int | None:
    """Return how many points Do would have; None where the days, or the spacing of sessions, do not tell."""
    if start is None or end is None or end < start or period not in DAYS:
        return None
    return int(((end - start).days + 1) // DAYS[period])


def next_monday(on: dt.date | None = None) -> dt.date:
    """Return the Monday after a day: after today where none is given."""
    start = on or today()
    return start + dt.timedelta(days=7 - start.weekday())
