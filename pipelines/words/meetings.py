"""What a meeting agreed, as a sentence: the choice, who does it and by when, and what became of it."""

from __future__ import annotations

import datetime as dt

from pipelines.vocabulary import Became, Choice
from pipelines.words.parts import capital, day_words


def agreed_sentence(
    choice: Choice, by_whom: str | None, by_when: dt.date | None, held_on: dt.date, became: Became | None
) -> str:
    """Return what was agreed: `Find the cause: GP health lead, by 8 December. Done.`

    Parameters
    ----------
    choice
        What was chosen.
    by_whom, by_when
        Who does it and the day by which it is done; None where nobody said.
    held_on
        The day of the meeting: a day in the same year is told without its year.
    became
        What became of it, told last; None where nobody has said yet, and nothing is told of it.
    """
    until = f"by {_short_day(by_when, held_on)}" if by_when else None
    carried = ", ".join(part for part in (by_whom, until) if part)
    joint = ": " if by_whom else ", " if until else ""
    told = f"{capital(choice)}{joint}{carried}".removesuffix(".") + "."
    return f"{told} {capital(became)}." if became else told


def _short_day(day: dt.date, beside: dt.date) -> str:
    """Return a day without its year where that is the year of the day beside it."""
    return day_words(day).removesuffix(f" {beside.year}")
