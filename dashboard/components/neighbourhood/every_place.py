"""One measure in every neighbourhood, west to east, on one scale and one time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components import data_table
from dashboard.components import panels as panels_component
from dashboard.components.chance import chance_words
from dashboard.components.data_table import CELL_COLUMNS, cell_words, table_html, when_text
from dashboard.components.once import once
from dashboard.components.panels import Panel
from dashboard.components.prototype_view import POINTS_ARE, cycle_band
from dashboard.components.wording import capital, count, missing, rows_of
from dashboard.figures.axis import TimeAxis, month_marks, time_axis
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.numbers import NumberStyle, ValueAxis
from dashboard.store import Store
from dashboard.theme import Theme

Row = dict[str, Any]

#: Width and height of a picture, px, and how many months are named under it.
SIZE, MONTHS = (340, 150), 4

NOT_HERE = "not measured here"


#: What the address says of the page's own prototype; the pictures are the same for every prototype that they hold.
OF_THE_PAGE = ("neighbourhood", "prototype", "measure", "weeks")


@st.fragment
def show(store: Store, theme: Theme, names: Mapping[str, str], prototype_id: str, weeks: int | None) -> None:
    """Ask for one of the prototype's measures and draw it in every neighbourhood; a choice redraws this part alone.

    Parameters
    ----------
    store, theme, weeks
        As for `every_place_html`.
    names
        What the prototype measures: name by measure_id, in the order of its charts.
    prototype_id
        The prototype that the page speaks of: it stands for its own neighbourhood.
    """
    if not names:
        return
    with st.container(key="every_place"):
        st.html('<h2 class="section">The same measure in every neighbourhood</h2>')
        chosen, _ = st.columns((0.5, 0.5))
        with chosen:
            measure_id = context.select("Measure", "measure", dict(names)) or next(iter(names))
        standing = one_a_place(rows_of(store.summaries(measure_id=measure_id)), prototype_id)
        series = tuple(str(row["series_id"]) for row in standing.values())
        drawn = once(
            "every place",
            lambda: every_place_html(store, theme, standing, weeks),
            *(series, weeks),
            whatever=OF_THE_PAGE,
        )
        st.html(drawn)


def every_place_html(store: Store, theme: Theme, chosen: Mapping[str, Row], weeks: int | None) -> str:
    """Return the pictures with their words and numbers.

    Parameters
    ----------
    store
        The open mart.
    theme
        Colours.
    chosen
        The series that stands for each neighbourhood, as `one_a_place` chooses it.
    weeks
        Only the last so many weeks, or None for all.
    """
    places = rows_of(store.neighbourhoods())
    points = store.points_of([str(row["series_id"]) for row in chosen.values()])
    axis = time_axis(points.values(), weeks=weeks)
    if axis is None:
        return '<p class="sentence flush">Nothing has been counted for it yet.</p>'
    panels = panels_of(store, places, chosen, points, axis)
    values = panels_component.shared_values(panels)
    if values is None:
        return ""
    one = next(iter(chosen.values()))
    pictures = panels_component.panels_html(panels, values, month_marks(axis, MONTHS), theme, SIZE)
    chance = f'<p class="chance">{escape(chance_words(chosen.values()))}</p>'
    return f"{_lead(one, values, len(places))}{pictures}{numbers_html(places, chosen, points, axis)}{chance}"


def one_a_place(rows: Sequence[Row], prototype_id: str) -> dict[str, Row]:
    """Return the series that stands for each neighbourhood: the page's own prototype, else the one counted last."""
    chosen: dict[str, Row] = {}
    for row in rows:
        place, before = str(row["neighbourhood_id"]), chosen.get(str(row["neighbourhood_id"]))
        if before is None or _rank(row, prototype_id) > _rank(before, prototype_id):
            chosen[place] = row
    return chosen


def _rank(row: Row, prototype_id: str) -> tuple[bool, str]:
    latest = "" if missing(row["latest_on"]) else str(row["latest_on"])
    return row["prototype_id"] == prototype_id, latest


def panels_of(
    store: Store,
    places: Sequence[Row],
    chosen: Mapping[str, Row],
    points: dict[str, pd.DataFrame],
    axis: TimeAxis,
) -> list[Panel]:
    """Return a panel a neighbourhood, west to east; where it is not measured the place stays and says so."""
    prototypes = {row["prototype_id"]: str(row["name"]) for row in rows_of(store.prototypes())}
    filed = [row for row in rows_of(store.cycles()) if not missing(row["do_start"])]
    panels = []
    for place in places:
        row = chosen.get(str(place["neighbourhood_id"]))
        if row is None or row["series_id"] not in points:
            panels.append(Panel(str(place["name"]), NOT_HERE))
            continue
        cycles = [cycle_band(cycle) for cycle in filed if cycle["prototype_id"] == row["prototype_id"]]
        style = NumberStyle.of_row(row)
        request = ChartRequest(points[row["series_id"]].reset_index(drop=True), row, style, axis, cycles)
        panels.append(panel_of(str(place["name"]), prototypes[row["prototype_id"]], row, request))
    return panels


def panel_of(place: str, below: str, row: Row, request: ChartRequest) -> Panel:
    """Return the panel of a series: its picture leads to the chart in full."""
    link = context.link(
        "neighbourhood",
        neighbourhood=str(row["neighbourhood_id"]),
        prototype=str(row["prototype_id"]),
        measure=str(row["measure_id"]),
    )
    latest = "" if missing(row["latest_value"]) else request.style.value_text(float(row["latest_value"]))
    sentence, variation = str(row["sentence_short"]), str(row["variation"])
    return Panel(place, below, request, link, latest, sentence, variation)


def numbers_html(
    places: Sequence[Row], chosen: Mapping[str, Row], points: dict[str, pd.DataFrame], axis: TimeAxis
) -> str:
    """Return the numbers behind the pictures: a row a point in time, a column a neighbourhood, newest first."""
    columns = [place for place in places if str(place["neighbourhood_id"]) in chosen]
    cells: dict[tuple[Any, str], dict[str, str]] = {}
    when_words = cache(when_text)  # places share their weeks
    for place in columns:
        row = chosen[str(place["neighbourhood_id"])]
        style, period, shown = NumberStyle.of_row(row), str(row["period"]), points[row["series_id"]]
        shown = shown.loc[pd.to_datetime(shown["period_end"]) >= axis.start, list(CELL_COLUMNS)]
        for point in shown.to_dict("records"):
            when = when_words(point["period_start"], point["period_end"], period)
            told = cells.setdefault((point["period_start"], when), {})
            told[str(place["name"])] = cell_words(point, style)
    names = [str(place["name"]) for place in columns]
    rows = [[key[1], *(cells[key].get(name, "") for name in names)] for key in sorted(cells, reverse=True)]
    table = table_html(["When", *names], rows, "Newest first; each neighbourhood by its own points")
    return data_table.numbers_html(table)


def _lead(row: Row, values: ValueAxis, n_places: int) -> str:
    """Return what is on the pictures, said once for all of them."""
    unit = "" if missing(row["unit"]) else f" {row['unit']}"
    each = POINTS_ARE[row["period"]][2]
    return (
        f'<p class="sentence flush">{escape(capital(count(n_places)))} neighbourhoods on one scale, {values.labels[0]} to '
        f"{values.labels[-1]}{escape(unit)}, {each}, west to east. The grey band is each place’s own usual range. Places "
        "differ in who lives there and in what is tried: this is no ranking.</p>"
    )
