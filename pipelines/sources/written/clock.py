"""The time of day behind a date, its zone, and what the clock on a London wall showed then."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

LONDON = ZoneInfo("Europe/London")

#: Hours east of Greenwich; words of two meanings (IST, CST) are left out.
_ZONES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "ut": 0,
    "wet": 0,
    "bst": 1,
    "west": 1,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
}
_ZONES |= {"est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}

_CLOCK = re.compile(
    r"^(?P<joint>T| )(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?:[:.](?P<second>\d{2}))? ?(?P<half>[ap]\.?m\.?(?![a-z]))? ?"
    r"(?P<zone>[a-z]{1,4}(?![a-z]))? ?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?(?P<rest>.*)$",
    re.IGNORECASE | re.ASCII,
)
_WIDEST = dt.timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Attributes
    ----------
    seconds
        Since midnight; None where no time is written, or none that there is.
    offset
        Seconds east of Greenwich; None where no zone is written: then it is London's own.
    shape
        The way of writing, e.g. ``00:00:00 AM``.
    note
        What a person should be told: a zone that is not known.
    is_wrong
        Something is written that is no time of day.
    """

    seconds: int | None
    offset: int | None = None
    shape: str = ""
    note: str | None = None
    is_wrong: bool = False


@lru_cache(maxsize=131072)
def read_clock(written: str) -> Clock:
    """Read what stands behind a date, from the joint on: ``T09:00:00+00:00``, `` 9:00:00 AM GMT+1``, `` 14:30``."""
    match = _CLOCK.match(written)
    if match is None:
        return Clock(None, is_wrong=bool(written.strip()))
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    half = (match["half"] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return Clock(None, is_wrong=True)
    if half:
        hour = hour % 12 + 12 * (half == "p")
    if hour > 23 or minute > 59 or second > 59:
        return Clock(None, is_wrong=True)
    shape = ("00:00:00" if match["second"] else "00:00") + (" AM" if half else "")
    offset, note = _zone(match)
    return Clock(hour * 3600 + minute * 60 + second, offset, shape, note)


def _zone(match: re.Match[str]) -> tuple[int | None, str | None]:
    """Return seconds east of Greenwich; 10:00-12:00 is two times, not a zone."""
    word, offset = (match["zone"] or "").lower(), match["offset"]
    if not word and not offset:
        return None, None
    if not word and not (offset and (match["joint"] == "T" or match["second"]) and not match["rest"].strip()):
        return None, None
    if word and word not in _ZONES:
        return None, "The time zone is not known. The day is taken as it is written."
    east = dt.timedelta(hours=_ZONES.get(word, 0))
    if offset:
        digits = offset[1:].replace(":", "").rjust(2, "0").ljust(4, "0")
        size = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        east += size if offset[0] == "+" else -size
    return (int(east.total_seconds()), None) if abs(east) <= _WIDEST else (None, None)


def london_wall(instants: np.ndarray) -> np.ndarray:
    """Return what a London clock showed.

    Parameters
    ----------
    instants
        Seconds since 1970-01-01 in UTC, shape (n,), int64.

    Returns
    -------
    numpy.ndarray
        Seconds since 1970-01-01 00:00 on the wall, summer time included, shape (n,), int64.
    """
    hours, where = np.unique(instants // 3600, return_inverse=True)
    east = [
        int((dt.datetime.fromtimestamp(hour * 3600, LONDON).utcoffset() or dt.timedelta()).total_seconds())
        for hour in hours.tolist()
    ]
    return np.asarray(instants + np.array(east, dtype=np.int64)[where]) if len(hours) else instants
