"""The form for a new measure: plain questions, each with what is wrong right under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st

from dashboard.components.measures import words
from dashboard.components.measures.answers import (
    CHOSEN,
    EVERYWHERE,
    PERSONS,
    PREFIX,
    SHARES,
    THEME,
    YES_NO,
)
from dashboard.components.measures.view import MeasureView, Place
from dashboard.components.plain_text import shown
from pipelines.measures import ARRIVES, CAN_BE_NEGATIVE, DECLARED_PERIODS, NEEDS_DENOMINATOR, SESSIONS
from pipelines.measures.keys import MEANING
from pipelines.vocabulary import Better, Domain


@dataclass(frozen=True)
class Asking:
    """What the questions offer, and what is wrong with the answers so far, sentences by key."""

    views: Sequence[MeasureView]
    places: Sequence[Place]
    wrong: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def items(self) -> list[str]:
        """The columns that some measure counts already."""
        return sorted({item for view in self.views for item in view.measure.items})

    @property
    def themes(self) -> list[str]:
        """The themes of the prototypes."""
        return sorted({place.theme for place in self.places if place.theme})

    def tell(self, *keys: str) -> None:
        """Show what is wrong with the answers to some keys."""
        told = [reason for key in keys for reason in self.wrong.get(key, ())]
        if told:
            st.html("".join(f'<p class="field-fault">{escape(shown(line, 300))}</p>' for line in told))


def key(name: str) -> str:
    """Return where an answer is kept in the session."""
    return PREFIX + name


def draw(asking: Asking) -> None:
    """Draw every question."""
    _what(asking)
    _counted(asking)
    _read(asking)
    _used(asking)
    _more(asking)


def _what(asking: Asking) -> None:
    st.html("<h2>What it is</h2>")
    name = "What do you want to know? Name it as a sentence would"
    st.text_input(name, key=key("name"), placeholder="People who came to the walk")
    asking.tell("name")
    st.text_input(
        "The same in about 20 letters, for the wall",
        key=key("short_name"),
        max_chars=60,
        placeholder="Walkers",
    )
    asking.tell("short_name")
    _radio("What does it speak of?", "domain", {str(domain): words.DOMAINS[domain] for domain in Domain})
    asking.tell("domain")
    st.text_area("Why should anybody care?", key=key("why"), height=80)
    asking.tell("why")
    st.text_area("How does the number come about? Who counts, where, when", key=key("source"), height=80)
    asking.tell("source")


def _counted(asking: Asking) -> None:
    st.html("<h2>What is counted</h2>")
    kinds = {str(kind): what for kind, what in words.KINDS.items()}
    chosen = st.session_state.get(key("kind"))
    if chosen and chosen not in kinds:
        kinds[chosen] = f"a fixed chart: {words.CHARTS[chosen]}"
    _radio("What kind of number is it?", "kind", kinds)
    asking.tell("kind")
    _columns("Which column of the log? Several are added up", "numerator", asking.items)
    asking.tell("numerator")
    if chosen in NEEDS_DENOMINATOR or st.session_state.get(key("denominator")):
        _columns("Out of which column? Several are added up", "denominator", [*asking.items, SESSIONS])
    asking.tell("denominator")
    st.text_input("Words that follow the number", key=key("unit"), placeholder=_unit_example(chosen))
    asking.tell("unit")
    if chosen in CAN_BE_NEGATIVE:
        st.checkbox(
            "It cannot be below 0, as kilograms, money and minutes cannot",
            key=key("never_negative"),
            help=MEANING["never_negative"],
        )
    asking.tell("never_negative")
    _radio("Does it count people or visits?", "counts", PERSONS, across=True)
    asking.tell("counts")


def _read(asking: Asking) -> None:
    st.html("<h2>How it is read</h2>")
    better = {
        str(Better.UP): "higher",
        str(Better.DOWN): "lower",
        str(Better.NEITHER): "neither: a change is news",
    }
    _radio("Which way is better?", "better", better, across=True)
    asking.tell("better")
    periods = {str(period): words.PERIODS[period] for period in DECLARED_PERIODS}
    _radio("How often is a point drawn?", "period", periods, across=True)
    asking.tell("period")
    _targets()
    asking.tell("target")


def _targets() -> None:
    """Ask for each target and its first day; a row more at a press."""
    percent = st.session_state.get(key("kind")) in SHARES
    rows = int(st.session_state.get(key("n_targets"), 1))
    for at in range(rows):
        left, right = st.columns(2)
        left.number_input(
            f"Target{', per cent' if percent else ''} (leave it empty if there is none)"
            if at == 0
            else "Then, target",
            key=key(f"value_{at}"),
            value=None,
            min_value=0.0 if percent else None,
            max_value=100.0 if percent else None,
            format="%g",
        )
        right.date_input("From which day?", key=key(f"from_{at}"), value=None, format="DD/MM/YYYY")
    filled = st.session_state.get(key(f"value_{rows - 1}")) is not None
    if filled and st.button("Add a later target", key=key("add_target")):
        st.session_state[key("n_targets")] = rows + 1
        st.rerun()


def _used(asking: Asking) -> None:
    st.html("<h2>Who uses it, who sees it</h2>")
    _radio("Which prototypes use it?", "use", {one: one for one in (EVERYWHERE, THEME, CHOSEN)}, across=True)
    use = st.session_state.get(key("use"))
    if use == THEME:
        _columns("Which theme?", "themes", asking.themes)
    if use == CHOSEN or (use == THEME and st.session_state.get(key("chosen"))):
        names = {
            place.prototype_id: f"{shown(place.prototype)}, {shown(place.neighbourhood)}"
            for place in asking.places
        }
        chosen = [one for one in st.session_state.get(key("chosen"), []) if one not in names]
        options = [*names, *chosen]
        st.multiselect(
            "Which prototypes?", options, key=key("chosen"), format_func=lambda one: names.get(one, one)
        )
    asking.tell("prototypes")
    _radio(
        "Does it speak of health, need or conflict? Then small numbers are held back before others see them",
        "disclosive",
        YES_NO,
        across=True,
    )
    asking.tell("disclosive")


def _more(asking: Asking) -> None:
    hidden = ("id", "planned_every", "baseline", "arrives", "lag_days", "display_order")
    wrong = any(asking.wrong.get(one) for one in hidden)
    with st.expander("More, for those who need it", expanded=wrong):
        st.text_input("Key of the measure; made from its name where empty", key=key("id"), help=MEANING["id"])
        asking.tell("id")
        st.text_input(
            "How often a point is planned, where it is not every period",
            key=key("planned_every"),
            placeholder="2 weeks",
        )
        asking.tell("planned_every")
        st.text_input("Which points set the usual range?", key=key("baseline"), help=MEANING["baseline"])
        asking.tell("baseline")
        st.selectbox(
            "How does it reach us?", ARRIVES, key=key("arrives"), format_func=words.ARRIVES.__getitem__
        )
        asking.tell("arrives")
        left, right = st.columns(2)
        left.number_input(
            "Days after a cycle begins before it can move", key=key("lag_days"), min_value=0, step=1
        )
        right.number_input("Place within its domain", key=key("display_order"), min_value=0, step=1)
        asking.tell("lag_days", "display_order")
        st.checkbox("Show it on the wall", key=key("wall"))
        st.checkbox("A planned test without an entry means none, not a gap", key=key("no_entry_means_zero"))


def _radio(question: str, name: str, options: Mapping[Any, str], across: bool = False) -> None:
    st.radio(
        question, list(options), key=key(name), index=None, format_func=options.__getitem__, horizontal=across
    )


def _columns(question: str, name: str, known: Sequence[str]) -> None:
    """Ask for columns of the log: those known already, or a new one typed in."""
    given = [one for one in st.session_state.get(key(name), []) if one not in known]
    st.multiselect(
        question,
        [*known, *given],
        key=key(name),
        accept_new_options=True,
        placeholder="Choose, or type a heading",
    )


def _unit_example(kind: str | None) -> str:
    if kind in SHARES:
        return "of people asked"
    return "days" if kind == "measurement" else "people a week"
