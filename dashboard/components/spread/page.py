"""Who has tried this, since when: a small chart a prototype, each from the day it began, on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components import data_table, plain_table
from dashboard.components import panels as panels_component
from dashboard.components.chance import chance_words
from dashboard.components.data_table import cell_words, table_html
from dashboard.components.frame import Frame
from dashboard.components.neighbourhood.every_place import panel_of
from dashboard.components.panels import Panel
from dashboard.components.prototype_view import PrototypeView
from dashboard.components.spread.view import Spread, Trial, decided_words, load_spread
from dashboard.components.wording import capital, day, rows_of
from dashboard.figures.axis import TimeAxis
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.numbers import NumberStyle
from dashboard.store import Store
from dashboard.theme import Theme

Row = dict[str, Any]

#: Width and height of a picture, px, and the steps in which weeks are named under it.
SIZE, STEPS, MOST_NAMES = (340, 120), (4, 13, 26, 52, 104), 5

WHO = ("Neighbourhood", "Prototype", "Began", "Weeks", "Stage", "Cycles decided")


def show(frame: Frame, view: PrototypeView, prototype: Mapping[str, Any]) -> None:
    """Show everyone who tries what this prototype tries; where it stands alone, that is said."""
    spread = load_spread(frame.store, dict(prototype))
    with st.container(key="spread"):
        st.html(
            '<h2 class="section">Who has tried this idea, and since when</h2>'
            f'<p class="sentence flush"><b>{escape(capital(spread.idea))}.</b> {escape(spread.sentence())}</p>'
            f"{who_html(spread)}"
        )
        names = {str(one.summary["measure_id"]): str(one.summary["measure_name"]) for one in view.charts}
        if names and spread.begun:
            _pictures(frame.store, frame.theme, spread, names)


@st.fragment
def _pictures(store: Store, theme: Theme, spread: Spread, names: dict[str, str]) -> None:
    """Ask for a measure and draw it for every trial; a choice redraws this part alone."""
    chosen, _ = st.columns((0.5, 0.5))
    with chosen:
        measure_id = context.select("Measure", "measure", names) or next(iter(names))
    st.html(pictures_html(store, theme, spread, measure_id))


def who_html(spread: Spread) -> str:
    """Return the table of trials, west to east; places without one are named under it."""
    rows = [
        [
            trial.place,
            trial.name,
            "not yet" if trial.began is None else day(trial.began, year=True),
            "" if trial.began is None else str(trial.weeks(spread.until)),
            _stage(trial),
            decided_words(trial),
        ]
        for trial in spread.trials
    ]
    others = f'<p class="muted flush">Not tried in {escape(", ".join(spread.elsewhere))}.</p>'
    table = plain_table.table_html("West to east; this is no ranking", WHO, rows, numeric=("Weeks",))
    return table + (others if spread.elsewhere else "")


def _stage(trial: Trial) -> str:
    ended = f", {day(trial.ended, year=True)}" if trial.ended else ""
    return f"{capital(trial.stage)}{ended}" if trial.stage else "not recorded"


def pictures_html(store: Store, theme: Theme, spread: Spread, measure_id: str) -> str:
    """Return a picture a trial, each from its own first day, with the numbers behind them."""
    rows = {str(row["prototype_id"]): row for row in rows_of(store.summaries(measure_id=measure_id))}
    points = store.points_of([str(row["series_id"]) for row in rows.values()])
    drawn = {trial.prototype_id: _request(trial, spread, rows, points) for trial in spread.begun}
    panels = [_panel(trial, rows, drawn[trial.prototype_id], spread) for trial in spread.begun]
    values = panels_component.shared_values(panels)
    if values is None:
        return '<p class="sentence flush">Nothing has been counted for it yet.</p>'
    axis = next(request.axis for request in drawn.values() if request is not None)
    pictures = panels_component.panels_html(panels, values, week_marks(axis), theme, SIZE)
    counted = [rows[name] for name, request in drawn.items() if request is not None]
    chance = f'<p class="chance">{escape(chance_words(counted))}</p>'
    return f"{LEAD}{pictures}{numbers_html(spread.begun, drawn)}{chance}"


LEAD = (
    '<p class="sentence flush">Each picture begins on the day on which its prototype began, so that week 20 stands under '
    "week 20; all share one scale. Who began later has had less time: that is no delay.</p>"
)


def _request(
    trial: Trial, spread: Spread, rows: Mapping[str, Row], points: Mapping[str, pd.DataFrame]
) -> ChartRequest | None:
    """Return what a trial's picture is drawn from; None where the measure is not counted there."""
    row, axis = rows.get(trial.prototype_id), spread.axis_of(trial)
    if row is None or axis is None or row["series_id"] not in points:
        return None
    frame = points[row["series_id"]].reset_index(drop=True)
    return ChartRequest(frame, row, NumberStyle.of_row(row), axis, trial.cycles)


def _panel(trial: Trial, rows: Mapping[str, Row], request: ChartRequest | None, spread: Spread) -> Panel:
    weeks = trial.weeks(spread.until)
    below = f"{trial.name} · {weeks} week{'s' * (weeks != 1)}{', then stopped' if trial.ended else ''}"
    if request is None:
        return Panel(trial.place, f"{below} · not measured here")
    return panel_of(trial.place, below, rows[trial.prototype_id], request)


def week_marks(axis: TimeAxis) -> list[tuple[float, str]]:
    """Return where weeks since the start are named: at most MOST_NAMES of them, the first with its word."""
    weeks = (axis.end - axis.start).days // 7
    step = next((step for step in STEPS if weeks // step < MOST_NAMES), STEPS[-1])
    days = 7 * pd.Timedelta(days=1) / (axis.end - axis.start)
    return [(at * days, f"week {at}" if at == 0 else str(at)) for at in range(0, weeks + 1, step)]


def numbers_html(trials: list[Trial], drawn: Mapping[str, ChartRequest | None]) -> str:
    """Return the numbers behind the pictures: a row a week since the start, a column a prototype."""
    held = [(trial, request) for trial in trials if (request := drawn[trial.prototype_id]) is not None]
    cells: dict[int, dict[str, str]] = {}
    for trial, request in held:
        for point in request.rows().to_dict("records"):
            week = max((pd.Timestamp(point["period_start"]) - request.axis.start).days // 7, 0)
            told = cells.setdefault(week, {})
            told[trial.prototype_id] = "; ".join(
                filter(None, (told.get(trial.prototype_id), cell_words(point, request.style)))
            )
    rows = [
        [f"Week {week}", *(cells[week].get(trial.prototype_id, "") for trial, _ in held)]
        for week in sorted(cells)
    ]
    head = ["Since the start", *(f"{trial.place}, {trial.name}" for trial, _ in held)]
    table = table_html(head, rows, "By weeks since each began")
    return data_table.numbers_html(table)
