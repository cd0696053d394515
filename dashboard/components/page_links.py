"""Links between pages that keep the session: what was typed stays, and nothing is loaded a second time."""

from __future__ import annotations

import streamlit as st

from dashboard.assets import ASSETS

_follow = st.components.v2.component(
    "page_links", js=(ASSETS / "page_links.js").read_text(encoding="utf-8"), isolate_styles=False
)


def follow() -> None:
    """Let links of the page open inside the program; without scripts they load the page as links do."""
    with st.container(key="page_links"):
        _follow(key="page_links_here")
