"""Is it getting better? The chart of the step that matters, and every other chart here in one line each."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import icons, notices
from dashboard.components.baseline.told import told_html
from dashboard.components.chance import chance_words
from dashboard.components.chart_card import details_html, labels_html, plot, sentence_html, title_html
from dashboard.components.hypertension.view import PlaceView
from dashboard.components.marks_key import shapes_html
from dashboard.components.prototype_view import Chart
from dashboard.components.state_words import states_html
from dashboard.components.wording import capital
from dashboard.figures.control_chart import control_chart
from dashboard.theme import COLUMN, VARIATION_WORDS, Theme, size_for
from pipelines.vocabulary import Domain, Variation

HEADING = '<h2 class="proof">Is it getting better?</h2>'


def show_chart(view: PlaceView, theme: Theme, narrow: bool) -> None:
    """Show one chart, that of the step where most are lost unless another is asked for."""
    named = view.named_charts()
    if not named:
        st.html(HEADING)
        notices.nothing_counted("hypertension here")
        return
    opening = view.chart_that_matters()
    names = {series_id: name for series_id, (name, _) in named.items()}
    with st.container(
        key="what_of", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.html(HEADING, width="content")
        chosen = context.select("Chart", "series", names, default=opening, folded=True) or next(iter(names))
    _, chart = named[chosen]
    _show(chart, theme, narrow)


def _show(chart: Chart, theme: Theme, narrow: bool) -> None:
    summary, request = chart.summary, chart.request
    key = str(summary["series_id"]).replace("@", "_")
    with st.container(key=f"matters_{key}", gap=None):
        states = states_html(summary, request.style, theme)
        above = labels_html(chart, theme) if narrow else ""
        st.html(f'<div class="beside">{states}</div>{title_html(chart, "")}{above}')
        figure = control_chart(request, theme, size=size_for(narrow, replace(COLUMN, is_alone=True)))
        plot(figure, request.alt(str(summary["sentence"])), f"plot_{key}")
        st.html(f'<div class="under">{sentence_html(summary)}{details_html(chart)}{told_html(summary)}</div>')


def changes_html(view: PlaceView, theme: Theme) -> str:
    """Return every chart here in one line: its icon, its name, and its shortest sentence, cause before effect."""
    named = view.named_charts()
    if not named:
        return ""
    domains = "".join(
        _domain(domain, [one for one in named.values() if one[1].domain == domain], theme)
        for domain in Domain
    )
    chance = chance_words(chart.summary for _, chart in named.values())
    key = f'<details class="fold"><summary>Key: shapes</summary>{shapes_html(theme)}</details>'
    return (
        f'<section class="changes"><h2>What changed, and what did not</h2><div class="domains">{domains}</div>'
        f'<p class="chance">{escape(chance)}</p>{key}</section>'
    )


def _domain(domain: Domain, charts: list[tuple[str, Chart]], theme: Theme) -> str:
    if not charts:
        return ""
    items = "".join(_line(name, chart, theme) for name, chart in charts)
    return f"<section><h3>{escape(capital(domain))}</h3><ul>{items}</ul></section>"


def _line(name: str, chart: Chart, theme: Theme) -> str:
    """Return one chart as a link to where it stands with its neighbours in time."""
    summary = chart.summary
    to = context.link(
        "neighbourhood",
        neighbourhood=str(summary["neighbourhood_id"]),
        prototype=str(summary["prototype_id"]),
        measure=str(summary["measure_id"]),
    )
    words = f'<a href="{escape(to)}" target="_self">{escape(name)}</a> <span>{escape(str(summary["sentence_short"]))}</span>'
    return f"<li>{_icon(summary['variation'], theme)}<p>{words}</p></li>"


def _icon(variation: str, theme: Theme) -> str:
    state = Variation(variation)
    drawn = icons.variation(state, theme, alt=VARIATION_WORDS[state])
    return drawn or '<span class="no-icon" aria-hidden="true"></span>'
