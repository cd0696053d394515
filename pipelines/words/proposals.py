"""What may be decided about a usual range, in words."""

from __future__ import annotations

import datetime as dt

from pipelines.vocabulary import POINTS_FOR_LIMITS
from pipelines.words.parts import counted, day_words, number_word


def acceptance_sentence(n_points: int, first_on: dt.date, last_on: dt.date) -> str:
    """Say which points may set the usual range, and that it takes a person to say yes to them."""
    return (
        f"{counted(n_points, 'points')} may set the usual range, {day_words(first_on)} to {day_words(last_on)}. "
        "It takes a name and a reason."
    )


def rebase_sentence(n_points: int, first_on: dt.date, *, is_above: bool) -> str:
    """Say since when all points lie on one side, and that it takes people to move a usual range."""
    side = "above" if is_above else "below"
    few = (
        ""
        if n_points >= POINTS_FOR_LIMITS
        else f", and is provisional before {number_word(POINTS_FOR_LIMITS)} points"
    )
    return (
        f"All {number_word(n_points)} points since {day_words(first_on)} lie {side} the average. "
        f"A new usual range from there needs five answers and a name{few}."
    )
