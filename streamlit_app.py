"""The frame of the dashboard: page settings and navigation. Start it with `make run`."""

from pathlib import Path

import streamlit as st

from dashboard import context

PAGES = Path(__file__).parent / "dashboard" / "pages"
ASSETS = Path(__file__).parent / "dashboard" / "assets"

#: File name without ending and the words in the navigation; the first is the page one lands on.
NAVIGATION = {
    "overview": "Overview",
    "meeting": "Meeting",
    "neighbourhood": "Neighbourhood",
    "prototype": "Prototype",
    "cycle": "Cycle",
    "plan": "Plan a cycle",
    "log_a_test": "Log a test",
    "learning": "Learning",
    "pack": "Pack",
    "hypertension": "Hypertension",
    "healthy_life_expectancy": "Healthy life expectancy",
    "measures": "Measures",
    "data": "Data",
    "method": "Method",
}

st.set_page_config(
    page_title="Neighbourhood learning",
    page_icon=str(ASSETS / "icons" / "light" / "common_cause.svg"),
    layout="wide",
    menu_items={"About": None},
)
pages = [
    st.Page(PAGES / f"{name}.py", title=title, default=name == "overview", url_path=name)
    for name, title in NAVIGATION.items()
]
st.navigation(pages, position="hidden" if context.is_projector() else "top").run()
