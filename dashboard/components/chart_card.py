"""One chart with its words: title line, figure, sentence, icons, numbers one click away, what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard import context
from dashboard.components.baseline.told import told_html
from dashboard.components.data_table import numbers_html, points_table
from dashboard.components.icons import image
from dashboard.components.panels import framed_html
from dashboard.components.prototype_view import Chart
from dashboard.components.ribbon_strip import bracket_html
from dashboard.components.small_chart import small_chart
from dashboard.components.state_words import states_html
from dashboard.components.why_lines import why_lines_html
from dashboard.components.wording import missing
from dashboard.figures.axis import month_marks
from dashboard.figures.control_chart import control_chart
from dashboard.figures.labels import end_labels
from dashboard.figures.numbers import value_axis
from dashboard.theme import Theme, size_for
from pipelines.vocabulary import Domain, WhyNoLimits

#: Shares of the page's width: the chart, and the icons with their words.
CHART_AND_WORDS = (0.795, 0.205)

#: Width and height of a chart as a picture, px, and how many months are named under it.
PICTURE, PICTURE_NARROW = (830, 142), (340, 150)
PICTURE_MONTHS, PICTURE_MONTHS_NARROW = 8, 4

PLOTLY = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}

#: What the empty place of a domain says.
NO_SLOT = {
    Domain.REACH: "No reach measure chosen yet.",
    Domain.QUALITY: "No quality measure chosen yet.",
    Domain.IMPACT: "No impact measure chosen yet.",
}


def plot(figure: go.Figure, words: str, key: str) -> None:
    """Show a figure with its sentence as the alternative text."""
    st.plotly_chart(figure, width="stretch", theme=None, key=key, config=PLOTLY, alt=words)


def show_card(
    chart: Chart,
    theme: Theme,
    *,
    months: bool,
    narrow: bool,
    own_bracket: bool,
    green: str = "",
) -> None:
    """Draw one chart and its words.

    Parameters
    ----------
    chart
        The measure, its summary and points.
    theme
        Colours.
    months
        Whether the months stand below: at the last of stacked charts.
    narrow
        On a phone the right labels stand above the plot.
    own_bracket
        Whether this chart's baseline is drawn here, because charts differ in it.
    green
        Words on the running cycle's prediction, where this is its primary measure.
    """
    summary, request = chart.summary, chart.request
    key = str(summary["series_id"]).replace("@", "_")
    with st.container(key=f"card_{key}", gap=None):
        left, right = st.columns(CHART_AND_WORDS, gap="medium")
        with left:
            bracket = chart.bracket if own_bracket else None
            st.html(title_html(chart, green) + (bracket_html(bracket, narrow) if bracket else ""))
            if narrow:
                st.html(labels_html(chart, theme))
            figure = control_chart(request, theme, months=months or narrow, size=size_for(narrow))
            plot(figure, request.alt(str(summary["sentence"])), f"plot_{key}")
            st.html(
                f'<div class="under">{sentence_html(summary)}{details_html(chart)}{told_html(summary)}</div>'
            )
        with right:
            st.html(states_html(summary, request.style, theme))


def picture_card_html(chart: Chart, theme: Theme, leads_to: str, *, narrow: bool, own_bracket: bool) -> str:
    """Return one chart as a picture with its words: drawn at once, however many there are.

    Parameters
    ----------
    chart, theme, narrow, own_bracket
        As for `show_card`.
    leads_to
        Address where the chart answers to the pointer and has its numbers.
    """
    summary, request = chart.summary, chart.request
    values = value_axis(request.drawn(), request.style)
    size, months = PICTURE_NARROW if narrow else PICTURE, PICTURE_MONTHS_NARROW if narrow else PICTURE_MONTHS
    alt = request.alt(str(summary["sentence"]))
    picture = image(small_chart(request, values, theme, size), alt, "panel-picture")
    bracket = chart.bracket if own_bracket else None
    look = f'<a href="{escape(leads_to)}" target="_self">See the numbers, and point at the chart</a>'
    return (
        f'<article class="picture-card"><div>{title_html(chart, "")}{bracket_html(bracket, narrow) if bracket else ""}'
        f"{labels_html(chart, theme)}{framed_html(picture, leads_to, values, month_marks(request.axis, months))}"
        f'<div class="under">{sentence_html(summary)}<div class="more">{look}{why_hidden_html(summary)}</div>'
        f"{told_html(summary)}</div></div><div>{states_html(summary, request.style, theme)}</div></article>"
    )


def show_empty_slot(domain: str) -> None:
    """Keep the place of a domain that has no measure, and say so."""
    st.html(
        f'<section class="card-title empty-slot"><b>{domain.capitalize()}</b> <span>{NO_SLOT[Domain(domain)]}</span> '
        f'<a href="{escape(context.link("measures", do="new"))}" target="_self">Write one</a></section>'
    )


def title_html(chart: Chart, green: str) -> str:
    """Return the title line: domain, measure, what a value is, and what must be known before reading it."""
    summary = chart.summary
    notes = "".join(f'<span class="note">{escape(note)}</span>' for note in notes_on(summary))
    prediction = f'<span class="primary">{escape(green)}</span>' if green else ""
    return (
        f'<section class="card-title"><b>{chart.domain.capitalize()}</b> <span>{escape(summary["measure_name"])}</span> '
        f'<span class="muted">{escape(chart.what)}</span>{prediction}{notes}</section>'
    )


def notes_on(summary: Mapping[str, Any]) -> list[str]:
    """Return what stands at the title because no point can carry it: few crossings, rounding, wider periods."""
    notes = []
    few = not missing(summary["n_crossings"]) and not missing(summary["n_crossings_min"])
    if (
        summary["why_no_limits"] == WhyNoLimits.RUN_CHART
        and few
        and summary["n_crossings"] < summary["n_crossings_min"]
    ):
        least = int(summary["n_crossings_min"])
        notes.append(f"crosses its median {int(summary['n_crossings'])} times; chance gives {least} or more")
    if summary["from_rounded"]:
        notes.append("from rounded figures")
    if summary["period"] != summary["period_declared"] and not missing(summary["period_reason"]):
        notes.append(str(summary["period_reason"]))
    return notes


def sentence_html(summary: Mapping[str, Any]) -> str:
    """Return the chart's sentence, its first statement bold."""
    first, dot, rest = str(summary["sentence"]).partition(". ")
    lead = f"<b>{escape(first + dot.strip())}</b> {escape(rest)}" if rest else escape(first)
    return f'<p class="sentence">{lead}</p>'


def labels_html(chart: Chart, theme: Theme) -> str:
    """Return the words at the right and in the corners as one line above the plot, for phones."""
    labels = end_labels(chart.request.rows(), chart.summary, chart.request.style, theme)
    parts = [
        f'<span style="color:{label.colour};font-weight:{600 if label.bold else 400}">{escape(label.text)}</span>'
        for label in labels
    ]
    told = [*chart.request.corner_words(), *(words for _, words in chart.request.not_due())]
    parts += [f'<span class="muted">{escape(words)}</span>' for words in told if words]
    return f'<p class="folded-labels">{"".join(parts)}</p>' if parts else ""


def details_html(chart: Chart) -> str:
    """Return what is one click away: the numbers, and what is measured and how its range was set."""
    summary = chart.summary
    words = [
        summary["why"],
        "Higher is better."
        if summary["better"] == "up"
        else "Lower is better."
        if summary["better"] == "down"
        else "",
        summary["sentence_long"],
        summary["kind_reason"],
        summary["remedy"],
        summary["release_note"],
        f"Source: {summary['source']}" if not missing(summary["source"]) else "",
    ]
    told = "".join(f"<p>{escape(str(text))}</p>" for text in words if not missing(text) and str(text).strip())
    return (
        f'<div class="more">{numbers_and_lines_html(chart)}'
        f"<details><summary>What is measured</summary>{told}</details>{why_hidden_html(summary)}</div>"
    )


def numbers_and_lines_html(chart: Chart) -> str:
    """Return the numbers behind a chart, one tap away, and where its lines move the reason."""
    summary, request, period = chart.summary, chart.request, str(chart.summary["period"])
    caption = f"{summary['measure_name']}, {chart.what}, newest first"
    table = points_table(request.points, request.style, period, caption, chart.sources())
    return numbers_html(table) + why_lines_html(request, summary["unit"], period)


def why_hidden_html(summary: Mapping[str, Any]) -> str:
    """Return why cells are held back, where any are."""
    if missing(summary["why_hidden"]):
        return ""
    return f"<details><summary>Why hidden?</summary><p>{escape(str(summary['why_hidden']))}</p></details>"
