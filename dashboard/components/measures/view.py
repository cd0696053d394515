"""Every measure of the mart as a definition again, with where it is charted and where it could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.components.wording import missing, rows_of
from dashboard.store import Store
from pipelines.measures import Measure, Target, kind_of
from pipelines.vocabulary import Better, Domain, Period


@dataclass(frozen=True)
class Place:
    """A prototype that a measure is for, and the chart drawn of it there: its kind, or None where there is none."""

    neighbourhood_id: str
    neighbourhood: str
    prototype_id: str
    prototype: str
    theme: str | None
    chart: str | None = None


@dataclass(frozen=True)
class MeasureView:
    """One measure and the places it is for, west to east."""

    measure: Measure
    places: tuple[Place, ...]

    @property
    def charted(self) -> tuple[Place, ...]:
        """Where it has a chart."""
        return tuple(place for place in self.places if place.chart is not None)

    @property
    def not_charted(self) -> tuple[Place, ...]:
        """Where it is meant to be counted and nothing has been."""
        return tuple(place for place in self.places if place.chart is None)


def load_views(store: Store) -> list[MeasureView]:
    """Return every measure of the mart, in the order of reach, quality, impact, balancing."""
    targets: dict[str, list[Target]] = {}
    for row in rows_of(store.targets()):
        target = Target(row["from_on"].date(), float(row["value"]))
        targets.setdefault(str(row["measure_id"]), []).append(target)
    charts = {
        (row["measure_id"], row["prototype_id"]): str(row["kind"]) for row in rows_of(store.summaries())
    }
    everywhere = places_of(store)
    return [
        _view(measure_of_row(row, targets.get(str(row["measure_id"]), [])), everywhere, charts)
        for row in rows_of(store.measures())
    ]


def measure_of_row(row: Mapping[str, Any], targets: Sequence[Target]) -> Measure:
    """Return a row of the table measure as the definition it was made of."""
    plain: dict[str, Any] = {name: None if missing(value) else value for name, value in row.items()}
    known: dict[str, Any] = {name: plain[name] for name in Measure.__dataclass_fields__ if name in plain}
    known |= {name: plain[name] or "" for name in ("why", "source", "unit")}
    known |= {name: int(plain[name]) for name in ("lag_days", "display_order")}
    known |= {
        name: bool(plain[name]) for name in ("disclosive", "wall", "no_entry_means_zero", "never_negative")
    }
    known |= {"domain": Domain(plain["domain"]), "kind": kind_of(plain["kind"])}
    known |= {"period": Period(plain["period"]), "better": Better(plain["better"])}
    return Measure(**known | {"targets": tuple(targets), "prototypes": tuple(plain["prototypes"].split(","))})


def places_of(store: Store) -> list[Place]:
    """Return every prototype with its neighbourhood, west to east."""
    names = {str(row["neighbourhood_id"]): str(row["name"]) for row in rows_of(store.neighbourhoods())}
    order = {neighbourhood_id: at for at, neighbourhood_id in enumerate(names)}
    rows = sorted(rows_of(store.prototypes()), key=lambda row: order.get(str(row["neighbourhood_id"]), 0))
    return [
        Place(
            str(row["neighbourhood_id"]),
            names.get(str(row["neighbourhood_id"]), str(row["neighbourhood_id"])),
            str(row["prototype_id"]),
            str(row["name"]),
            None if missing(row["theme"]) else str(row["theme"]),
        )
        for row in rows
    ]


def _view(
    measure: Measure, everywhere: Sequence[Place], charts: Mapping[tuple[str, str], str]
) -> MeasureView:
    places = [
        Place(
            one.neighbourhood_id,
            one.neighbourhood,
            one.prototype_id,
            one.prototype,
            one.theme,
            charts.get((measure.measure_id, one.prototype_id)),
        )
        for one in everywhere
        if measure.is_for(one.prototype_id, one.theme)
    ]
    return MeasureView(measure, tuple(places))
