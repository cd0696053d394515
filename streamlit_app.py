"""The frame of the dashboard: page settings and navigation. Start it with `make run`."""

from pathlib import Path

import streamlit as st

from dashboard import context
from dashboard.assets import ASSETS

PAGES = Path(__file__).parent / "dashboard" / "pages"

#: File name without ending and the words in the navigation; the first is the page one lands on.
NAVIGATION = {
    "overview": "Overview",
    "changes": "What changed",
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

pages = [
    st.Page(PAGES / f"{name}.py", title=title, default=name == "overview", url_path=name)
    for name, title in NAVIGATION.items()
]
chosen = st.navigation(pages, position="hidden" if context.is_projector() else "top")
# Each tab of a browser and each entry of its history says which page it is.
icon, words = ASSETS / "icons" / "light" / "common_cause.svg", f"{chosen.title} · Neighbourhood learning"
st.set_page_config(page_title=words, page_icon=str(icon), layout="wide", menu_items={"About": None})
chosen.run()
