"""Keys, the timer's text and the size of the window: what only the browser knows (assets/meeting_keys.js)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.assets import ASSETS
from dashboard.components.meeting.running_order import END, START
from dashboard.components.meeting.sitting import Sitting
from dashboard.components.meeting.sizes import Screen

_listen = st.components.v2.component(
    "meeting_keys", js=(ASSETS / "meeting_keys.js").read_text(encoding="utf-8"), isolate_styles=False
)

_KEPT = "meeting_screen"

#: Beyond these a window's size is no size, px.
_SMALLEST, _LARGEST = 200, 10_000


def screen() -> Screen:
    """Return the window as the browser told it last; of a first run, a room's screen or, by its name, a phone's."""
    held = st.session_state.get(_KEPT)
    if isinstance(held, Screen):
        return held
    is_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return Screen(390, 840) if is_phone else Screen()


def listen(sitting: Sitting) -> None:
    """Let the keys work and the timer run; a window of another size than thought draws the slide again."""
    now = screen()
    is_timed = sitting.item not in (START, END)
    data = {
        "meeting": sitting.meeting_id or "look",
        "item": sitting.item,
        "minutes": sitting.minutes if is_timed else 0,
        "width": now.width,
        "height": now.height,
    }
    with st.container(key="meeting_keys"):
        told = _listen(key="meeting_window", data=data, default={"window": None}, on_window_change=_heard)
    _remember(getattr(told, "window", None))


def _heard() -> None:
    state: Any = st.session_state.get("meeting_window")
    _remember(state.get("window") if isinstance(state, Mapping) else None)


def _remember(told: Any) -> None:
    """Keep a window's size, where it is one."""
    sides = [told.get(name) if isinstance(told, Mapping) else None for name in ("width", "height")]
    width, height = (
        side if isinstance(side, int) and _SMALLEST <= side <= _LARGEST else None for side in sides
    )
    if width is not None and height is not None:
        st.session_state[_KEPT] = Screen(width, height)
