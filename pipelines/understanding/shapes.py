"""Tables that are no log as they stand, and how a person turns them into one: dates across the top, months, no day."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.sources.cascade.steps import COLUMNS as CASCADE_COLUMNS
from pipelines.sources.cells.grid import Grid
from pipelines.sources.logs.mapping.fitting import word
from pipelines.understanding.cells import holds_date
from pipelines.understanding.columns import Column

#: So many dates side by side in one of the first rows are the columns of a register.
FEWEST_DATES, FIRST_ROWS = 4, 20

TURN = (
    "Turn it: select the table, copy it, and paste it into an empty sheet with Paste special, Transpose, so that each date "
    "begins a row; then load it again."
)

CASCADE_PLACE = (
    "Save it as cascade_counts.csv (or .xlsx) in inbox/, beside prototypes.csv; `python -m pipelines check` then tells "
    "every fault of it."
)


def dates_across(grid: Grid) -> int | None:
    """Return the row of the file in which dates stand side by side; None where there is none."""
    for position in range(min(FIRST_ROWS, grid.n_rows)):
        filled = [cell.strip() for cell in grid.row(position) if cell.strip()]
        n_dates = sum(map(holds_date, filled))
        if n_dates >= FEWEST_DATES and n_dates >= 0.6 * len(filled):
            return int(grid.lines[position])
    return None


def is_cascade(columns: Sequence[Column]) -> bool:
    """Whether a sheet is the table of counts of the hypertension cascade, which has a reader of its own."""
    return {word(column.heading) for column in columns} >= set(CASCADE_COLUMNS)


def notes_on_shape(grid: Grid, columns: Sequence[Column] | None) -> str | None:
    """Return why a sheet without a column of days is no log yet, and how to mend it; None where nothing is known.

    Parameters
    ----------
    grid
        The sheet.
    columns
        Its columns; None where no heading line was found.
    """
    where = f'On the sheet "{grid.sheet}" ' if grid.sheet else "In this file "
    line = dates_across(grid)
    if line is not None:
        return f"{where}the dates stand across the top (row {line}): a log has one row a session. {TURN}"
    if not columns:
        return None
    if is_cascade(columns):
        return f"{where}there are counts of the hypertension cascade, a line a month and step: no log. {CASCADE_PLACE}"
    months = next((column for column in columns if column.share(_holds_month) > 0.8), None)
    if months is not None:
        return (
            f'{where}the column "{months.heading}" holds months, not days. Weeks cannot be counted from it: load the '
            "days, or write the first day of each month (2026-01-01) for measures by the month."
        )
    return f"{where}no column of days was found. A log needs one with the day of each session, written like 2026-01-31."


def nothing_to_count(grid: Grid) -> str:
    """Return what to do where a sheet has days and nothing to count."""
    where = f'On the sheet "{grid.sheet}" ' if grid.sheet else "In this file "
    return (
        f"{where}there are days, but no column holds a number. If every row is one call or one visit, add a column with "
        "that heading and a 1 in each row, or name an answer as a ticked option."
    )


def _holds_month(cell: str) -> bool:
    """Whether a cell is a month with or without a year: Jan-24, March 2026, September."""
    words = cell.replace("-", " ").replace("/", " ").replace("'", " ").split()
    names = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
    is_month = bool(words) and words[0].isalpha() and words[0].lower()[:3] in names
    return is_month and (len(words) == 1 or (len(words) == 2 and words[1].isdigit()))
