"""What a group adds to the story of its prototype: a stage reached, something that happened, something said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import form_saving
from dashboard.components.signed import signed
from dashboard.components.wording import capital
from pipelines.records import Body
from pipelines.records.kinds import Annotated, QuoteGiven, StageReached
from pipelines.vocabulary import Stage

STAGES = {
    Stage.IDEA: "Idea: talked about",
    Stage.ACTION: "Action: done once",
    Stage.PROTOTYPE: "Prototype: tried and counted in cycles",
    Stage.MODEL: "Model: others could copy it",
    Stage.SCALED: "Scaled: others have copied it",
    Stage.STOPPED: "Stopped: no longer tried",
}

CONSENT = {"group": "For this group alone", "everyone": "For everyone to read"}

NO_NAMES = "No names of people, no addresses."


def stage(prototype_id: str, now: str, n_before: int) -> None:
    """Ask for the stage reached, the day and the reason."""
    place = _form(f"stage_{prototype_id}", n_before, "Record the next stage")
    if place is None:
        return
    form, box = place
    with box, st.form(form, border=False, enter_to_submit=False):
        places: dict[str, Any] = {"stage": st.container(gap=None)}
        offered = [one for one in Stage if one != now]
        reached = st.radio(
            "Which stage?", offered, index=None, format_func=STAGES.__getitem__, key=f"{form}_stage"
        )
        places["reached_on"] = st.container(gap=None)
        on = st.date_input("Since which day?", value=None, format="DD/MM/YYYY", key=f"{form}_on")
        places["reason"] = st.container(gap=None)
        reason = st.text_area("Why?", key=f"{form}_why", max_chars=600, height=80).strip()
        places["who"] = st.container(gap=None)
        who = signed(form)
        pressed = st.form_submit_button("Record this stage")
    if not pressed:
        return
    wanted = {
        "stage": "" if reached else "Choose a stage.",
        "reached_on": "" if on else "Say since which day.",
        "reason": ""
        if reason
        else f"Write one sentence: why {capital(str(reached or 'this stage')).lower()}?",
    }
    if _tell_missing(wanted, places) and reached and on:
        _keep(
            f"stage_{prototype_id}",
            StageReached(prototype_id, reached, on, reason),
            who,
            places,
        )


def annotation(prototype_id: str, n_before: int) -> None:
    """Ask for what happened on a day; it becomes a flag on the charts."""
    place = _form(f"note_{prototype_id}", n_before, "Note something that happened")
    if place is None:
        return
    form, box = place
    with box, st.form(form, border=False, enter_to_submit=False):
        places: dict[str, Any] = {"happened_on": st.container(gap=None)}
        on = st.date_input("On which day?", value=None, format="DD/MM/YYYY", key=f"{form}_on")
        places["text"] = st.container(gap=None)
        text = st.text_input("What happened?", key=f"{form}_text", max_chars=300, help=NO_NAMES).strip()
        places["who"] = st.container(gap=None)
        who = signed(form)
        pressed = st.form_submit_button("Add this flag")
    if not pressed:
        return
    wanted = {
        "happened_on": "" if on else "Say on which day.",
        "text": "" if text else "Write what happened, in a few words.",
    }
    if _tell_missing(wanted, places) and on:
        _keep(f"note_{prototype_id}", Annotated(prototype_id, on, text), who, places)


def quote(prototype_id: str, n_before: int) -> None:
    """Ask for what somebody said, how they want to be named, and whom they said it for."""
    place = _form(f"quote_{prototype_id}", n_before, "Add something that somebody said")
    if place is None:
        return
    form, box = place
    with box, st.form(form, border=False, enter_to_submit=False):
        places: dict[str, Any] = {"text": st.container(gap=None)}
        text = st.text_area("In their own words", key=f"{form}_text", max_chars=600, height=80).strip()
        places["said_by"] = st.container(gap=None)
        by = st.text_input("How they want to be named", key=f"{form}_by", max_chars=80).strip()
        places["consent"] = st.container(gap=None)
        consent = st.radio(
            "Whom did they say yes to?",
            list(CONSENT),
            index=None,
            format_func=CONSENT.__getitem__,
            key=f"{form}_for",
        )
        places["who"] = st.container(gap=None)
        who = signed(form)
        pressed = st.form_submit_button("Keep this quote")
    if not pressed:
        return
    wanted = {
        "text": "" if text else "Write what was said.",
        "said_by": "" if by else "Say how they want to be named: a role is enough.",
        "consent": "" if consent else "Ask them first: without their yes it cannot be kept.",
    }
    if _tell_missing(wanted, places) and consent:
        _keep(f"quote_{prototype_id}", QuoteGiven(prototype_id, text, by, consent), who, places)


def _form(name: str, n_before: int, words: str) -> tuple[str, Any] | None:
    """Return the key of a form and the place it folds into; None on a server that takes nothing in."""
    form_saving.tell(name)
    if not context.may_write():
        return None
    return f"{name}_{n_before}", st.expander(words)


def _tell_missing(wanted: Mapping[str, str], places: Mapping[str, Any]) -> bool:
    """Tell above each field what is missing; whether nothing is."""
    for name, words in wanted.items():
        if words:
            places[name].html(form_saving.fault_html(words))
    return not any(wanted.values())


def _keep(name: str, body: Body, who: str, places: Mapping[str, Any]) -> None:
    saved = form_saving.once(name, [body], who)
    if saved.is_saved:
        st.rerun()
    form_saving.refused(saved, places, next(iter(places.values())).html)
