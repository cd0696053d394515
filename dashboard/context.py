"""What the reader has chosen, kept in the address, and the mart that answers.

A choice lives in the URL alone, so that a link shows what its sender saw. The audience is none of them: it is
fixed when the server starts, by `LEARNING_AUDIENCE` or `streamlit run streamlit_app.py -- --audience group`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.store import Store
from dashboard.theme import LIGHT, PROJECTOR, THEMES, Theme
from pipelines.inputs import default_data, default_marts
from pipelines.mart import current
from pipelines.vocabulary import Audience


def audience() -> Audience:
    """Return who this server speaks to: the shared mart unless it was started for the group."""
    words = sys.argv[1:]
    asked = os.environ.get("LEARNING_AUDIENCE", "shared")
    if "--audience" in words[:-1]:
        asked = words[words.index("--audience") + 1]
    return Audience.TRUE if asked == "group" else Audience.SHARED


#: Addresses that only this machine can reach.
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")

#: Headers that a proxy adds: whoever comes through one does not sit at this machine.
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def may_write() -> bool:
    """Whether this reader may change files: the server listens to its own machine alone, and no proxy stands between.

    There are no accounts here, so whoever reaches a server that writes could change everybody's data. A copy for reading
    has no data to change.
    """
    is_own = str(st.get_option("server.address") or "") in OWN_MACHINE
    is_direct = not any(name in st.context.headers for name in PROXY_HEADERS)
    return is_own and is_direct and not is_reading_copy()


def is_reading_copy() -> bool:
    """Whether this server has charts and no data folder behind them, so that nothing can be kept, read in or made anew."""
    return not data_folder().is_dir()


def data_folder() -> Path:
    """Return the folder with `inbox/`, `measures/` and `sample/` that this server builds from."""
    return default_data()


def marts_folder() -> Path:
    """Return the folder with `shared/` and `true/`."""
    return default_marts()


def open_store() -> Store:
    """Return the store of the mart in use; a new build is seen at the next rerun.

    Raises
    ------
    MartError
        Where there is no mart, or it cannot be read.
    """
    return _open(str(current(marts_folder() / audience())))


def open_shared_store() -> Store:
    """Return the store of the shared mart, whoever this server speaks to: what is taken away is made of it alone.

    Raises
    ------
    MartError
        Where there is no such mart, or it cannot be read.
    """
    return _open(str(current(marts_folder() / Audience.SHARED)))


@st.cache_resource(show_spinner=False, max_entries=8)
def _open(path: str) -> Store:
    """Open a mart once: its name tells its content, and a second handle on the same file is refused by DuckDB."""
    return Store(Path(path))


def theme() -> Theme:
    """Return the reader's theme: projector where the address asks for it, else Streamlit's light or dark."""
    if is_projector():
        return PROJECTOR
    return THEMES.get(str(st.context.theme.type), LIGHT)


def is_projector() -> bool:
    """Whether the address says `view=projector`."""
    return st.query_params.get("view") == "projector"


def choice(name: str, options: Sequence[str], default: str | None = None) -> str | None:
    """Return the choice in the address; where it is no option, the default, else the first option."""
    asked = st.query_params.get(name)
    if asked in options:
        return asked
    return default if default is not None or not options else options[0]


def remember(**choices: str | None) -> None:
    """Write choices to the address; None takes one away."""
    for name, value in choices.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def link(page: str, **choices: str | None) -> str:
    """Return the address of a page with choices; the projector view goes along unless `view` is named.

    `page` is the page's file name without its ending, e.g. ``neighbourhood``; ``""`` is the Overview.
    """
    kept: dict[str, str | None] = {"view": "projector"} if is_projector() else {}
    query = urlencode({name: value for name, value in (kept | choices).items() if value is not None})
    return f"{page or '.'}?{query}" if query else page or "."


def select(
    label: str, name: str, options: dict[str, str], default: str | None = None, folded: bool = False
) -> str | None:
    """Show a select box whose choice lives in the address, and return the id chosen.

    Parameters
    ----------
    options
        Words to show, by id, in the order to show them.
    folded
        Whether the label is only spoken: a heading beside the box says what it asks.
    """
    ids = list(options)
    # A box that is new is told where it stands by its index, which every run repeats: a value set once is lost where
    # the browser draws the box only at the second run, as it does on a phone.
    chosen = choice(name, ids, default)
    is_moved = _is_moved(name, ids, chosen) and f"choice_{name}" in st.session_state
    if is_moved:
        follow_address(name, ids, default)
    st.session_state[f"address_{name}"] = chosen
    picked = st.selectbox(
        label,
        ids,
        index=0 if is_moved or chosen not in ids else ids.index(chosen),
        format_func=options.__getitem__,
        key=f"choice_{name}",
        label_visibility="collapsed" if folded else "visible",
    )
    if picked is not None and picked != chosen:
        followed(name, picked)
    return picked


def follow_address(name: str, ids: Sequence[str], default: str | None = None) -> str | None:
    """Return the choice in the address, and set the widget of key `choice_<name>` to it where the address changed.

    A link keeps the session, and in it what a widget showed before: the newer of the two must win.
    """
    chosen = choice(name, ids, default)
    if _is_moved(name, ids, chosen):
        st.session_state[f"choice_{name}"] = chosen
    st.session_state[f"address_{name}"] = chosen
    return chosen


def _is_moved(name: str, ids: Sequence[str], chosen: str | None) -> bool:
    """Whether the address names another choice than the widget was last told of, or the widget is new."""
    key, seen = f"choice_{name}", f"address_{name}"
    if key not in st.session_state or st.session_state.get(seen) != chosen:
        return True
    return st.session_state[key] not in ids


def followed(name: str, picked: str) -> None:
    """Write what a widget of key `choice_<name>` was set to into the address."""
    st.session_state[f"address_{name}"] = picked
    remember(**{name: picked})
