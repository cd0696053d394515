"""Reach, quality and impact during a cycle, on one time axis, with the cycle's band and its prediction."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import chart_card
from dashboard.components.chance import chance_words
from dashboard.components.cycle.view import CycleView
from dashboard.components.frame import Frame
from dashboard.components.prototype_view import Chart, PrototypeView, load_view
from dashboard.components.ribbon_strip import ribbon_html
from dashboard.components.wording import missing
from dashboard.figures.axis import TimeAxis
from dashboard.figures.control_chart import control_chart
from dashboard.figures.cycle_band import CycleBand
from dashboard.figures.triptych import axis_of, request_of
from dashboard.theme import COLUMN, Theme, size_for
from pipelines.vocabulary import Domain

DOMAINS = (Domain.REACH, Domain.QUALITY, Domain.IMPACT)


def show(frame: Frame, view: CycleView, narrow: bool) -> None:
    """Draw one chart a domain: the measure that the cycle is judged on, else the first of its domain."""
    prototype = load_view(frame.store, str(view.filed["prototype_id"]), None)
    band = next((band for band in prototype.cycles if band.cycle_id == view.cycle_id), None)
    if band is None or prototype.axis is None or not prototype.charts:
        st.html(
            '<p class="sentence flush">Its prototype has no chart yet: log the first test, and it is drawn.</p>'
        )
        return
    axis = axis_of(band, prototype.axis, narrow=narrow)
    with st.container(key="cycle_triptych", gap=None):
        st.html("<h2>Reach, quality and impact in the same weeks</h2>")
        st.html(ribbon_html(prototype.cycles, axis, None, narrow))
        for domain in DOMAINS:
            _show_domain(frame.theme, domain, prototype, band, axis, narrow)
    shown = [chart_of(domain, prototype, band.primary_measure) for domain in DOMAINS]
    chance = chance_words(chart.summary for chart in shown if chart is not None)
    st.html(f'{_charts_link(view)}<p class="chance">{escape(chance)}</p>')


def chart_of(domain: str, prototype: PrototypeView, primary: str | None) -> Chart | None:
    """Return the chart of a domain: the primary measure where it is of this domain, else the first in order."""
    held = prototype.of_domain(domain)
    mine = [chart for chart in held if chart.summary["measure_id"] == primary]
    return next(iter([*mine, *held]), None)


def _show_domain(
    theme: Theme, domain: str, prototype: PrototypeView, band: CycleBand, axis: TimeAxis, narrow: bool
) -> None:
    chart = chart_of(domain, prototype, band.primary_measure)
    if chart is None:
        chart_card.show_empty_slot(domain)
        return
    shown = replace(chart, request=request_of(chart.request, band, axis))
    is_primary = chart.summary["measure_id"] == band.primary_measure
    st.html(chart_card.title_html(shown, "judged on this measure" if is_primary else ""))
    if narrow:
        st.html(chart_card.labels_html(shown, theme))
    is_last = domain == DOMAINS[-1] or narrow
    figure = control_chart(shown.request, theme, months=is_last, size=size_for(narrow, COLUMN))
    key = str(chart.summary["series_id"]).replace("@", "_")
    chart_card.plot(figure, shown.request.alt(str(chart.summary["sentence"])), f"triptych_{key}")
    st.html(
        f'<div class="under">{chart_card.sentence_html(chart.summary)}{chart_card.numbers_and_lines_html(shown)}</div>'
    )


def _charts_link(view: CycleView) -> str:
    filed = view.filed
    address = context.link(
        "neighbourhood",
        neighbourhood=str(filed["neighbourhood_id"]),
        prototype=str(filed["prototype_id"]),
        measure=None if missing(filed["primary_measure"]) else str(filed["primary_measure"]),
    )
    return f'<p class="sentence flush"><a href="{escape(address)}" target="_self">See all charts of this prototype</a></p>'
