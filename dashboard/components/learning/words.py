"""How the Learning page writes what is published: sentences with their first statement bold, waits, months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard.components.wording import missing

#: Days from which a wait is told in months, and days of a month.
MONTHS_FROM, DAYS_A_MONTH = 120, 365.25 / 12

#: A mean skill nearer to 0 than this is written as 0.0, and told as no better and no worse.
AS_WELL = 0.05


def bold_first(sentence: str) -> str:
    """Return a sentence as HTML with its first statement bold."""
    first, dot, rest = sentence.partition(". ")
    return f"<b>{escape(first)}{dot.strip()}</b> {escape(rest)}".strip()


def first_statement(sentence: str) -> str:
    """Return the first statement of a sentence: a headline."""
    first, dot, _ = sentence.partition(". ")
    return first + dot.strip()


def wait_text(days: Any) -> str:
    """Write a wait in days, or in months from four of them on; an empty text where it is not known."""
    if missing(days):
        return ""
    if days < MONTHS_FROM:
        return f"{days:.0f} day{'s' * (round(days) != 1)}"
    return f"{days / DAYS_A_MONTH:.0f} months"


def months_text(days: Sequence[dt.date]) -> str:
    """Write the months that days lie in, first to last: ``February to November 2026``; empty without days."""
    if not days:
        return ""
    first, last = min(days), max(days)
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B %Y}"


def skill_words(skill: Any) -> str:
    """Return how predictions did beside the guess that nothing changes, from the mean skill; empty where it is missing."""
    if missing(skill):
        return ""
    did = "as well as" if abs(skill) < AS_WELL else "better than" if skill > 0 else "worse than"
    figure = f"{abs(skill):.1f}" if skill > -AS_WELL else f"minus {-skill:.1f}"
    return (
        f"On average they did {did} the guess that nothing changes: skill {figure}, where 1 is perfect and 0 is no "
        "better than that guess. One bad miss weighs heavily."
    )
