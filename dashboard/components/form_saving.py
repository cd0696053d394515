"""Saving from any form: once, even where the button is tapped twice; and what became of it, kept to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from dashboard.components.save import Saved, save
from pipelines.records import Body

PREFIX = "saving_"


@dataclass
class Slot:
    """What a form saved last, and what became of it; `is_new` until it was told once, `is_tried` from press to save."""

    bodies: tuple[Body, ...] = ()
    saved: Saved | None = None
    is_new: bool = False
    is_tried: bool = False


def slot(form: str) -> Slot:
    """Return what a form of this session saved last."""
    held: Slot = st.session_state.setdefault(PREFIX + form, Slot())
    return held


def once(form: str, bodies: Sequence[Body], who: str, supersedes: str | None = None) -> Saved:
    """Save, unless this form has just saved the same: a second tap runs the page again in the middle of the first."""
    held = slot(form)
    if held.saved is not None and held.saved.is_saved and held.bodies == tuple(bodies):
        return held.saved
    held.bodies = tuple(bodies)
    held.saved = save(bodies, who, supersedes)
    held.is_new = True
    return held.saved


def tell(form: str) -> None:
    """Say that it was saved, once: on the run after the save, when the charts are new."""
    held = slot(form)
    if held.saved is not None and held.saved.is_saved and held.is_new:
        held.is_new = False
        st.html(f'<p class="saved" role="status">{escape(held.saved.sentence)}</p>')


def refused(saved: Saved, places: Mapping[str, Any], elsewhere: Callable[[str], Any]) -> None:
    """Tell each fault above the field it is about, or where all are told that have no field here."""
    for fault in saved.faults:
        place = places.get(fault.column or "")
        if place is not None:
            place.html(fault_html(fault.reason))
        else:
            elsewhere(fault_html(fault.reason))


def fault_html(words: str) -> str:
    """Return what is wrong with a field, as it stands above it."""
    return f'<p class="field-fault" role="alert">{escape(words)}</p>'
