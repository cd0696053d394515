"""What was typed, tidied before it is looked at and kept: composed, without what cannot be seen, nothing else changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from pipelines.records.kinds import Body

#: Fields that may have more than one line.
LONG = ("text", "plan", "reason", "note", "question", "next_step", "why_not_held")

_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def tidied(body: Body) -> Body:
    """Return a body with each text composed, without invisible controls and outer spaces; an empty one is none."""
    clean: dict[str, Any] = {}
    for field in fields(body):
        value = getattr(body, field.name)
        if isinstance(value, str) and not isinstance(value, StrEnum):
            clean[field.name] = tidy_text(value, field.name not in LONG) or None
        elif isinstance(value, Mapping):
            clean[field.name] = {tidy_text(str(key)): count for key, count in value.items()}
    return replace(body, **clean)


def tidy_text(text: str, is_one_line: bool = True) -> str:
    """Return a text composed (NFC), without control characters, turns of direction and outer spaces.

    On one line, spaces and line ends between words become one space; else only line ends are made alike.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in lines if c in "\n\t" or not _is_unseen(c))
    return " ".join(clean.split()) if is_one_line else clean.strip()


def _is_unseen(character: str) -> bool:
    """Whether a character is a control, half a character, or turns the direction of reading of what follows."""
    return unicodedata.category(character) in ("Cc", "Cs") or character in _TURNS
