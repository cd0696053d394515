"""Which column has the day of the session, and which only says when the form was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.understanding import cells, headings
from pipelines.understanding.columns import Column
from pipelines.understanding.found import MOST, Found, share_words
from pipelines.understanding.proposal import Role

_SESSION = re.compile(r"\b(?:session|test(?:ed)?|visit|event|meeting|walk|held|when was)\b", re.I)
_NEXT = re.compile(r"\b(?:next|follow.?up|birth|born|dob|expiry|use by|best before|due|planned)\b", re.I)


def find_days(columns: Sequence[Column], roles: dict[str, list[Found]]) -> None:
    """Choose the column with the day of the session, and the one that says when the form was sent.

    Parameters
    ----------
    columns
        Those of one sheet.
    roles
        What is known of them so far, by heading; what is found is added.
    """
    if any(found[0].role is Role.TESTED_ON for found in roles.values()):
        return
    open_ones = [
        c for c in columns if c.heading not in roles or roles[c.heading][0].role is Role.SUBMITTED_AT
    ]
    days = [column for column in open_ones if _is_of_days(column)]
    scores = {column.heading: _day_score(column, roles) for column in days}
    if max(scores.values(), default=-1) < 0 and _fall_back_on_start(columns, roles):
        return
    if not days:
        return
    best = max(days, key=lambda column: (scores[column.heading], -column.place))
    others = [scores[column.heading] for column in days if column is not best]
    is_sent = scores[best.heading] < 0
    why = "It is the only column of days. If it says when the form was sent, it is not the session's day."
    if not is_sent:
        by_heading = "The heading speaks of a day, and " if headings.DAY.search(best.leaf) else ""
        told = f"{share_words(cells.date_share(best))} are written as days."
        speaks = by_heading + told if by_heading else told.capitalize()
        why = speaks + (" Other columns of days speak of sending." if others and max(others) < 0 else "")
    roles[best.heading] = [
        Found(Role.TESTED_ON, why, not is_sent and scores[best.heading] > max(others, default=-9))
    ]
    rest = [column for column in days if column is not best and column.heading not in roles]
    for column in sorted(rest, key=lambda column: scores[column.heading]):
        roles[column.heading] = [_other_day(column, scores[column.heading], roles)]


def _is_of_days(column: Column) -> bool:
    share = cells.date_share(column)
    return share >= MOST or (share >= 0.3 and bool(headings.DAY.search(column.leaf)))


def _day_score(column: Column, roles: dict[str, list[Found]]) -> int:
    """Return how likely a column of days is that of the session; below 0 where it speaks of sending."""
    if column.heading in roles or headings.SENT.fullmatch(column.leaf.strip(" :?*")):
        return -2
    score = 2 * bool(headings.DAY.search(column.leaf)) + bool(_SESSION.search(column.words))
    return (
        score
        - 3 * bool(headings.SENT.search(column.leaf))
        - 3 * bool(_NEXT.search(column.words))
        - cells.has_clock(column)
    )


def _other_day(column: Column, score: int, roles: dict[str, list[Found]]) -> Found:
    is_sent = score < 0 and headings.SENT.search(column.leaf) is not None
    if is_sent and not any(found[0].role is Role.SUBMITTED_AT for found in roles.values()):
        return Found(
            Role.SUBMITTED_AT, "The heading speaks of sending, and another column has the session's day."
        )
    return Found(Role.LEAVE_OUT, "Another column has the session's day.", is_sure=False)


def _fall_back_on_start(columns: Sequence[Column], roles: dict[str, list[Found]]) -> bool:
    """Take the day on which a form was begun, where no question asks for one; return whether there is such a column."""
    for name in ("today", "start", "start time"):
        for column in columns:
            if column.leaf.strip().lower() == name and _is_of_days(column):
                why = "No question asks for the day, so the day on which the form was begun stands for it."
                roles[column.heading] = [Found(Role.TESTED_ON, why, is_sure=False)]
                return True
    return False
