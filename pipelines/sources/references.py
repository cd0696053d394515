"""The three tables that logs refer to: neighbourhoods, prototypes, PDSA cycles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from pipelines.measures import PLANNED_EVERY, Measure
from pipelines.sources import personal
from pipelines.sources.logs.identities import unknown_id
from pipelines.sources.rows import Row
from pipelines.sources.tables import Cycle, Neighbourhood, Prototype
from pipelines.vocabulary import Decision, Stage


def neighbourhood_maker() -> Callable[[Row], Neighbourhood]:
    """Return a function from a line of neighbourhoods.csv to a row."""
    taken: set[str] = set()

    def make(row: Row) -> Neighbourhood:
        neighbourhood_id = row.new_id("neighbourhood_id", taken)
        order, population = row.number("display_order"), row.number("population")
        made = Neighbourhood(
            neighbourhood_id,
            row.text("name") or neighbourhood_id,
            int(order) if order is not None else len(taken) + 1,
            int(population) if population is not None else None,
            row.text("wards"),
            row.code("pcn_code"),
            row.year("wards_vintage"),
        )
        taken.add(neighbourhood_id)
        return made

    return make


def prototype_maker(neighbourhood_ids: Collection[str]) -> Callable[[Row], Prototype]:
    """Return a function from a line of prototypes.csv to a row.

    A bad `started_on` leaves the cell out and not the line, since without the prototype its whole log would go.
    """
    taken: set[str] = set()

    def make(row: Row) -> Prototype:
        prototype_id = row.new_id("prototype_id", taken)
        planned = row.written("planned_every").lower() or None
        if planned and not PLANNED_EVERY.match(planned):
            row.missing("planned_every", "This is not known. Write week, 2 weeks, month or session.")
            planned = None
        made = Prototype(
            prototype_id,
            row.known_id("neighbourhood_id", neighbourhood_ids, "neighbourhoods.csv"),
            row.text("name") or prototype_id,
            row.text("theme"),
            row.choice("stage", list(Stage)),
            row.date("started_on"),
            planned,
        )
        if not row.is_refused:
            taken.add(prototype_id)
        return made

    return make


def cycle_maker(prototype_ids: Collection[str], measures: Sequence[Measure]) -> Callable[[Row], Cycle]:
    """Return a function from a line of cycles.csv to a row."""
    taken: set[str] = set()
    shares = {measure.measure_id: measure.is_share for measure in measures}

    def make(row: Row) -> Cycle:
        measure = _primary_measure(row, shares)
        made = Cycle(
            row.new_id("cycle_id", taken),
            row.known_id("prototype_id", prototype_ids, "prototypes.csv"),
            row.text("cycle_no"),
            row.text("question"),
            measure,
            *_prediction(row, bool(measure and shares[measure])),
            row.date("predicted_for"),
            row.date("do_start", refuses=True),
            row.date("do_end", refuses=True),
            row.choice("decision", list(Decision)),
            row.date("decided_on"),
            row.text("learning"),
        )
        if made.do_start and made.do_end and made.do_end < made.do_start:
            row.refuse("do_end", row.written("do_end"), "Do ends before it starts. Correct one of the dates.")
        if not row.is_refused:
            taken.add(made.cycle_id)
        return made

    return make


def _primary_measure(row: Row, shares: Mapping[str, bool]) -> str | None:
    measure = row.written("primary_measure") or None
    if measure and measure not in shares:
        reason = unknown_id(measure, tuple(shares), "measures/")
        row.missing("primary_measure", reason, personal.mask_id(measure, tuple(shares)))
        return None
    return measure


def _prediction(row: Row, is_share: bool) -> tuple[float | None, float | None, float | None]:
    """Return value, low and high as predicted; an interval the wrong way round is left out."""
    value, low, high = (row.number(f"predicted_{name}", is_share) for name in ("value", "low", "high"))
    if low is not None and high is not None and low > high:
        row.missing("predicted_low", "The interval begins above its end. Write the smaller number first.")
        return value, None, None
    return value, low, high
