"""The parts of the Learning page: do predictions hold, are we missing by less, from talk to action, ready to scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components.frame import Frame
from dashboard.components.learning.gate import gate_html
from dashboard.components.learning.pipeline import pipeline_html
from dashboard.components.learning.predictions import show_predictions
from dashboard.components.learning.view import ALL, LearningView, load_learning
from dashboard.components.learning.words import first_statement, months_text
from dashboard.components.plain_text import shown
from dashboard.components.wording import date, rows_of
from dashboard.store import Store
from pipelines.vocabulary import Audience, Stage

LEFT_AND_RIGHT = (0.51, 0.49)


def prototypes(store: Store) -> dict[str, dict[str, Any]]:
    """Return the prototypes by id with the name of their `neighbourhood`, west to east."""
    rows = rows_of(store.prototypes())
    return {
        str(row["prototype_id"]): row | {"neighbourhood": place["name"]}
        for place in rows_of(store.neighbourhoods())
        for row in rows
        if row["neighbourhood_id"] == place["neighbourhood_id"]
    }


def _named(row: Mapping[str, Any]) -> str:
    return f"{shown(row['neighbourhood'])} · {shown(row['name'])}"


def choose(frame: Frame, homes: Mapping[str, Mapping[str, Any]]) -> LearningView:
    """Return everybody's predictions; the group's own server asks whether to show one group's own."""
    if frame.info.get("audience") != Audience.TRUE:
        return load_learning(frame.store)
    found = frame.store.predictions()
    sealed = set(found[found["is_sealed"]]["prototype_id"])
    options = {ALL: "All groups together"} | {key: _named(row) for key, row in homes.items() if key in sealed}
    left, _ = st.columns((0.4, 0.6))
    with left:
        whose = context.select("Whose predictions?", "whose", options, default=ALL)
    return load_learning(frame.store, whose or ALL)


def title(frame: Frame, view: LearningView, homes: Mapping[str, Mapping[str, Any]]) -> None:
    """Open with the sentence of calibration, and over it what it is about."""
    whose = (
        "All neighbourhoods" if view.whose == ALL else f"{_named(homes[view.whose])}, for this group alone"
    )
    scored = view.n_scored
    cycles = f"{scored} closed cycle{'s' * (scored != 1)} with a sealed prediction"
    days = [on for row in view.scored if (on := date(row["due_on"])) is not None]
    above = ", ".join(part for part in (f"{whose} · {cycles}", months_text(days)) if part)
    frame.title(first_statement(_sentence(view)), above)


def _sentence(view: LearningView) -> str:
    return (
        "No prediction has been sealed yet."
        if view.calibration is None
        else str(view.calibration["sentence"])
    )


def show_blocks(frame: Frame, view: LearningView, homes: dict[str, dict[str, Any]], narrow: bool) -> None:
    """Show the four blocks: two columns on a desk; on a phone the gate first."""
    if narrow:
        show_gate(frame, homes)
        show_predictions(frame, view, narrow=True)
        show_pipeline(frame, homes)
        return
    left, right = st.columns(LEFT_AND_RIGHT, gap="large")
    with left:
        show_predictions(frame, view, narrow=False)
    with right:
        show_pipeline(frame, homes)
        show_gate(frame, homes)


def show_pipeline(frame: Frame, homes: Mapping[str, Mapping[str, Any]]) -> None:
    """Show how far ideas have come, and where they stopped."""
    store = frame.store
    events = rows_of(store.stage_events())
    stopped = [
        event | {"name": home["name"], "neighbourhood": home["neighbourhood"]}
        for key, home in homes.items()
        for event in events
        if event["prototype_id"] == key and event["stage"] == Stage.STOPPED
    ]
    sentence = frame.info.get("talk_to_action", "")
    st.html(pipeline_html(rows_of(store.stage_counts()), sentence, stopped))


def show_gate(frame: Frame, homes: Mapping[str, Mapping[str, Any]]) -> None:
    """Ask for a prototype, west to east and never ranked, and show how it answers the rules."""
    if not homes:
        return
    with st.container(key="learning_gate"):
        default = next((key for key in homes if not frame.store.gate(key).empty), next(iter(homes)))
        options = {key: _named(row) for key, row in homes.items()}
        chosen = context.select("Choose a prototype", "prototype", options, default=default)
        if chosen is not None:
            rules = rows_of(frame.store.gate(chosen))
            home = homes[chosen]
            place = str(home["neighbourhood_id"])
            address = context.link("prototype", neighbourhood=place, prototype=chosen)
            st.html(gate_html(str(home["name"]), address, rules, frame.theme))
