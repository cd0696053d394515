"""What the Learning page shows, gathered once from the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.components.wording import missing, rows_of
from dashboard.figures.numbers import NumberStyle
from dashboard.store import Store

Row = dict[str, Any]

#: The scope of everybody's predictions together, in the tables and in the address.
ALL = "all"


@dataclass(frozen=True)
class LearningView:
    """Whether predictions hold, of all groups or of one.

    Attributes
    ----------
    whose
        ``all``, or the prototype whose own predictions are shown.
    calibration
        The row of that scope; None where nothing is published for it.
    total
        The row of all groups together.
    scored
        Rows of prediction_error in order of their due day, each with its `cycle` and `prediction` and the `style` in which
        the measure's values are written.
    predictions
        Every version of every prediction of the scope.
    """

    whose: str
    calibration: Row | None
    total: Row | None
    scored: list[Row]
    predictions: list[Row]

    @property
    def n_sealed(self) -> int:
        """Predictions sealed before their first test."""
        return 0 if self.calibration is None else int(self.calibration["n_sealed"])

    @property
    def n_scored(self) -> int:
        """Sealed predictions that have come due and have a result."""
        return 0 if self.calibration is None else int(self.calibration["n_scored"])

    def waiting(self) -> list[Row]:
        """Return the sealed predictions without a result yet, soonest first."""
        return [row for row in self._counting() if row["is_sealed"] and missing(row["is_inside"])]

    def why_not_scored(self) -> dict[str, int]:
        """Return how many predictions stay out because they were not sealed before the first test, by the reason."""
        told: dict[str, int] = {}
        for row in self._counting():
            if not row["is_sealed"]:
                why = str(row["why_not_sealed"])
                told[why] = told.get(why, 0) + 1
        return told

    def _counting(self) -> list[Row]:
        """Return one prediction a cycle: the one that would be held against the result."""
        return [row for row in self.predictions if row["is_scored_one"]]


def load_learning(store: Store, whose: str = ALL) -> LearningView:
    """Ask the store for everybody's predictions, or for those of one prototype.

    Parameters
    ----------
    store
        The open mart.
    whose
        ``all`` or the id of a prototype; one prototype's own are published in the true mart only.
    """
    scope = (ALL, ALL) if whose == ALL else ("prototype", whose)
    predictions = rows_of(store.predictions(prototype_id=None if whose == ALL else whose))
    return LearningView(
        whose=whose,
        calibration=store.calibration(*scope),
        total=store.calibration(),
        scored=_scored(store, rows_of(store.prediction_errors(*scope)), predictions),
        predictions=predictions,
    )


def _scored(store: Store, errors: list[Row], predictions: list[Row]) -> list[Row]:
    cycles = {row["cycle_id"]: row for row in rows_of(store.cycles())}
    styles = {row["measure_id"]: style_of(row) for row in rows_of(store.measures())}
    told = {row["cycle_id"]: row for row in predictions if row["is_scored_one"]}
    out = []
    for row in errors:
        prediction = told.get(row["cycle_id"], {})
        style = styles.get(str(prediction.get("measure_id")), NumberStyle())
        out.append(row | {"cycle": cycles.get(row["cycle_id"], {}), "prediction": prediction, "style": style})
    return out


def style_of(measure: Mapping[str, Any]) -> NumberStyle:
    """Return how values of a row of table measure are written."""
    return NumberStyle.of_row(dict(measure) | {"data_kind": measure["kind"]})


def cycle_name(row: Mapping[str, Any]) -> str:
    """Return what a scored cycle is called: place, prototype and number."""
    cycle = row["cycle"]
    if not cycle:
        return str(row["cycle_id"])
    number = "" if missing(cycle["cycle_no"]) else f", cycle {cycle['cycle_no']}"
    return f"{cycle['neighbourhood']} · {cycle['prototype_name']}{number}"
