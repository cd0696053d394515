"""An open mart, and the two ways to ask it: a frame or plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboard.store.answers import Answer, Answers
from pipelines.errors import MartError
from pipelines.mart import open_read_only

#: The order in which domains stand, cause before effect; of a table with a column `domain`.
DOMAIN_ORDER = "array_position(['reach', 'quality', 'impact', 'balancing'], domain)"

#: Why anything is held back in the charts of a row's measure and place; where single points are not, how they were joined.
WHY_HIDDEN = (
    "(SELECT coalesce(max(c.why_hidden), max(c.release_note)) FROM chart_summary c "
    "WHERE c.measure_id = {row}.measure_id AND c.neighbourhood_id = {row}.neighbourhood_id)"
)


class Reader:
    """A published mart, open for reading.

    Every question takes a cursor of its own: a DuckDB connection shared between threads mixes their answers up. What was
    answered once is kept, as fifty people look at the same wall.

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
        self._answers = Answers()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def info(self) -> dict[str, str]:
        """Return the facts about the mart: audience, rule_set, rule_set_version, made_up, data_until, ..."""
        rows = self._rows("SELECT key, value FROM mart_info")
        return {row["key"]: row["value"] for row in rows}

    def _frame(self, sql: str, **parameters: Any) -> pd.DataFrame:
        return self._answers.recall(
            repr(("frame", sql, parameters)), lambda: self._asked(sql, parameters, lambda answer: answer.df())
        )

    def _rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        return self._answers.recall(
            repr(("rows", sql, parameters)), lambda: self._asked(sql, parameters, _as_rows)
        )

    def _asked(self, sql: str, parameters: Mapping[str, Any], taken: Callable[[Any], Answer]) -> Answer:
        """Ask the mart, with a cursor of its own; `taken` takes the answer from it."""
        try:
            with self._connection.cursor() as cursor:
                return taken(cursor.execute(sql, _used(sql, parameters)))
        except duckdb.Error as error:
            raise self._damaged(error) from error

    def _row(self, sql: str, **parameters: Any) -> dict[str, Any] | None:
        rows = self._rows(sql, **parameters)
        return rows[0] if rows else None

    def _damaged(self, error: duckdb.Error) -> MartError:
        what = f"{self.path.name} cannot be read ({type(error).__name__})."
        return MartError(f"{what} Build again: python -m pipelines build")


def _as_rows(answer: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _used(sql: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """DuckDB refuses parameters that a statement does not name."""
    return {name: value for name, value in parameters.items() if f"${name}" in sql}
