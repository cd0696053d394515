"""The only reader of a mart: one method a question, plain rows out. Knows no screen.

Every question takes a cursor of its own: a DuckDB connection shared between threads mixes their answers up.
Frames come with the columns of pipelines/sql/schema.sql; a missing value is None or NaN, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines.errors import MartError
from pipelines.mart import open_read_only

DOMAIN_ORDER = "array_position(['reach', 'quality', 'impact', 'balancing'], domain)"

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

CYCLES = """
    SELECT c.*, p.name AS prototype_name, p.theme, p.neighbourhood_id, n.name AS neighbourhood,
           n.display_order AS place_order, m.short_name AS measure, m.name AS measure_name
    FROM cycle c
    JOIN prototype p USING (prototype_id)
    JOIN neighbourhood n USING (neighbourhood_id)
    LEFT JOIN measure m ON m.measure_id = c.primary_measure
    WHERE ($prototype_id IS NULL OR c.prototype_id = $prototype_id)
      AND ($neighbourhood_id IS NULL OR p.neighbourhood_id = $neighbourhood_id)
    ORDER BY n.display_order, c.prototype_id, c.do_start NULLS LAST, c.cycle_id
"""

#: Lines of a point that are named; a point of a large log may rest on thousands.
MOST_LINES = 40

POINT_SOURCES = """
    SELECT p.series_id, p.position, s.file, s.sheet, count(DISTINCT s.line) AS n_lines,
           list_sort(list_distinct(list_concat(min(DISTINCT s.line, $most), [max(s.line)]))) AS lines
    FROM chart_point p
    JOIN point_source s ON s.series_id = p.series_id AND s.tested_on BETWEEN p.period_start AND p.period_end
    WHERE list_contains($ids, p.series_id)
    GROUP BY p.series_id, p.position, s.file, s.sheet
    ORDER BY p.series_id, p.position, s.file, s.sheet NULLS FIRST
"""

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


class Store:
    """A published mart, open for reading.

    Parameters
    ----------
    path
        A ``mart-<hash>.duckdb`` file, as `pipelines.mart.current` names it.

    Raises
    ------
    MartError
        Where the file is missing, not a mart, or made by another version. A damaged one tells at a question.
    """

    def __init__(self, path: Path):
        self.path = path
        self._connection = open_read_only(path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def info(self) -> dict[str, str]:
        """Return the facts about the mart: audience, rule_set, rule_set_version, made_up, data_until, ..."""
        rows = self._rows("SELECT key, value FROM mart_info")
        return {row["key"]: row["value"] for row in rows}

    def neighbourhoods(self) -> pd.DataFrame:
        """Return the neighbourhoods, west to east; they are never ranked."""
        return self._frame("SELECT * FROM neighbourhood ORDER BY display_order, neighbourhood_id")

    def measures(self) -> pd.DataFrame:
        """Return the measures in their order within reach, quality, impact, balancing."""
        return self._frame(f"SELECT * FROM measure ORDER BY {DOMAIN_ORDER}, display_order, measure_id")

    def targets(self, measure_id: str | None = None) -> pd.DataFrame:
        """Return targets and the days they hold from, of one measure or all."""
        return self._frame(
            "SELECT * FROM target WHERE $id IS NULL OR measure_id = $id ORDER BY measure_id, from_on",
            id=measure_id,
        )

    def prototypes(self, neighbourhood_id: str | None = None) -> pd.DataFrame:
        """Return prototypes, of one neighbourhood or all."""
        return self._frame(
            """SELECT * FROM prototype WHERE $id IS NULL OR neighbourhood_id = $id
               ORDER BY neighbourhood_id, started_on NULLS LAST, prototype_id""",
            id=neighbourhood_id,
        )

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

    def summaries(self, neighbourhood_id: str | None = None, prototype_id: str | None = None) -> pd.DataFrame:
        """Return the latest phase of each series, with the measure's names, unit and data kind."""
        return self._frame(
            f"""SELECT s.*, m.name AS measure_name, m.short_name, m.unit, m.counts, m.never_negative,
                      m.kind AS data_kind,
                      m.why, m.source, m.lag_days, m.display_order, m.disclosive
               FROM chart_summary s JOIN measure m USING (measure_id, domain)
               WHERE s.is_latest_phase AND ($place IS NULL OR s.neighbourhood_id = $place)
                 AND ($prototype IS NULL OR s.prototype_id = $prototype)
               ORDER BY s.prototype_id, {DOMAIN_ORDER}, m.display_order, s.series_id""",
            place=neighbourhood_id,
            prototype=prototype_id,
        )

    def summary(self, series_id: str) -> dict[str, Any] | None:
        """Return the latest phase of a series, or None where there is no such series."""
        rows = self._rows(
            "SELECT * FROM chart_summary WHERE series_id = $id AND is_latest_phase", id=series_id
        )
        return rows[0] if rows else None

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

    def cycles(self, prototype_id: str | None = None, neighbourhood_id: str | None = None) -> pd.DataFrame:
        """Return PDSA cycles with the names of their prototype, place and primary measure."""
        return self._frame(CYCLES, prototype_id=prototype_id, neighbourhood_id=neighbourhood_id)

    def cycle(self, cycle_id: str) -> dict[str, Any] | None:
        """Return one cycle as filed, or None where there is none of that id."""
        rows = self._rows("SELECT * FROM cycle WHERE cycle_id = $id", id=cycle_id)
        return rows[0] if rows else None

    def cycle_results(self, prototype_id: str | None = None) -> pd.DataFrame:
        """Return the verdicts on cycles, of one prototype or all."""
        return self._frame(
            """SELECT * FROM cycle_result WHERE $id IS NULL OR prototype_id = $id
               ORDER BY prototype_id, do_start NULLS LAST, cycle_id""",
            id=prototype_id,
        )

    def cycle_result(self, cycle_id: str) -> dict[str, Any] | None:
        """Return the verdict on one cycle, or None where there is none."""
        rows = self._rows("SELECT * FROM cycle_result WHERE cycle_id = $id", id=cycle_id)
        return rows[0] if rows else None

    def decisions(self, limit: int) -> pd.DataFrame:
        """Return the cycles decided last, newest first."""
        return self._frame(
            f"""SELECT * FROM ({CYCLES}) WHERE decided_on IS NOT NULL
                ORDER BY decided_on DESC, place_order LIMIT $n""",
            prototype_id=None,
            neighbourhood_id=None,
            n=limit,
        )

    def predictions_due(self) -> pd.DataFrame:
        """Return cycles with a prediction that nobody has decided on yet, soonest first."""
        return self._frame(
            f"""SELECT * FROM ({CYCLES}) WHERE predicted_for IS NOT NULL AND decision IS NULL
                AND coalesce(predicted_value, predicted_low, predicted_high) IS NOT NULL
                ORDER BY predicted_for, place_order, cycle_id""",
            prototype_id=None,
            neighbourhood_id=None,
        )

    def localities(self) -> pd.DataFrame:
        """Return published figures of areas, by indicator, area and time."""
        return self._frame("SELECT * FROM locality_value ORDER BY indicator, area_code, period_start")

    def public_sources(self) -> pd.DataFrame:
        """Return who published the figures and tables of areas, when, and how many rows of what: a row each of these."""
        return self._frame(f"SELECT * FROM ({PUBLIC_SOURCES}) ORDER BY source NULLS LAST, released_on, what")

    def loads(self) -> pd.DataFrame:
        """Return the files that were read, a row each file and sheet."""
        return self._frame("SELECT * FROM load ORDER BY file, load_id")

    def uploads(self) -> pd.DataFrame:
        """Return every upload ever kept, newest first; `replaced_by` is the hash of the version that took its place."""
        return self._frame("SELECT * FROM upload ORDER BY received_at DESC, file")

    def guesses(self) -> pd.DataFrame:
        """Return what was guessed while reading: what, on what evidence, and the key that overrules it."""
        return self._frame('SELECT * FROM guess ORDER BY file, sheet NULLS FIRST, "column" NULLS FIRST, what')

    def point_sources(self, series_ids: list[str]) -> pd.DataFrame:
        """Return where the points of some series come from: a row a point, file and sheet.

        `lines` holds the first `MOST_LINES` of the point's lines and the last, in order; `n_lines` says how many
        there are.
        """
        return self._frame(POINT_SOURCES, ids=series_ids, most=MOST_LINES)

    def prototypes_of(self, file: str) -> pd.DataFrame:
        """Return the prototypes with a point from a file: prototype_id, neighbourhood_id, name."""
        return self._frame(
            """SELECT DISTINCT p.prototype_id, p.neighbourhood_id, p.name
               FROM point_source s
               JOIN chart_summary c USING (series_id)
               JOIN prototype p ON p.prototype_id = c.prototype_id
               WHERE s.file = $file ORDER BY p.name, p.prototype_id""",
            file=file,
        )

    def rejected_rows(self, file: str | None = None, effect: str | None = None) -> pd.DataFrame:
        """Return faults, by file and line; in the shared mart `value` is empty."""
        return self._frame(
            """SELECT * FROM rejected_row
               WHERE ($file IS NULL OR file = $file) AND ($effect IS NULL OR effect = $effect)
               ORDER BY file, line NULLS FIRST, "column" """,
            file=file,
            effect=effect,
        )

    def neighbourhood_facts(self, neighbourhood_id: str) -> pd.DataFrame:
        """Return the published facts about a neighbourhood, a row each fact and part."""
        return self._frame(
            "SELECT * FROM neighbourhood_fact WHERE neighbourhood_id = $id ORDER BY fact, part",
            id=neighbourhood_id,
        )

    def _frame(self, sql: str, **parameters: Any) -> pd.DataFrame:
        try:
            with self._connection.cursor() as cursor:
                return cursor.execute(sql, _used(sql, parameters)).df()
        except duckdb.Error as error:
            raise self._damaged(error) from error

    def _rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        try:
            with self._connection.cursor() as cursor:
                answer = cursor.execute(sql, _used(sql, parameters))
                names = [column[0] for column in answer.description]
                return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except duckdb.Error as error:
            raise self._damaged(error) from error

    def _damaged(self, error: duckdb.Error) -> MartError:
        what = f"{self.path.name} cannot be read ({type(error).__name__})."
        return MartError(f"{what} Build again: python -m pipelines build")


def _used(sql: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """DuckDB refuses parameters that a statement does not name."""
    return {name: value for name, value in parameters.items() if f"${name}" in sql}
