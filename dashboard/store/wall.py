"""Questions of the wall: since when anything was counted, and which prototypes have a chart."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.store.reader import Reader


class OnWall(Reader):
    """What can be looked at, and as of which day."""

    def first_day(self) -> dt.date | None:
        """Return the first day on which anything was counted; None where nothing was."""
        row = self._row("SELECT min(first_on) AS first_on FROM chart_summary")
        return None if row is None else row["first_on"]

    def charted_prototypes(self) -> pd.DataFrame:
        """Return the prototypes with a chart, west to east: prototype_id, name, theme and neighbourhood."""
        return self._frame(
            """SELECT p.prototype_id, p.name, p.theme, p.neighbourhood_id, n.name AS neighbourhood
               FROM prototype p JOIN neighbourhood n USING (neighbourhood_id)
               WHERE p.prototype_id IN (SELECT prototype_id FROM chart_summary)
               ORDER BY n.display_order, p.theme, p.prototype_id"""
        )
