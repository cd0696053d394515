"""Questions about PDSA cycles: as planned, as judged, as decided."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.store.reader import Reader

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


class Cycles(Reader):
    """PDSA cycles and the verdicts on them."""

    def cycles(self, prototype_id: str | None = None, neighbourhood_id: str | None = None) -> pd.DataFrame:
        """Return PDSA cycles with the names of their prototype, place and primary measure."""
        return self._frame(CYCLES, prototype_id=prototype_id, neighbourhood_id=neighbourhood_id)

    def cycle(self, cycle_id: str) -> dict[str, Any] | None:
        """Return one cycle as filed, or None where there is none of that id."""
        return self._row("SELECT * FROM cycle WHERE cycle_id = $id", id=cycle_id)

    def cycle_results(self, prototype_id: str | None = None) -> pd.DataFrame:
        """Return the verdicts on cycles, of one prototype or all."""
        return self._frame(
            """SELECT * FROM cycle_result WHERE $id IS NULL OR prototype_id = $id
               ORDER BY prototype_id, do_start NULLS LAST, cycle_id""",
            id=prototype_id,
        )

    def cycle_result(self, cycle_id: str) -> dict[str, Any] | None:
        """Return the verdict on one cycle, or None where there is none."""
        return self._row("SELECT * FROM cycle_result WHERE cycle_id = $id", id=cycle_id)

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
