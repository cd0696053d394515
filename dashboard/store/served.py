"""Questions about who is served and where places differ: groups of people, the gap between them, funnels, worked notes."""

from __future__ import annotations

import pandas as pd

from dashboard.store.reader import WHY_HIDDEN, Reader

#: The place whose rows are of all neighbourhoods together.
EVERYWHERE = "borough"

#: What a published indicator of blood pressure in general practice is known by.
PUBLISHED_THEME = """
    SELECT *, row_number() OVER (
        PARTITION BY area_code, coalesce(indicator_id, indicator), sex, age, period_start, period_end
        ORDER BY released_on DESC NULLS LAST, retrieved_on DESC NULLS LAST
    ) AS newest
    FROM locality_value
    WHERE category IS NULL AND (indicator ILIKE '%hypertension%' OR indicator ILIKE '%blood pressure%'
          OR indicator_id ILIKE 'CVDP%HYP' OR indicator_id ILIKE 'HYP%')
"""


class Served(Reader):
    """Who is reached, confirmed and treated, and how places compare without being ranked."""

    def served_groups(self, place_id: str) -> pd.DataFrame:
        """Return the latest half-year's groups of a place, kinds and groups in their fixed order; hidden ones are rows too."""
        return self._frame(
            """SELECT * FROM served_group WHERE place_id = $id AND is_latest
               ORDER BY question, group_type, display_order, "group" """,
            id=place_id,
        )

    def served_gaps(self, place_id: str) -> pd.DataFrame:
        """Return the gaps between best and least served of a place, in time order: by question and kind of group."""
        return self._frame(
            "SELECT * FROM served_gap WHERE place_id = $id ORDER BY question, group_type, period_start",
            id=place_id,
        )

    def funnel_points(self, theme: str) -> pd.DataFrame:
        """Return each neighbourhood's share beside all together, a row a measure and place, west to east."""
        return self._frame(
            f"""SELECT f.*, n.name AS neighbourhood, m.short_name AS measure, {WHY_HIDDEN.format(row="f")} AS why_hidden
               FROM funnel_point f JOIN neighbourhood n USING (neighbourhood_id) LEFT JOIN measure m USING (measure_id)
               WHERE f.theme = $theme
               ORDER BY m.display_order NULLS LAST, f.measure_id, n.display_order, f.neighbourhood_id""",
            theme=theme,
        )

    def funnel_lines(self, theme: str, measure_id: str) -> pd.DataFrame:
        """Return the limits of a funnel as lines to draw, by size."""
        return self._frame(
            "SELECT * FROM funnel_line WHERE theme = $theme AND measure_id = $id ORDER BY n_before",
            theme=theme,
            id=measure_id,
        )

    def worked_notes(self, place_id: str) -> pd.DataFrame:
        """Return the worked notes of a place and of everywhere, in their order; its own stands for that of everywhere."""
        return self._frame(
            """SELECT * FROM worked_note WHERE place_id IN ($id, $everywhere)
               QUALIFY row_number() OVER (PARTITION BY note ORDER BY place_id = $everywhere) = 1
               ORDER BY display_order, note""",
            id=place_id,
            everywhere=EVERYWHERE,
        )

    def worked_figures(self, place_id: str) -> pd.DataFrame:
        """Return the numbers that worked notes draw, of a place and of everywhere."""
        return self._frame(
            """SELECT * FROM worked_figure WHERE place_id IN ($id, $everywhere)
               ORDER BY note, place_id, display_order""",
            id=place_id,
            everywhere=EVERYWHERE,
        )

    def published_of_theme(self) -> pd.DataFrame:
        """Return the published figures on blood pressure, the newest release of each, by indicator, area and time."""
        return self._frame(
            f"""SELECT * EXCLUDE (newest) FROM ({PUBLISHED_THEME}) WHERE newest = 1
                ORDER BY indicator, area_code, period_start"""
        )
