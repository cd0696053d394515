"""Links between pages that keep the session: what was typed stays, and nothing is loaded a second time."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).parents[1] / "assets" / "page_links.js"

_follow = st.components.v2.component(
    "page_links", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)


def follow() -> None:
    """Let links of the page open inside the program; without scripts they load the page as links do."""
    with st.container(key="page_links"):
        _follow(key="page_links_here")
