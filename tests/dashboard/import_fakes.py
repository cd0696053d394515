"""A small understood file and its preview, for the tests of the wizard's parts: the readers have tests of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from pipelines.charts import SeriesChart, chart_series
from pipelines.measures import Measure, measure_of
from pipelines.preview import Preview
from pipelines.sources.logs.mapping import ItemSpec, Mapping
from pipelines.sources.tables import Effect, Load, RowFault
from pipelines.sources.written.date_order import DateOrder
from pipelines.sources.written.values import Ask
from pipelines.understanding import ColumnGuess, Proposal, Role, SheetGuess

KG = Ask("measurement", "kg")


def guess(
    sheet: str | None, heading: str, role: Role, item: str | None = None, ask: Ask | None = None, **more: Any
) -> ColumnGuess:
    """Return a guess with plain words where a test names none."""
    said = {
        "option": None,
        "examples": ("60", "39kg", "~20"),
        "why": "Its cells are numbers.",
        "is_sure": True,
    }
    return ColumnGuess(sheet, heading, role, item, ask or Ask(), **(said | more))


def columns() -> tuple[ColumnGuess, ...]:
    """Return the guesses of two sheets with slightly different headings."""
    days = ("2026-01-01", "2026-01-06")
    return (
        guess("Jan-Mar 26", "Date", Role.TESTED_ON, examples=days, why="Every cell is a day."),
        guess("Apr - June", "When", Role.TESTED_ON, examples=("4/2/2026",), why="Every cell is a day."),
        guess("Jan-Mar 26", "Who", Role.MEMBER, examples=("Kingsfield Pantry",), why="Few words, often."),
        guess("Jan-Mar 26", "Food in: kg", Role.ITEM, "kg_in", KG),
        guess("Apr - June", "Got (kg)", Role.ITEM, "kg_in", KG),
        guess("Jan-Mar 26", "people fed", Role.ITEM, "people_fed", Ask("count", "people")),
        guess("Apr - June", "No. fed", Role.ITEM, "people_fed", Ask(), is_sure=False, why="A guess."),
        guess("Jan-Mar 26", "Notes", Role.NOTE, examples=("fridge broke :(",), why="Words of any kind."),
        guess("Jan-Mar 26", "Contact", Role.PERSONAL, examples=(), why="The heading speaks of persons."),
    )


def mapping(**changes: Any) -> Mapping:
    """Return what the guesses amount to."""
    said: dict[str, Any] = {
        "neighbourhood_id": None,
        "prototype_id": None,
        "columns": {"tested_on": ("Date", "When"), "member": ("Who",)},
        "items": {
            "kg_in": ItemSpec(("Food in: kg", "Got (kg)"), KG),
            "people_fed": ItemSpec(("people fed", "No. fed"), Ask("count", "people")),
        },
    }
    return Mapping(**(said | changes))


def proposal(**changes: Any) -> Proposal:
    """Return a whole reading of a file with a hidden sheet."""
    said: dict[str, Any] = {
        "mapping": mapping(),
        "columns": columns(),
        "sheets": (
            SheetGuess("Jan-Mar 26", 4, 28, False, True, "It has a heading, days and numbers."),
            SheetGuess("Apr - June", 3, 38, False, True, "It has a heading, days and numbers."),
            SheetGuess(
                "old DO NOT USE", None, 8, True, False, "It is hidden, and a hidden sheet is not read."
            ),
        ),
        "form": None,
        "orders": (
            DateOrder("0/0/0000", False, 3, 20, "4/16/2026 can only be 16 April, so the month stands first."),
        ),
        "notes": ("Six rows are totals and are not counted.",),
        "matches": None,
    }
    return Proposal(**(said | changes))


def measure() -> Measure:
    """Return the measure that the fake preview charts."""
    return measure_of(
        {
            "id": "kg_in",
            "name": "Food in",
            "domain": "reach",
            "kind": "i",
            "numerator": "kg_in",
            "unit": "kg a week",
            "period": "week",
            "better": "up",
            "disclosive": False,
            "prototypes": ["*"],
            "why": "To see what comes in.",
            "source": "The log.",
        }
    )


def chart(n_weeks: int = 16) -> SeriesChart:
    """Return a chart of some weeks."""
    monday = dt.date(2026, 1, 5)
    rows = [
        {
            "series_id": "kg_in@new",
            "measure_id": "kg_in",
            "prototype_id": "new",
            "neighbourhood_id": "new",
            "period": "week",
            "period_start": monday + dt.timedelta(weeks=n),
            "period_end": monday + dt.timedelta(weeks=n, days=6),
            "session_no": 1,
            "numerator": 50.0 + 7 * (n % 3),
            "denominator": None,
            "value": 50.0 + 7 * (n % 3),
            "n_sessions": 1,
            "is_gap": False,
            "is_hidden": False,
            "hidden_reason": None,
        }
        for n in range(n_weeks)
    ]
    return chart_series(pd.DataFrame(rows), measure())


def preview(n_faults: int = 2, charts: tuple[SeriesChart, ...] | None = None) -> Preview:
    """Return a preview with as many refused rows as asked."""
    file = "test_logs/food.xlsx"
    load = Load("l1", file, "mapped log", "0" * 64, 66 + n_faults, 60, n_faults, 6, 0, 0)
    reason = "No date could be read. Write it as 2026-01-31."
    faults = tuple(
        RowFault("l1", file, 10 + n, "Date", "soon", reason, Effect.LINE_REFUSED) for n in range(n_faults)
    )
    return Preview((load,), faults, (), (chart(),) if charts is None else charts, {"kg_in": measure()}, ())
