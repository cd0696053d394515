"""The first step of a plan: which prototype, or a new one."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components.cycle.view import Row
from dashboard.components.measures.answers import slug
from dashboard.components.plain_text import shown
from dashboard.components.plan.view import Home, free_id, neighbourhoods, prototypes
from dashboard.components.wording import capital, missing
from dashboard.store import Store
from pipelines.vocabulary import Stage

NEW = "new"

#: The prototype that was planned for last in this session.
_REMEMBERED = "plan_remembered"

#: Stages at which a prototype may begin here, and what each means.
STAGES = {
    Stage.IDEA: "talked about, not yet tried",
    Stage.ACTION: "tried once or twice",
    Stage.PROTOTYPE: "tried again and again, and counted",
}


def ask(store: Store, places: dict[str, Any]) -> Home | None:
    """Ask for a prototype; a new one has no id while it has no place or name."""
    rows = {str(row["prototype_id"]): row for row in prototypes(store)}
    names = {key: f"{shown(row['neighbourhood'])} · {shown(row['name'])}" for key, row in rows.items()}
    options = names | {NEW: "Start a new prototype …"}
    places["prototype_id"] = st.container(gap=None)
    remembered = st.session_state.get(_REMEMBERED)
    default = remembered if remembered in options else next(iter(options))
    chosen = context.select("Prototype", "prototype", options, default=default)
    st.session_state[_REMEMBERED] = chosen
    if chosen is None:
        return None
    return _new(store, places, list(rows)) if chosen == NEW else home_of(rows[chosen])


def home_of(row: Row) -> Home:
    """Return a prototype that there is."""
    theme = None if missing(row["theme"]) else str(row["theme"])
    return Home(str(row["prototype_id"]), str(row["neighbourhood_id"]), str(row["name"]), theme)


def _new(store: Store, places: dict[str, Any], taken: list[str]) -> Home:
    """Ask for a new prototype: place, name, theme, stage, and why it starts; it has no id before place and name."""
    names = {str(row["neighbourhood_id"]): shown(row["name"]) for row in neighbourhoods(store)}
    left, right = st.columns(2, gap="medium")
    with left:
        places["neighbourhood_id"] = st.container(gap=None)
        place = st.selectbox(
            "Neighbourhood",
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="plan_place",
            placeholder="Choose",
        )
        places["name"] = st.container(gap=None)
        name = " ".join(st.text_input("Name of the prototype", key="plan_name", max_chars=80).split())
    with right:
        themes = sorted({str(row["theme"]) for row in prototypes(store) if not missing(row["theme"])})
        theme = st.selectbox(
            "Theme: its measures come with it",
            themes,
            index=None,
            key="plan_theme",
            accept_new_options=True,
            placeholder="Choose, or type a new one",
            format_func=_theme_words,
        )
        stage = st.selectbox(
            "How far is it?",
            list(STAGES),
            key="plan_stage",
            format_func=_stage_words,
            index=None,
            placeholder="Choose",
        )
    places["stage_reason"] = st.container(gap=None)
    reason = st.text_input("Why does it start? One sentence", key="plan_reason", max_chars=600)
    known = bool(place and slug(name))
    new_id = free_id(f"{place}_{slug(name)}", taken) if known else ""
    return Home(new_id, place or "", name, theme_of(theme, themes), True, stage or Stage.IDEA, reason)


def theme_of(written: str | None, known: list[str]) -> str | None:
    """Return a theme as it is kept: one that there is, however it was written; a new one as an id."""
    if not written or not slug(written):
        return None
    return next((theme for theme in known if slug(theme) == slug(written)), slug(written))


def _theme_words(theme: str) -> str:
    return capital(shown(theme).replace("_", " "))


def _stage_words(stage: Stage) -> str:
    return f"{capital(stage.value)}: {STAGES[stage]}"
