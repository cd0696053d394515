"""Other readings of a cycle, shown beside the decision with the role of who wrote them."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.cycle.seal import sealed_on
from dashboard.components.cycle.view import CycleView, Row
from dashboard.components.signed import signed
from dashboard.components.wording import missing
from pipelines.records.kinds import DissentNoted

NOTHING = "Write how you see it: a sentence is enough."


def show(view: CycleView) -> None:
    """Show the notes that were written, and a way to add one."""
    if view.dissents:
        st.html(f'<section class="dissents"><h3>Seen differently</h3>{notes_html(view.dissents)}</section>')
    form_saving.tell(f"dissent_{view.cycle_id}")
    if not context.may_write():
        return
    with st.expander("Someone sees it differently? Add a dissent note"):
        _form(view)


def notes_html(rows: list[Row]) -> str:
    """Return the notes, each with the role of who wrote it, or the name where no role was given."""
    return "".join(
        f'<blockquote class="learned">{escape(str(row["text"]))}'
        f"<footer>{escape(str(row['who'] if missing(row['role']) else row['role']))}, "
        f"{sealed_on(row['saved_at'])}</footer></blockquote>"
        for row in rows
    )


def _form(view: CycleView) -> None:
    form = f"dissent_{view.cycle_id}_{len(view.dissents)}"
    with st.form(form, border=False, enter_to_submit=False):
        wrong = st.container(gap=None)
        text = st.text_area("How do you see it?", key=f"{form}_text", max_chars=2000, height=80)
        of_role = st.container(gap=None)
        role = st.text_input("Your role, as it will be shown", key=f"{form}_role", max_chars=80)
        unsigned = st.container(gap=None)
        who = signed(form)
        pressed = st.form_submit_button("Add this note")
    if not pressed:
        return
    if not text.strip():
        wrong.html(form_saving.fault_html(NOTHING))
        return
    body = DissentNoted(view.cycle_id, text.strip(), role.strip() or None)
    saved = form_saving.once(f"dissent_{view.cycle_id}", [body], who)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, {"text": wrong, "role": of_role, "who": unsigned}, wrong.html)
