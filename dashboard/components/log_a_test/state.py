"""The test in hand: what was typed, whether it is saved, and the way back for ten minutes.

A draft has an id of its own from the first number to the last tap. It is saved once whatever happens in between: a second
tap, an answer that got lost, a page loaded again.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from dashboard.components import save
from dashboard.components.save import LONDON, Saved
from dashboard.components.signed import signer
from pipelines.records import faults_of
from pipelines.records.kinds import SessionLogged, Withdrawn

#: How long a test that was just saved can be taken back here.
UNDO_FOR = dt.timedelta(minutes=10)

UNDONE = "Taken back within ten minutes of saving."
TRY_AGAIN = "Not saved. Keep this page open; try again."
TOO_LATE = "Ten minutes are over, so it stays as it was saved."

#: Drafts whose end is remembered by the server; the oldest are forgotten first.
MOST = 1000

_DRAFT = "log_draft"

#: Widgets of the form, but the numbers and the name.
CHOICES = ("when", "day", "place", "place_words", "unusual", "unusual_words", "why_not", "why_not_words")

#: The same draft may be saved by two sessions at once, where a page was loaded again.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Kept:
    """A test that was saved: what, signed by whom, what became of it, and what became of taking it back."""

    body: SessionLogged
    who: str
    saved: Saved
    undone: Saved | None = None

    @property
    def until(self) -> dt.datetime:
        """Up to when it can be taken back."""
        return self.saved.at + UNDO_FOR


@dataclass(frozen=True)
class Restored:
    """A test that a browser had kept: the draft's id, when it was last touched, and its choices by name."""

    draft_id: str
    at: dt.datetime
    choices: Mapping[str, str | list[str]]


@dataclass
class Draft:
    """A test being typed in.

    Attributes
    ----------
    id
        Its own for ever; what is saved under it is saved once.
    is_fresh
        Whether it began with the session, so that one kept by the browser may take its place.
    was_held
        False: it is about a test that was planned and did not happen.
    asks_name
        Whether the form asks who signs; it goes on asking until the test is saved.
    wants_saving
        A tap on the save button that has not been answered: Streamlit ends a run when the next message comes, and a tap
        that only that run knew of would be lost without a word.
    failed, undo_failed
        Why saving, or taking back, failed last.
    restored_at
        When it was typed, where the browser had kept it.
    """

    id: str = field(default_factory=lambda: uuid4().hex)
    is_fresh: bool = False
    was_held: bool = True
    asks_name: bool = True
    wants_saving: bool = False
    failed: str = ""
    undo_failed: str = ""
    restored_at: dt.datetime | None = None

    def key(self, name: str) -> str:
        """Return the key of a widget of this draft: a new draft has new widgets."""
        return f"log_{self.id}_{name}"

    @property
    def kept(self) -> Kept | None:
        """What was saved of it, in this session or, with the same draft, in one before."""
        return ends().get(self.id)

    def want_saving(self) -> None:
        """Take note of a tap on the save button; touches nothing of Streamlit, so that it cannot be interrupted."""
        self.wants_saving = True

    def choices(self) -> dict[str, str | list[str]]:
        """Return what was chosen and written, by name, for the browser to keep; words that may not be kept are left out."""
        found: dict[str, str | list[str]] = {} if self.was_held else {"was_held": "no"}
        for name in CHOICES:
            value = st.session_state.get(self.key(name))
            if isinstance(value, dt.date):
                found[name] = value.isoformat()
            elif value and not (name.endswith("_words") and not is_clean(value)):
                found[name] = value
        return found

    def take(self, choices: Mapping[str, str | list[str]]) -> None:
        """Put kept choices into the widgets to come."""
        self.was_held = choices.get("was_held") != "no"
        for name in CHOICES:
            if name in choices:
                value = choices[name]
                st.session_state[self.key(name)] = day_of(value) if name == "day" else value


def is_clean(words: str) -> bool:
    """Whether words may be kept: nothing in them looks like personal data."""
    noted = SessionLogged("any", dt.date(2000, 1, 1), {"any": 0}, note=words)
    return not faults_of(noted, now())


def day_of(text: str | list[str] | None) -> dt.date | None:
    """Return the day of an ISO text; None where it is none."""
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


@st.cache_resource(show_spinner=False)
def ends() -> dict[str, Kept]:
    """What became of the drafts saved lately, by their ids; shared by every session, since a phone may come back as another."""
    return {}


def draft(kept: Restored | None = None) -> Draft:
    """Return the draft in hand, or the one that a browser had kept where the session has only just begun."""
    found: Draft | None = st.session_state.get(_DRAFT)
    if found is None:
        found = begin(is_fresh=True)
    if kept is not None and found.is_fresh and kept.draft_id != found.id:
        found = begin(kept.draft_id)
        found.restored_at = kept.at
        found.take(kept.choices)
    return found


def begin(draft_id: str | None = None, *, is_fresh: bool = False) -> Draft:
    """Begin a test: a new draft, or one by its id."""
    begun = Draft(is_fresh=is_fresh, asks_name=not signer())
    if draft_id is not None:
        begun.id = draft_id
    st.session_state[_DRAFT] = begun
    return begun


def keep(one: Draft, body: SessionLogged, who: str) -> None:
    """Save a draft unless it is saved already; afterwards it has `kept`, or `failed` says why not.

    Touches nothing of Streamlit between the save and remembering it: a second tap may end this run at any such touch.
    """
    known = ends()
    with _ONE_AT_A_TIME:
        one.wants_saving = False
        if one.id in known:
            return
        saved = save.save([body], who)
        if saved.is_saved:
            _forget_oldest(known)
            known[one.id] = Kept(body, who, saved)
    one.failed = "" if saved.is_saved else failure(saved)


def failure(saved: Saved) -> str:
    """Return why nothing was saved: what to mend, or that the machine failed and nothing is lost on this page."""
    reasons = " ".join(dict.fromkeys(fault.reason for fault in saved.faults))
    if all(fault.column for fault in saved.faults):
        return f"Not saved. {reasons}"
    return f"{TRY_AGAIN} {reasons}"


def _forget_oldest(known: dict[str, Kept]) -> None:
    while len(known) >= MOST:
        known.pop(next(iter(known)))


def now() -> dt.datetime:
    """Return the moment, in London."""
    return dt.datetime.now(LONDON)


def undo(one: Draft) -> None:
    """Take back what was saved, by a record of its own; after ten minutes only the reason why not."""
    known, kept = ends(), one.kept
    if kept is None or kept.undone is not None:
        return
    if now() > kept.until:
        one.undo_failed = TOO_LATE
        return
    body = Withdrawn(kept.saved.records[0].record_id, UNDONE)
    saved = save.save([body], kept.who)
    if saved.is_saved:
        known[one.id] = Kept(kept.body, kept.who, kept.saved, saved)
    one.undo_failed = "" if saved.is_saved else saved.sentence
