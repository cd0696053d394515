"""One question: its chart as large as the screen allows, and the published sentence below it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard.components import chart_card, icons
from dashboard.components.cycle.dissent import notes_html
from dashboard.components.data_table import points_table
from dashboard.components.meeting import dissent
from dashboard.components.meeting.running_order import Question
from dashboard.components.meeting.sitting import Sitting
from dashboard.components.meeting.sizes import Screen
from dashboard.components.prototype_view import Chart, load_view
from dashboard.components.wording import missing, rows_of
from dashboard.figures.control_chart import control_chart
from dashboard.figures.notes import room_above
from dashboard.store import Store
from dashboard.theme import Theme
from pipelines.vocabulary import ChangeKind, Period, Variation

#: So many weeks show enough points of a period to see its usual range; all of them where it is none of these.
WEEKS = {Period.SESSION: 30, Period.WEEK: 30, Period.FOUR_WEEKS: 104, Period.MONTH: 110}

#: A plot is never lower than this, px, whatever is written above it.
LOWEST = 180

CHANCE = "this chart alone: more of these may be chance"

NO_CHART = "There is no chart of this that can be shown."


def chart_of(store: Store, question: Question) -> Chart | None:
    """Return the chart that a question is asked of, over the weeks that a room can read; None where there is none."""
    weeks = _weeks(store, question)
    charts = load_view(store, question.prototype_id, weeks).charts if question.series_id else []
    return next((chart for chart in charts if chart.summary["series_id"] == question.series_id), None)


def _weeks(store: Store, question: Question) -> int | None:
    summary = store.summary(question.series_id) if question.series_id else None
    return None if summary is None else WEEKS.get(Period(summary["period"]))


def above(question: Question, chart: Chart | None) -> str:
    """Return the grey line over a question: place, domain, measure; and whether it may be chance."""
    title = question.title if question.is_of_a_cycle or chart is None else str(chart.summary["measure_name"])
    place = question.neighbourhood if chart is not None and not question.is_of_a_cycle else ""
    parts = [place, question.domain.capitalize(), title, CHANCE if question.may_be_chance else ""]
    return " · ".join(part for part in parts if part)


def show_chart(question: Question, chart: Chart | None, theme: Theme, screen: Screen) -> None:
    """Draw the chart; its sentence is the alternative text."""
    if chart is None:
        st.html(f'<p class="meeting-no-chart">{NO_CHART}</p>')
        return
    size = screen.chart(question.heading, sentence_of(question, chart))
    more = max(room_above(chart.request, size) - size.above_with_words, 0)
    size = replace(size, plot_height=max(size.plot_height - more, LOWEST))
    with st.container(key="meeting_chart", gap=None):
        if screen.is_phone:
            st.html(chart_card.labels_html(chart, theme))
        figure = control_chart(chart.request, theme, size=size)
        alt = chart.request.alt(str(chart.summary["sentence"]))
        chart_card.plot(figure, alt, f"meeting_{question.item}")


def sentence_of(question: Question, chart: Chart | None) -> str:
    """Return the published sentence: of the change, else of the chart."""
    return question.sentence or ("" if chart is None else str(chart.summary["sentence"]))


def show_sentence(sitting: Sitting, question: Question, chart: Chart | None, theme: Theme) -> None:
    """Show the icon and the sentence, its first statement bold; beside it the numbers, and the way to differ."""
    first, dot, rest = sentence_of(question, chart).partition(". ")
    words = f"<b>{escape(first + dot.strip())}</b> {escape(rest)}"
    with st.container(key="meeting_said", horizontal=True, vertical_alignment="center", wrap=False):
        st.html(f'<p class="meeting-sentence">{_icon(question, chart, theme)}<span>{words}</span></p>')
        if chart is not None:
            with st.popover("Numbers", type="tertiary", key=f"numbers_{question.item}"):
                st.html(_numbers(chart))
        dissent.show(sitting, question)
    dissents = rows_of(sitting.store.dissents(question.about))
    if dissents:
        st.html(f'<div class="meeting-dissents"><b>Seen differently</b>{notes_html(dissents)}</div>')


def _icon(question: Question, chart: Chart | None, theme: Theme) -> str:
    """Return what the chart says now; a cycle's verdict is in its sentence, and a signal that is over has no icon."""
    if (
        chart is None
        or question.is_of_a_cycle
        or (question.kind == ChangeKind.SIGNAL and not question.is_open)
    ):
        return ""
    state = Variation(chart.summary["variation"])
    if state == Variation.TOO_FEW:
        return icons.too_few(int(chart.summary["n_points"]), theme, css="icon")
    return icons.variation(state, theme)


def _numbers(chart: Chart) -> str:
    name = str(chart.summary["measure_name"])
    rows = chart.request.points
    style, period = chart.request.style, str(chart.summary["period"])
    unit = "" if missing(chart.summary["unit"]) else f", {chart.what}"
    return points_table(rows, style, period, f"{name}{unit}")
