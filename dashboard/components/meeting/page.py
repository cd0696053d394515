"""Meeting mode, slide by slide: the start, one question each, and what was agreed."""

from __future__ import annotations

import streamlit as st

from dashboard import context
from dashboard.components import notices, styles
from dashboard.components.frame import Frame
from dashboard.components.meeting import begin as beginning
from dashboard.components.meeting import closing, decide, followed, keys, slide
from dashboard.components.meeting import question as asked
from dashboard.components.meeting.running_order import END, START, Question
from dashboard.components.meeting.sitting import Sitting, sitting
from dashboard.components.save import is_here
from dashboard.components.wording import capital, count, day
from dashboard.theme import PROJECTOR

#: Said where a link names a question that the data do not hold.
NOT_HERE = "The link was made from other data, or the data were corrected since. What is asked now follows."


def show(frame: Frame) -> None:
    """Draw the slide that the address names, and nothing else."""
    now = sitting(frame.store)
    if context.may_write():
        is_here()
    styles.show_own("meeting")
    with st.container(key="meeting_slide", gap=None):
        question = now.order.question(now.item)
        if now.item == START or (question is None and now.item != END):
            _show_start(now, frame)
        elif question is None:
            _show_end(now, frame)
        else:
            _show_question(now, question, frame)
        slide.way(now)
    keys.listen(now)


def _show_start(now: Sitting, frame: Frame) -> None:
    if now.is_lost:
        notices.notice("That question is not here", NOT_HERE)
    told = followed.before(frame.store, now)
    heading = "What became of what we agreed?" if told.rows else "What changed since we met?"
    slide.head(_above(now), heading, made_up=frame.made_up)
    with st.container(key="meeting_body"):
        followed.show(now, told)
        st.html(f'<p class="meeting-sentence"><span>{_ahead(now)}</span></p>')
    if now.meeting is None:
        with st.container(key="meeting_decide", gap=None):
            beginning.show(now)


def _above(now: Sitting) -> str:
    """Return the grey line: which meeting, and from which day its news counts."""
    name = "Meeting" if now.meeting is None else str(now.meeting["name"])
    on = [] if now.meeting is None else [day(now.held_on, year=True)]
    return " · ".join([name, *on, f"news since {day(now.since, year=True)}"])


def _ahead(now: Sitting) -> str:
    """Return how many questions lie ahead, and how long they would take."""
    many, more = len(now.order.questions), now.order.n_left_out
    if not many:
        return f"Nothing that changed since {day(now.since)} asks for a decision. That is common, and fine."
    time = f"{many * now.minutes} minutes at {now.minutes} each"
    waits = "waits" if more == 1 else "wait"
    beyond = f" {capital(count(more))} more {waits} on the page What changed." if more else ""
    return (
        f"<b>{capital(count(many))} question{'s' * (many != 1)} since {day(now.since)}</b>: {time}.{beyond}"
    )


def _show_question(now: Sitting, question: Question, frame: Frame) -> None:
    chart = asked.chart_of(frame.store, question)
    slide.head(asked.above(question, chart), question.heading, made_up=frame.made_up)
    asked.show_chart(question, chart, PROJECTOR, keys.screen())
    asked.show_sentence(now, question, chart, PROJECTOR)
    decide.show(now, question, chart, PROJECTOR)


def _show_end(now: Sitting, frame: Frame) -> None:
    slide.head(_above(now), "What we agreed", made_up=frame.made_up)
    with st.container(key="meeting_body"):
        closing.show_agreed(now)
    with st.container(key="meeting_decide", gap=None):
        closing.show_end(now)
