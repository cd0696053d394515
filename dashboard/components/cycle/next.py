"""What comes after a cycle: the next one, open or still to be planned."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import context
from dashboard.components.cycle.view import CycleView, Stand, cycle_name
from dashboard.components.wording import date, day, missing
from pipelines.vocabulary import Decision

#: Decisions after which there is something to test next.
GOES_ON = (Decision.ADOPT, Decision.ADAPT)


def show(view: CycleView) -> None:
    """Show the way to the next cycle, where there is one."""
    words = next_html(view)
    if words:
        st.html(words)


def next_html(view: CycleView) -> str:
    """Return the way to the next cycle: open, where one follows; to be planned, after adopt or adapt; else nothing."""
    if view.following is not None:
        return _open(view)
    if view.decision in GOES_ON:
        address = context.link("plan", prototype=str(view.filed["prototype_id"]))
        return (
            '<section class="aside"><h2>Next cycle</h2><p>Nothing is planned yet.</p>'
            f'<p><a class="go" href="{escape(address)}" target="_self">Plan the next cycle</a></p></section>'
        )
    return ""


def stand_html(view: CycleView) -> str:
    """Return how far the cycle has come, where the page must not be read as finished; empty once it is decided."""
    start, end = date(view.filed["do_start"]), date(view.filed["do_end"])
    if view.stand is Stand.NOT_BEGUN:
        when = f" on {day(start, year=True)}" if start else ""
        told = f"Not begun. Testing starts{when}." if start else "Not begun. No first day has been set."
    elif view.stand is Stand.RUNNING:
        until = f" until {day(end, year=True)}" if end else ""
        told = f"Still running{until}. This is how it stands so far, and it can still change."
    elif view.stand is Stand.DUE:
        told = f"Testing ended on {day(end, year=True)}. Now the group decides."
    else:
        return ""
    return f'<p class="stand" role="status">{escape(told)}</p>{_links(view)}'


def _links(view: CycleView) -> str:
    """Return the ways to log a test, and to the prediction while it can be written anew."""
    if view.stand is Stand.DUE:
        return ""
    prototype = str(view.filed["prototype_id"])
    ways = [("Log a test", context.link("log_a_test", prototype=prototype, cycle=view.cycle_id))]
    ways.append(("See the plan", context.link("plan", cycle=view.cycle_id)))
    return '<p class="ways">' + " ".join(_way(*way) for way in ways) + "</p>"


def _open(view: CycleView) -> str:
    following = view.following or {}
    name = cycle_name(following)
    question = "" if missing(following["question"]) else f": {following['question']}"
    start = day(following["do_start"], year=True)
    address = context.link("cycle", cycle=str(following["cycle_id"]))
    return (
        f'<section class="aside"><h2>Next cycle</h2><p>{escape(name + question)} From {start}.</p>'
        f'<p><a class="go" href="{escape(address)}" target="_self">Open {escape(name.lower())}</a></p></section>'
    )


def _way(words: str, address: str) -> str:
    return f'<a class="go" href="{escape(address)}" target="_self">{escape(words)}</a>'
