"""The parts of the Hypertension page: three sentences, the steps, what to read with care, and the charts that prove them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import chart_card, context_strip, icons, notices
from dashboard.components.chance import chance_words
from dashboard.components.frame import Frame
from dashboard.components.hypertension_steps import steps_html
from dashboard.components.hypertension_view import THEME, PlaceView, load_place
from dashboard.components.marks_key import shapes_html
from dashboard.components.prototype_view import PrototypeView
from dashboard.components.ribbon_strip import overlap_words, ribbon_html
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import day, missing, rows_of
from dashboard.theme import VARIATION_WORDS, Theme
from pipelines.vocabulary import Domain, Variation

#: Shares of the width: the steps, and what to read with care.
LEFT_AND_RIGHT = (0.6, 0.4)

#: Weeks that the charts show; a phone has room for a year.
PHONE_WEEKS = 52

FALSE_COMFORT = (
    "A high first reading tends to fall by itself the next time. This page never compares a person's first and second "
    "reading: it counts who came through each step."
)
NOT_REACHED = (
    "Nobody counts yet who is reached by age, sex or street. Until then this page cannot say who is missed."
)
PUBLISHED = "Published figures overlap from one to the next: they are shown for context and never judged."


def choose(frame: Frame) -> tuple[dict[str, Any], PlaceView, bool]:
    """Ask for a neighbourhood, west to east; return its row, what is shown of it, and whether on a phone."""
    narrow = is_narrow()
    places = {str(row["neighbourhood_id"]): row for row in rows_of(frame.store.neighbourhoods())}
    left, _ = st.columns((0.3, 0.7))
    with left:
        names = {name: str(row["name"]) for name, row in places.items()}
        place_id = context.select("Neighbourhood", "neighbourhood", names) or next(iter(places))
    return places[place_id], load_place(frame.store, place_id, PHONE_WEEKS if narrow else None), narrow


def title(frame: Frame, place: Mapping[str, Any], view: PlaceView) -> None:
    """Open with the place and how far its data reach."""
    last = [chart.summary["latest_on"] for chart in view.charts if not missing(chart.summary["latest_on"])]
    until = f" · latest point {day(max(last), year=True)}" if last else ""
    tried = " · ".join(str(row["name"]) for row, _ in view.prototypes) or "no prototype yet"
    frame.title(f"Hypertension in {place['name']}", f"{tried}{until}")


def show_answers(view: PlaceView) -> None:
    """Show the three sentences: the whole report."""
    told = "".join(
        f'<article><p class="muted">{escape(question)}</p><p>{_with_lead(sentence)}</p></article>'
        for question, sentence in view.answers
    )
    st.html(f'<section class="three">{told}</section>')


def _with_lead(sentence: str) -> str:
    """Return a sentence with its first statement bold, up to its colon or its end."""
    ends = [at for mark in (": ", ". ") if (at := sentence.find(mark)) >= 0]
    if not ends:
        return f"<b>{escape(sentence)}</b>"
    at = min(ends) + 1
    return f"<b>{escape(sentence[:at])}</b>{escape(sentence[at:])}"


def show_steps_and_care(frame: Frame, view: PlaceView) -> None:
    """Show the steps, and beside them what a clinician must know."""
    left, right = st.columns(LEFT_AND_RIGHT, gap="large")
    with left:
        st.html(steps_html(view.steps))
    with right:
        st.html(care_html(view, frame.theme))


def care_html(view: PlaceView, theme: Theme) -> str:
    """Return what to read with care, the fixed warning, who is not counted, and the balance."""
    care = "".join(f"<li>{escape(words)}</li>" for words in view.care)
    published = f"<li>{PUBLISHED}</li>" if len(view.facts) else ""
    listed = (
        f"<ul>{care}{published}</ul>" if care or published else '<p class="muted">Nothing to add here.</p>'
    )
    balance = "".join(_balance(chart.summary, theme) for chart in view.balance())
    return (
        f'<section class="care"><h3>Read with care</h3>{listed}'
        f"<h3>Beware false comfort</h3><p>{FALSE_COMFORT}</p>"
        f"<h3>Who is not reached?</h3><p>{NOT_REACHED}</p>"
        f"<h3>Balance</h3>{balance or '<p>Nothing is counted here that the checks could cost elsewhere.</p>'}</section>"
    )


def _balance(summary: Mapping[str, Any], theme: Theme) -> str:
    state = Variation(summary["variation"])
    icon = "" if state == Variation.NONE else icons.variation(state, theme, alt=VARIATION_WORDS[state])
    words = f"<b>{escape(str(summary['short_name']))}.</b> {escape(str(summary['sentence']))}"
    return f'<p class="balance">{icon}<span>{words}</span></p>'


def show_charts(frame: Frame, view: PlaceView, narrow: bool) -> None:
    """Show the charts that prove the sentences, prototype by prototype."""
    st.html('<h2 class="proof">Is it getting better? The charts</h2>')
    if not view.charts:
        notices.nothing_counted("hypertension here")
        return
    for row, charts in view.prototypes:
        _show_prototype(frame, row, charts, narrow)
    keys = f'<div class="keys">{shapes_html(frame.theme)}</div>'
    keys = f'<details class="fold"><summary>Key: shapes</summary>{keys}</details>' if narrow else keys
    st.html(f'{keys}<p class="chance">{escape(chance_words(chart.summary for chart in view.charts))}</p>')


def _show_prototype(frame: Frame, row: Mapping[str, Any], view: PrototypeView, narrow: bool) -> None:
    address = context.link(
        "neighbourhood", neighbourhood=str(row["neighbourhood_id"]), prototype=str(row["prototype_id"])
    )
    name = f'<a href="{escape(address)}" target="_self">{escape(str(row["name"]))}</a>'
    shared = view.shared_bracket()
    place = st.container() if narrow else st.columns(chart_card.CHART_AND_WORDS, gap="medium")[0]
    with place:
        ribbon = "" if view.axis is None else ribbon_html(view.cycles, view.axis, shared, narrow)
        told = overlap_words(view.cycles)
        overlap = f'<p class="sentence flush">{escape(told)}</p>' if told else ""
        st.html(f'<p class="choices-line">{name}</p>{ribbon}{overlap}')
    charts = [chart for domain in Domain for chart in view.of_domain(domain)]
    for chart in charts:
        own = chart.bracket() != shared
        chart_card.show_card(
            chart, frame.theme, months=chart is charts[-1], narrow=narrow, own_bracket=own, green=""
        )


def show_area(frame: Frame, place: Mapping[str, Any], view: PlaceView, narrow: bool) -> None:
    """Close with the published figures about the place, apart from the results."""
    words = context_strip.strip_html(view.facts, str(place["name"]), frame.made_up, narrow)
    if words:
        st.html(words)


def show_no_theme(frame: Frame) -> None:
    """Say that no prototype has this theme."""
    frame.title("Hypertension")
    notices.notice(
        "No hypertension prototype yet",
        f"A prototype belongs here once its theme says {THEME}: in prototypes.csv, or where a prototype is begun.",
    )
