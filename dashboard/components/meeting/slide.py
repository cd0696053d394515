"""What every slide has: the grey line and the heading above, the way on below."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import context
from dashboard.components.frame import BADGE
from dashboard.components.meeting.running_order import END, START
from dashboard.components.meeting.sitting import Sitting

#: What the last slide is called on the way there.
LAST = "what we agreed"


def head(above: str, heading: str, *, made_up: bool) -> None:
    """Show the grey line, the badge of made-up data and the one heading; all plain text."""
    badge = BADGE if made_up else ""
    st.html(f'<header class="meeting-head"><p>{escape(above)}</p>{badge}<h1>{escape(heading)}</h1></header>')


def way(sitting: Sitting) -> None:
    """Show the way on: back, how far one is and how long it may still take, next; and the way out."""
    st.html(way_html(sitting))


def way_html(sitting: Sitting) -> str:
    """Return the line of way-finding; the keys press its links."""
    back, after = sitting.beside(-1), sitting.beside(1)
    before = "" if back is None else _link(sitting.link(back), "back", "← Back")
    onward = "" if after is None else _link(sitting.link(after), "next", f"Next: {_name(sitting, after)} →")
    out = _link(leave(sitting), "leave", "Leave")
    return (
        f'<nav class="meeting-way" aria-label="Slides"><span>{before}</span>'
        f'<span class="meeting-far">{escape(progress(sitting))}'
        f'<span class="meeting-timer" role="timer"></span>{out}</span><span>{onward}</span></nav>'
    )


def progress(sitting: Sitting) -> str:
    """Return how far one is: ``Question 2 of 5``; of the first slide what lies ahead."""
    many = len(sitting.order.questions)
    if sitting.item == START:
        return f"{many} question{'s' * (many != 1)}"
    return LAST.capitalize() if sitting.item == END else f"Question {sitting.at} of {many}"


def leave(sitting: Sitting) -> str:
    """Return the address that Esc leads to: what changed since the same day."""
    choices = {name: value for name, value in sitting.choices().items() if name not in ("meeting", "minutes")}
    return context.link("changes", **choices)


def _link(to: str, name: str, words: str) -> str:
    return f'<a class="meeting-{name}" href="{escape(to)}" target="_self">{escape(words)}</a>'


def _name(sitting: Sitting, item: str) -> str:
    """Return what a slide is called on the way there: its question, with a small letter where that is no name."""
    if item == END:
        return LAST
    question = sitting.order.question(item)
    if question is None:
        return "what we agreed last time"
    words = question.heading
    first = words.partition(" ")[0]
    return (
        words[:1].lower() + words[1:] if first in ("Is", "Are", "Did", "May", "Does", "Has", "Do") else words
    )
