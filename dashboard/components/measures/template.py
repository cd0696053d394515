"""A ready spreadsheet and its guide for one prototype's log, to read here and to take away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import notices
from dashboard.components.frame import Frame
from dashboard.components.measures.view import MeasureView, Place, places_of
from dashboard.components.plain_text import shown, shown_html
from pipelines.templates import Guide, cascade_workbook, guide_markdown, guide_of, template_workbook

#: Theme of the prototypes whose people are also counted by the month, from the check to treatment at its target.
HYPERTENSION = "hypertension"

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Log:
    """A prototype as a template asks for it."""

    def __init__(self, place: Place):
        self.prototype_id = place.prototype_id
        self.neighbourhood_id = place.neighbourhood_id
        self.name = shown(place.prototype)


def show(frame: Frame, views: Sequence[MeasureView]) -> None:
    """Ask for a prototype; offer its spreadsheet and guide, and show the guide."""
    places = {place.prototype_id: place for place in places_of(frame.store)}
    if not places:
        notices.nothing_loaded()
        return
    names = {key: f"{shown(one.neighbourhood)}: {shown(one.prototype)}" for key, one in places.items()}
    left, _ = st.columns((0.5, 0.5))
    with left:
        chosen = context.select("Whose log?", "prototype", names)
    place = places[str(chosen)]
    measures = [one.measure for one in views if one.measure.is_for(place.prototype_id, place.theme)]
    guide = guide_of(Log(place), measures, is_made_up=frame.made_up)
    name = re.sub(r"[^\w-]+", "_", place.prototype_id)[:60] or "log"
    sheet, text, monthly, _ = st.columns((0.3, 0.25, 0.33, 0.12))
    workbook = template_workbook(Log(place), measures, is_made_up=frame.made_up)
    sheet.download_button(
        "Take the spreadsheet (Excel)",
        workbook,
        f"{name}_log.xlsx",
        EXCEL,
        type="primary",
        on_click="ignore",
        width="stretch",
    )
    text.download_button(
        "Take the guide (text)",
        guide_markdown(guide),
        f"{name}_guide.md",
        "text/markdown",
        on_click="ignore",
        width="stretch",
    )
    if place.theme == HYPERTENSION:
        monthly.download_button(
            "Take the sheet of counts by the month (Excel)",
            cascade_workbook(),
            "cascade_counts.xlsx",
            EXCEL,
            on_click="ignore",
            width="stretch",
            help="For a practice or pharmacy: people offered a check, measured, raised, confirmed, treated, to target. "
            "Its sheet Guide says what goes where.",
        )
    st.html(guide_html(guide))


def guide_html(guide: Guide) -> str:
    """Return the guide as the page shows it."""
    rows = "".join(
        f'<tr><th scope="row"><code>{escape(one.heading)}</code></th><td data-label="What to write">'
        f"{shown_html(one.what, 300)}</td></tr>"
        for one in guide.columns
    )
    charts = [shown_html(line, 300) for line in guide.charts] or ["No measure is counted here yet."]
    return (
        f'<section class="guide"><h2>{shown_html(guide.title, 200)}</h2>'
        '<table class="plain"><caption>The columns, as they stand in the first line of the sheet</caption>'
        f'<thead><tr><th scope="col">Heading</th><th scope="col">What to write</th></tr></thead><tbody>{rows}</tbody></table>'
        f"<h2>The rules</h2>{_list([escape(rule) for rule in guide.rules])}"
        f"<h2>What it becomes</h2>{_list(charts)}<h2>Hand it in</h2><p>{escape(guide.hand_in)}</p></section>"
    )


def _list(entries: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"
