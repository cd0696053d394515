"""What stands over the wall: how many measures are shown, the way to the others, and the view for a wall screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from html import escape

from dashboard.components.wall.columns import ALL, MOST_COLUMNS, Columns
from dashboard.components.wall.filters import Filters
from dashboard.components.wording import capital, day
from dashboard.context import is_projector, link

#: Themes with a page of their own: its name and the words of the link to it.
THEME_PAGES = {"hypertension": ("hypertension", "Hypertension in ten minutes: where are people lost?")}


def tools_html(columns: Columns, filters: Filters, themes: Collection[str] = ()) -> str:
    """Return the line of links over the wall, or under one on a wall screen, where nothing but the wall is looked at.

    Parameters
    ----------
    columns, filters
        What is shown, and what is looked at.
    themes
        Themes that have a chart: a page of their own is told unless another theme is looked at.
    """
    away = [] if is_projector() else [_away(columns, filters)]
    parts = [_shown(columns, filters), *_pages(filters, themes), *away]
    return f'<nav class="wall-tools" aria-label="Measures shown">{"".join(parts)}</nav>'


def _shown(columns: Columns, filters: Filters) -> str:
    n_shown, n_offered = len(columns.shown), columns.n_offered
    if n_shown < n_offered:
        to, words = link("", **filters.choices(), show=ALL), f"Show all {n_offered}"
        return f"<span>{n_shown} of {n_offered} measures.</span>{_link(to, words)}"
    if n_offered <= MOST_COLUMNS:
        return f"<span>{n_offered} measure{'s' * (n_offered != 1)}.</span>"
    return f"<span>All {n_offered} measures.</span>{_link(link('', **filters.choices()), 'Show fewer')}"


def _pages(filters: Filters, themes: Collection[str]) -> list[str]:
    return [
        _link(link(page), words)
        for theme, (page, words) in THEME_PAGES.items()
        if theme in themes and filters.theme in (None, theme)
    ]


def _away(columns: Columns, filters: Filters) -> str:
    """Return the way to the view for a wall screen; the way back stands at the foot of every page."""
    show = ALL if columns.is_wide else None
    return _link(link("", **filters.choices(), show=show, view="projector"), "For a wall screen", "away-link")


def _link(to: str, words: str, css: str = "") -> str:
    return f'<a class="{css}" href="{escape(to)}" target="_self">{escape(words)}</a>'


def looked_at(filters: Filters, prototypes: dict[str, str], until: dt.date) -> str:
    """Return the grey line over the headline: what is looked at, as of which day."""
    parts = [] if filters.theme is None else [capital(filters.theme.replace("_", " "))]
    parts += [] if filters.domain is None else [capital(filters.domain)]
    parts += [] if filters.prototype is None else [prototypes[filters.prototype]]
    if filters.until is not None:
        parts.append(f"as it stood on {day(until, year=True)}, coloured by the usual ranges of today")
    else:
        parts.append(f"data until {day(until, year=True)}")
    return " · ".join(parts)
