"""Method: docs/method.md as the app shows it, with the glossary and the privacy notes beside it."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import frame, notices, styles
from dashboard.components.method import documents


def body(page: frame.Frame) -> None:
    """Draw the document that the address names."""
    offered = documents.present()
    if not offered:
        page.title("Method")
        notices.notice("The method is not here", "The folder docs is missing from this copy of the project.")
        return
    chosen = context.choice("doc", list(offered)) or "method"
    title, text = documents.read(chosen)
    page.title(title, above="How to read and check what this dashboard says")
    st.html(links_html(offered, chosen))
    styles.show_own("method")
    with st.container(key="document"):
        st.markdown(text)


def links_html(offered: dict[str, str], chosen: str) -> str:
    """Return the links to the documents, the chosen one marked."""
    links = [_link(name, title, name == chosen) for name, title in offered.items()]
    return f'<nav class="views" aria-label="Documents">{"".join(links)}</nav>'


def _link(name: str, title: str, here: bool) -> str:
    mark = ' aria-current="true"' if here else ""
    return f'<a href="{escape(context.link("method", doc=name))}" target="_self"{mark}>{escape(title)}</a>'


frame.show(body, "Method", needs_rows=False, needs_mart=False)
