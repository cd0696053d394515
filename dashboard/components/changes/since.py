"""The day that news is counted from: in the address, else the last meeting that ended. Every page asks here."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboard import context
from dashboard.components.wording import date
from dashboard.store import Store

#: Without a meeting, news reaches back this far: the four weeks between two meetings.
LOOK_BACK = dt.timedelta(days=28)

NAME = "since"


def data_until(store: Store) -> dt.date:
    """Return the last day of the data; the first day of all days where there is none."""
    return date(store.info().get("data_until")) or dt.date(1970, 1, 1)


def usual_since(store: Store, until: dt.date | None = None) -> dt.date:
    """Return the day that news is counted from unless the reader chose another: the last meeting, else four weeks ago.

    `until` is the day one looks at; None is the end of the data.
    """
    until = until or data_until(store)
    meeting = store.last_meeting(before=until)
    held = None if meeting is None else date(meeting["held_on"])
    return held or until - LOOK_BACK


def since(store: Store, until: dt.date | None = None) -> dt.date:
    """Return the day that news is counted from: ``since`` of the address, where it is a day that is offered.

    What happened on that very day counts as old: it was known at the meeting. Where the reader looks at how it stood on a
    day, `until`, the day counted from lies before it.
    """
    asked = asked_day(NAME)
    first, last = days_offered(store)
    is_offered = asked is not None and first <= asked <= last and (until is None or asked < until)
    return asked if asked is not None and is_offered else usual_since(store, until)


def days_offered(store: Store) -> tuple[dt.date, dt.date]:
    """Return the first and last day that one may look back to: the last year of the data, the usual day among them."""
    usual, until = usual_since(store), data_until(store)
    first, last = store.days_offered() or (usual, until)
    return min(_day(first), usual), max(_day(last), usual)


def choose_since(store: Store, label: str = "Since") -> dt.date:
    """Show a date box for the day that news is counted from, and return the day; the choice lives in the address."""
    first, last = days_offered(store)
    return choose_day(label, NAME, since(store), usual_since(store), first, last)


def choose_day(
    label: str, name: str, chosen: dt.date, usual: dt.date, first: dt.date, last: dt.date
) -> dt.date:
    """Show a date box whose day lives in the address under `name`, and return the day picked.

    Parameters
    ----------
    chosen
        The day that the address asks for, or the usual one.
    usual
        The day that the address need not name.
    first, last
        The days offered.
    """
    key, seen = f"choice_{name}", f"address_{name}"
    if key not in st.session_state or st.session_state.get(seen) != chosen:
        st.session_state[key] = chosen
    picked = st.date_input(label, min_value=first, max_value=last, key=key, format="DD/MM/YYYY")
    day = picked if isinstance(picked, dt.date) else chosen
    st.session_state[seen] = day
    if day != chosen:
        context.remember(**{name: None if day == usual else day.isoformat()})
    return day


def asked_day(name: str) -> dt.date | None:
    """Return a day named in the address; None where there is none or it is not a day."""
    try:
        return dt.date.fromisoformat(st.query_params.get(name) or "")
    except ValueError:
        return None


def _day(value: object) -> dt.date:
    found = date(value)
    if found is None:
        raise ValueError(f"{value!r} is not a day")
    return found
