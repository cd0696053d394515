"""The last slide: everything agreed on one screen, what was left open, and the end of the meeting as a record."""

from __future__ import annotations

import datetime as dt
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.meeting.running_order import Question
from dashboard.components.meeting.sitting import Row, Sitting
from dashboard.components.save import LONDON
from dashboard.components.signed import signed, signer
from dashboard.components.wording import capital, count, date, day, missing, rows_of
from pipelines.records.faults import LONGEST_MEETING
from pipelines.records.kinds import MeetingHeld

NOTHING = "Nothing has been agreed yet."


def show_agreed(sitting: Sitting) -> None:
    """Show what was agreed, question by question, and which questions were left open."""
    rows = [sitting.answers[one.item] for one in sitting.order.questions if one.item in sitting.answers]
    rows += [row for item, row in sitting.answers.items() if sitting.order.question(item) is None]
    if not rows:
        st.html(f'<p class="meeting-sentence"><span>{NOTHING}</span></p>')
    else:
        lines = "".join(f"<li>{_line(sitting, row)}</li>" for row in rows)
        st.html(f'<ul class="meeting-list">{lines}</ul>')
    left = [one for one in sitting.order.questions if one.item not in sitting.answers]
    st.html(left_html(left, sitting))


def left_html(left: list[Question], sitting: Sitting) -> str:
    """Return how many questions were left open, each a link to its slide; and how many more there were."""
    links = " · ".join(
        f'<a href="{escape(sitting.link(one.item))}" target="_self">{escape(one.title)}</a>' for one in left
    )
    many = f"{capital(count(len(left)))} left open: {links}." if left else "Nothing was left open."
    more = sitting.order.n_left_out
    beyond = f" {capital(count(more))} more changed than one meeting takes." if more else ""
    return f'<p class="meeting-told">{many}{beyond}</p>'


def _line(sitting: Sitting, row: Row) -> str:
    because = "" if missing(row["reason"]) else f" Because: {row['reason']}"
    seen = len(_dissents(sitting, row))
    differently = f" {capital(count(seen))} saw it differently." if seen else ""
    return (
        f'<span class="muted">{escape(str(row["question"]))}</span> <b>{escape(str(row["sentence"]))}</b>'
        f"{escape(because + differently)}"
    )


def _dissents(sitting: Sitting, row: Row) -> list[Row]:
    """Return the readings noted while the meeting was held: since it began, or on its day where it has ended.

    The record of its end takes the place of that of its beginning, so only the day is known afterwards.
    """
    if sitting.meeting is None:
        return []
    saved = sitting.meeting["saved_at"]
    began = dt.datetime.combine(sitting.held_on, dt.time()) if sitting.is_over else saved
    ended = saved if sitting.is_over else dt.datetime.max
    rows = rows_of(sitting.store.dissents(str(row["about"])))
    return [one for one in rows if began <= one["saved_at"] <= ended]


def show_end(sitting: Sitting) -> None:
    """Show the row that ends the meeting, or that it ended."""
    row = sitting.meeting
    if row is None:
        st.html('<p class="meeting-told">Looking only: nothing is recorded.</p>')
    elif sitting.is_over:
        st.html(f'<p class="meeting-recorded" role="status">{_ended(sitting, row)}</p>')
    elif not context.may_write():
        st.html('<p class="meeting-told">The meeting is still open.</p>')
    else:
        _form(sitting, row)


def _ended(sitting: Sitting, row: Row) -> str:
    head = f"{row['name']}, {day(row['held_on'], year=True)}: {int(row['minutes'])} minutes, written down by {row['who']}."
    said = "" if missing(row["text"]) else f" {row['text']}"
    pack = f'<a href="{escape(context.link("pack", since=sitting.since.isoformat()))}" target="_self">The pack</a>'
    return f"<b>Recorded.</b> {escape(head + said)} {pack}"


def minutes_since(began: dt.datetime, now: dt.datetime) -> int:
    """Return how long a meeting took up to now, in minutes, as far as it can be recorded; `began` is in UTC."""
    taken = (now.astimezone(dt.UTC) - began.replace(tzinfo=dt.UTC)).total_seconds() / 60
    return min(max(round(taken), 1), LONGEST_MEETING)


def _form(sitting: Sitting, row: Row) -> None:
    name = f"end_{sitting.meeting_id}"
    taken = minutes_since(row["saved_at"], dt.datetime.now(LONDON))
    with st.form(name, border=False, enter_to_submit=False):
        wrong = st.container(gap=None)
        with st.container(key="meeting_row", horizontal=True, vertical_alignment="bottom"):
            text = st.text_input("What else was said", max_chars=2000, key=f"{name}_text")
            minutes = st.number_input("Minutes it took", 1, LONGEST_MEETING, taken, key=f"{name}_minutes")
            who = signer() or signed(name)
            pressed = st.form_submit_button("End the meeting", type="primary")
    if not pressed:
        return
    body = MeetingHeld(
        sitting.meeting_id,
        sitting.held_on,
        str(row["name"]),
        date(row["since"]) or sitting.since,
        int(minutes),
        (text or "").strip() or None,
    )
    saved = form_saving.once(name, [body], who, str(row["record_id"]))
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, {}, wrong.html)
