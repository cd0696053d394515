"""Which test is logged: prototype and cycle, remembered in the address, and what is counted there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components.measures.view import Place, measure_of_row, places_of
from dashboard.components.plain_text import label_words, shown
from dashboard.components.wording import date, missing, rows_of
from dashboard.store import Store
from pipelines.measures import Measure

NO_CYCLE = "none"

#: Places of earlier tests that are offered.
MOST_PLACES = 4


@dataclass(frozen=True)
class LogPlace:
    """Where a test belongs, and what is counted there.

    Attributes
    ----------
    place
        Prototype and neighbourhood.
    cycle
        The cycle's row as filed; None between cycles.
    measures
        The prototype's measures, in the order of reach, quality, impact, balancing.
    used
        Places of earlier tests, the latest first; none on a shared server.
    """

    place: Place
    cycle: Mapping[str, Any] | None
    measures: tuple[Measure, ...]
    used: tuple[str, ...]

    @property
    def primary(self) -> Measure | None:
        """The measure that the cycle is judged on."""
        wanted = self.cycle["primary_measure"] if self.cycle is not None else None
        return next((measure for measure in self.measures if measure.measure_id == wanted), None)

    @property
    def cycle_no(self) -> str | None:
        """The number of the cycle, as filed."""
        return None if self.cycle is None or missing(self.cycle["cycle_no"]) else str(self.cycle["cycle_no"])

    @property
    def where(self) -> str:
        """The neighbourhood, and the cycle where one is running."""
        cycle = f", cycle {shown(self.cycle_no, 20)}" if self.cycle_no else ""
        return f"{shown(self.place.neighbourhood)}{cycle}"

    @property
    def own_first(self) -> list[Measure]:
        """The measures, the one that the cycle is judged on first."""
        return sorted(self.measures, key=lambda measure: measure != self.primary)


def find(store: Store, today: dt.date) -> LogPlace | None:
    """Return the place in the address, or the first of the places where a test may be; None where there is no prototype."""
    places = running(store)
    prototype_id = context.choice("prototype", list(places))
    if prototype_id is None:
        return None
    place = places[prototype_id]
    cycles = cycles_of(store, prototype_id)
    cycle = cycles.get(str(context.choice("cycle", [*cycles, NO_CYCLE], _running_cycle(cycles, today))))
    measures = [
        measure
        for measure in (measure_of_row(row, ()) for row in rows_of(store.measures()))
        if measure.is_for(prototype_id, place.theme) and measure.is_logged
    ]
    return LogPlace(place, cycle, tuple(measures), tuple(store.places_used(prototype_id, MOST_PLACES)))


def running(store: Store) -> dict[str, Place]:
    """Return the prototypes that have not stopped, west to east."""
    stopped = {row["prototype_id"] for row in rows_of(store.prototypes()) if row["stage"] == "stopped"}
    return {place.prototype_id: place for place in places_of(store) if place.prototype_id not in stopped}


def cycles_of(store: Store, prototype_id: str) -> dict[str, dict[str, Any]]:
    """Return the cycles of a prototype that may have tests, by id: those that nobody has decided on."""
    rows = rows_of(store.cycles(prototype_id))
    return {str(row["cycle_id"]): row for row in rows if missing(row["decision"])}


def _running_cycle(cycles: Mapping[str, Mapping[str, Any]], today: dt.date) -> str:
    """Return the id of the cycle whose Do a day lies in, the last begun where there are several."""
    inside = [
        cycle_id
        for cycle_id, row in cycles.items()
        if (date(row["do_start"]) or dt.date.max) <= today <= (date(row["do_end"]) or dt.date.max)
    ]
    return inside[-1] if inside else NO_CYCLE


def change(store: Store, now: LogPlace) -> None:
    """Show the choices of prototype and cycle, folded behind one button."""
    with st.popover("Change", key="log_change"):
        places = running(store)
        names = {key: f"{shown(one.neighbourhood)}: {shown(one.prototype)}" for key, one in places.items()}
        context.select("Prototype", "prototype", names)
        cycles = cycles_of(store, now.place.prototype_id)
        words = {key: _cycle_words(row) for key, row in cycles.items()} | {NO_CYCLE: "No cycle is running"}
        default = str(now.cycle["cycle_id"]) if now.cycle is not None else NO_CYCLE
        context.select("Cycle", "cycle", words, default=default)


def _cycle_words(row: Mapping[str, Any]) -> str:
    number = "" if missing(row["cycle_no"]) else f"Cycle {label_words(row['cycle_no'], 20)}: "
    return f"{number}{shown(row['question'], 60)}"
