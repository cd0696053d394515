"""What was decided about the dates of a sheet, published with its evidence and how to overrule it."""

from __future__ import annotations

from pipelines.sources.ledger import Ledger
from pipelines.sources.written.date_order import AS_WRITTEN, DAY_FIRST, MONTH_FIRST, DateOrder
from pipelines.sources.written.dates import DatesRead

#: The shape under which dates come that a workbook itself had read in the wrong order.
SWAPPED = "0000-00-00"


def tell_guesses(read: DatesRead, order: str, heading: str, ledger: Ledger) -> None:
    """Publish how days and months were told apart where the mapping did not say, and what was carried down.

    Parameters
    ----------
    read
        The column of dates as it was read.
    order
        What the mapping says of the order of day and month.
    heading
        The column's heading.
    ledger
        The ledger of the sheet.
    """
    at = f"[sheets.{_quoted(ledger.sheet)}] " if ledger.sheet else ""
    for one in read.orders if order == AS_WRITTEN else ():
        ledger.guess(heading, _order_words(one), one.evidence, f'{at}dates = "{_other_order(one)}"')
    n_carried = int(read.carried.sum())
    if n_carried:
        evidence = f"{n_carried} records have no date of their own and stand below one that has."
        ledger.guess(heading, "An empty date is that of the row above.", evidence, "dates_carry_down = false")


def _order_words(order: DateOrder) -> str:
    if order.shape == SWAPPED:
        return "Dates that the workbook had turned round were turned back."
    return f"Dates written {order.shape} have the {'day' if order.day_first else 'month'} first."


def _other_order(order: DateOrder) -> str:
    """Return the order that decides otherwise; to name the one found leaves a workbook's own dates as they are."""
    day_first = order.day_first if order.shape == SWAPPED else not order.day_first
    return DAY_FIRST if day_first else MONTH_FIRST


def _quoted(sheet: str) -> str:
    return '"' + sheet.replace("\\", "\\\\").replace('"', '\\"') + '"'
