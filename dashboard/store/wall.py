"""Questions of the wall: how every series stands, or stood on a day, and what may be looked at there."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from dashboard.store.reader import Reader
from pipelines.vocabulary import POINTS_FOR_ICON

#: How series stand: the summaries of their latest phases, as published.
NOW = "SELECT * FROM chart_summary WHERE is_latest_phase"

#: How series stood on a day: the last point that was whole by then, in the phase and with the lines that it has today. Its
#: icon follows from what the published point says; a target is held against today's range alone, so there is no assurance.
ON_A_DAY = f"""
    SELECT s.* REPLACE (
               p.n_points AS n_points, p.n_hidden AS n_hidden, p.seen_on AS last_on, p.period_start AS latest_on,
               p.value AS latest_value, p.centre_line AS centre_line, p.lower_limit AS lower_limit,
               p.upper_limit AS upper_limit, p.target AS target, p.words AS sentence_short, 'empty' AS assurance,
               CASE WHEN p.n_points < {POINTS_FOR_ICON} AND s.variation <> 'none' THEN 'too_few'
                    WHEN s.limits_state = 'none' THEN if(s.variation = 'too_few', 'too_few', 'none')
                    WHEN p.point_type = 'special_high' THEN 'neutral_high'
                    WHEN p.point_type = 'special_low' THEN 'neutral_low'
                    WHEN p.point_type = 'improvement' THEN if(s.better = 'up', 'improvement_high', 'improvement_low')
                    WHEN p.point_type = 'concern' THEN if(s.better = 'up', 'concern_low', 'concern_high')
                    ELSE 'common_cause' END AS variation)
    FROM (SELECT *, last_value(period_end) OVER (PARTITION BY series_id ORDER BY position
                        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS seen_on,
                 count(value) OVER (PARTITION BY series_id, phase) AS n_points,
                 count(*) FILTER (is_hidden) OVER (PARTITION BY series_id, phase) AS n_hidden,
                 row_number() OVER (PARTITION BY series_id ORDER BY value IS NULL, position DESC) AS back
          FROM chart_point WHERE period_end <= $until AND NOT is_running) p
    JOIN chart_summary s USING (series_id, phase)
    WHERE p.back = 1
"""

#: The series of a wall cell: of those with this measure in this place, the one with the most recent point.
WALL = """
    WITH latest AS (
        SELECT s.*, p.name AS prototype_name, p.theme, p.planned_every,
               count(*) OVER place AS n_series,
               row_number() OVER (
                   place ORDER BY s.latest_on DESC NULLS LAST, s.last_on DESC NULLS LAST, s.prototype_id
               ) AS choice
        FROM ({standing}) s
        JOIN prototype p USING (prototype_id)
        WHERE ($theme IS NULL OR p.theme = $theme) AND ($prototype IS NULL OR s.prototype_id = $prototype)
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


class OnWall(Reader):
    """How it all stands, in one look."""

    def wall(
        self, theme: str | None = None, prototype_id: str | None = None, until: dt.date | None = None
    ) -> pd.DataFrame:
        """Return a row a neighbourhood and measure: the summary of the chosen series, and `n_series` in all.

        Parameters
        ----------
        theme, prototype_id
            Where given, only prototypes of that theme, or that one, are looked at.
        until
            Where given, each series stands at the last point that was whole by that day, coloured as published today;
            its sentence is the point's words and it carries no assurance.
        """
        standing = NOW if until is None else ON_A_DAY
        return self._frame(WALL.format(standing=standing), theme=theme, prototype=prototype_id, until=until)

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

    def charted_measures(self) -> pd.DataFrame:
        """Return which measure has a chart under which prototype: measure_id, prototype_id, theme."""
        return self._frame(
            """SELECT DISTINCT s.measure_id, s.prototype_id, p.theme
               FROM chart_summary s JOIN prototype p USING (prototype_id) ORDER BY ALL"""
        )

    def agreed_at(self, meeting_id: str) -> pd.DataFrame:
        """Return what a meeting agreed, as it stands, oldest first, with the theme and the `title` of what it was about.

        The title is None where what it was about is no longer among the changes of the last year.
        """
        return self._frame(
            """SELECT a.*, c.title, c.domain, p.theme
               FROM agreed a LEFT JOIN change c ON c.change_id = a.item LEFT JOIN prototype p ON p.prototype_id = a.prototype_id
               WHERE a.is_standing AND a.meeting_id = $id ORDER BY a.saved_at, a.record_id""",
            id=meeting_id,
        )

    def short_sentences(self, series_ids: list[str]) -> dict[str, str]:
        """Return the shortest sentence of charts, by series_id."""
        rows = self._rows(
            """SELECT series_id, sentence_short FROM chart_summary
               WHERE is_latest_phase AND list_contains($ids, series_id)""",
            ids=series_ids,
        )
        return {row["series_id"]: row["sentence_short"] for row in rows}
