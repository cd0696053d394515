"""What a file would show: lines loaded and refused with their reasons, and its first charts as small pictures."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.chart_card import plot, sentence_html
from dashboard.components.data import view as data_view
from dashboard.components.data_table import numbers_html, points_table
from dashboard.components.importing.state import Source
from dashboard.components.importing.words import names
from dashboard.components.plain_text import shown
from dashboard.components.sparkline import sparkline
from dashboard.components.wording import date, figure, missing
from dashboard.figures.axis import time_axis
from dashboard.figures.chart_request import ChartRequest
from dashboard.figures.control_chart import control_chart
from dashboard.figures.numbers import NumberStyle
from dashboard.theme import Theme
from pipelines.preview import Preview
from pipelines.safe_csv import frame_bytes

#: Small pictures shown at once; a chart beyond them is there after keeping.
MOST_PICTURES = 12

PICTURE = (320, 72)

FAULT_COLUMNS = ("load_id", "file", "sheet", "line", "column", "value", "reason", "effect")


def show(source: Source, preview: Preview, theme: Theme, more: int = 0) -> None:
    """Show the lines and their fate, then the charts; `more` charts are there only after keeping."""
    loads, faults = loads_frame(preview), faults_frame(preview)
    st.html(f'<p class="said">{escape(data_view.reconciling(loads))}</p>{notes_html(preview.notes)}')
    _charts(source, preview, theme, more)
    if not preview.loads:
        return
    noted = faults["effect"] == data_view.NOTED
    _reasons(
        "Rows and cells that would be left out", faults[~noted], "None: every row and cell could be read."
    )
    if noted.any():
        _reasons("Read, and worth a look", faults[noted], "")
    if faults.empty:
        return
    with st.expander(f"Every row and cell, one by one: {len(faults):,}"):
        st.html(data_view.faults_html(faults, masked=False))
        st.download_button(
            "Take this list away (CSV)",
            frame_bytes(faults.drop(columns="load_id")),
            "would-be-refused.csv",
            "text/csv",
            on_click="ignore",
            key=source.key("refused"),
        )


def _reasons(heading: str, faults: pd.DataFrame, where_none: str) -> None:
    """Show faults by reason under a heading."""
    told = data_view.by_reason_html(faults) if len(faults) else f'<p class="said">{where_none}</p>'
    st.html(f"<h3>{heading}</h3>{told}")


def say_what_is_kept(preview: Preview) -> None:
    """Say in one sentence what keeping does."""
    loads = loads_frame(preview)
    loaded, refused = int(loads["lines_loaded"].sum()), int(loads["lines_refused"].sum())
    st.html(
        f'<p class="said">{loaded:,} rows are loaded and {refused:,} are left out, each with its reason. The file, how '
        "it is read and its charts are kept in this machine’s data folder; the same file again adds nothing, a "
        "corrected one takes its place.</p>"
    )


def loads_frame(preview: Preview) -> pd.DataFrame:
    """Return the loads as a frame with the columns of the table load."""
    return pd.DataFrame([asdict(load) for load in preview.loads], columns=_names(preview.loads))


def faults_frame(preview: Preview) -> pd.DataFrame:
    """Return the faults as a frame with the columns of the table rejected_row."""
    return pd.DataFrame([asdict(fault) for fault in preview.faults], columns=list(FAULT_COLUMNS))


def _names(loads: Sequence[Any]) -> list[str]:
    return list(asdict(loads[0])) if loads else list(data_view.COUNTS)


def notes_html(notes: Sequence[str]) -> str:
    """Return what must be known of the preview as a whole."""
    return "".join(f'<p class="said">{escape(shown(note, 300))}</p>' for note in notes)


def _charts(source: Source, preview: Preview, theme: Theme, more: int) -> None:
    """Show the charts as small pictures with their sentences, and one of them in full where asked."""
    every = [(chart_row(chart.summary, preview.measures), chart) for chart in preview.charts]
    charts = [(row, chart) for row, chart in every if chart.points["value"].notna().any()]
    if not charts:
        st.html('<p class="said"><b>No chart yet:</b> no row has both a day and a number that counts.</p>')
        return
    until = max(date(chart.points["period_end"].max()) or dt.date.min for _, chart in charts)
    pictures = [picture_html(row, chart.points, theme, until) for row, chart in charts]
    st.html(f'<div class="import-charts">{"".join(pictures)}</div>{_not_shown(every, charts, more)}')
    rows = [row for row, _ in charts]
    titles = {str(row["series_id"]): shown(row["measure_name"]) for row in rows}
    asked = st.selectbox(
        "See one in full",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Choose a chart",
        key=source.key("full"),
    )
    for row, chart in charts:
        if asked == row["series_id"]:
            in_full(source, row, chart.points, theme)


def _not_shown(every: Sequence[Any], charts: Sequence[Any], more: int) -> str:
    """Return which charts have no point yet, and how many more there are after keeping."""
    shown_ids = {row["series_id"] for row, _ in charts}
    empty = [shown(row["measure_name"], 60) for row, _ in every if row["series_id"] not in shown_ids]
    told = f"Without a point so far, for the reasons below: {names(empty, 8)}." if empty else ""
    told += f" {more:,} more charts are there after keeping." if more else ""
    return f'<p class="said muted">{escape(told)}</p>' if told else ""


def chart_row(summary: Mapping[str, Any], measures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the summary with the words of its measure, as `Store.summaries` joins them."""
    measure = measures[str(summary["measure_id"])]
    return {
        **summary,
        "measure_name": measure.name,
        "short_name": measure.short_name,
        "unit": measure.unit,
        "data_kind": str(measure.kind),
        "counts": measure.counts,
        "never_negative": measure.never_negative,
        "lag_days": measure.lag_days,
    }


def picture_html(row: Mapping[str, Any], points: pd.DataFrame, theme: Theme, until: dt.date) -> str:
    """Return one chart as a small picture with its name, its latest value and its sentence."""
    svg = sparkline(points, row, theme, until, PICTURE)
    data = base64.b64encode(svg.encode()).decode()
    latest = "" if missing(row["latest_value"]) else figure(row["latest_value"], row["data_kind"])
    unit = "" if missing(row["unit"]) else str(row["unit"]).removeprefix("%").strip()
    return (
        f"<figure><figcaption><b>{escape(shown(row['measure_name']))}</b>"
        f'<span class="muted"> latest: {escape(latest)} {escape(shown(unit, 30))}</span></figcaption>'
        f'<img alt="{escape(str(row["sentence"]))}" src="data:image/svg+xml;base64,{data}">'
        f"{sentence_html(row)}</figure>"
    )


def in_full(source: Source, row: Mapping[str, Any], points: pd.DataFrame, theme: Theme) -> None:
    """Show one chart as its page will show it."""
    axis = time_axis([points])
    if axis is None:
        return
    request = ChartRequest(points, row, NumberStyle.of_row(row), axis)
    plot(control_chart(request, theme, months=True), str(row["sentence"]), source.key("plot"))
    st.html(numbers_html(points_table(points, request.style, str(row["period"]), "Newest first")))
