"""When will we know? What so many more points could show, as a sentence and a small chart, before anything is tested."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components.chart_card import plot
from dashboard.components.data_table import numbers_html, table_html
from dashboard.components.frame import Frame
from dashboard.components.plan.draft import Guess
from dashboard.components.plan.view import Judged, periods_in
from dashboard.components.prototype_view import POINTS_ARE
from dashboard.figures.when_will_we_know import when_will_we_know
from pipelines.measures import Measure

if TYPE_CHECKING:
    from pipelines.preview.when import When

WORKING = "Working out when you would know"


def ask_people(judged: Judged) -> float | None:
    """Ask how many people are counted a period, where the measure is a share of them; None: as many as before."""
    if judged.measure.denominator is None:
        return None
    _, per, _ = POINTS_ARE[judged.period]
    whom = judged.measure.counts or "people"
    return st.number_input(
        f"About how many {whom} {per}? Leave it empty for as many as before",
        value=None,
        min_value=1.0,
        step=1.0,
        format="%g",
        key=f"plan_people_{judged.measure.measure_id}",
    )


def look(
    frame: Frame, judged: Judged, people: float | None, guess: Guess, start: dt.date | None
) -> When | None:
    """Return what the cycle could show; None where the measure has no chart yet."""
    if judged.summary is None or judged.points.empty:
        return None
    version = f"{frame.info.get('content_hash')}{frame.info.get('records_head')}{frame.info.get('audience')}"
    series = str(judged.summary["series_id"])
    return _looked_up(
        version, series, judged.measure, judged.points, judged.summary, guess.value, people, start
    )


@st.cache_data(show_spinner=WORKING, max_entries=64)
def _looked_up(
    version: str,  # noqa: ARG001 - with the series it names what the points are
    series_id: str,  # noqa: ARG001
    _measure: Measure,
    _points: pd.DataFrame,
    _summary: dict[str, object],
    predicted: float | None,
    people: float | None,
    start: dt.date | None,
) -> When:
    # The statistics take seconds to import, so only this step asks for them.
    from pipelines.preview.when import when

    return when(_points, _measure, _summary, predicted=predicted, people=people, do_start=start)


def show(
    frame: Frame, judged: Judged, found: When | None, start: dt.date | None, end: dt.date | None, narrow: bool
) -> None:
    """Say and draw what the cycle could show."""
    if found is None:
        st.html(
            '<p class="said">Cannot yet tell: nothing has been counted here. The first twelve settled points tell how '
            "much the measure moves by itself; until then a cycle shows how it starts.</p>"
        )
        return
    st.html(f'<p class="check-line plan-when" role="status">{found.sentence}</p>')
    outlook = found.outlook
    needed = list(outlook.smallest_value)
    if outlook.before is None or all(math.isnan(value) for value in needed):
        return
    unit, _, _ = POINTS_ARE[judged.period]
    figure = when_will_we_know(
        outlook.periods,
        needed,
        outlook.before,
        judged.style,
        frame.theme,
        predicted=outlook.predicted,
        planned=periods_in(start, end, judged.period),
        unit=unit,
        narrow=narrow,
    )
    plot(figure, found.sentence, "plan_when")
    rows = [
        [f"{n} {unit}", "no change would do" if math.isnan(value) else judged.style.value_text(value)]
        for n, value in zip(outlook.periods, needed, strict=True)
    ]
    st.html(
        numbers_html(table_html(["A cycle of", "The value that it must reach"], rows, "By how long it lasts"))
    )
