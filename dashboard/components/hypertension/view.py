"""What the Hypertension page shows of one neighbourhood, gathered once from the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.components.prototype_view import Chart, PrototypeView, load_view
from dashboard.components.wording import missing, rows_of
from dashboard.store import Store
from pipelines.vocabulary import Domain

THEME = "hypertension"

#: Questions answered at the head of the page; what else is said stands beside the charts.
QUESTIONS = 3


@dataclass(frozen=True)
class PlaceView:
    """One neighbourhood: its published sentences and steps, its groups of people, and its prototypes' charts.

    Attributes
    ----------
    answers
        Question and sentence, three of them.
    more
        What else is said: its question and the sentences under it, in order: what to ask, what to read with care.
    steps
        Rows of theme_step in order.
    groups, gaps
        Rows of served_group (latest half-year) and served_gap.
    notes, figures
        Rows of worked_note and worked_figure.
    prototypes
        The row of each prototype of the theme here, with its charts and cycles.
    facts
        Published facts about the place.
    """

    answers: list[tuple[str, str]]
    more: dict[str, list[str]]
    steps: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    prototypes: list[tuple[dict[str, Any], PrototypeView]]
    facts: pd.DataFrame

    @property
    def charts(self) -> list[Chart]:
        """Every chart of the page."""
        return [chart for _, view in self.prototypes for chart in view.charts]

    def balance(self) -> list[Chart]:
        """Return the balancing charts: what the checks cost elsewhere."""
        return [chart for chart in self.charts if chart.domain == Domain.BALANCING]

    def named_charts(self) -> dict[str, tuple[str, Chart]]:
        """Return each chart and its name by series_id; with its prototype's name where a measure is counted at several."""
        held = [(str(row["name"]), chart) for row, view in self.prototypes for chart in view.charts]
        measures = [str(chart.summary["measure_id"]) for _, chart in held]
        named = {}
        for prototype, chart in held:
            name = str(chart.summary["short_name"])
            if measures.count(str(chart.summary["measure_id"])) > 1:
                name += f" ({prototype})"
            named[str(chart.summary["series_id"])] = (name, chart)
        return named

    def measure_that_matters(self, known: Collection[str]) -> str | None:
        """Return the measure to open with, of those known: that of the largest loss, else that of a leak.

        Where there are steps of the cascade, the others are no part of it.
        """
        steps = [step for step in self.steps if not missing(step["step"])] or self.steps
        marked = [step for step in steps if step["is_largest"]]
        marked += [step for step in steps if not missing(step["leak"])]
        return next((str(step["measure_id"]) for step in marked if step["measure_id"] in known), None)

    def chart_that_matters(self) -> str | None:
        """Return the series_id of the chart to open with: of the measure that matters, else the first."""
        by_measure: dict[str, str] = {}
        for series_id, (_, chart) in self.named_charts().items():
            by_measure.setdefault(str(chart.summary["measure_id"]), series_id)
        measure_id = self.measure_that_matters(by_measure)
        return by_measure[measure_id] if measure_id else next(iter(by_measure.values()), None)

    def labels(self) -> dict[str, str]:
        """Return the label of each step by its measure."""
        return {str(step["measure_id"]): str(step["label"]) for step in self.steps}


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
        more=_by_question(told[QUESTIONS:]),
        steps=_here(store.theme_steps(THEME), neighbourhood_id),
        groups=rows_of(store.served_groups(neighbourhood_id)),
        gaps=rows_of(store.served_gaps(neighbourhood_id)),
        notes=rows_of(store.worked_notes(neighbourhood_id)),
        figures=rows_of(store.worked_figures(neighbourhood_id)),
        prototypes=[(row, load_view(store, str(row["prototype_id"]), weeks)) for row in prototypes],
        facts=store.neighbourhood_facts(neighbourhood_id),
    )


def _here(rows: pd.DataFrame, neighbourhood_id: str) -> list[dict[str, Any]]:
    return rows_of(rows[rows["neighbourhood_id"] == neighbourhood_id])


def _by_question(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(row["question"]), []).append(str(row["sentence"]))
    return found
