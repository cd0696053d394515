"""What is told of a prototype beside its charts: its stages, what happened, what people said, whether it is ready."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import notices, save
from dashboard.components.baseline.panel import DECIDE
from dashboard.components.frame import Frame
from dashboard.components.learning.gate import gate_html
from dashboard.components.neighbourhood.page import choose
from dashboard.components.prototype import forms as prototype_forms
from dashboard.components.prototype_view import PrototypeView, load_view
from dashboard.components.wording import capital, day, missing, rows_of
from dashboard.store import Store
from pipelines.vocabulary import Audience

Row = dict[str, Any]

NO_STAGE = "No stage has been recorded yet."
TOO_FEW = "No sealed prediction of this group has met its result yet."


@dataclass(frozen=True)
class Story:
    """A prototype with everything that was entered about it.

    Attributes
    ----------
    place, prototype
        Their rows.
    view
        Charts and cycles.
    stages, annotations, quotes
        Rows of stage_event, annotation and quote, oldest first.
    """

    place: Row
    prototype: Row
    view: PrototypeView
    stages: list[Row]
    annotations: list[Row]
    quotes: list[Row]

    @property
    def prototype_id(self) -> str:
        """Of the prototype."""
        return str(self.prototype["prototype_id"])

    @property
    def stage(self) -> str:
        """The stage it is at now; empty where none is known."""
        if self.stages:
            return str(self.stages[-1]["stage"])
        return "" if missing(self.prototype["stage"]) else str(self.prototype["stage"])

    def lettered(self) -> Iterator[tuple[str, Row]]:
        """Return what happened with its letter: a to z, then aa, bb ..."""
        for number, row in enumerate(self.annotations):
            again, at = divmod(number, 26)
            yield string.ascii_lowercase[at] * (again + 1), row


def chosen(frame: Frame) -> Story | None:
    """Ask for a place and one of its prototypes; where there is none, say so."""
    _follow_decide()
    place, prototype = choose(frame.store)
    if place is None or prototype is None:
        frame.title("Prototype" if place is None else str(place["name"]), "Prototypes")
        notices.notice(
            "No prototype here yet",
            "A prototype is something a group tries with people, a few at a time, and counts.",
            "Plan the first cycle under Plan a cycle: it names the prototype too.",
        )
        return None
    return load(frame.store, place, prototype)


def _follow_decide() -> None:
    """Open the prototype of the series that a link asks to decide on."""
    prototype_id = st.query_params.get(DECIDE, "").partition("@")[2]
    if prototype_id and "prototype" not in st.query_params:
        st.query_params["prototype"] = prototype_id


def load(store: Store, place: Row, prototype: Row) -> Story:
    """Ask the store for everything about a prototype."""
    prototype_id = str(prototype["prototype_id"])
    asked = (store.stage_events(prototype_id), store.annotations(prototype_id), store.quotes(prototype_id))
    stages, annotations, quotes = (rows_of(frame) for frame in asked)
    return Story(place, prototype, load_view(store, prototype_id, None), stages, annotations, quotes)


def title(frame: Frame, story: Story) -> None:
    """Open with the name; a stopped prototype says so as loudly as any other stage."""
    facts = [("Stage", capital(story.stage))] if story.stage else []
    if not missing(story.prototype["started_on"]):
        facts.append(("Began", day(story.prototype["started_on"], year=True)))
    decided = len(story.view.decisions())
    facts.append(
        ("Cycles", f"{len(story.view.filed)}, {decided} decided" if story.view.filed else "none yet")
    )
    frame.title(str(story.prototype["name"]), f"{story.place['name']} › prototype", facts)


def show_stages(frame: Frame, story: Story) -> None:  # noqa: ARG001
    """Show the stages reached, with day and reason, and the way to record the next."""
    st.html(f'<section class="told"><h2>From idea to now</h2>{stages_html(story.stages)}</section>')
    prototype_forms.stage(story.prototype_id, story.stage, len(story.stages))


def stages_html(stages: list[Row]) -> str:
    """Return the stages in order; `stopped` is written as large as the others."""
    if not stages:
        return f'<p class="muted flush">{NO_STAGE}</p>'
    return f'<ol class="stages">{"".join(_stage(row) for row in stages)}</ol>'


def _stage(row: Row) -> str:
    on = "no day given" if missing(row["reached_on"]) else day(row["reached_on"], year=True)
    reason = "" if missing(row["reason"]) else f"<span>{escape(str(row['reason']))}</span>"
    who = "" if missing(row["who"]) else f'<span class="muted">{escape(str(row["who"]))}</span>'
    return (
        f'<li><b>{escape(capital(str(row["stage"])))}</b> <span class="muted">{on}</span>{reason}{who}</li>'
    )


def show_notes(frame: Frame, story: Story) -> None:  # noqa: ARG001
    """Show what happened and what people said, side by side, with a form under each."""
    left, right = st.columns(2, gap="large")
    with left:
        st.html(f'<section class="told"><h2>What happened</h2>{annotations_html(story)}</section>')
        prototype_forms.annotation(story.prototype_id, len(story.annotations))
    with right:
        st.html(f'<section class="told"><h2>What people said</h2>{quotes_html(story.quotes)}</section>')
        prototype_forms.quote(story.prototype_id, len(story.quotes))


def annotations_html(story: Story) -> str:
    """Return what happened, each with the letter of its flag on the charts."""
    items = "".join(
        f'<li><span class="disc letter">{letter}</span><span><b>{day(row["happened_on"], year=True)}</b> '
        f'{escape(str(row["text"]))} <span class="muted">{escape(str(row["who"]))}</span></span></li>'
        for letter, row in story.lettered()
    )
    return f'<ul class="flag-key">{items}</ul>' if items else '<p class="muted flush">Nothing noted yet.</p>'


def quotes_html(quotes: list[Row]) -> str:
    """Return what people said, each with who said it and whom it is for."""
    if not quotes:
        return '<p class="muted flush">Nobody has been quoted yet.</p>'
    consent = {"group": "for this group alone", "everyone": "for everyone to read"}
    return "".join(
        f'<blockquote class="learned">{escape(str(row["text"]))}<footer>{escape(str(row["said_by"]))}, '
        f"{consent.get(str(row['consent']), 'for this group alone')}</footer></blockquote>"
        for row in quotes
    )


def show_readiness(frame: Frame, story: Story) -> None:
    """Close with how this group's predictions hold, for the group alone, and whether the idea is ready to scale."""
    left, right = st.columns(2, gap="large")
    with left:
        st.html(calibration_html(frame.store, story.prototype_id))
    with right:
        rules = rows_of(frame.store.gate(story.prototype_id))
        address = context.link("prototype", prototype=story.prototype_id)
        st.html(gate_html(str(story.prototype["name"]), address, rules, frame.theme))
    save.is_here()


def calibration_html(store: Store, prototype_id: str) -> str:
    """Return how often the group's sealed ranges hold; the shared mart never holds it by group."""
    heading = "<h2>Do our predictions hold?</h2>"
    if context.audience() != Audience.TRUE:
        return (
            f'<section class="told">{heading}<p class="muted flush">A group sees its own record, and only on its own '
            "copy. It is no ranking. All groups together stand under Learning.</p></section>"
        )
    row = store.calibration("prototype", prototype_id)
    if row is None:
        return f'<section class="told">{heading}<p class="muted flush">{TOO_FEW}</p></section>'
    said = "".join(f"<p>{escape(str(row[name]))}</p>" for name in ("sentence", "error_sentence") if row[name])
    return f'<section class="told">{heading}{said}</section>'
