"""Questions about what changed since a day, and about meetings: what was agreed there and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from dashboard.store.reader import Reader

#: What changed, with the names of its place and prototype; `p_value` where it outlasts the number of charts looked at.
CHANGES = """
    SELECT c.*, n.name AS neighbourhood, n.display_order AS place_order, p.name AS prototype_name, p.theme,
           k.p_value, k.p_value IS NOT NULL AS is_kept
    FROM change c
    JOIN neighbourhood n USING (neighbourhood_id)
    JOIN prototype p USING (prototype_id)
    LEFT JOIN news_kept k ON k.change_id = c.change_id AND k.since = $since
    WHERE c.happened_on > $since AND ($until IS NULL OR c.happened_on <= $until)
    ORDER BY c.display_order, c.happened_on, c.change_id
"""


class News(Reader):
    """What changed, and the meetings that looked at it."""

    def changes(self, since: dt.date, until: dt.date | None = None) -> pd.DataFrame:
        """Return what happened after a day, up to another or to the end of the data, as a meeting takes it."""
        return self._frame(CHANGES, since=since, until=until)

    def change(self, change_id: str) -> dict[str, Any] | None:
        """Return one change, or None where there is none of that id."""
        return self._row("SELECT * FROM change WHERE change_id = $id", id=change_id)

    def news_since(self, since: dt.date) -> dict[str, Any] | None:
        """Return how many charts signal since a day and how many chance alone would; None where it lies further back."""
        return self._row("SELECT * FROM news_since WHERE since = $since", since=since)

    def days_offered(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day that one may look back to; None where there are none."""
        row = self._row("SELECT min(since) AS first, max(since) AS last FROM news_since")
        return None if row is None or row["first"] is None else (row["first"], row["last"])

    def meetings(self) -> pd.DataFrame:
        """Return meetings, newest first."""
        return self._frame("SELECT * FROM meeting ORDER BY held_on DESC, saved_at DESC")

    def last_meeting(self, before: dt.date | None = None) -> dict[str, Any] | None:
        """Return the last meeting that ended, before a day where one is given; None where none was held."""
        return self._row(
            """SELECT * FROM meeting WHERE minutes IS NOT NULL AND ($before IS NULL OR held_on < $before)
               ORDER BY held_on DESC, saved_at DESC LIMIT 1""",
            before=before,
        )

    def agreed(self, meeting_id: str | None = None) -> pd.DataFrame:
        """Return what was agreed, at one meeting or all, as it stands, oldest first."""
        return self._frame(
            """SELECT * FROM agreed WHERE is_standing AND ($id IS NULL OR meeting_id = $id)
               ORDER BY held_on, saved_at, record_id""",
            id=meeting_id,
        )

    def agreed_of(self, prototype_id: str) -> pd.DataFrame:
        """Return what was agreed about the cycles and charts of a prototype, as it stands, with its meeting, newest first."""
        return self._frame(
            """SELECT a.*, m.name AS meeting FROM agreed a JOIN meeting m USING (meeting_id)
               WHERE a.is_standing AND a.prototype_id = $id ORDER BY a.held_on DESC, a.saved_at, a.record_id""",
            id=prototype_id,
        )
