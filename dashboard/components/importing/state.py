"""The file that the wizard has in hand, and what has been worked out of it: nothing is worked out twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import streamlit as st

from dashboard import context
from dashboard.components.plain_text import file_name
from pipelines.uploads import kept_files, read_kept

Made = TypeVar("Made")

#: What the wizard keeps in the session; `forget` clears it.
MADE, HELD, ROUND, TOLD = "import_made", "import_held", "import_round", "import_told"

#: The choice in the address: a file that was kept before and is looked at again.
AGAIN = "again"


@dataclass(frozen=True)
class Source:
    """A file in the wizard's hand. `kept` is its path below the data folder where it was kept before."""

    name: str
    content: bytes
    kept: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The hash that names this content."""
        return hashlib.sha256(self.content).hexdigest()

    def key(self, *parts: object) -> str:
        """Return the key of a widget that belongs to this content."""
        return "_".join(["import", self.sha256[:12], *map(str, parts)])


def uploader_key() -> str:
    """Return the key of the upload box; a new one empties it."""
    return f"import_file_{st.session_state.get(ROUND, 0)}"


def source() -> Source | None:
    """Return the file in hand: the one uploaded, else the kept one that the address names.

    The upload box is not drawn beside the wizard, so that the file is put by: a box that is not drawn forgets it.
    """
    uploaded = st.session_state.get(uploader_key())
    if uploaded is not None:
        st.session_state[HELD] = Source(file_name(uploaded.name), uploaded.getvalue())
        st.session_state.pop(TOLD, None)
    held: Source | None = st.session_state.get(HELD)
    if held is not None:
        return held
    again = st.query_params.get(AGAIN)
    if again and context.may_write() and again in kept_files(context.data_folder()):
        return Source(file_name(again), read_kept(context.data_folder(), again), kept=again)
    return None


def once(what: str, key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what was made under this key, making it where the key is new; one thing of each kind is kept."""
    made: dict[str, tuple[Hashable, Any]] = st.session_state.setdefault(MADE, {})
    if what not in made or made[what][0] != key:
        made[what] = (key, make())
    return made[what][1]


def forget() -> None:
    """Put the file away: the upload box is empty again and the address names none."""
    st.session_state.pop(MADE, None)
    st.session_state.pop(HELD, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    context.remember(**{AGAIN: None})
