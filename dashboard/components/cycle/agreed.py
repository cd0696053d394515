"""What meetings agreed about a cycle, its chart or its prototype, what became of it, and who saw it differently."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard.components.cycle.dissent import notes_html
from dashboard.components.cycle.view import CycleView
from dashboard.components.frame import Frame
from dashboard.components.wording import date, day, missing, rows_of

Row = dict[str, Any]


def show(frame: Frame, view: CycleView) -> None:
    """Show what was agreed about a cycle, and about its chart from the first day of Do on, and who saw that differently."""
    prototype_id = _prototype(view)
    rows = [
        row for row in rows_of(frame.store.agreed_of(prototype_id)) if is_about(row, view, row["held_on"])
    ]
    notes = [
        row
        for row in rows_of(frame.store.dissents_of(prototype_id))
        if row["about"] != view.cycle_id and is_about(row, view, row["saved_at"])
    ]
    _section("aside", rows, notes)


def show_all(frame: Frame, prototype_id: str) -> None:
    """Show what was agreed about a prototype's cycles and charts, and who saw any of them differently."""
    _section(
        "told", rows_of(frame.store.agreed_of(prototype_id)), rows_of(frame.store.dissents_of(prototype_id))
    )


def _section(name: str, rows: list[Row], notes: list[Row]) -> None:
    agreed = f"<h2>Agreed at meetings</h2>{agreed_html(rows)}" if rows else ""
    level = 3 if rows else 2
    differently = f"<h{level}>Seen differently</h{level}>{notes_html(notes)}" if notes else ""
    if agreed or differently:
        st.html(f'<section class="{name} dissents">{agreed}{differently}</section>')


def is_about(row: Row, view: CycleView, on: Any) -> bool:
    """Whether something said on a day speaks of a cycle, or of the chart that it is judged on once Do had begun."""
    if row["about"] == view.cycle_id:
        return True
    start, said_on = date(view.filed["do_start"]), date(on)
    is_chart = row["about"] == f"{view.filed['primary_measure']}@{_prototype(view)}"
    return is_chart and start is not None and said_on is not None and said_on >= start


def _prototype(view: CycleView) -> str:
    return str(view.filed["prototype_id"])


def agreed_html(rows: list[Row]) -> str:
    """Return what was agreed as a list: the day and the meeting, the question, the sentence, what became of it, why."""
    return f'<ul class="must-say agreed">{"".join(_line(row) for row in rows)}</ul>'


def _line(row: Row) -> str:
    head = f"{day(row['held_on'], year=True)}, {row['meeting']}:"
    told = "" if missing(row["became_text"]) else f" {row['became_text']}"
    because = "" if missing(row["reason"]) else f"<br>Because: {escape(str(row['reason']))}"
    return (
        f'<li><span class="muted">{escape(head)}</span> {escape(str(row["question"]))}<br>'
        f"<b>{escape(str(row['sentence']))}</b>{escape(told)}{because}</li>"
    )
