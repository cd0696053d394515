"""The page Log a test: one screen on a phone, one hand, one minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import notices, save, styles
from dashboard.components.frame import BADGE, Frame
from dashboard.components.log_a_test import form as log_form
from dashboard.components.log_a_test import numbers as log_numbers
from dashboard.components.log_a_test import place as log_place
from dashboard.components.log_a_test import saved as log_saved
from dashboard.components.log_a_test import state as log_state
from dashboard.components.log_a_test.place import LogPlace
from dashboard.components.log_a_test.state import Draft
from dashboard.components.plain_text import shown
from dashboard.components.save import LONDON
from pipelines.errors import Fault
from pipelines.records import faults_of
from pipelines.records.kinds import SessionLogged

NAME = "Log a test"

NO_DAY = "Not saved. Pick the day of the test first."
WRONG = "Nothing is saved while two numbers contradict each other."


def body(frame: Frame) -> None:
    """Draw the page: the form, or what became of the test."""
    styles.show_own("log_a_test")
    with st.container(key="log_page"):
        place = log_place.find(frame.store, _today())
        if place is None:
            st.html(title_html("No prototype yet", frame.made_up))
            no_prototype()
            return
        _head(frame, place)
        if not save.is_here():
            return
        one = log_state.draft(log_numbers.restored(st.session_state.get(log_numbers.KEY)))
        if one.kept is not None:
            log_saved.show(frame.store, place, one.kept, one)
            log_numbers.remember_end(one, place.place.prototype_id)
        elif not place.measures:
            no_measure(place)
        elif one.was_held:
            _held(place, one)
        else:
            _not_held(place, one)


def _today() -> dt.date:
    return dt.datetime.now(LONDON).date()


def title_html(name: str, made_up: bool) -> str:
    """Return the head of the page: what it is for, and whose test it is."""
    return (
        f'<header class="page-title log-title"><p class="above">{NAME}</p>{BADGE if made_up else ""}'
        f"<h1>{escape(name)}</h1></header>"
    )


def _head(frame: Frame, place: LogPlace) -> None:
    st.html(title_html(shown(place.place.prototype), frame.made_up))
    with st.container(horizontal=True, vertical_alignment="center", key="log_where"):
        st.html(f"<p>{escape(place.where)}</p>")
        log_place.change(frame.store, place)


def no_prototype() -> None:
    """Say that there is nothing to test yet, and where that begins."""
    notices.notice(
        "Nothing to test yet",
        "A test belongs to a prototype, and none is running here.",
        "Begin one on the Prototype page, or bring in a log on the Data page.",
    )


def no_measure(place: LogPlace) -> None:
    """Say that nobody has said what is counted here, and where that is done."""
    notices.notice(
        "Nothing to count yet",
        f"No measure has been chosen for {shown(place.place.prototype)}, so there is no number to ask for.",
    )
    address = escape(context.link("measures"))
    st.html(f'<p class="log-way"><a href="{address}" target="_self">Choose a measure</a></p>')


def _held(place: LogPlace, one: Draft) -> None:
    """Draw the form of a test that took place."""
    if one.restored_at is not None:
        _restored(one.restored_at)
    day = log_form.when(one, _today())
    counts, said = log_form.numbers(one, place)
    spot, told = log_form.where(one, place.used), log_form.unusual(one)
    entered = _entered(place, day, counts, spot, told, was_held=True)
    _warn(_faults(entered), ("place", "note"))
    st.html('<p class="log-only">Numbers only. No names, no addresses.</p>')
    who = log_form.who(one)
    _save_button("Save this test", one, is_blocked=said.is_wrong)
    if said.is_wrong:
        one.wants_saving = False
        st.html(f'<p class="log-fault" role="status">{WRONG}</p>')
    _save_where_wanted(one, entered, who)
    log_numbers.show_line()
    if one.failed:
        st.html(fault_html(one.failed))
    if st.button(
        "A test was planned but did not happen", type="tertiary", key="log_not_held", width="stretch"
    ):
        one.was_held = False
        st.rerun()


def _restored(at: dt.datetime) -> None:
    """Say that this phone had kept the test, and offer an empty form."""
    with st.container(horizontal=True, vertical_alignment="center", key="log_restored"):
        st.html(f'<p class="log-only">Still here from {at:%H:%M}: what you had typed.</p>')
        if st.button("Start afresh", type="tertiary", key="log_afresh"):
            log_state.begin()
            st.rerun()


def _not_held(place: LogPlace, one: Draft) -> None:
    """Draw the form of a test that was planned and did not happen: a gap with a reason, never a zero."""
    st.html('<p class="log-only">It shows as a gap with its reason, never as a zero.</p>')
    day = log_form.when(one, _today())
    entered = _entered(place, day, {}, None, log_form.why_not(one), was_held=False)
    if entered is not None and entered.why_not_held:
        _warn(_faults(entered), ("why_not_held",))
    who = log_form.who(one)
    _save_button("Save the gap", one)
    _save_where_wanted(one, entered, who)
    log_numbers.show_line()
    if one.failed:
        st.html(fault_html(one.failed))
    if st.button("It did happen", type="tertiary", key="log_held", width="stretch"):
        one.was_held = True
        st.rerun()


def _entered(
    place: LogPlace,
    day: dt.date | None,
    counts: Mapping[str, float],
    spot: str | None,
    told: Sequence[str],
    *,
    was_held: bool,
) -> SessionLogged | None:
    """Return what was typed in as a record; None while there is no day."""
    if day is None:
        return None
    words = "; ".join(told) or None
    return SessionLogged(
        place.place.prototype_id,
        day,
        dict(counts),
        cycle_no=place.cycle_no,
        place=spot,
        note=words if was_held else None,
        was_held=was_held,
        why_not_held=None if was_held else words,
    )


def _faults(entered: SessionLogged | None) -> list[Fault]:
    return faults_of(entered, dt.datetime.now(LONDON)) if entered is not None else []


def _warn(faults: Sequence[Fault], names: Sequence[str]) -> None:
    """Say at once what may not be kept, in the fields that it is about."""
    lines = dict.fromkeys(fault.reason for fault in faults if fault.column in names)
    for line in lines:
        st.html(fault_html(line))


def fault_html(words: str) -> str:
    """Return a line that says what must be mended."""
    return f'<p class="log-fault" role="alert">{escape(shown(words, 400))}</p>'


def _save_button(words: str, one: Draft, *, is_blocked: bool = False) -> None:
    """Show the save button; its tap is noted on the draft before anything of the page is drawn."""
    st.button(
        words, type="primary", key="log_save", width="stretch", disabled=is_blocked, on_click=one.want_saving
    )


def _save_where_wanted(one: Draft, entered: SessionLogged | None, who: str) -> None:
    """Save after a tap, and draw the page anew where it was; else the form stays as it is, with the reason below."""
    if not one.wants_saving:
        return
    if entered is None:
        one.wants_saving, one.failed = False, NO_DAY
        return
    with st.spinner("Saving, and making the charts again"):
        log_state.keep(one, entered, who)
    if not one.failed:
        st.rerun()
