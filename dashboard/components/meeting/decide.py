"""What do we do? The choice, why, who and by when, kept in the sight of all; and what was kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.baseline import accept as baseline_accept
from dashboard.components.baseline import move as baseline_move
from dashboard.components.cycle.decision import why_words
from dashboard.components.meeting.running_order import START, Question
from dashboard.components.meeting.sitting import Row, Sitting
from dashboard.components.prototype_view import Chart
from dashboard.components.save import LONDON, Saved
from dashboard.components.signed import signed, signer
from dashboard.components.wording import capital, day, missing, rows_of
from dashboard.theme import Theme
from pipelines.records import Body
from pipelines.records.kinds import Agreed, DecisionMade
from pipelines.vocabulary import Choice, Decision

ASK = "What do we do?"
CHOOSE = "Choose one."
LOOKING = "Looking only: nothing is recorded."
NOT_ASKED = "This is told; there is nothing to decide."

#: Choices after which a usual range changes, each with the heading of what it takes.
RANGES = {Choice.ACCEPT_THE_RANGE: "Accept the usual range", Choice.MOVE_THE_RANGE: "Move the usual range"}

#: Choices on a cycle, as a decision on it is recorded.
DECISIONS = {Choice(decision.value): decision for decision in Decision}


@dataclass(frozen=True)
class Asked:
    """What the row was given."""

    choice: Choice
    reason: str
    by_whom: str
    by_when: dt.date | None

    def agreed(self, sitting: Sitting, question: Question) -> Agreed:
        """Return the record of it."""
        return Agreed(
            sitting.meeting_id,
            question.item,
            question.about,
            question.question,
            self.choice,
            self.reason or None,
            self.by_whom or None,
            self.by_when,
            audience=context.audience(),
        )

    def decided(self, sitting: Sitting, question: Question) -> DecisionMade | None:
        """Return the decision on the question's cycle; None where it is not about one."""
        decision = DECISIONS.get(self.choice) if question.is_of_a_cycle else None
        if decision is None:
            return None
        on, step = sitting.held_on, None
        return DecisionMade(
            question.cycle_id, decision, on, self.reason, step, self.by_whom or None, self.by_when
        )


@st.fragment
def show(sitting: Sitting, question: Question, chart: Chart | None, theme: Theme) -> None:
    """Show what was recorded on a question, or the row to decide it; a choice draws this row again, not the chart."""
    answer = sitting.answers.get(question.item)
    with st.container(key="meeting_decide", gap=None):
        if answer is not None and not st.session_state.get(_again(question)):
            _show_recorded(sitting, question, answer)
        elif not sitting.is_recording or not question.choices:
            st.html(f'<p class="meeting-told">{_why_not(sitting, question)}</p>')
        else:
            _ask(sitting, question, chart, theme)


def recorded_words(answer: Row) -> str:
    """Return what was agreed as a line, e.g. ``Find the cause: GP health lead, by 8 December.``, and why."""
    because = "" if missing(answer["reason"]) else f" Because: {answer['reason']}"
    return f"{answer['sentence']}{because}"


def saved_time(answer: Row) -> str:
    """Return when an answer was saved, as London's clocks showed it."""
    at: dt.datetime = answer["saved_at"]
    return f"{at.replace(tzinfo=dt.UTC).astimezone(LONDON):%H:%M}"


def _show_recorded(sitting: Sitting, question: Question, answer: Row) -> None:
    with st.container(key="meeting_row", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="meeting-recorded" role="status"><b>Recorded {saved_time(answer)}.</b> '
            f"{escape(recorded_words(answer))}</p>"
        )
        may_change = sitting.is_recording and question.choices
        if may_change and st.button("Answer again", key=f"again_{question.item}"):
            st.session_state[_again(question)] = True
            st.rerun(scope="fragment")


def _again(question: Question) -> str:
    return f"asked_again_{question.item}"


def _why_not(sitting: Sitting, question: Question) -> str:
    if not question.choices:
        return NOT_ASKED
    if sitting.is_over:
        return f"The meeting of {day(sitting.held_on, year=True)} has ended; nothing was agreed on this."
    begin = f'<a href="{escape(sitting.link(START))}" target="_self">Begin the meeting</a>'
    return f"{LOOKING} {begin if context.may_write() else ''}"


def _ask(sitting: Sitting, question: Question, chart: Chart | None, theme: Theme) -> None:
    wrong = st.container(gap=None)
    with st.container(key="meeting_row", horizontal=True, vertical_alignment="bottom"):
        choice, reason, whom, when = _fields(sitting, question)
        who = signer() or signed("meeting")
        pressed = st.button("Record", type="primary", key=f"record_{question.item}")
    if not pressed:
        return
    if choice is None:
        wrong.html(form_saving.fault_html(CHOOSE))
        return
    asked = Asked(choice, reason, whom, when)
    if choice in RANGES and chart is not None:
        _ask_range(sitting, question, asked, chart, theme)
        return
    decided = asked.decided(sitting, question)
    if decided is not None and not asked.reason:
        wrong.html(form_saving.fault_html(why_words(decided.decision)))
        return
    with wrong, st.spinner("Recording"):
        saved = _save(sitting, question, asked, who)
    if saved.is_saved:
        st.session_state.pop(_again(question), None)
        st.rerun()
    form_saving.refused(saved, {}, wrong.html)


def _fields(sitting: Sitting, question: Question) -> tuple[Choice | None, str, str, dt.date | None]:
    key = f"asked_{sitting.meeting_id}_{question.item}"
    st.html(f'<p class="meeting-ask">{ASK}</p>', width="content")
    choice = st.segmented_control(
        ASK,
        question.choices,
        format_func=capital,
        key=f"{key}_choice",
        label_visibility="collapsed",
        wrap=True,
        persist_state="page",
    )
    reason = st.text_input("What, and why", key=f"{key}_reason", max_chars=600, persist_state="page")
    whom = st.text_input("Who", key=f"{key}_whom", max_chars=80, persist_state="page")
    when = st.date_input(
        "By",
        value=None,
        format="DD/MM/YYYY",
        key=f"{key}_when",
        min_value=sitting.held_on,
        persist_state="page",
    )
    return choice, " ".join((reason or "").split()), " ".join((whom or "").split()), when


def _ask_range(sitting: Sitting, question: Question, asked: Asked, chart: Chart, theme: Theme) -> None:
    """Ask what a usual range takes before it is set or moved, and keep both together."""

    @st.dialog(RANGES[asked.choice], width="large")
    def ask() -> None:
        form = baseline_move if asked.choice is Choice.MOVE_THE_RANGE else baseline_accept
        key = f"meeting_range_{chart.summary['series_id']}".replace("@", "_")
        st.session_state.setdefault(f"{key}_reason", asked.reason)
        form.show(chart, theme, key, narrow=False, also=[asked.agreed(sitting, question)])

    ask()


def _save(sitting: Sitting, question: Question, asked: Asked, who: str) -> Saved:
    """Keep the answer, and with it the decision on a cycle; an answer given before gives way to it."""
    agreed, decided = asked.agreed(sitting, question), asked.decided(sitting, question)
    before = sitting.answers.get(question.item)
    bodies: list[Body] = [agreed] if decided is None else [agreed, decided]
    form = f"meeting_{sitting.meeting_id}_{question.item}"
    if before is None:
        return form_saving.once(form, bodies, who)
    saved = form_saving.once(form, [agreed], who, str(before["record_id"]))
    if saved.is_saved and decided is not None:
        return form_saving.once(f"{form}_cycle", [decided], who, _in_force(sitting, question))
    return saved


def _in_force(sitting: Sitting, question: Question) -> str | None:
    """Return the record of the decision on a cycle that stands; None where there is none."""
    rows: list[dict[str, Any]] = rows_of(sitting.store.decisions_of(question.cycle_id))
    standing = [str(row["record_id"]) for row in rows if row["is_standing"]]
    return standing[-1] if standing else None
