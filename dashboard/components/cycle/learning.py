"""What a group learned from a cycle: in its own words, signed; two questions help to find them."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.cycle.seal import sealed_on
from dashboard.components.cycle.view import CycleView, Stand
from dashboard.components.signed import signed
from dashboard.components.wording import missing
from pipelines.records.kinds import LearningWritten

SURPRISED, DIFFERENTLY = "What surprised us?", "What would we do differently?"

#: Longest answer to one of the two questions; both are kept as one text of at most 2,000 letters.
LONGEST = 900

NOTHING = "Write at least one answer: a sentence is enough."


def show(view: CycleView) -> None:
    """Show what was learned, and the form to write it."""
    st.html(f'<section class="aside"><h2>What we learned</h2>{_written_html(view)}</section>')
    if view.stand is Stand.NOT_BEGUN:
        st.html('<p class="muted">There is something to learn once testing has begun.</p>')
        return
    form_saving.tell(f"learning_{view.cycle_id}")
    if not context.may_write():
        return
    is_written = bool(view.learnings) or not missing(view.filed["learning"])
    with st.expander("Write more") if is_written else st.container():
        _form(view)


def text_of(surprised: str, differently: str) -> str:
    """Return both answers as one text; a question without an answer is left out."""
    answers = {SURPRISED: surprised.strip(), DIFFERENTLY: differently.strip()}
    return "\n".join(f"{question} {answer}" for question, answer in answers.items() if answer)


def _written_html(view: CycleView) -> str:
    standing = [row for row in view.learnings if row["is_standing"]]
    if standing:
        return "".join(
            f'<blockquote class="learned">{_lines(row["text"])}'
            f"<footer>{escape(str(row['who']))}, {sealed_on(row['saved_at'])}</footer></blockquote>"
            for row in standing
        )
    text = view.filed["learning"]
    if missing(text) or not str(text).strip():
        return ""
    return f'<blockquote class="learned">{_lines(text)}</blockquote>'


def _lines(text: object) -> str:
    return "<br>".join(escape(line) for line in str(text).splitlines())


def _form(view: CycleView) -> None:
    form = f"learning_{view.cycle_id}_{len(view.learnings)}"
    with st.form(form, border=False, enter_to_submit=False):
        wrong = st.container(gap=None)
        surprised = st.text_area(SURPRISED, key=f"{form}_surprised", max_chars=LONGEST, height=80)
        differently = st.text_area(DIFFERENTLY, key=f"{form}_differently", max_chars=LONGEST, height=80)
        unsigned = st.container(gap=None)
        who = signed(form)
        pressed = st.form_submit_button("Keep what we learned")
    if not pressed:
        return
    text = text_of(surprised, differently)
    if not text:
        wrong.html(form_saving.fault_html(NOTHING))
        return
    body = LearningWritten(view.cycle_id, text)
    saved = form_saving.once(f"learning_{view.cycle_id}", [body], who)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, {"text": wrong, "who": unsigned}, wrong.html)
