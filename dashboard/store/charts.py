"""Questions about charts: series, their phases and their points."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.store.reader import DOMAIN_ORDER, Reader


class Charts(Reader):
    """What is charted, and how it stands."""

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
