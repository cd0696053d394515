"""Where a file belongs: neighbourhood and prototype, known or new, and who brings it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.frame import Frame
from dashboard.components.importing.state import Source
from dashboard.components.plain_text import shown
from pipelines.understanding import Mapping, Proposal

NEW = ""

#: What becomes of a log of the same form, by whether both are kept.
OLDER = {False: "take its place, where this file holds its rows too", True: "keep both"}

#: Longest name that a person may give.
LONGEST = 60


@dataclass(frozen=True)
class Belonging:
    """Where the file belongs; a new place or prototype is known by its name until its id is made."""

    neighbourhood_id: str | None = None
    prototype_id: str | None = None
    new_neighbourhood: str | None = None
    new_prototype: str | None = None
    who: str | None = None
    beside: bool = False

    def put(self, mapping: Mapping) -> Mapping:
        """Return the mapping with what is known of where it belongs; columns of the file say it otherwise."""
        return replace(
            mapping,
            neighbourhood_id=None if "neighbourhood_id" in mapping.columns else self.neighbourhood_id,
            prototype_id=None if "prototype_id" in mapping.columns else self.prototype_id,
        )

    def missing(self, mapping: Mapping) -> list[str]:
        """Return what must still be said before the file can be kept."""
        told = []
        if "neighbourhood_id" not in mapping.columns and not (
            self.neighbourhood_id or self.new_neighbourhood
        ):
            told.append("Say in which neighbourhood the tests took place.")
        if "prototype_id" not in mapping.columns and not (self.prototype_id or self.new_prototype):
            told.append("Say which prototype was tested: choose one, or give a new one a name.")
        return told


def choose(page: Frame, source: Source, proposal: Proposal, mapping: Mapping) -> Belonging:
    """Ask where the file belongs, who brings it, and what becomes of a log of the same form that is there."""
    place = _choose(page, source, mapping)
    if proposal.matches is None or source.kept is not None:
        return place
    beside = st.selectbox(
        "A log of this form is here already",
        list(OLDER),
        format_func=OLDER.__getitem__,
        key=source.key("older"),
    )
    return replace(place, beside=bool(beside))


def _choose(page: Frame, source: Source, mapping: Mapping) -> Belonging:
    left, right, last = st.columns(3, gap="medium")
    if {"neighbourhood_id", "prototype_id"} <= set(mapping.columns):
        left.html('<p class="said">The file itself says where each row belongs.</p>')
        return Belonging(who=_who(last, source))
    with left:
        place_id, new_place = _one_of(
            source, "Neighbourhood", page.store.neighbourhoods(), "neighbourhood_id", mapping.neighbourhood_id
        )
    with right:
        held = page.store.prototypes(place_id) if place_id else page.store.prototypes().head(0)
        prototype_id, new_prototype = _one_of(
            source, "Prototype", held, "prototype_id", mapping.prototype_id, place_id or "new"
        )
    return Belonging(place_id, prototype_id, new_place, new_prototype, _who(last, source))


def _one_of(
    source: Source, what: str, rows: pd.DataFrame, column: str, own: str | None, *under: str
) -> tuple[str | None, str | None]:
    """Ask for one of the rows, or for the name of a new one; return its id or the name."""
    names = {str(row[column]): shown(row["name"]) for row in rows.to_dict("records")}
    options = [*names, NEW]
    chosen: Any = options[0]
    if len(options) > 1:
        chosen = st.selectbox(
            what,
            options,
            index=options.index(own) if own in names else None,
            format_func=lambda name: names.get(name, f"A new {what.lower()} …"),
            placeholder="Choose",
            key=source.key(column, *under),
        )
    if chosen is None:
        return None, None
    if chosen != NEW:
        return chosen, None
    name = st.text_input(
        f"Name of the new {what.lower()}", max_chars=LONGEST, key=source.key("new", column, *under)
    )
    return None, " ".join(name.split()) or None


def _who(place: Any, source: Source) -> str | None:
    """Ask who brings the file: the load log says so."""
    name = place.text_input("Who brings it? (for the load log)", max_chars=LONGEST, key=source.key("who"))
    return " ".join(name.split()) or None
