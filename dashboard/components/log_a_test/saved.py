"""After a test was saved: when, what, what it did to the charts, and the way back for ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.components.log_a_test import state as log_state
from dashboard.components.log_a_test.check import check
from dashboard.components.log_a_test.effect import Effect, effects_of
from dashboard.components.log_a_test.items import items_counted
from dashboard.components.log_a_test.place import LogPlace
from dashboard.components.log_a_test.state import Draft, Kept
from dashboard.components.plain_text import shown
from dashboard.components.wording import day
from dashboard.store import Store

GAP = "It stands as a gap with its reason, not as a zero."
UNDONE = "It no longer counts on any chart. That it was saved and taken back stays on record."


def show(store: Store, place: LogPlace, kept: Kept, one: Draft) -> None:
    """Say what became of the test; offer the next one, and undo while it can be undone."""
    if kept.undone is not None:
        st.html(undone_html(kept))
    else:
        st.html(saved_html(kept, _summary(place, kept), _effects(store, place, kept)))
    if st.button("Add another", type="primary", key="log_another", width="stretch"):
        log_state.begin()
        st.rerun()
    if kept.undone is None and not one.undo_failed:
        until = f"Undo (until {kept.until:%H:%M})"
        if st.button(until, key="log_undo", width="stretch"):
            with st.spinner("Taking it back, and making the charts again"):
                log_state.undo(one)
            st.rerun()
    if one.undo_failed:
        st.html(f'<p class="log-fault" role="alert">{escape(one.undo_failed)}</p>')


def _summary(place: LogPlace, kept: Kept) -> str:
    """Return what was saved, in a line."""
    body = kept.body
    on = f"{shown(place.place.prototype)}, {body.tested_on:%A} {day(body.tested_on)}."
    if not body.was_held:
        return f"{on} The test did not happen: {shown(body.why_not_held, 200)}."
    said = check(place.measures, items_counted(place.measures), body.counts).words
    return f"{on} {said}"


def _effects(store: Store, place: LogPlace, kept: Kept) -> list[Effect]:
    if kept.body.prototype_id != place.place.prototype_id or kept.saved.trouble:
        return []
    items = list(kept.body.counts) or [item for measure in place.measures for item in measure.items]
    return effects_of(store, place.own_first, kept.body.prototype_id, kept.body.tested_on, items)


def saved_html(kept: Kept, summary: str, effects: Sequence[Effect]) -> str:
    """Return the notice on a test that was saved."""
    trouble = "".join(f"<p>{escape(fault.reason)}</p>" for fault in kept.saved.trouble)
    gap = "" if kept.body.was_held else f"<p>{GAP}</p>"
    lines = "".join(
        f'<li>{escape(one.words)} <a href="{escape(one.address)}" target="_self">See the chart</a></li>'
        for one in effects
    )
    return (
        f'<section class="log-saved" role="status"><h2>{escape(kept.saved.sentence)}</h2>'
        f"<p>{escape(summary)}</p>{gap}{f'<ul>{lines}</ul>' if lines else ''}{trouble}</section>"
    )


def undone_html(kept: Kept) -> str:
    """Return the notice on a test that was taken back."""
    at = kept.undone.at if kept.undone is not None else kept.saved.at
    return (
        f'<section class="log-saved" role="status"><h2>Taken back {at:%H:%M}.</h2>'
        f"<p>{escape(UNDONE)}</p></section>"
    )
