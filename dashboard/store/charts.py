"""Questions about charts: the wall, series, their phases and their points."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.store.reader import DOMAIN_ORDER, Reader

#: The series of a wall cell: of those with this measure in this place, the one with the most recent point.
WALL = """
    WITH latest AS (
        SELECT s.*, p.name AS prototype_name, p.theme, p.planned_every,
               count(*) OVER place AS n_series,
               row_number() OVER (
                   place ORDER BY s.latest_on DESC NULLS LAST, s.last_on DESC NULLS LAST, s.prototype_id
               ) AS choice
        FROM chart_summary s
        JOIN prototype p USING (prototype_id)
        WHERE s.is_latest_phase AND ($theme IS NULL OR p.theme = $theme)
        WINDOW place AS (PARTITION BY s.neighbourhood_id, s.measure_id)
    )
    SELECT l.* EXCLUDE (choice), n.name AS neighbourhood, n.display_order AS place_order,
           m.short_name AS measure, m.display_order AS measure_order, m.lag_days, m.unit, m.kind AS data_kind,
           m.counts, m.never_negative
    FROM latest l
    JOIN neighbourhood n USING (neighbourhood_id)
    JOIN measure m USING (measure_id)
    WHERE l.choice = 1
    ORDER BY n.display_order, n.neighbourhood_id, m.display_order, m.measure_id
"""


class Charts(Reader):
    """What is charted, and how it stands."""

    def wall(self, theme: str | None = None) -> pd.DataFrame:
        """Return a row a neighbourhood and measure: the summary of the chosen series, and `n_series` in all.

        With a `theme`, only prototypes of that theme are looked at.
        """
        return self._frame(WALL, theme=theme)

    def themes(self) -> pd.DataFrame:
        """Return which measures have a chart under which theme of prototypes: theme, measure_id."""
        return self._frame(
            """SELECT DISTINCT p.theme, s.measure_id
               FROM chart_summary s JOIN prototype p USING (prototype_id)
               WHERE p.theme IS NOT NULL ORDER BY p.theme, s.measure_id"""
        )

    def summaries(
        self,
        neighbourhood_id: str | None = None,
        prototype_id: str | None = None,
        measure_id: str | None = None,
    ) -> pd.DataFrame:
        """Return the latest phase of each series, with the measure's names, unit and data kind."""
        return self._frame(
            f"""SELECT s.*, m.name AS measure_name, m.short_name, m.unit, m.counts, m.never_negative,
                      m.kind AS data_kind,
                      m.why, m.source, m.lag_days, m.display_order, m.disclosive
               FROM chart_summary s JOIN measure m USING (measure_id, domain)
               WHERE s.is_latest_phase AND ($place IS NULL OR s.neighbourhood_id = $place)
                 AND ($prototype IS NULL OR s.prototype_id = $prototype)
                 AND ($measure IS NULL OR s.measure_id = $measure)
               ORDER BY s.prototype_id, {DOMAIN_ORDER}, m.display_order, s.series_id""",
            place=neighbourhood_id,
            prototype=prototype_id,
            measure=measure_id,
        )

    def summary(self, series_id: str) -> dict[str, Any] | None:
        """Return the latest phase of a series, or None where there is no such series."""
        return self._row(
            "SELECT * FROM chart_summary WHERE series_id = $id AND is_latest_phase", id=series_id
        )

    def phases(self, series_id: str) -> pd.DataFrame:
        """Return every phase of a series, oldest first."""
        return self._frame("SELECT * FROM chart_summary WHERE series_id = $id ORDER BY phase", id=series_id)

    def points(self, series_id: str) -> pd.DataFrame:
        """Return the points, gaps and hidden places of a series, in time order."""
        return self._frame("SELECT * FROM chart_point WHERE series_id = $id ORDER BY position", id=series_id)

    def points_of(self, series_ids: list[str]) -> dict[str, pd.DataFrame]:
        """Return the points of many series, by series_id: the wall asks once, not thirty-six times."""
        frame = self._frame(
            "SELECT * FROM chart_point WHERE list_contains($ids, series_id) ORDER BY series_id, position",
            ids=series_ids,
        )
        return {str(series_id): rows for series_id, rows in frame.groupby("series_id", sort=False)}
