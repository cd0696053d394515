"""How far time is known to have come: a week with a session typed in today is still running."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipelines.recorded.tested import Days
from pipelines.records import Record
from pipelines.words.parts import london_day


def known_until(in_files: Days, records: Sequence[Record], has_sessions: bool) -> dt.date | None:
    """Return the last day that is known to have passed; None where no session was typed in.

    A log that reaches into a week is taken for the whole of it. A record only tells the day on which it was saved: the
    clock is not asked, so that two builds of the same input give the same result.

    Parameters
    ----------
    in_files
        Days of the sessions that files hold.
    records
        The whole chain.
    has_sessions
        Whether sessions of records count.
    """
    if not has_sessions or not records:
        return None
    saved = london_day(records[-1].saved_at)
    latest = max((max(days) for days in in_files.values() if days), default=None)
    return saved if latest is None else max(saved, latest + dt.timedelta(days=6 - latest.weekday()))
