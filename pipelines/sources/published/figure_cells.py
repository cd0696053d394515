"""Cells of published tables: figures with the marks that stand in their place, and words for sex.

A figure held back or not published is never 0. Marks follow what the publishers write and the shorthand that
government statisticians agreed on ([c] confidential, [x] not available, [z] not applicable).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipelines.sources.personal import printable


class FigureState(StrEnum):
    """What stands in a cell."""

    OK = "ok"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure. `value` is None unless the state is ok; `mark` is what stands in its place."""

    value: float | None
    state: FigureState
    mark: str = ""


SUPPRESSED = frozenset(("*", "**", "[c]", "suppressed", "*suppressed"))
MISSING = frozenset(
    ("", "-", "–", "—", ".", "..", "...", ":", "x", "z", "[x]", "[z]", "[u]", "[w]", "[low]", "null", "none", "nan",
     "na", "n/a", "#n/a")
)  # fmt: skip

_NUMBER = re.compile(r"^[-−]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,30})?([eE][-+]?\d{1,2})?$", re.ASCII)

_SEX = {
    "m": "male", "male": "male", "males": "male", "men": "male",
    "f": "female", "female": "female", "females": "female", "women": "female",
    "p": "persons", "persons": "persons", "person": "persons", "all": "persons", "people": "persons",
}  # fmt: skip


@lru_cache(maxsize=65536)
def read_figure(text: str) -> Figure:
    """Read a figure as published; negative ones are figures too (scores, gaps)."""
    plain = text.strip()
    mark = plain.casefold()
    if _NUMBER.match(plain):
        value = float(plain.replace(",", "").replace("−", "-"))
        if math.isfinite(value):
            return Figure(value, FigureState.OK)
    if mark in SUPPRESSED:
        return Figure(None, FigureState.SUPPRESSED, mark)
    if mark in MISSING:
        return Figure(None, FigureState.MISSING, mark)
    return Figure(None, FigureState.UNREADABLE, mark[:40])


def read_figure_or_suppressed(text: str) -> Figure:
    """Read a figure where the publisher leaves a cell empty, or writes a dash, for one that is held back."""
    figure = read_figure(text)
    if figure.state == FigureState.MISSING:
        return Figure(None, FigureState.SUPPRESSED, figure.mark)
    return figure


def read_sex(text: str) -> str | None:
    """Return male, female or persons; None where nothing is written; another word as it stands, in small letters."""
    word = printable(text).casefold()
    return _SEX.get(word, word or None)


def hyphens(text: str) -> str | None:
    """Return a text with one kind of hyphen: ``18–39`` and ``18-39`` are the same band. None where empty."""
    plain = re.sub(r"[‐‑‒–—−]", "-", printable(text))
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", plain) or None


def kept(text: str) -> str | None:
    """Return a text on one line, without control and direction characters; None where empty."""
    return printable(text) or None
