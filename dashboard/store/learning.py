"""Questions about learning: predictions and how they turned out, stages, the gate to scale, the second opinion."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.store.reader import WHY_HIDDEN, Reader


class Learning(Reader):
    """Whether predictions hold, and how far ideas have come."""

    def predictions(
        self, cycle_id: str | None = None, prototype_id: str | None = None, due: bool | None = None
    ) -> pd.DataFrame:
        """Return predictions, every version of them, by the day they speak of and then as they were sealed.

        `due` keeps those whose day has come (True) or has not (False).
        """
        return self._frame(
            """SELECT * FROM prediction
               WHERE ($cycle_id IS NULL OR cycle_id = $cycle_id)
                 AND ($prototype_id IS NULL OR prototype_id = $prototype_id)
                 AND ($due IS NULL OR is_due = $due)
               ORDER BY predicted_for NULLS LAST, cycle_id, sealed_at NULLS FIRST, prediction_id""",
            cycle_id=cycle_id,
            prototype_id=prototype_id,
            due=due,
        )

    def calibration(self, scope: str = "all", scope_id: str = "all") -> dict[str, Any] | None:
        """Return whether sealed ranges hold as often as promised: of everybody, or ``prototype`` and its id; else None."""
        return self._row(
            "SELECT * FROM calibration WHERE scope = $scope AND scope_id = $scope_id",
            scope=scope,
            scope_id=scope_id,
        )

    def prediction_errors(self, scope: str = "all", scope_id: str = "all") -> pd.DataFrame:
        """Return by how much scored predictions of a scope missed, in the order in which they fell due."""
        return self._frame(
            "SELECT * FROM prediction_error WHERE scope = $scope AND scope_id = $scope_id ORDER BY position",
            scope=scope,
            scope_id=scope_id,
        )

    def stage_events(self, prototype_id: str | None = None) -> pd.DataFrame:
        """Return stages reached, oldest first; `reached_on` is missing where a file names the stage and no day."""
        return self._frame(
            """SELECT * FROM stage_event WHERE $id IS NULL OR prototype_id = $id
               ORDER BY prototype_id, reached_on NULLS FIRST, record_id NULLS FIRST""",
            id=prototype_id,
        )

    def stage_counts(self) -> pd.DataFrame:
        """Return how many prototypes came to each stage, from idea to scaled."""
        return self._frame("SELECT * FROM stage_count ORDER BY display_order")

    def gate(self, prototype_id: str) -> pd.DataFrame:
        """Return the rules of readiness to scale and how a prototype answers them, in their order."""
        return self._frame(
            "SELECT * FROM gate WHERE prototype_id = $id ORDER BY display_order", id=prototype_id
        )

    def theme_steps(self, theme: str) -> pd.DataFrame:
        """Return the steps of a theme, where people go on or are lost, a row a neighbourhood and share, west to east.

        `why_hidden` says why anything is held back in the charts of the step's measure there.
        """
        return self._frame(
            f"""SELECT t.*, {WHY_HIDDEN.format(row="t")} AS why_hidden
               FROM theme_step t JOIN neighbourhood n USING (neighbourhood_id) WHERE t.theme = $theme
               ORDER BY n.display_order, t.neighbourhood_id, t.display_order""",
            theme=theme,
        )

    def theme_sentences(self, theme: str) -> pd.DataFrame:
        """Return a theme in sentences, one a neighbourhood and question, west to east."""
        return self._frame(
            """SELECT t.* FROM theme_sentence t JOIN neighbourhood n USING (neighbourhood_id) WHERE t.theme = $theme
               ORDER BY n.display_order, t.neighbourhood_id, t.display_order""",
            theme=theme,
        )

    def second_opinion(self, cycle_id: str) -> dict[str, Any] | None:
        """Return what segmented regression says of a cycle, or None where it has too few points for it."""
        return self._row("SELECT * FROM second_opinion WHERE cycle_id = $id", id=cycle_id)
