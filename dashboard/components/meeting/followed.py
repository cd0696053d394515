"""What was agreed before, and what became of it: the first thing that a meeting asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.components import form_saving
from dashboard.components.meeting.sitting import Row, Sitting, today
from dashboard.components.plain_text import label_words
from dashboard.components.signed import signed, signer
from dashboard.components.wording import capital, date, day, missing, rows_of
from dashboard.store import Store
from pipelines.records.kinds import FollowedUp
from pipelines.vocabulary import Became

NOTHING = "Nothing was agreed at a meeting before this one."
ALL_TOLD = "Choose what became of it first."

#: Shares of the width: what was agreed, what became of it, and a few words.
WIDTHS = (0.4, 0.38, 0.22)

#: What is still to be asked of, at later meetings too.
UNDER_WAY = (None, Became.UNDER_WAY)


@dataclass(frozen=True)
class Before:
    """The meeting before this one, and what was agreed there or earlier and is not settled."""

    meeting: Row | None
    rows: tuple[Row, ...]


def before(store: Store, sitting: Sitting) -> Before:
    """Return what was agreed at the last meeting that ended, and whatever older is not settled."""
    last = store.last_meeting(before=sitting.held_on)
    if last is not None and last["meeting_id"] == sitting.meeting_id:
        last = None
    rows = [row for row in rows_of(store.agreed()) if _is_before(row, last, sitting)]
    return Before(last, tuple(rows))


def _is_before(row: Row, last: Row | None, sitting: Sitting) -> bool:
    """Whether a meeting asks of this: agreed at the last one, or earlier for somebody to do and not settled."""
    held_on = date(row["held_on"])
    if row["meeting_id"] == sitting.meeting_id or held_on is None or held_on > sitting.held_on:
        return False
    is_last = last is not None and row["meeting_id"] == last["meeting_id"]
    is_for_somebody = not (missing(row["by_whom"]) and missing(row["by_when"]))
    return is_last or (is_for_somebody and _became(row) in UNDER_WAY)


def show(sitting: Sitting, told: Before) -> None:
    """Show each thing agreed with what became of it; where the meeting records, with the way to tell it."""
    if not told.rows:
        st.html(f'<p class="meeting-sentence"><span>{NOTHING}</span></p>')
        return
    if sitting.is_recording:
        _form(sitting, told)
    else:
        lines = "".join(f"<li>{row_html(row)}</li>" for row in told.rows)
        st.html(f'<ul class="meeting-list">{lines}</ul>')


def row_html(row: Row) -> str:
    """Return one thing agreed: its question, what was agreed, and what was told of it."""
    on = "" if missing(row["became_on"]) else f" {capital(str(row['became']))} on {day(row['became_on'])}."
    text = "" if missing(row["became_text"]) else f" {row['became_text']}"
    return (
        f'<span class="muted">{escape(str(row["question"]))}</span> '
        f"<b>{escape(_agreed(row))}</b>{escape(on + text)}"
    )


def _agreed(row: Row) -> str:
    """Return the sentence of what was agreed; what became of it stands beside, with its day."""
    became = _became(row)
    return str(row["sentence"]).removesuffix(f" {capital(became)}.") if became else str(row["sentence"])


def _became(row: Row) -> Became | None:
    return None if missing(row["became"]) else Became(row["became"])


def _form(sitting: Sitting, told: Before) -> None:
    form_saving.tell(_name(sitting))
    with st.form(_name(sitting), border=False, enter_to_submit=False):
        wrong = st.container(gap=None)
        chosen = {str(row["record_id"]): _row(row) for row in told.rows}
        with st.container(key="meeting_row", horizontal=True, vertical_alignment="bottom"):
            who = signer() or signed("followed")
            pressed = st.form_submit_button("Record what became of it", type="primary")
    if not pressed:
        return
    rows = {str(row["record_id"]): row for row in told.rows}
    bodies = [
        FollowedUp(record_id, became, min(today(), sitting.held_on + dt.timedelta(days=1)), text or None)
        for record_id, (became, text) in chosen.items()
        if became is not None and _is_new(rows[record_id], became, text)
    ]
    if not bodies:
        wrong.html(form_saving.fault_html(ALL_TOLD))
        return
    saved = form_saving.once(_name(sitting), bodies, who)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, {}, wrong.html)


def _row(row: Row) -> tuple[Became | None, str]:
    """Ask what became of one thing."""
    key = f"followed_{row['record_id']}"
    said, chosen, written = st.columns(WIDTHS, vertical_alignment="bottom", gap="medium")
    said.html(f'<p class="meeting-agreed">{row_html(row)}</p>')
    became = chosen.segmented_control(
        f"What became of it: {label_words(_agreed(row))}",
        tuple(Became),
        format_func=capital,
        default=_became(row),
        key=f"{key}_became",
        label_visibility="collapsed",
        wrap=True,
        persist_state="page",
    )
    text = written.text_input("In a few words", key=f"{key}_text", max_chars=600, persist_state="page")
    return became, " ".join((text or "").split())


def _is_new(row: Row, became: Became, text: str) -> bool:
    return became != _became(row) or bool(text)


def _name(sitting: Sitting) -> str:
    return f"followed_{sitting.meeting_id}"
