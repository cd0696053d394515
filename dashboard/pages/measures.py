"""Measures: what is counted, how and why; writing a new one; a spreadsheet to fill in."""

import streamlit as st

from dashboard import context
from dashboard.components import frame, styles
from dashboard.components.measures import page as measure_page
from dashboard.components.measures import template as measure_template
from dashboard.components.measures import words as measure_words
from dashboard.components.measures import writer as measure_writer
from dashboard.components.measures.view import load_views


def body(page: frame.Frame) -> None:
    """Draw the definitions, the form, or the template, as the address says."""
    styles.show_own("measures")
    views = load_views(page.store)
    chosen = context.choice("do", list(measure_page.WAYS)) or "read"
    counted = measure_words.headline([view.measure for view in views])
    page.title(measure_page.HEADLINES.get(chosen, counted), "What is counted, how it is read, and why")
    st.html(measure_page.ways_html(chosen))
    measure_page.show_faults()
    if chosen == "new":
        measure_writer.show(page, views)
    elif chosen == "sheet":
        measure_template.show(page, views)
    else:
        measure_page.show_definitions(page, views)


frame.show(body, "Measures", needs_rows=False)
