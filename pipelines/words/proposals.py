"""What may be decided about a usual range, in words; and who decided what, as every later chart prints it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines.vocabulary import POINTS_FOR_LIMITS
from pipelines.words.parts import counted, day_words, missing, number_word


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


def accepted_words(summary: Mapping[str, Any]) -> str:
    """Say who accepted or moved the usual range, when and why; empty where nobody did.

    Parameters
    ----------
    summary
        A row of chart_summary.
    """
    if missing(who := summary.get("accepted_by")):
        return ""
    on, moved_from = day_words(summary["accepted_on"]), summary.get("rebased_from")
    what = "accepted" if missing(moved_from) else f"moved from {day_words(moved_from)}"
    return f"Usual range {what} by {who} on {on}: {summary['accepted_reason']}"
