"""The style sheets: those of every page, and those of one page alone."""

from __future__ import annotations

from functools import cache

import streamlit as st

from dashboard import context
from dashboard.assets import ASSETS
from dashboard.theme import FONT, Theme

SHEETS = ASSETS / "styles"

#: On every page, in this order; the last has the last word.
EVERYWHERE = (
    "page",
    "wall",
    "charts",
    "documents",
    "importing",
    "context_strip",
    "measures",
    "cycle",
    "hypertension",
    "prototype",
    "learning",
    "changes",
    "panels",
    "everyone",
)


def show(theme: Theme) -> None:
    """Put the colours of the theme and the styles of every page into the page."""
    hidden = '[data-testid="stHeader"]{display:none}.stMainBlockContainer{padding-top:20px}'
    bare = hidden if context.is_projector() else ""
    st.html(f"<style>:root{{{theme.css_variables()};--font:{FONT}}}{everywhere()}{bare}</style>")


def show_own(page: str) -> None:
    """Put a page's own styles into it, with what they are for a projector; they count after those of every page.

    Rules for the page as a whole stand in sheets of this kind: with `:has()` in a sheet of every page a browser would look
    through the whole page after each change of it (tests/dashboard/components/test_styles.py).
    """
    names = [page, f"{page}_projector"] if context.is_projector() else [page]
    st.html(f"<style>{own(*names)}</style>")


@cache
def everywhere() -> str:
    """Return the sheets of every page, joined."""
    return "\n".join((SHEETS / f"{name}.css").read_text(encoding="utf-8") for name in EVERYWHERE)


@cache
def own(*names: str) -> str:
    """Return the sheets of one page, joined; a name without a sheet adds nothing."""
    paths = [SHEETS / "pages" / f"{name}.css" for name in names]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.exists())
