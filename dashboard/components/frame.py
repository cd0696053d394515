"""What every page shares: the title with its badge, the foot line, and the states without data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard import context
from dashboard.components import notices, page_links, settled, styles
from dashboard.components.wording import date, day
from dashboard.store import Store
from dashboard.theme import PROJECTOR, Theme
from pipelines.errors import MartError
from pipelines.vocabulary import Audience

BADGE = '<span class="badge">Made-up data</span>'


@dataclass(frozen=True)
class Frame:
    """What a page's body is given: the open mart, the facts about it, and the colours."""

    opened: Store | None
    info: dict[str, str]
    theme: Theme

    @property
    def store(self) -> Store:
        """The open mart.

        Raises
        ------
        MartError
            Where it could not be opened; only a page shown with `needs_mart=False` can meet this.
        """
        if self.opened is None:
            raise MartError("There is no mart to read.")
        return self.opened

    @property
    def made_up(self) -> bool:
        """Whether the mart holds sample data."""
        return self.info.get("made_up") == "true"

    def title(self, headline: str, above: str = "", facts: Sequence[tuple[str, str]] = ()) -> None:
        """Open the page: a grey line, the headline and a strip of facts, with the badge top right.

        Parameters
        ----------
        headline
            A sentence or a name, plain text.
        above
            The grey line over it, plain text.
        facts
            Pairs of a small grey label and its value.
        """
        st.html(title_html(headline, above, facts, self.made_up))


def title_html(headline: str, above: str, facts: Sequence[tuple[str, str]], made_up: bool) -> str:
    """Return the HTML of a page's title."""
    pairs = [(escape(label), escape(value)) for label, value in facts]
    strip = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in pairs)
    return (
        f'<header class="page-title"><p class="above">{escape(above)}</p>{BADGE if made_up else ""}'
        f"<h1>{escape(headline)}</h1>{f'<dl>{strip}</dl>' if strip else ''}</header>"
    )


def show(
    body: Callable[[Frame], None],
    name: str,
    needs_rows: bool = True,
    needs_mart: bool = True,
    is_slide: bool = False,
) -> None:
    """Draw a page: styles, body, foot line.

    Parameters
    ----------
    body
        Draws the page from the frame; begins with `Frame.title`.
    name
        The page's name, for the states in which the body cannot be drawn.
    needs_rows
        Whether the page is empty without neighbourhoods. Where it is, the reader is told instead.
    needs_mart
        Whether the page says nothing without a mart. The Method can be read without one.
    is_slide
        Whether it is a slide for a room: in the projector's colours, without a foot line.
    """
    theme = PROJECTOR if is_slide else context.theme()
    styles.show(theme)
    page_links.follow()
    try:
        store = context.open_store()
        frame = Frame(store, store.info(), theme)
        if needs_rows and store.neighbourhoods().empty:
            frame.title(name)
            notices.nothing_loaded()
        else:
            body(frame)
        if not is_slide:
            foot(frame.info)
    except MartError as error:
        if needs_mart:
            st.html(title_html(name, "", (), made_up=False))
            notices.mart_fault(str(error))
        else:
            body(Frame(None, {}, theme))
    settled.set_aside_soon()


def foot(info: dict[str, str]) -> None:
    """Close the page with what its charts rest on."""
    st.html(foot_html(info, context.audience(), context.link("method"), other_view_html()))


def other_view_html() -> str:
    """Return the link to the same page in the colours for a projector, or back: there the navigation is put away."""
    kept = {name: value for name, value in st.query_params.items() if name != "view"}
    if context.is_projector():
        words, address = "Back to the desk view", "?" + urlencode(kept)
    else:
        words, address = "Colours for a projector", "?" + urlencode(kept | {"view": "projector"})
    return f'<a class="foot-away" href="{escape(address)}" target="_self">{words}</a>'


def foot_html(info: dict[str, str], audience: Audience, method: str, other_view: str = "") -> str:
    """Return the HTML of the foot line: rule set and version, data and copy, how to read it, and the other view."""
    until = date(info.get("data_until"))
    facts = [
        f"Rules: {info.get('rule_set', 'none')}, version {info.get('rule_set_version', '0')}",
        f"data until {day(until, year=True)}" if until else "no data yet",
        "true counts, for the group alone" if audience == Audience.TRUE else "small numbers held back",
    ]
    how = f'<a href="{escape(method)}" target="_self">How to read this</a>'
    ways = f"{how} · {other_view}" if other_view else how
    return f'<footer class="page-foot">{escape(" · ".join(facts))} · {ways}</footer>'
