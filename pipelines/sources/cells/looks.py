"""What a cell looks like at a glance: empty, a number, a date, an answer, a label of totals, or words.

This tells headings from records and totals from rows; what a cell means is settled later, by the readers of values
and dates. A glance errs on the side of a record.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from pipelines.sources.cells.headings import plain


class Look(StrEnum):
    """What a cell looks like."""

    BLANK = "blank"
    NUMBER = "number"
    DATE = "date"
    ANSWER = "answer"
    TOTAL = "total"
    WORDS = "words"


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b\d{{1,4}}\s?[./-]\s?(?:\d{{1,2}}|{_MONTH})\s?[./-]\s?\d{{1,4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
_NUMBERED_QUESTION = re.compile(r"\d{1,2}[.)]\s+[^\W\d]")
_NUMBER = re.compile(r"[~<>≤≥≈=+\-−–£$€(#c. ]*[\d½¼¾]", re.IGNORECASE)
_ANSWERS = frozenset(
    [
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "n/a",
        "na",
        "none",
        "nil",
        "ok",
        "-",
        "–",
        "—",
        "?",
        "x",
        "✓",
        "✔",
        "*",
        "tbc",
    ]
)
_ERROR = re.compile(r"#(?:ref|n/a|name|value|div/0|null|num|spill|calc)[!?]?", re.IGNORECASE)

_SUM = r"(?:sub[\s-]?|grand[\s-]|running\s|overall\s|year[\s-]to[\s-]date\s|ytd\s|cumulative\s)*totals?"
_SPAN = (
    rf"{_MONTH}|q[1-4]|h[12]|week(?:ly)?|w/c|month(?:ly)?|quarter(?:ly)?|year(?:ly)?|annual|daily|term|"
    r"so far|to date|ytd|\d{1,4}"
)
#: A total and nothing beside it: "TOTAL", "Sub-total:", "Jan sub-total", "Total Q1 2026", "TOTAL so far".
_PURE = re.compile(
    rf"(?:(?:{_SPAN})\W+)*(?:{_SUM}|sum|average|mean|overall)(?:\W+(?:(?:{_SPAN}|for|of|the)\b\W*)*)?",
    re.IGNORECASE,
)
#: A total and what it is of: "Total w/c 13 April", "Total for Marsh Kitchen", "Ashfield total".
_LABEL = re.compile(rf"{_SUM}\b.{{0,40}}|.{{1,40}}\b{_SUM}", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=65_536)
def look(cell: str) -> Look:
    """Return what a cell looks like."""
    text = cell.strip()
    if not text:
        return Look.BLANK
    if is_label(text):
        return Look.TOTAL
    if plain(text) in _ANSWERS or text.casefold() in _ANSWERS or _ERROR.fullmatch(text):
        return Look.ANSWER
    if len(text) <= 40 and _DATE.search(text):
        return Look.DATE
    if _NUMBER.match(text) and not _NUMBERED_QUESTION.match(text):
        return Look.NUMBER
    return Look.WORDS


@lru_cache(maxsize=65_536)
def is_label(cell: str) -> bool:
    """Whether a cell begins or ends as the label of a total does."""
    text = cell.strip(" \t\r\n:.=*-–—")
    return len(text) <= 80 and bool(_PURE.fullmatch(text) or _LABEL.fullmatch(text))


def is_pure_total(cell: str) -> bool:
    """Whether a cell says total, perhaps of which time, and nothing else."""
    text = cell.strip(" \t\r\n:.=*-–—")
    return "total" in text.casefold() and bool(_PURE.fullmatch(text))
