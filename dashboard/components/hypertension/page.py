"""The parts of the Hypertension page: three sentences, the steps, the chart that matters, who is not reached, and the proof."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard import context
from dashboard.components import icons, notices
from dashboard.components.frame import Frame
from dashboard.components.hypertension.chart import changes_html, show_chart
from dashboard.components.hypertension.gap import gap_html
from dashboard.components.hypertension.notes import notes_html
from dashboard.components.hypertension.places import labels_of, show_funnel, side_by_side_html
from dashboard.components.hypertension.published import show_published
from dashboard.components.hypertension.steps import steps_html
from dashboard.components.hypertension.view import THEME, PlaceView, load_place
from dashboard.components.hypertension.who import HEADING as WHO
from dashboard.components.hypertension.who import QUESTIONS, help_html, who_html
from dashboard.components.neighbourhood import context_strip
from dashboard.components.viewport import is_narrow
from dashboard.components.wording import count, day, missing, rows_of
from dashboard.store.served import EVERYWHERE
from dashboard.theme import VARIATION_WORDS, Theme
from pipelines.vocabulary import Variation

#: Shares of the width: the steps and their chart, and who is not reached.
LEFT_AND_RIGHT = (0.56, 0.44)

#: Weeks that the charts show; a phone has room for a year.
PHONE_WEEKS = 52

#: What the select says for all places side by side.
ALL_PLACES = "All places, side by side"

FALSE_COMFORT = (
    "A high first reading tends to fall by itself the next time. This page never compares a person's first and second "
    "reading: it counts who came through each step."
)
NO_BALANCE = "Nothing is counted here that the checks could cost elsewhere."


def choose(frame: Frame) -> dict[str, Any] | None:
    """Ask for a neighbourhood, west to east; return its row, or None where all are wanted side by side."""
    places = {str(row["neighbourhood_id"]): row for row in rows_of(frame.store.neighbourhoods())}
    left, _ = st.columns((0.3, 0.7))
    with left:
        names = {name: str(row["name"]) for name, row in places.items()} | {EVERYWHERE: ALL_PLACES}
        chosen = context.select("Neighbourhood", "neighbourhood", names) or next(iter(places))
    return places.get(chosen)


def show_place(frame: Frame, place: Mapping[str, Any]) -> None:
    """Show one neighbourhood: the whole report in three sentences, then what proves it."""
    narrow = is_narrow()
    view = load_place(frame.store, str(place["neighbourhood_id"]), PHONE_WEEKS if narrow else None)
    title(frame, place, view)
    st.html(answers_html(view))
    left, right = st.columns(LEFT_AND_RIGHT, gap="large")
    with left:
        st.html(steps_html(view.steps))
        show_chart(view, frame.theme, narrow)
        st.html(care_html(view, frame.theme))
    with right:
        show_who(view.groups, view.gaps, frame.theme)
    changes = changes_html(view, frame.theme)
    if changes:
        st.html(changes)
    show_across(frame, view, str(place["neighbourhood_id"]), narrow)
    st.html(notes_html(view.notes, view.figures))
    show_published(frame.store.published_of_theme(), frame.theme)
    words = context_strip.strip_html(view.facts, str(place["name"]), frame.made_up, narrow)
    if words:
        st.html(words)


def show_borough(frame: Frame) -> None:
    """Show all places side by side on one scale, west to east and never ranked, and everybody's groups."""
    frame.title("Hypertension, all places side by side", "West to east, never ranked")
    points = frame.store.funnel_points(THEME)
    labels = {str(row["measure_id"]): str(row["label"]) for row in rows_of(frame.store.theme_steps(THEME))}
    names = labels_of(points, labels)
    narrow = is_narrow()
    told = "Dot: the place. Line: all together. Grey: where chance alone would leave a place of that size in 95 of 100 periods."
    st.html(
        f'<h2 class="proof">Every step, place by place</h2><p class="lead-line">{told}</p>{side_by_side_html(points, names)}'
    )
    left, right = st.columns(LEFT_AND_RIGHT, gap="large")
    with left:
        show_funnel(frame.store, points, names, EVERYWHERE, None, frame.theme, narrow)
        notes = rows_of(frame.store.worked_notes(EVERYWHERE))
        st.html(notes_html(notes, rows_of(frame.store.worked_figures(EVERYWHERE))))
    with right:
        show_who(
            rows_of(frame.store.served_groups(EVERYWHERE)),
            rows_of(frame.store.served_gaps(EVERYWHERE)),
            frame.theme,
        )
    show_published(frame.store.published_of_theme(), frame.theme)


def title(frame: Frame, place: Mapping[str, Any], view: PlaceView) -> None:
    """Open with the place and how far its data reach."""
    last = [chart.summary["latest_on"] for chart in view.charts if not missing(chart.summary["latest_on"])]
    until = f" · latest point {day(max(last), year=True)}" if last else ""
    tried = " · ".join(str(row["name"]) for row, _ in view.prototypes) or "no prototype yet"
    frame.title(f"Hypertension in {place['name']}", f"{tried}{until}")


def answers_html(view: PlaceView) -> str:
    """Return the three sentences: the whole report."""
    told = "".join(
        f'<article><p class="muted">{escape(question)}</p><p>{_with_lead(sentence)}</p></article>'
        for question, sentence in view.answers
    )
    return f'<section class="three">{told}</section>'


def _with_lead(sentence: str) -> str:
    """Return a sentence with its first statement bold, up to its colon or its end."""
    ends = [at for mark in (": ", ". ") if (at := sentence.find(mark)) >= 0]
    if not ends:
        return f"<b>{escape(sentence)}</b>"
    at = min(ends) + 1
    return f"<b>{escape(sentence[:at])}</b>{escape(sentence[at:])}"


def show_who(groups: list[dict[str, Any]], gaps: list[dict[str, Any]], theme: Theme) -> None:
    """Show the groups of one question, the gap over time, and who helped."""
    st.html(WHO)
    question = next(iter(QUESTIONS))
    if groups:
        question = _question()
    st.html(
        f'<section class="who">{who_html(groups, question)}{gap_html(gaps, question, theme)}{help_html(groups, gaps)}</section>'
    )


def _question() -> str:
    """Ask what to look at, each group by; the choice is kept in the address."""
    chosen = context.follow_address("who", tuple(QUESTIONS))
    picked = st.segmented_control(
        "What each group is looked at by",
        tuple(QUESTIONS),
        format_func=QUESTIONS.__getitem__,
        key="choice_who",
        label_visibility="collapsed",
    )
    if picked and picked != chosen:
        context.followed("who", picked)
    return picked or chosen or next(iter(QUESTIONS))


def care_html(view: PlaceView, theme: Theme) -> str:
    """Return what to ask, the fixed warning, the balance, and what to read with care."""
    told = "".join(_said(question, sentences) for question, sentences in view.more.items())
    balance = "".join(_balance(chart.summary, theme) for chart in view.balance())
    return (
        f'<section class="care">{told}<h3>Beware false comfort</h3><p>{FALSE_COMFORT}</p>'
        f"<h3>Balance</h3>{balance or f'<p>{NO_BALANCE}</p>'}</section>"
    )


def _said(question: str, sentences: list[str]) -> str:
    """Return what is said under a question; more than one sentence folds."""
    if len(sentences) == 1:
        return f"<h3>{escape(question)}</h3><p>{escape(sentences[0])}</p>"
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return (
        f'<details class="care-fold"><summary>{escape(question)}: {count(len(sentences))} things to know</summary>'
        f"<ul>{listed}</ul></details>"
    )


def _balance(summary: Mapping[str, Any], theme: Theme) -> str:
    state = Variation(summary["variation"])
    icon = "" if state == Variation.NONE else icons.variation(state, theme, alt=VARIATION_WORDS[state])
    words = f"<b>{escape(str(summary['short_name']))}.</b> {escape(str(summary['sentence']))}"
    return f'<p class="balance">{icon}<span>{words}</span></p>'


def show_across(frame: Frame, view: PlaceView, here: str, narrow: bool) -> None:
    """Show where this place lies among the others, by a funnel and never a rank."""
    points = frame.store.funnel_points(THEME)
    names = labels_of(points, view.labels())
    show_funnel(frame.store, points, names, here, view.measure_that_matters(names), frame.theme, narrow)


def show_no_theme(frame: Frame) -> None:
    """Say that no prototype has this theme."""
    frame.title("Hypertension")
    notices.notice(
        "No hypertension prototype yet",
        f"A prototype belongs here once its theme says {THEME}: in prototypes.csv, or where a prototype is begun.",
    )
