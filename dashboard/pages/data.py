"""Data: what was loaded, what was refused and why, and where every number comes from."""

from __future__ import annotations

import streamlit as st

from dashboard import context
from dashboard.components import data_view, frame, notices
from pipelines.vocabulary import Audience

ALL = "all"


def body(page: frame.Frame) -> None:
    """Draw the loads, the faults with their filters, and the provenance."""
    loads, faults = page.store.loads(), page.store.rejected_rows()
    page.title(data_view.headline(loads, faults), above="What was loaded, what was refused, and why")
    if loads.empty:
        notices.nothing_loaded()
        return
    st.html(f'<p class="said">{data_view.reconciling(loads)}</p>{data_view.loads_html(loads)}')
    st.html("<h2>What needs a look</h2>")
    if faults.empty:
        st.html('<p class="said">Every cell could be read. Nothing was refused, left out or held.</p>')
    else:
        draw_faults(page)
    st.html(
        f"<h2>Where it comes from</h2>{data_view.provenance_html(page.info, page.store.localities(), loads)}"
    )


def draw_faults(page: frame.Frame) -> None:
    """Draw the faults of the file and effect chosen."""
    every = page.store.rejected_rows()
    left, right = st.columns(2)
    with left:
        file = context.select(
            "File", "file", {ALL: "Every file"} | {name: name for name in every["file"].unique()}
        )
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
    st.html(data_view.faults_html(chosen, masked))
    st.download_button(
        "Take this list away (CSV)", chosen.to_csv(index=False), "refused.csv", "text/csv", on_click="ignore"
    )


frame.show(body, "Data", needs_rows=False)
