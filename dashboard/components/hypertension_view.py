"""What the Hypertension page shows of one neighbourhood, gathered once from the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.components.prototype_view import Chart, PrototypeView, load_view
from dashboard.components.wording import rows_of
from dashboard.store import Store
from pipelines.vocabulary import Domain

THEME = "hypertension"

#: Questions answered at the head of the page; what else is published is read with care.
QUESTIONS = 3


@dataclass(frozen=True)
class PlaceView:
    """One neighbourhood: its published sentences and steps, and its prototypes' charts.

    Attributes
    ----------
    answers
        Question and sentence, three of them.
    care
        What must be known before reading.
    steps
        Rows of theme_step in order.
    prototypes
        The row of each prototype of the theme here, with its charts and cycles.
    facts
        Published facts about the place.
    """

    answers: list[tuple[str, str]]
    care: list[str]
    steps: list[dict[str, Any]]
    prototypes: list[tuple[dict[str, Any], PrototypeView]]
    facts: pd.DataFrame

    @property
    def charts(self) -> list[Chart]:
        """Every chart of the page."""
        return [chart for _, view in self.prototypes for chart in view.charts]

    def balance(self) -> list[Chart]:
        """Return the balancing charts: what the checks cost elsewhere."""
        return [chart for chart in self.charts if chart.domain == Domain.BALANCING]


def load_place(store: Store, neighbourhood_id: str, weeks: int | None) -> PlaceView:
    """Ask the store for a neighbourhood's hypertension prototypes.

    Parameters
    ----------
    store
        The open mart.
    neighbourhood_id
        Of the place.
    weeks
        Show only the last so many weeks of each chart, or None for all.
    """
    told = _here(store.theme_sentences(THEME), neighbourhood_id)
    here = store.prototypes(neighbourhood_id)
    prototypes = rows_of(here[here["theme"] == THEME])
    return PlaceView(
        answers=[(str(row["question"]), str(row["sentence"])) for row in told[:QUESTIONS]],
        care=[str(row["sentence"]) for row in told[QUESTIONS:]],
        steps=_here(store.theme_steps(THEME), neighbourhood_id),
        prototypes=[(row, load_view(store, str(row["prototype_id"]), weeks)) for row in prototypes],
        facts=store.neighbourhood_facts(neighbourhood_id),
    )


def _here(rows: pd.DataFrame, neighbourhood_id: str) -> list[dict[str, Any]]:
    return rows_of(rows[rows["neighbourhood_id"] == neighbourhood_id])
