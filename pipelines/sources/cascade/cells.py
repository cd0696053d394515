"""One cell of cascade_counts.csv: a month, a number of months, a group, a count; or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache

from pipelines.sources.cascade import steps
from pipelines.vocabulary import GroupType

_MONTH = re.compile(r"^(20\d\d)-(\d\d)(?:-01(?:[ T]00:00(?::00)?)?)?$", re.ASCII)
_MONTH_FIRST_DAY = re.compile(r"^0?1[/.](\d\d?)[/.](20\d\d)$", re.ASCII)
_MONTH_WORDS = re.compile(r"^([a-z]{3,9})[ -](20\d\d|\d\d)$", re.ASCII)
_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_WHOLE = re.compile(r"^(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.0{1,6})?$", re.ASCII)
_DECIMAL = re.compile(r"^(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d{1,6})?$", re.ASCII)
_NEGATIVE = re.compile(r"^[-−–]\s?\d", re.ASCII)
_FRACTION = re.compile(r"^[\d,]+\.\d+$", re.ASCII)

#: What publishers write where they held a count back, or did not have it.
_HELD_BACK = re.compile(
    r"^(\*{1,3}|\.\.|-|–|—|n/?a|\[?[cxz]\]?|suppressed|redacted|hidden|withheld|not (recorded|known)"
    r"|(<|<=|≤|under|below|fewer than|less than|up to) ?\d{1,2}|\d{1,2} ?(-|–|to) ?\d{1,2})$",
    re.IGNORECASE,
)


class NoCount(StrEnum):
    """Why a cell holds no count."""

    BLANK = "The count is blank, so it is not known and is left out. Write 0 where there was nobody."
    HELD_BACK = "The count was held back, so it is not known and is left out. Give it; small ones are hidden from others here."
    NEGATIVE = "A count cannot be below 0. Correct it."
    NOT_WHOLE = "People and readings are counted whole. Write a whole number; only the sums called _total may have decimals."
    NO_NUMBER = "This is not a number. Write it in digits."

    @property
    def is_unknown(self) -> bool:
        """Whether the line is right and only its count is not known."""
        return self in (NoCount.BLANK, NoCount.HELD_BACK)


@lru_cache(maxsize=4096)
def read_month(text: str) -> dt.date | None:
    """Return the first day of a month: 2026-04, 2026-04-01, Apr-26 and 01/04/2026, as spreadsheets save them."""
    if found := _MONTH.match(text):
        year, month = int(found[1]), int(found[2])
    elif found := _MONTH_FIRST_DAY.match(text):
        year, month = int(found[2]), int(found[1])
    elif found := _MONTH_WORDS.match(text.lower()):
        named = [n for n, name in enumerate(_NAMES, 1) if name.startswith(found[1])]
        year, month = int(found[2]) % 100 + 2000, named[0] if len(named) == 1 else 0
    else:
        return None
    return dt.date(year, month, 1) if 1 <= month <= 12 else None


@lru_cache(maxsize=4096)
def last_day(month: dt.date) -> dt.date:
    """Return the last day of a month."""
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


@lru_cache(maxsize=4096)
def read_count(text: str, step: str) -> float | NoCount:
    """Return a count, or why there is none. A count held back is never taken for 0 or for its bound."""
    if (_DECIMAL if step in steps.TOTALS else _WHOLE).match(text):
        return float(text.replace(",", ""))
    if not text:
        return NoCount.BLANK
    if _HELD_BACK.match(text):
        return NoCount.HELD_BACK
    if _NEGATIVE.match(text):
        return NoCount.NEGATIVE
    return NoCount.NOT_WHOLE if _FRACTION.match(text) else NoCount.NO_NUMBER


def fault_of_group(group_type: str, group: str) -> str | None:
    """Return what is wrong with the name of a group, or None."""
    if group_type == GroupType.ETHNIC_GROUP:
        if len(group) <= 40 and steps.ETHNIC_GROUP.match(group):
            return None
        return (
            "An ethnic group is a word in small letters, such as black_african. Write the code of its list."
        )
    known = steps.GROUPS[group_type]
    if group in known:
        return None
    return f"This is no group of {group_type}. Write one of: {', '.join(known)}."
