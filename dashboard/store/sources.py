"""Questions about what was read: files, uploads, faults, guesses, and the lines behind a point."""

from __future__ import annotations

import pandas as pd

from dashboard.store.reader import Reader

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


class Sources(Reader):
    """Where every number comes from."""

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

    def places_used(self, prototype_id: str, limit: int) -> list[str]:
        """Return the places where a prototype was tested, the latest first; none in the shared mart, which has no sessions."""
        rows = self._rows(
            """SELECT place FROM test_count WHERE prototype_id = $id AND place IS NOT NULL
               GROUP BY place ORDER BY max(tested_on) DESC, place LIMIT $most""",
            id=prototype_id,
            most=limit,
        )
        return [row["place"] for row in rows]

    def rejected_rows(self, file: str | None = None, effect: str | None = None) -> pd.DataFrame:
        """Return faults, by file and line; in the shared mart `value` is empty."""
        return self._frame(
            """SELECT * FROM rejected_row
               WHERE ($file IS NULL OR file = $file) AND ($effect IS NULL OR effect = $effect)
               ORDER BY file, line NULLS FIRST, "column" """,
            file=file,
            effect=effect,
        )
