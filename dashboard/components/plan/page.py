"""The Plan page put together: the steps of one cycle on one page, down to the seal."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import context
from dashboard.components import form_saving, save
from dashboard.components.cycle.view import CycleView, load_cycle, today
from dashboard.components.frame import Frame
from dashboard.components.plan import home as plan_home
from dashboard.components.plan import outlook as plan_outlook
from dashboard.components.plan import prediction as plan_prediction
from dashboard.components.plan import steps as plan_steps
from dashboard.components.plan import view as plan_view
from dashboard.components.plan.draft import Draft, Guess
from dashboard.components.plan.view import Home, Judged
from dashboard.components.signed import signed
from dashboard.components.viewport import is_narrow

FORM = "plan"

WHAT_SEALING_IS = (
    "Sealing writes your prediction down with the time, for good. It cannot be changed, by you or by us; when testing "
    "ends it is held against what was counted. A miss is worth as much as a hit: it is how we learn."
)


def planned(frame: Frame) -> CycleView | None:
    """Return the cycle that the address names, which is planned already; None where a new one is to be planned."""
    asked = st.query_params.get("cycle")
    cycles = frame.store.cycles()
    if asked is None or asked not in set(cycles["cycle_id"]):
        return None
    return load_cycle(frame.store, cycles, asked)


def show_form(frame: Frame) -> None:
    """Draw the steps of a new plan."""
    frame.title("Plan a cycle", "One question, one measure, one prediction, before the first test")
    if not save.is_here():
        return
    narrow = is_narrow()
    places: dict[str, Any] = {}
    if plan_steps.QUESTION not in st.session_state:  # the page was left: whoever comes back begins anew
        form_saving.slot(FORM).is_tried = False
    with st.container(key="plan"):
        form_saving.tell(FORM)
        draft = _ask(frame, places, narrow)
        if draft.judged is not None:
            _seal(draft, places)


def _ask(frame: Frame, places: dict[str, Any], narrow: bool) -> Draft:
    """Ask everything in its order and return the answers."""
    plan_steps.heading(1, "What is tested?")
    home = plan_home.ask(frame.store, places)
    number = _number(frame, home)
    plan_steps.heading(2, f"What do you want to find out in cycle {number}?")
    question, plan = plan_steps.ask_question(places)
    plan_steps.heading(3, "What is it judged on?")
    held = plan_view.measures_for(frame.store, home or Home("", "", "", None, True))
    judged = plan_steps.ask_measure(places, held)
    plan_steps.heading(4, "When do you test?")
    start, end = plan_steps.ask_days(places)
    overlap = (
        "" if home is None else plan_view.overlap_words(frame.store.cycles(), home.prototype_id, start, end)
    )
    if overlap:
        st.html(f'<p class="check-line plan-warning" role="status">{escape(overlap)}</p>')
    guess = Guess()
    if judged is None and held:
        st.html(
            '<p class="said">Choose a measure: then you see when you would know, and make your prediction.</p>'
        )
    elif judged is not None:
        guess = _predict(frame, places, judged, start, end, narrow)
    return Draft(home, _cycle_id(frame, home, number), str(number), question, plan, judged, start, end, guess)


def _predict(
    frame: Frame,
    places: dict[str, Any],
    judged: Judged,
    start: dt.date | None,
    end: dt.date | None,
    narrow: bool,
) -> Guess:
    """Ask for the prediction, with what the cycle could show above it: that is worked out once both are known."""
    plan_steps.heading(5, "When will you know?")
    people = plan_outlook.ask_people(judged)
    answer = st.container()
    plan_steps.heading(6, "What do you predict?")
    guess = plan_prediction.ask(places, judged, end)
    with answer:
        found = plan_outlook.look(frame, judged, people, guess, start)
        plan_outlook.show(frame, judged, found, start, end, narrow)
    warning = plan_prediction.narrow_words(guess, found.usual_step if found else None, judged)
    if warning:
        st.html(f'<p class="check-line plan-warning" role="status">{warning}</p>')
    plan_prediction.show_picture(frame, judged, guess, start, end, narrow)
    return guess


def _number(frame: Frame, home: Home | None) -> int:
    return (
        1 if home is None or home.is_new else plan_view.next_number(frame.store.cycles(), home.prototype_id)
    )


def _cycle_id(frame: Frame, home: Home | None, number: int) -> str:
    if home is None:
        return ""
    return plan_view.free_id(f"{home.prototype_id}_{number}", list(frame.store.cycles()["cycle_id"]))


def _seal(draft: Draft, places: dict[str, Any]) -> None:
    """Ask who signs, and seal: cycle and prediction in one save; what is missing is told above its field."""
    plan_steps.heading(7, "Seal it")
    st.html(f'<p class="said">{WHAT_SEALING_IS}</p>')
    places["who"] = st.container(gap=None)
    who = signed(FORM)
    with st.container(key="plan_seal"):
        pressed = st.button("Seal it", type="primary", key="plan_seal_button")
    foot = st.container()
    held = form_saving.slot(FORM)
    held.is_tried = held.is_tried or pressed
    if not held.is_tried:
        return
    wanting = draft.missing()
    for name, words in wanting.items():
        places.get(name, foot).html(form_saving.fault_html(words))
    if wanting:
        foot.html(form_saving.fault_html("Not sealed yet: something above is still missing."))
    elif pressed:
        _keep(draft, who, places, foot)


def _keep(draft: Draft, who: str, places: dict[str, Any], foot: DeltaGenerator) -> None:
    """Save cycle and prediction together, and go to the sealed plan; else say why not."""
    saved = form_saving.once(FORM, draft.records(today()), who)
    if saved.is_saved:
        form_saving.slot(FORM).is_tried = False
        context.remember(cycle=draft.cycle_id, prototype=None)
        st.rerun()
    form_saving.refused(saved, places, foot.html)
    foot.html(form_saving.fault_html("Not sealed. What you wrote is still here."))
