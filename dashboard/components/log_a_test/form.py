"""The form of one test: when, how many, where, anything unusual. It answers while it is filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.components.log_a_test import numbers as log_numbers
from dashboard.components.log_a_test.check import Check, check
from dashboard.components.log_a_test.items import items_counted, shown_first
from dashboard.components.log_a_test.place import LogPlace
from dashboard.components.log_a_test.state import Draft, day_of
from dashboard.components.plain_text import label_words
from dashboard.components.signed import signed, signer

OTHER = "other"

UNUSUAL = ("Bad weather", "Half-term", "Fewer helpers")
WHY_NOT = ("Bad weather", "No helpers", "Place closed", "Holiday")
OTHER_WORDS = "Other …"

#: Longest words that may be added; a note is a few words, never a story about somebody.
LONGEST_NOTE, LONGEST_PLACE = 120, 60


def when(one: Draft, today: dt.date) -> dt.date | None:
    """Ask for the day; None where another day is asked for and not given.

    A choice is kept as the day that it meant: a form left open overnight is still about the day it was filled in.
    """
    yesterday = today - dt.timedelta(days=1)
    words = {
        today.isoformat(): f"Today\n{_short(today)}",
        yesterday.isoformat(): f"Yesterday\n{_short(yesterday)}",
        OTHER: "Other\npick a day",
    }
    key, day_key = one.key("when"), one.key("day")
    kept = st.session_state.setdefault(key, today.isoformat())
    if kept not in words:
        st.session_state[key], st.session_state[day_key] = OTHER, day_of(kept)
    chosen = st.segmented_control(
        "When?",
        list(words),
        format_func=words.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
        width="stretch",
    )
    if chosen != OTHER:
        return day_of(chosen)
    picked: Any = st.date_input("Which day?", value=None, max_value=today, format="DD/MM/YYYY", key=day_key)
    return picked if isinstance(picked, dt.date) else None


def _short(day: dt.date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def numbers(one: Draft, place: LogPlace) -> tuple[dict[str, float], Check]:
    """Ask for the numbers and say what they mean together; what is blank is not in the answer."""
    items = items_counted(place.measures)
    counts = log_numbers.ask(one, place.place.prototype_id, *shown_first(items, place.own_first))
    counts = {item.item: counts[item.item] for item in items if item.item in counts}
    said = check(place.measures, items, counts)
    st.html(check_html(said, bool(counts)))
    return counts, said


def check_html(said: Check, is_begun: bool) -> str:
    """Return the line that answers; what is wrong is told at once, to a screen reader too."""
    state = "wrong" if said.is_wrong else "right" if is_begun else "waiting"
    mark = {"wrong": "!", "right": "✓"}.get(state, "")
    sign = f'<span aria-hidden="true">{mark}</span> ' if mark else ""
    return f'<p class="log-check {state}" role="{"alert" if said.is_wrong else "status"}">{sign}{escape(said.words)}</p>'


def where(one: Draft, used: Sequence[str]) -> str | None:
    """Ask for the place: one used before, or another; None where nobody says."""
    names = {label_words(place, LONGEST_PLACE): place for place in used}
    chosen = _chips("Where?", [*names, OTHER_WORDS], one.key("place"), "single") if names else [OTHER_WORDS]
    if OTHER_WORDS not in chosen:
        return names[chosen[0]] if chosen else None
    return _words("Where? A place, no address", one.key("place_words"), LONGEST_PLACE)


def unusual(one: Draft) -> list[str]:
    """Ask for anything unusual and return it in a few words each."""
    return _told(one, "Anything unusual?", UNUSUAL, "unusual", "What was unusual? A few words, nobody's name")


def why_not(one: Draft) -> list[str]:
    """Ask why a planned test did not happen."""
    return _told(one, "Why not?", WHY_NOT, "why_not", "Why not? A few words, nobody's name")


def _told(one: Draft, heading: str, chips: Sequence[str], name: str, ask: str) -> list[str]:
    chosen = _chips(heading, [*chips, OTHER_WORDS], one.key(name), "multi")
    told = [words for words in chosen if words != OTHER_WORDS]
    if OTHER_WORDS in chosen:
        words = _words(ask, one.key(f"{name}_words"), LONGEST_NOTE)
        told += [words] if words else []
    return told


def _chips(heading: str, options: Sequence[str], key: str, mode: Any) -> list[str]:
    kept = st.session_state.get(key)
    if kept is not None:
        st.session_state[key] = _offered(kept, options)
    chosen: Any = st.pills(heading, options, selection_mode=mode, key=key, wrap=False)
    return [] if chosen is None else [chosen] if isinstance(chosen, str) else list(chosen)


def _offered(kept: Any, options: Sequence[str]) -> Any:
    """Return what was chosen before as far as it is still offered."""
    if isinstance(kept, list):
        return [words for words in kept if words in options]
    return kept if kept in options else None


def _words(label: str, key: str, most: int) -> str | None:
    return " ".join(st.text_input(label, max_chars=most, key=key).split()) or None


def who(one: Draft) -> str:
    """Ask who signs, once a session: a name asked for stays on the form until the test is saved."""
    return signed("log") if one.asks_name else signer()
