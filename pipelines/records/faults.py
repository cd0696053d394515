"""What is wrong with something entered, before it is saved: every fault at once, each at the field it is about."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from numbers import Real
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.errors import Fault
from pipelines.records.canonical import field_types
from pipelines.records.kinds import (
    Body,
    CyclePlanned,
    MeetingHeld,
    PredictionSealed,
    QuoteGiven,
    RebaseAccepted,
    SessionLogged,
)
from pipelines.records.tidying import tidied, tidy_text
from pipelines.sources import personal

LONDON = ZoneInfo("Europe/London")

#: The longest that a text may be, in characters; screens print them whole.
LONGEST = {
    "name": 80, "theme": 60, "planned_every": 20, "reason": 600, "question": 300, "plan": 2000, "place": 80,
    "place_type": 60, "note": 300, "why_not_held": 300, "text": 2000, "next_step": 300, "by_whom": 80, "role": 80,
    "said_by": 80, "consent": 20, "who": 80,
}  # fmt: skip

#: Fields where a person's own name may stand: they sign, or say who does it.
SIGNED = ("who", "by_whom", "role", "said_by")

#: Fields that name something: no spaces, no invisible characters.
_ID = re.compile(r"[\w@.:/-]{1,160}")

#: Days that cannot lie ahead: they tell of something that happened.
PAST = (
    "tested_on",
    "happened_on",
    "decided_on",
    "reached_on",
    "held_on",
    "told_on",
    "since",
    "first_on",
    "last_on",
    "from_on",
)

CONSENTS = ("group", "everyone")

#: How long a meeting may have taken, in minutes: ten hours are a slip of the hand.
SHORTEST_MEETING, LONGEST_MEETING = 1, 600

_PERSONAL = {
    "email": "an e-mail address",
    "birth date": "a date of birth",
    "phone": "a telephone number",
    "NHS number": "an NHS number",
    "number": "a long number, as of a telephone or a card",
    "name": "somebody's name",
    "postcode": "a postcode",
}


def faults_of(body: Body, now: dt.datetime) -> list[Fault]:
    """Return what a body alone shows wrong; empty where it may be saved.

    Parameters
    ----------
    body
        As entered.
    now
        The moment, with its zone: days after it in London lie ahead.

    Returns
    -------
    list of Fault
        Each with `column` the name of the field, and a reason that never repeats what was entered.
    """
    tidy = tidied(body)
    found = dict(_shapes(tidy))
    if not found:
        today = now.astimezone(LONDON).date()
        for name, reason in (*_texts(tidy), *_days(tidy, today), *_own(tidy, today)):
            found.setdefault(name, reason)
    return [fault(name, reason) for name, reason in found.items()]


def fault_of_who(who: str) -> str | None:
    """Return what is wrong with a signature, or None."""
    if not isinstance(who, str) or not tidy_text(who):
        return "Write your name or role: it is printed with what you save."
    return _text_fault("who", tidy_text(who))


def fault(name: str, reason: str) -> Fault:
    """Return a fault of what was entered, at a field."""
    return Fault("what was entered", None, name, reason)


def _shapes(body: Body) -> Iterator[tuple[str, str]]:
    """Yield fields that hold nothing where something is needed, or something of the wrong kind."""
    hints = field_types(type(body))
    for field in fields(body):
        value, hint = getattr(body, field.name), hints[field.name]
        if value is None:
            if not _may_be_empty(field.type):
                yield field.name, "This is missing."
        elif not _fits(value, hint):
            yield field.name, f"This must be {_words_of(hint)}."


_WORDS: dict[Any, str] = {
    str: "text", float: "a number", int: "a whole number", bool: "yes or no", dt.date: "a day",
}  # fmt: skip


def _words_of(hint: Any) -> str:
    """Return what a field takes, in words."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "one of " + ", ".join(hint)
    return _WORDS.get(hint, "a number for each thing that was counted")


def _may_be_empty(annotation: Any) -> bool:
    return "None" in str(annotation)


def _fits(value: Any, hint: Any) -> bool:
    if hint is bool:
        return isinstance(value, bool)
    if hint is dt.date:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if hint is float:
        return _is_number(value)
    if hint is int:
        return hasattr(value, "__index__") and not isinstance(value, bool)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return isinstance(value, str) and value in tuple(hint)
    if hint is str:
        return isinstance(value, str)
    return isinstance(value, Mapping) and all(_is_number(count) for count in value.values())


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)


def _texts(body: Body) -> Iterator[tuple[str, str]]:
    """Yield texts that are too long or hold personal data, and names of things that are none."""
    for field in fields(body):
        value = getattr(body, field.name)
        if not isinstance(value, str) or isinstance(value, StrEnum):
            continue
        reason = _text_fault(field.name, value) if field.name in LONGEST else _id_fault(field.name, value)
        if reason:
            yield field.name, reason


def _text_fault(name: str, text: str) -> str | None:
    if len(text) > LONGEST[name]:
        return f"This has {len(text)} characters; at most {LONGEST[name]} are kept. Say it shorter."
    kinds = [kind for kind in personal.find(text) if not (kind == "name" and name in SIGNED)]
    if kinds:
        found = " and ".join(_PERSONAL.get(kind, kind) for kind in kinds)
        return f"This seems to hold {found}. Take it out: nothing about a person is kept."
    return None


def _id_fault(name: str, text: str) -> str | None:
    """Return why a text is no id. A record's own id is drawn, not typed: its digits may look like a telephone's."""
    if not _ID.fullmatch(text) or (name != "record_id" and personal.find(text)):
        return "This is not an id: letters, digits, _ and - only."
    return None


def _days(body: Body, today: dt.date) -> Iterator[tuple[str, str]]:
    for name in PAST:
        day = getattr(body, name, None)
        if day is not None and day > today:
            yield (
                name,
                f"This day lies ahead of today, {today:%-d %B %Y}. Write the day on which it happened.",
            )


def _own(body: Body, today: dt.date) -> Iterator[tuple[str, str]]:
    """Yield what only this kind of record can have wrong."""
    if isinstance(body, PredictionSealed):
        yield from _prediction(body, today)
    elif isinstance(body, SessionLogged):
        yield from _session(body)
    elif isinstance(body, CyclePlanned) and body.do_end is not None and body.do_end < body.do_start:
        yield "do_end", "Do ends before it starts. Mend one of the two days."
    elif isinstance(body, MeetingHeld):
        yield from _meeting(body)
    elif isinstance(body, QuoteGiven) and body.consent not in CONSENTS:
        yield "consent", "Say whom they agreed to: 'group' or 'everyone'."
    elif isinstance(body, RebaseAccepted) and body.n_points_observed < 0:
        yield "n_points_observed", "This cannot be below 0."
    if getattr(body, "first_on", None) and getattr(body, "last_on", None) and body.last_on < body.first_on:  # type: ignore[union-attr]
        yield "last_on", "The last day is before the first. Mend one of the two."


def _prediction(body: PredictionSealed, today: dt.date) -> Iterator[tuple[str, str]]:
    if not body.low <= body.value <= body.high:
        yield "value", "The value must lie within its range: low, value and high in this order."
    if body.low == body.high:
        yield "high", "The range has no width. Write one that you are 8 in 10 sure of."
    if body.predicted_for < today:
        yield "predicted_for", "This day has passed: what has happened cannot be predicted."


def _meeting(body: MeetingHeld) -> Iterator[tuple[str, str]]:
    if body.since > body.held_on:
        yield "since", "The news cannot reach back to a day after the meeting. Choose an earlier day."
    if body.minutes is not None and not SHORTEST_MEETING <= body.minutes <= LONGEST_MEETING:
        yield (
            "minutes",
            f"A meeting takes {SHORTEST_MEETING} to {LONGEST_MEETING} minutes. Write how long it took.",
        )


def _session(body: SessionLogged) -> Iterator[tuple[str, str]]:
    for item, count in body.counts.items():
        if _id_fault("counts", item):
            yield "counts", "An item's name has letters, digits and _ only."
        elif count < 0:
            yield "counts", f"{item} is below 0. Write what was counted."
    if body.was_held and not body.counts:
        yield "counts", "Nothing was counted. Write at least one number, or say that the test was not held."
    if not body.was_held and body.counts:
        yield "counts", "A test that was not held has no counts. Leave them out."
    if not body.was_held and not body.why_not_held:
        yield "why_not_held", "Say in a few words why it was not held."
    if body.was_held and body.why_not_held:
        yield "why_not_held", "A test that was held has no reason for not being held."
