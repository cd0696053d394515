"""Beginning a meeting: what it is called, who writes it down, and how long a question may take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.meeting.running_order import START
from dashboard.components.meeting.sitting import MINUTES_AN_ITEM, MOST_MINUTES, Sitting, today
from dashboard.components.signed import signed
from dashboard.components.wording import rows_of
from pipelines.records.kinds import MeetingHeld

NAME = "Steering group"

FORM = "begin"

#: Several meetings on a day are told apart by a letter.
LETTERS = ("", *"bcdefghij")


def meeting_id(on: dt.date, taken: Collection[str]) -> str:
    """Return a name for the meeting of a day that no other has, e.g. ``steering-2026-10-27``."""
    names = [f"steering-{on.isoformat()}{letter}" for letter in LETTERS]
    return next((name for name in names if name not in taken), names[-1])


def show(sitting: Sitting) -> None:
    """Show the row that begins a meeting; where this server keeps nothing, say that one can look."""
    if not context.may_write():
        st.html('<p class="meeting-told">Looking only: nothing can be recorded on this copy.</p>')
        return
    with st.form(FORM, border=False, enter_to_submit=False):
        wrong = st.container(gap=None)
        with st.container(key="meeting_row", horizontal=True, vertical_alignment="bottom"):
            name = st.text_input("Meeting", value=NAME, max_chars=80, key="begin_name")
            who = signed(FORM)
            minutes = st.number_input(
                "Minutes a question", 1, MOST_MINUTES, sitting.minutes, key="begin_minutes"
            )
            pressed = st.form_submit_button("Begin the meeting", type="primary")
    if not pressed:
        return
    on = today()
    taken = {str(row["meeting_id"]) for row in rows_of(sitting.store.meetings())}
    body = MeetingHeld(
        meeting_id(on, taken), on, " ".join((name or "").split()) or NAME, min(sitting.since, on)
    )
    saved = form_saving.once(FORM, [body], who)
    if saved.is_saved:
        many = int(minutes)
        context.remember(
            meeting=_begun(body),
            since=body.since.isoformat(),
            item=START,
            minutes=None if many == MINUTES_AN_ITEM else str(many),
        )
        st.rerun()
    form_saving.refused(saved, {}, wrong.html)


def _begun(body: MeetingHeld) -> str:
    """Return the meeting that was saved: of a button pressed twice, the first."""
    held = form_saving.slot(FORM).bodies
    return next((one.meeting_id for one in held if isinstance(one, MeetingHeld)), body.meeting_id)
