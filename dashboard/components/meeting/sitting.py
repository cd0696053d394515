"""Everything one slide is made from: the meeting in the address, its running order, what it agreed, and where one stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import context
from dashboard.components.changes import since as news_since
from dashboard.components.meeting.running_order import (
    END,
    START,
    Question,
    RunningOrder,
    question_answered,
    question_of,
    running_order,
    steady,
)
from dashboard.components.save import LONDON
from dashboard.components.wall import filters
from dashboard.components.wording import date, missing, rows_of
from dashboard.store import Store

Row = dict[str, Any]

#: Minutes that a question has unless the address says otherwise: eight questions then take an hour.
MINUTES_AN_ITEM = 7
MOST_MINUTES = 60


@dataclass(frozen=True)
class Sitting:
    """A meeting, or only a look at what one would take.

    Attributes
    ----------
    store
        The open mart.
    meeting
        Row of table meeting; None where somebody only looks.
    since
        The day that the news reaches back to.
    order
        The questions.
    answers
        What this meeting agreed, as it stands, by item.
    item
        The slide that is shown, by its name in the address.
    minutes
        Minutes for each question.
    is_lost
        Whether the address names a slide that is not there.
    """

    store: Store
    meeting: Row | None
    since: dt.date
    order: RunningOrder
    answers: dict[str, Row]
    item: str
    minutes: int
    is_lost: bool = False

    @property
    def meeting_id(self) -> str:
        """Of the meeting; empty where somebody only looks."""
        return "" if self.meeting is None else str(self.meeting["meeting_id"])

    @property
    def is_over(self) -> bool:
        """Whether the meeting ended."""
        return self.meeting is not None and not missing(self.meeting["minutes"])

    @property
    def is_recording(self) -> bool:
        """Whether what is decided here is kept."""
        return self.meeting is not None and not self.is_over and context.may_write()

    @property
    def held_on(self) -> dt.date:
        """The day of the meeting; today in London where somebody only looks."""
        on = None if self.meeting is None else date(self.meeting["held_on"])
        return on or today()

    @property
    def at(self) -> int:
        """Which slide is shown, from 0."""
        return self.order.slides.index(self.item)

    def link(self, item: str) -> str:
        """Return the address of a slide of this meeting."""
        return context.link("meeting", **self.choices(), item=item)

    def choices(self) -> dict[str, str | None]:
        """Return what an address of this meeting says beside the slide."""
        return {
            "meeting": self.meeting_id or None,
            "since": self.since.isoformat(),
            "theme": st.query_params.get("theme"),
            "prototype": st.query_params.get("prototype"),
            "minutes": None if self.minutes == MINUTES_AN_ITEM else str(self.minutes),
        }

    def beside(self, steps: int) -> str | None:
        """Return the slide so many steps on; None beyond the ends."""
        at = self.at + steps
        return self.order.slides[at] if 0 <= at < len(self.order.slides) else None


def sitting(store: Store) -> Sitting:
    """Return what the address asks for; a meeting that is not there is only looked at."""
    meeting = _meeting(store, st.query_params.get("meeting"))
    since = _since(store, meeting)
    answers = {} if meeting is None else _answers(store, str(meeting["meeting_id"]))
    named = st.query_params.get("item") or START
    order = _order(store, since, answers, named)
    if meeting is not None:
        order = _held(f"{meeting['meeting_id']}:{since}", order, named)
    item = named if named in order.slides else START
    return Sitting(store, meeting, since, order, answers, item, minutes_asked(), is_lost=item != named)


def today() -> dt.date:
    """Return today's date where the meetings are."""
    return dt.datetime.now(LONDON).date()


def minutes_asked() -> int:
    """Return the minutes for each question that the address asks for, else the usual ones."""
    asked = st.query_params.get("minutes") or ""
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= MOST_MINUTES else MINUTES_AN_ITEM


def _meeting(store: Store, meeting_id: str | None) -> Row | None:
    rows = rows_of(store.meetings())
    return next((row for row in rows if row["meeting_id"] == meeting_id), None)


def _since(store: Store, meeting: Row | None) -> dt.date:
    """Return the day of the address, else the one that the meeting was begun with."""
    begun = None if meeting is None else date(meeting["since"])
    if begun is None or news_since.asked_day(news_since.NAME) is not None:
        return news_since.since(store)
    return begun


def _answers(store: Store, meeting_id: str) -> dict[str, Row]:
    return {str(row["item"]): row for row in rows_of(store.agreed(meeting_id))}


def _order(store: Store, since: dt.date, answers: dict[str, Row], named: str) -> RunningOrder:
    shown = filters.read(store)
    wanted = replace(filters.Filters(), theme=shown.theme, prototype=shown.prototype)
    rows = rows_of(filters.narrowed(store.changes(since), wanted))
    always = list(_always(store, answers, named))
    return running_order(rows, always)


def _always(store: Store, answers: dict[str, Row], named: str) -> Iterator[Question]:
    """Yield what stays in the order: what was answered here, in the words of then, and what a link names."""
    names = dict(_names(store))
    for item, row in answers.items():
        change = _change(store, item)
        if change is None:
            yield question_answered(row, names.get(row["neighbourhood_id"], ""))
        elif missing(change["question"]):
            yield replace(question_of(change), question=str(row["question"]))
        else:
            yield question_of(change)
    if named not in (START, END, *answers) and (change := _change(store, named)) is not None:
        yield question_of(change)


def _names(store: Store) -> Iterator[tuple[str, str]]:
    for row in rows_of(store.neighbourhoods()):
        yield str(row["neighbourhood_id"]), str(row["name"])


def _change(store: Store, item: str) -> Row | None:
    """Return a change with its names, however long ago it was."""
    found = store.change(item)
    on = None if found is None else date(found["happened_on"])
    if on is None:
        return None
    rows: pd.DataFrame = store.changes(on - dt.timedelta(days=1), on)
    return next((row for row in rows_of(rows) if row["change_id"] == item), None)


def _held(name: str, order: RunningOrder, named: str) -> RunningOrder:
    """Return the order that this session began with, and remember it."""
    key = f"running_order_{name}:{st.query_params.get('theme')}:{st.query_params.get('prototype')}"
    held = steady(st.session_state.get(key), order, named)
    st.session_state[key] = held
    return held
