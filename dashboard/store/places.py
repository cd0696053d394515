"""Questions about places and what is done and counted there: neighbourhoods, prototypes, measures, published figures."""

from __future__ import annotations

import pandas as pd

from dashboard.store.reader import DOMAIN_ORDER, Reader

#: Tables of areas, and what one row of each tells, for people.
AREA_TABLES = {
    "small_area_residents": "residents of small areas",
    "deprivation": "deprivation of small areas",
    "ward": "wards",
    "small_area_ward": "small areas and their wards",
    "small_area_change": "small areas of 2011 and of 2021",
}

#: A row a publisher, release and thing published; lists that carry no source of their own are named by their file.
PUBLIC_SOURCES = "\nUNION ALL\n".join(
    [
        """SELECT source, released_on, 'figures' AS what, count(DISTINCT indicator) AS n_indicators, count(*) AS n_rows
           FROM locality_value GROUP BY source, released_on""",
        *(
            f"SELECT source, released_on, '{what}', NULL, count(*) FROM {table} GROUP BY source, released_on"
            for table, what in AREA_TABLES.items()
        ),
        """SELECT 'The file ' || load.file, NULL, 'practices', NULL, count(*)
           FROM practice JOIN load USING (load_id) GROUP BY load.file""",
    ]
)


class Places(Reader):
    """Where, what and by which measure; and what others publish about the places."""

    def neighbourhoods(self) -> pd.DataFrame:
        """Return the neighbourhoods, west to east; they are never ranked."""
        return self._frame("SELECT * FROM neighbourhood ORDER BY display_order, neighbourhood_id")

    def neighbourhood_facts(self, neighbourhood_id: str) -> pd.DataFrame:
        """Return the published facts about a neighbourhood, a row each fact and part."""
        return self._frame(
            "SELECT * FROM neighbourhood_fact WHERE neighbourhood_id = $id ORDER BY fact, part",
            id=neighbourhood_id,
        )

    def prototypes(self, neighbourhood_id: str | None = None) -> pd.DataFrame:
        """Return prototypes, of one neighbourhood or all."""
        return self._frame(
            """SELECT * FROM prototype WHERE $id IS NULL OR neighbourhood_id = $id
               ORDER BY neighbourhood_id, started_on NULLS LAST, prototype_id""",
            id=neighbourhood_id,
        )

    def measures(self) -> pd.DataFrame:
        """Return the measures in their order within reach, quality, impact, balancing."""
        return self._frame(f"SELECT * FROM measure ORDER BY {DOMAIN_ORDER}, display_order, measure_id")

    def targets(self, measure_id: str | None = None) -> pd.DataFrame:
        """Return targets and the days they hold from, of one measure or all."""
        return self._frame(
            "SELECT * FROM target WHERE $id IS NULL OR measure_id = $id ORDER BY measure_id, from_on",
            id=measure_id,
        )

    def localities(self) -> pd.DataFrame:
        """Return published figures of areas, by indicator, area and time."""
        return self._frame("SELECT * FROM locality_value ORDER BY indicator, area_code, period_start")

    def public_sources(self) -> pd.DataFrame:
        """Return who published the figures and tables of areas, when, and how many rows of what: a row each of these."""
        return self._frame(f"SELECT * FROM ({PUBLIC_SOURCES}) ORDER BY source NULLS LAST, released_on, what")
