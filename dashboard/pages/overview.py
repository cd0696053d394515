"""Overview: the wall. Every neighbourhood by six measures, what is new, and what chance alone would show."""

from __future__ import annotations

import streamlit as st

from dashboard import context
from dashboard.components import frame, styles
from dashboard.components.once import once
from dashboard.components.wall import filters as looking
from dashboard.components.wall import table as wall
from dashboard.components.wall.columns import ALL
from dashboard.components.wall.view import see


def body(page: frame.Frame) -> None:
    """Draw the wall, its rail and its foot."""
    styles.show_own("overview")
    title = st.container()
    chosen, show_all = _filters(page), st.query_params.get("show") == ALL
    seen = once(
        "overview", lambda: see(page.store, page.theme, chosen, show_all), chosen, whatever=["neighbourhood"]
    )
    with title:
        page.title(seen.headline, above=seen.above)
    st.html(seen.html)
    with st.container(key="one_place"):
        picked = str(context.select("Neighbourhood", "neighbourhood", seen.places))
        listed = once("overview.place", lambda: wall.list_html(seen.drawn, picked), chosen, picked)
        st.html(listed + seen.key)


def _filters(page: frame.Frame) -> looking.Filters:
    """Return what is looked at; a wall screen has no boxes to choose in."""
    if context.is_projector():
        return looking.read(page.store)
    return looking.choose(page.store, "theme", "domain", "prototype", "until")


frame.show(body, "Overview")
