"""The Pack page: one button makes the pack for the minutes, with its progress; then every part can be taken away."""

from __future__ import annotations

import datetime as dt
import mimetypes
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import context
from dashboard.components import notices
from dashboard.components.changes.since import choose_since
from dashboard.components.frame import Frame
from dashboard.components.wording import day
from dashboard.exports.contents import PackError
from dashboard.exports.pack import WHAT, Pack, make_pack
from dashboard.store import Store

MAKE, ALL = "Make the pack", "Take away all of it (zip)"

#: What is made of a mart and a day is kept for everybody who asks for the same; the least used is forgotten first.
MOST_KEPT = 3

OFFLINE = (
    "The pack is made from the figures that may be shared: small numbers are held back in every part, as on the screens. "
    "Its words are those of the screens. The same data and day give the same files, byte for byte; the manifest has "
    "their hashes."
)


def show(frame: Frame) -> None:
    """Show what is in the pack, the day that its news reaches back to, the button, and what was made."""
    frame.title("The pack for the minutes", above="Everything of the meeting, to send round and to keep")
    listed = "".join(f"<li><b>{escape(name)}</b> {escape(what)}</li>" for name, what in WHAT.items())
    st.html(f'<section class="told pack"><p>{OFFLINE}</p><ul>{listed}</ul></section>')
    _make_and_take(context.open_shared_store())


@st.fragment
def _make_and_take(store: Store) -> None:
    """Ask for the day, make the pack when the button is pressed, and offer its parts."""
    with st.container(key="pack_since", width=320):
        since = choose_since(store, "News since")
    wanted = (str(store.path), since)
    if st.button(MAKE, type="primary", key="make_pack"):
        st.session_state["pack_wanted"] = wanted
    if st.session_state.get("pack_wanted") != wanted:
        return
    bar = st.progress(0.0, "Starting")
    try:
        made = _made(*wanted, store, bar)
    except PackError as error:
        bar.empty()
        notices.notice("The pack cannot be made", str(error))
        return
    bar.empty()
    _offer(made, since)


def _made(path: str, since: dt.date, store: Store, bar: DeltaGenerator) -> Pack:
    """Return the pack of a mart and a day, made now unless somebody asked for the same before."""
    shelf = _shelf(path, since)
    if not shelf:
        shelf.append(make_pack(store, since, told=lambda share, words: _tell(bar, share, words)))
    return shelf[0]


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT)
def _shelf(path: str, since: dt.date) -> list[Pack]:  # noqa: ARG001 - the key
    """Return where the pack of a mart and a day lies; empty until it is made. Making it draws, which no cache may do."""
    return []


def _tell(bar: DeltaGenerator, share: float, words: str) -> None:
    bar.progress(share, words)


def _offer(made: Pack, since: dt.date) -> None:
    """Offer the whole and every part; taking one away changes nothing on the page."""
    st.html(
        f'<p class="pack-made" role="status">The pack is ready: data until {day(made.facts["data_until"], year=True)}, '
        f"news since {day(since, year=True)}, {len(made.files)} files.</p>"
    )
    for name, reason in made.left_out.items():
        notices.notice(f"{name} is left out", reason)
    _take(ALL, made.name, made.zipped(), kind="primary")
    for name, content in made.files.items():
        _take(f"{name} ({size_words(len(content))})", name, content)


def _take(words: str, name: str, content: bytes, kind: str = "secondary") -> None:
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    key = f"take_{name.replace('.', '_').replace('-', '_')}"
    st.download_button(words, content, name, media, key=key, on_click="ignore", type=kind)  # type: ignore[arg-type]


def size_words(n_bytes: int) -> str:
    """Write the size of a file: ``540 kB``, ``4.7 MB``."""
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e6 else f"{max(1, round(n_bytes / 1e3))} kB"
