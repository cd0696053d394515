"""The steps of a plan before the prediction: the question, what will be done, the one measure, and the days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from dashboard.components.cycle.view import today
from dashboard.components.plain_text import shown
from dashboard.components.plan.view import Judged, next_monday, standing_words
from pipelines.records.faults import LONGEST

#: Where the question is kept while the page is open.
QUESTION = "plan_question"

#: Weeks of testing that are offered first.
WEEKS = 8


def heading(number: int, words: str) -> None:
    """Open a step."""
    st.html(f'<h2 class="step"><span class="disc">{number}</span> {words}</h2>')


def ask_question(places: dict[str, Any]) -> tuple[str, str]:
    """Ask what is to be found out, and what will be done differently."""
    places["question"] = st.container(gap=None)
    question = st.text_input(
        "The question",
        key=QUESTION,
        max_chars=LONGEST["question"],
        placeholder="If the barber asks, will more men say yes?",
    )
    places["plan"] = st.container(gap=None)
    plan = st.text_area(
        "What will you do differently?", key="plan_plan", max_chars=LONGEST["plan"], height=80
    )
    return question, plan


def ask_measure(places: dict[str, Any], held: list[Judged]) -> Judged | None:
    """Ask for the one measure that decides, and say where it stands."""
    places["primary_measure"] = st.container(gap=None)
    if not held:
        st.html(
            '<p class="said">No measure is counted here yet. A new prototype takes the measures of its theme; others are '
            "written under Measures.</p>"
        )
        return None
    by_id = {one.measure.measure_id: one for one in held}
    chosen = st.selectbox(
        "The measure it is judged on",
        list(by_id),
        index=None,
        format_func=lambda key: shown(by_id[key].name, 90),
        key="plan_measure",
        placeholder="Choose one",
    )
    if chosen is None:
        return None
    judged = by_id[chosen]
    st.html(f'<p class="said">{standing_words(judged)} {_better_words(judged)}</p>')
    return judged


def _better_words(judged: Judged) -> str:
    return {"up": "Higher is better.", "down": "Lower is better."}.get(str(judged.measure.better), "")


def ask_days(places: dict[str, Any]) -> tuple[dt.date | None, dt.date | None]:
    """Ask from which day to which day is tested: a prediction is sealed before, so not in the past."""
    places["do_start"] = st.container(gap=None)
    left, right = st.columns(2, gap="medium")
    start = left.date_input(
        "Test from", value=next_monday(), min_value=today(), format="DD/MM/YYYY", key="plan_start"
    )
    first = start if isinstance(start, dt.date) else today()
    end = right.date_input(
        "Test until",
        value=first + dt.timedelta(weeks=WEEKS, days=-1),
        min_value=first,
        format="DD/MM/YYYY",
        key=f"plan_end_{first}",
    )
    return start, end
