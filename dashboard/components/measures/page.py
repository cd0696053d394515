"""The three things one can do with measures: read them, write a new one, take a sheet to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import context
from dashboard.components import notices
from dashboard.components.frame import Frame
from dashboard.components.measures.cards import cards_html, index_html
from dashboard.components.measures.view import MeasureView
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import date
from pipelines.errors import FaultyInputError
from pipelines.inputs import input_folder, measures_folder
from pipelines.measures import read_measures

#: What the page is headed with where it does not count the measures.
HEADLINES = {"new": "Write a new measure", "sheet": "A sheet to fill in at the tests"}

#: The word in the address, and what the link says.
WAYS = {"read": "Read the definitions", "new": "Write a new one", "sheet": "A sheet to fill in"}


def ways_html(chosen: str) -> str:
    """Return the links to the three, the chosen one marked."""
    links = "".join(_way(way, words, way == chosen) for way, words in WAYS.items())
    return f'<nav class="views" aria-label="What to do with measures">{links}</nav>'


def _way(way: str, words: str, here: bool) -> str:
    mark = ' aria-current="true"' if here else ""
    return f'<a href="{escape(context.link("measures", do=way))}" target="_self"{mark}>{words}</a>'


def show_faults() -> None:
    """Say what is wrong with definitions on the disk, all at once; only on the machine whose files they are."""
    if not context.may_write():
        return
    data = context.data_folder()
    try:
        read_measures(measures_folder(data, input_folder(data)))
    except FaultyInputError as error:
        st.html(faults_html(error))


def faults_html(error: FaultyInputError) -> str:
    """Return every fault of the definitions, with its file and key."""
    many = len(error.faults)
    lines = "".join(f"<li>{escape(str(fault))}</li>" for fault in error.faults)
    what = "One thing is" if many == 1 else f"{many} things are"
    return (
        f'<section class="notice" role="status"><h2>{what} wrong with definitions in the folder</h2>'
        "<p>Until they are put right no charts are made anew, and what you see is the last good build.</p>"
        f"<ul>{lines}</ul></section>"
    )


def show_definitions(frame: Frame, views: Sequence[MeasureView]) -> None:
    """Draw the index and the cards; where there are none, how the first one comes about."""
    if not views:
        notices.notice(
            "No measure yet",
            "A measure says which column of the logs is counted, out of which, and which way is better. "
            "Without one there is nothing to chart.",
            "Write the first one here, or take the project's own from data/measures.",
        )
        return
    until = date(frame.info.get("data_until"))
    narrow = is_narrow()
    st.html(f"{index_html(views, narrow)}{cards_html(views, until, frame.theme, narrow)}")
