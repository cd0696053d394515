"""Exports of form tools, known by the columns that the tool adds; what those columns are is known for sure.

Shapes as in the tools' public descriptions; real exports of Microsoft Forms, Kobo and ODK were not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """A form tool and what the columns that it adds are: a pattern of the heading, a role, words."""

    name: str
    words: str
    system: tuple[tuple[re.Pattern[str], str, str], ...]

    def role_of(self, heading: str) -> tuple[str, str] | None:
        """Return the role of a column that the tool adds, with the reason; None for a question."""
        text = _last(heading)
        for pattern, role, why in self.system:
            if pattern.fullmatch(text):
                return role, f"{self.words} {why}"
        return None


def _form(name: str, words: str, *system: tuple[str, str, str]) -> Form:
    return Form(name, words, tuple((re.compile(pattern, re.I), role, why) for pattern, role, why in system))


_SENT = "writes here when the form was sent, not when the session was."
_SENDER = "writes here who sent the form; it is compared to find doubles and never kept."
_OWN = "adds this column for its own use."

GOOGLE = _form(
    "google forms",
    "Google Forms",
    ("timestamp", "submitted_at", _SENT),
    ("e-?mail ?address|username", "sender", _SENDER),
    ("score", "leave out", _OWN),
)
MICROSOFT = _form(
    "microsoft forms",
    "Microsoft Forms",
    ("id|start time|last modified time|language", "leave out", _OWN),
    ("completion time", "submitted_at", _SENT),
    ("e-?mail", "sender", _SENDER),
    ("name", "personal", "writes here the name of who sent the form."),
    ("total points|quiz feedback|(points|feedback) [-–] .*", "leave out", _OWN),
)
KOBO = _form(
    "kobo",
    "KoboToolbox",
    ("_submission_time", "submitted_at", _SENT),
    ("_submitted_by|username", "sender", _SENDER),
    ("_geolocation|_.*_(latitude|longitude|altitude|precision)", "personal", "writes here where somebody was."),
    ("_notes", "note", "keeps here what was noted on a record; it is never kept."),
    ("device_?id|phone_?number|sim_?serial|subscriber_?id|simid", "personal", "writes here whose telephone it was."),
    (
        "start|end|today|_(id|uuid|validation_status|status|tags|index|parent_.*|attachments|bamboo_dataset_id|xform_id_string|"
        "version_)|__version__|audit|meta.*|instance_?id|formhub",
        "leave out",
        _OWN,
    ),
)  # fmt: skip
ODK = _form(
    "odk",
    "ODK",
    ("submission_?date", "submitted_at", _SENT),
    ("submitter_?name", "sender", _SENDER),
    ("submitter_?id", "personal", "writes here who sent the form."),
    (
        "device_?id|phone_?number|sim_?serial|subscriber_?id",
        "personal",
        "writes here whose telephone it was.",
    ),
    (
        "start|end|today|key|meta.*|instance_?(id|name)|(attachments|status|review_?state|edits|form_?version)\\w*|"
        "attachments(present|expected)|__id|__system.*",
        "leave out",
        _OWN,
    ),
)


_FORMS = {form.name: form for form in (GOOGLE, MICROSOFT, KOBO, ODK)}


def is_own(form: str | None, heading: str) -> bool:
    """Whether a tool adds a column for its own use: running numbers and marks that say nothing of the record.

    Two records that differ in nothing else are one record, sent twice.
    """
    told = _FORMS[form].role_of(heading) if form in _FORMS else None
    return told is not None and told[0] == "leave out"


def recognise(headings: Sequence[str], heading_line: int) -> Form | None:
    """Return the tool whose export has these headings, or None."""
    names = [_last(heading) for heading in headings]
    told = set(names)
    if {"start time", "completion time"} <= told:
        return MICROSOFT
    if {"_uuid", "_submission_time"} <= told:
        return KOBO
    if "submissiondate" in told and told & {"key", "instanceid", "meta-instanceid"}:
        return ODK
    if heading_line == 1 and names and names[0] in ("timestamp", "time stamp"):
        return GOOGLE
    return None


def _last(heading: str) -> str:
    """Return the last part of a heading of groups, for comparing; unlike elsewhere, ``_notes`` is not ``notes``."""
    return " ".join(heading.rpartition("/")[2].split()).casefold()
