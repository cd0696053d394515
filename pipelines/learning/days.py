"""Days as receipts write them."""

from __future__ import annotations

import datetime as dt


def date_of(day: float) -> dt.date:
    """Return the date of a number of days since 1970."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(day))


def day_of(day: float) -> str:
    """Return a number of days since 1970 as people write it: 3 March 2026."""
    date = date_of(day)
    return f"{date.day} {date:%B %Y}"
