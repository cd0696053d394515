"""Who enters something: one field, the same on every form, remembered for the session."""

from __future__ import annotations

import streamlit as st

LABEL = "Your name or role, as it will be printed"

#: Longest name that is kept.
LONGEST = 80

_KEPT = "signed"


def signed(form: str = "form") -> str:
    """Ask who signs, and return it with single spaces; empty where nobody has yet.

    Parameters
    ----------
    form
        Tells several forms of one page apart. What is written in one stands ready in the others.
    """
    key = f"signed_{form}"
    if not st.session_state.get(key):
        st.session_state[key] = st.session_state.get(_KEPT, "")
    name = " ".join(st.text_input(LABEL, key=key, max_chars=LONGEST).split())
    if name:
        st.session_state[_KEPT] = name
    return name


def signer() -> str:
    """Return who signed last in this session; empty where nobody has."""
    return str(st.session_state.get(_KEPT, ""))
