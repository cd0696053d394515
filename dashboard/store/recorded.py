"""Questions about what people entered: the records, decisions, learnings, dissent, what happened, what was said."""

from __future__ import annotations

import pandas as pd

from dashboard.store.reader import Reader


class Recorded(Reader):
    """What people wrote down; what was taken back or replaced stands in `records`, and where `is_standing` is told."""

    def records(self, kind: str | None = None) -> pd.DataFrame:
        """Return records in the order in which they were saved, of one kind or all; never their contents."""
        return self._frame(
            "SELECT * FROM record WHERE $kind IS NULL OR kind = $kind ORDER BY number", kind=kind
        )

    def decisions_of(self, cycle_id: str) -> pd.DataFrame:
        """Return every decision on a cycle, oldest first; the last that stands is the one in force."""
        return self._frame(
            "SELECT * FROM decision WHERE cycle_id = $id ORDER BY saved_at, record_id", id=cycle_id
        )

    def learnings(self, cycle_id: str) -> pd.DataFrame:
        """Return what a group wrote that it learned from a cycle, oldest first."""
        return self._frame(
            "SELECT * FROM learning WHERE cycle_id = $id ORDER BY saved_at, record_id", id=cycle_id
        )

    def dissents(self, about: str) -> pd.DataFrame:
        """Return other readings of a cycle or a series, oldest first."""
        return self._frame("SELECT * FROM dissent WHERE about = $id ORDER BY saved_at, record_id", id=about)

    def dissents_of(self, prototype_id: str) -> pd.DataFrame:
        """Return other readings of the cycles and charts of a prototype, oldest first."""
        return self._frame(
            """SELECT d.* FROM dissent d LEFT JOIN cycle c ON c.cycle_id = d.about
               WHERE c.prototype_id = $id OR split_part(d.about, '@', 2) = $id ORDER BY d.saved_at, d.record_id""",
            id=prototype_id,
        )

    def annotations(self, prototype_id: str) -> pd.DataFrame:
        """Return what happened at a prototype, by day."""
        return self._frame(
            "SELECT * FROM annotation WHERE prototype_id = $id ORDER BY happened_on, record_id",
            id=prototype_id,
        )

    def quotes(self, prototype_id: str) -> pd.DataFrame:
        """Return what people said, with the consent they gave; the shared mart has what everyone may read."""
        return self._frame(
            "SELECT * FROM quote WHERE prototype_id = $id ORDER BY cycle_id NULLS FIRST, record_id",
            id=prototype_id,
        )

    def baseline_decisions(self, series_id: str) -> pd.DataFrame:
        """Return usual ranges accepted or moved by a person, oldest first; `note` says why one is not applied."""
        return self._frame(
            "SELECT * FROM baseline_decision WHERE series_id = $id ORDER BY saved_at, record_id", id=series_id
        )
