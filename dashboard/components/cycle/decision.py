"""Adopt, adapt, abandon or continue: the group decides, the verdict does not; a decision is kept for good."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.cycle.view import CycleView, Row, Stand
from dashboard.components.signed import signed
from dashboard.components.wording import day, missing
from pipelines.records.kinds import DecisionMade
from pipelines.vocabulary import Decision

#: What is chosen, what it means, and what stands there once it is recorded.
CHOICES: dict[Decision, tuple[str, str, str]] = {
    Decision.ADOPT: ("Adopt", "Keep it, and make it the usual way here", "Adopted"),
    Decision.ADAPT: ("Adapt", "Change one thing and test again", "Adapted"),
    Decision.ABANDON: ("Abandon", "Stop, and write down why", "Abandoned"),
    Decision.CONTINUE: ("Continue", "Test on as it is, and decide later", "Continued"),
}

CHOOSE = "Choose one of the four."
FOR_GOOD = "Recorded decisions are kept for good; you can add a later one, never erase."


@dataclass(frozen=True)
class Asked:
    """What the form was given."""

    decision: Decision | None
    reason: str
    next_step: str
    by_whom: str
    by_when: dt.date | None
    who: str

    def body(self, cycle_id: str, on: dt.date) -> DecisionMade | None:
        """Return the record; None where the choice is missing."""
        if self.decision is None:
            return None
        step, whom = self.next_step.strip() or None, self.by_whom.strip() or None
        return DecisionMade(cycle_id, self.decision, on, self.reason, step, whom, self.by_when)


def show(view: CycleView) -> None:
    """Show the decision that stands, and the form for one; after a decision the form is folded."""
    st.html('<section class="aside"><h2>Decide</h2></section>')
    form_saving.tell(f"decision_{view.cycle_id}")
    if view.decision is not None:
        st.html(recorded_html(view))
    elif view.stand is Stand.NOT_BEGUN:
        st.html('<p class="muted">There is nothing to decide before testing has begun.</p>')
    if not context.may_write():
        if view.decision is None:
            st.html('<p class="muted">Not decided yet. The verdict does not choose for the group.</p>')
    elif view.decision is not None:
        with st.expander("Add a later decision"):
            _form(view)
    elif view.stand is not Stand.NOT_BEGUN:
        _form(view)


def recorded_html(view: CycleView) -> str:
    """Return the decision in force as a line, what comes next, and the decisions before it."""
    if view.in_force is None:
        return _filed_html(view)
    earlier = [row for row in view.decisions if row["record_id"] != view.in_force["record_id"]]
    before = "".join(f"<li>{_sentence(row)}</li>" for row in earlier)
    told = f'<p class="muted">Before that:</p><ul class="must-say">{before}</ul>' if before else ""
    return f'<p class="recorded">{_sentence(view.in_force, strong=True)}</p>{_next_html(view.in_force)}{told}'


def _sentence(row: Row, strong: bool = False) -> str:
    done = CHOICES[Decision(row["decision"])][2]
    head = f"{done} by {escape(str(row['who']))}, {day(row['decided_on'], year=True)}."
    return f"{f'<b>{head}</b>' if strong else head} Because: {escape(str(row['reason']))}"


def _next_html(row: Row) -> str:
    carries = "" if missing(row["by_whom"]) else escape(str(row["by_whom"]))
    until = "" if missing(row["by_when"]) else f"by {day(row['by_when'], year=True)}"
    whom = ", ".join(part for part in (carries, until) if part)
    step = "" if missing(row["next_step"]) else escape(str(row["next_step"]))
    told = " · ".join(part for part in (step, whom) if part)
    return f'<p class="recorded">Next: {told}</p>' if told else ""


def _filed_html(view: CycleView) -> str:
    """Return a decision that a file names: without who and why, which no file tells."""
    done = CHOICES[Decision(str(view.decision))][2]
    on = view.filed["decided_on"]
    when = "" if missing(on) else f", {day(on, year=True)}"
    return f'<p class="recorded"><b>{done}{when}.</b> Read from a file.</p>'


def _form(view: CycleView) -> None:
    form = f"decision_{view.cycle_id}_{len(view.decisions)}"
    with st.container(key="cycle_decide"), st.form(form, border=False, enter_to_submit=False):
        places = {"decision": st.container(gap=None)}
        asked = _fields(view, form, places)
        with st.container(key="cycle_record"):
            pressed = st.form_submit_button("Record decision", type="primary")
        st.html(f'<p class="muted">{FOR_GOOD}</p>')
    if pressed:
        _record(view, asked, places)


def _fields(view: CycleView, form: str, places: dict[str, Any]) -> Asked:
    picked = st.radio(
        "What does the group decide?",
        list(CHOICES),
        index=None,
        format_func=lambda word: CHOICES[word][0],
        captions=[meaning for _, meaning, _ in CHOICES.values()],
        key=f"{form}_choice",
        label_visibility="collapsed",
    )
    places["reason"] = st.container(gap=None)
    reason = st.text_area("Because", key=f"{form}_reason", max_chars=600, height=80)
    places["next_step"] = st.container(gap=None)
    step = st.text_input("Next step", key=f"{form}_step", max_chars=300)
    left, right = st.columns(2)
    with left:
        places["by_whom"] = st.container(gap=None)
        whom = st.text_input("Who carries it forward?", key=f"{form}_whom", max_chars=80)
    with right:
        places["by_when"] = st.container(gap=None)
        when = st.date_input(
            "By when?", value=None, format="DD/MM/YYYY", key=f"{form}_when", min_value=view.on
        )
    places["who"] = st.container(gap=None)
    return Asked(picked, reason.strip(), step, whom, when, signed(form))


def _record(view: CycleView, asked: Asked, places: dict[str, Any]) -> None:
    """Save the decision, or tell above each field what is missing; what was written stays."""
    body = asked.body(view.cycle_id, view.on)
    if body is None:
        places["decision"].html(form_saving.fault_html(CHOOSE))
    if not asked.reason:
        places["reason"].html(form_saving.fault_html(why_words(asked.decision)))
    if body is None or not asked.reason:
        return
    before = view.in_force["record_id"] if view.in_force is not None else None
    saved = form_saving.once(f"decision_{view.cycle_id}", [body], asked.who, before)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, places, places["decision"].html)


def why_words(decision: Decision | None) -> str:
    """Return how a missing reason is told."""
    word = "this" if decision is None else CHOICES[decision][0].lower()
    return f"Write one sentence: why {word}?"
