"""Somebody sees it differently: a note beside the question, shown from then on wherever its chart or cycle is."""

from __future__ import annotations

import streamlit as st

from dashboard.components import form_saving
from dashboard.components.cycle.dissent import NOTHING
from dashboard.components.meeting.running_order import Question
from dashboard.components.meeting.sitting import Sitting
from dashboard.components.signed import signed
from dashboard.components.wording import rows_of
from pipelines.records.kinds import DissentNoted


def show(sitting: Sitting, question: Question) -> None:
    """Show the way to note another reading; nothing where this meeting records nothing."""
    if not sitting.is_recording or not question.about:
        return
    before = len(rows_of(sitting.store.dissents(question.about)))
    with st.popover("Seen differently?", type="tertiary", key=f"dissent_of_{question.item}_{before}"):
        _form(question, f"dissent_{question.item}_{before}")


def _form(question: Question, form: str) -> None:
    with st.form(form, border=False, enter_to_submit=False):
        wrong = st.container(gap=None)
        text = st.text_area("How is it seen differently?", key=f"{form}_text", max_chars=2000, height=120)
        role = st.text_input("Whose reading: a role, as it will be shown", key=f"{form}_role", max_chars=80)
        who = signed(form)
        pressed = st.form_submit_button("Note it", type="primary")
    if not pressed:
        return
    if not text.strip():
        wrong.html(form_saving.fault_html(NOTHING))
        return
    body = DissentNoted(question.about, text.strip(), role.strip() or None)
    saved = form_saving.once(form, [body], who)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, {}, wrong.html)
