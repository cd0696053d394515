"""Both versions of a chart side by side, made by the build's own functions before anything is recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components.chart_card import plot
from dashboard.components.data_table import numbers_html, points_table
from dashboard.components.prototype_view import Chart
from dashboard.figures.chart_request import ChartRequest, Move
from dashboard.figures.control_chart import control_chart
from dashboard.theme import PHONE, Theme
from pipelines.errors import LearningError
from pipelines.records.kinds import BaselineAccepted, RebaseAccepted

Body = RebaseAccepted | BaselineAccepted


def show(chart: Chart, body: Body, theme: Theme, key: str, *, narrow: bool) -> None:
    """Show the chart as it is and as it would be, once asked; it takes a moment the first time."""
    if not st.toggle("Show both versions", key=f"{key}_both"):
        return
    from pipelines.preview.rebase import preview_rebase  # statistics take seconds to import

    try:
        with st.spinner("Drawing both versions"):
            two = preview_rebase(context.data_folder(), body.series_id, body, audience=context.audience())
    except (LearningError, OSError) as error:
        st.html(f'<p class="field-fault" role="alert">{escape(str(error))}</p>')
        return
    if two.why_not is not None:
        st.html(f'<p class="field-fault" role="alert">{escape(two.why_not)}</p>')
    move = body.from_on if isinstance(body, RebaseAccepted) else None
    places = (st.container(), st.container()) if narrow else st.columns(2, gap="medium")
    versions = (("As it is", two.now, None), ("As it would be", two.then, move))
    for at, (place, (name, drawn, day)) in enumerate(zip(places, versions, strict=True)):
        request = _request(chart, drawn, day)
        with place:
            st.html(f'<p class="version"><b>{name}</b></p>')
            sentence = str(drawn.summary["sentence"])
            plot(control_chart(request, theme, size=PHONE), request.alt(sentence), f"{key}_{at}")
            table = points_table(
                request.points, request.style, str(request.summary["period"]), f"{name}, newest first"
            )
            st.html(f'<p class="sentence flush">{escape(sentence)}</p>{numbers_html(table)}')


def _request(chart: Chart, drawn: object, day: dt.date | None) -> ChartRequest:
    """Return what a version is drawn from: its own rows on the chart's axis."""
    summary = chart.summary | dict(drawn.summary)  # type: ignore[attr-defined]
    states = {row["phase"]: str(row["limits_state"]) for row in drawn.summaries}  # type: ignore[attr-defined]
    moves = [*chart.request.moves, *([] if day is None else [Move(day, "")])]
    points = drawn.points.reset_index(drop=True)  # type: ignore[attr-defined]
    return replace(chart.request, points=points, summary=summary, states=states, moves=moves)
