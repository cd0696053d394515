"""What meetings agreed about a cycle, its measure or its prototype, and what became of it; nothing where nothing was."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from dashboard.components.cycle.view import CycleView
from dashboard.components.frame import Frame
from dashboard.components.wording import date, day, missing, rows_of

Row = dict[str, Any]


def show(frame: Frame, view: CycleView) -> None:
    """Show what was agreed about a cycle, and about its measure from the first day of Do on."""
    rows = [row for row in rows_of(frame.store.agreed_of(_prototype(view))) if is_about(row, view)]
    if rows:
        st.html(f'<section class="aside"><h2>Agreed at meetings</h2>{agreed_html(rows)}</section>')


def show_all(frame: Frame, prototype_id: str) -> None:
    """Show what was agreed about a prototype's cycles and charts."""
    rows = rows_of(frame.store.agreed_of(prototype_id))
    if rows:
        st.html(f'<section class="told"><h2>Agreed at meetings</h2>{agreed_html(rows)}</section>')


def is_about(row: Row, view: CycleView) -> bool:
    """Whether something agreed speaks of a cycle, or of the chart that it is judged on once Do had begun."""
    if row["about"] == view.cycle_id:
        return True
    start, held_on = date(view.filed["do_start"]), date(row["held_on"])
    is_chart = row["about"] == f"{view.filed['primary_measure']}@{_prototype(view)}"
    return is_chart and start is not None and held_on is not None and held_on >= start


def _prototype(view: CycleView) -> str:
    return str(view.filed["prototype_id"])


def agreed_html(rows: list[Row]) -> str:
    """Return what was agreed as a list: the day and the meeting, the question, the sentence, and why."""
    return f'<ul class="must-say">{"".join(_line(row) for row in rows)}</ul>'


def _line(row: Row) -> str:
    head = f"{day(row['held_on'], year=True)}, {row['meeting']}:"
    because = "" if missing(row["reason"]) else f" Because: {row['reason']}"
    told = "" if missing(row["became_text"]) else f" {row['became_text']}"
    return (
        f'<li><span class="muted">{escape(head)}</span> {escape(str(row["question"]))} '
        f"<b>{escape(str(row['sentence']))}</b>{escape(told)}{escape(because)}</li>"
    )
