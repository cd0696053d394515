"""The report of the Data page: what was loaded, what was refused and guessed, and where every number comes from."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components import notices
from dashboard.components.data import log as sources_log
from dashboard.components.data import view as data_view
from dashboard.components.frame import Frame
from dashboard.components.importing.state import AGAIN
from dashboard.components.plain_text import shown
from dashboard.components.viewport import is_narrow
from pipelines.safe_csv import frame_bytes
from pipelines.uploads import kept_files
from pipelines.vocabulary import Audience

ALL = "all"

#: Up to so many rows of a list stand open without being asked for.
FEW = 24

#: What is shown of a mapping file: the way to overrule a guess without this page.
BY_HAND = (
    "To overrule a guess, look at its file again below and correct it there; or write the key into the small "
    ".toml file that lies beside the log, and build again."
)


def show(page: Frame) -> None:
    """Draw the loads, the faults with their filters, the guesses and the provenance."""
    loads = page.store.loads()
    if loads.empty:
        notices.nothing_loaded()
        return
    st.html("<h2>What needs a look</h2>")
    if page.store.rejected_rows().empty:
        st.html('<p class="said">Every cell could be read. Nothing was refused, left out or held.</p>')
    else:
        _faults(page)
    _guesses(page)
    _loads(loads)
    _uploads(page)
    st.html(
        f"<h2>Where it comes from</h2>{data_view.provenance_html(page.info, page.store.public_sources(), loads)}"
    )


def _loads(loads: pd.DataFrame) -> None:
    """Draw the load log, folded where it is long."""
    st.html(f'<h2>Load log</h2><p class="said">{escape(data_view.reconciling(loads))}</p>')
    with st.expander(f"Every file and sheet: {len(loads):,}", expanded=len(loads) <= FEW and not is_narrow()):
        st.html(data_view.loads_html(loads))
    _take_away(loads, "load-log.csv", "Take the load log away (CSV)")


def _faults(page: Frame) -> None:
    """Draw the faults of the file and effect chosen, by reason and one by one."""
    every = page.store.rejected_rows()
    left, right = st.columns(2)
    with left:
        files = {name: shown(name) for name in every["file"].unique()}
        file = context.select("File", "file", {ALL: "Every file"} | files)
    with right:
        effect = context.select(
            "What was done", "effect", {ALL: "Anything"} | {name: name for name in every["effect"].unique()}
        )
    chosen = page.store.rejected_rows(None if file == ALL else file, None if effect == ALL else effect)
    masked = context.audience() != Audience.TRUE
    if masked:
        st.html(
            '<p class="said">What stood in a refused cell is left out of the shared copy: it may be personal.</p>'
        )
    if chosen.empty:
        notices.notice("Nothing of this kind in this file", "Choose another file, or anything that was done.")
        return
    st.html(data_view.by_reason_html(chosen))
    with st.expander(f"One by one: {len(chosen):,}", expanded=len(chosen) <= FEW):
        st.html(data_view.faults_html(chosen, masked))
    _take_away(chosen, "refused.csv", "Take this list away (CSV)")


def _guesses(page: Frame) -> None:
    """Draw every guess made while reading, with the way to overrule it."""
    guesses = page.store.guesses()
    st.html("<h2>What was guessed</h2>")
    if guesses.empty:
        st.html('<p class="said">Nothing: every date, number and column was written plainly.</p>')
        return
    st.html(f'<p class="said">{escape(BY_HAND)}</p>{sources_log.guesses_html(guesses)}')
    _take_away(guesses, "guesses.csv", "Take the guesses away (CSV)")


def _uploads(page: Frame) -> None:
    """Draw every version of every upload, and the way to look at one again."""
    uploads = page.store.uploads()
    if not uploads.empty:
        st.html(f"<h2>Uploads kept</h2>{sources_log.uploads_html(uploads)}")
    files = kept_files(context.data_folder()) if context.may_write() else ()
    if not files:
        return
    again = st.selectbox(
        "Look at a kept file again, to correct how it is read",
        files,
        index=None,
        format_func=shown,
        placeholder="Choose a file",
        key="sources_again",
    )
    if again is not None:
        context.remember(**{AGAIN: again})
        st.rerun()


def _take_away(frame: pd.DataFrame, name: str, words: str) -> None:
    """Show a button that gives a table as a file no spreadsheet can take for a formula."""
    st.download_button(words, frame_bytes(frame), name, "text/csv", on_click="ignore", key=f"take_{name}")
