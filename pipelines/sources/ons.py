"""Published figures of areas: CSVs of the ONS service "Explore Local Statistics".

Columns are found by name. A period is an ISO interval, e.g. ``2022-01-01/P3Y``: three years from 2022.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable

from dateutil.relativedelta import relativedelta

from pipelines.sources.dates import read_date
from pipelines.sources.rows import Row
from pipelines.sources.tables import Effect, LocalityValue

REQUIRED = ("areacd", "areanm", "indicator", "period", "observation")

SOURCE = "Office for National Statistics, Explore Local Statistics"

_DURATION = re.compile(r"^P(\d{1,2})([YMWD])$")
_UNITS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}


def read_period(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of an ISO interval, or None where it is none.

    >>> read_period("2022-01-01/P3Y")
    (datetime.date(2022, 1, 1), datetime.date(2024, 12, 31))
    """
    begin, _, length = text.partition("/")
    duration = _DURATION.match(length)
    try:
        start = dt.date.fromisoformat(begin[:10])
    except ValueError:
        return None
    if not duration or not int(duration[1]):
        return None
    after = start + relativedelta(**{_UNITS[duration[2]]: int(duration[1])})  # type: ignore[arg-type]
    return start, after - dt.timedelta(days=1)


def read_release(metadata: bytes | None) -> tuple[str | None, dt.date | None]:
    """Return source and release date from the JSON file that the service gives beside a CSV, where there is one."""
    if metadata is None:
        return None, None
    try:
        shared = json.loads(metadata)["ess-beta-metadata"]["shared"]
        return str(shared["sourceOrg"]), read_date(str(shared["sourceDate"])).day
    except (ValueError, KeyError, TypeError):
        return None, None


def locality_maker(metadata: bytes | None) -> Callable[[Row], LocalityValue | None]:
    """Return a function from a line to a value; a line without area, period or figure is refused."""
    source, released_on = read_release(metadata)
    taken: set[tuple[str, str, dt.date]] = set()

    def make(row: Row) -> LocalityValue | None:
        key = _key(row, taken)
        value = row.number("observation")
        if value is None:
            status = row.written("status")
            why = f" Status: {status}." if re.fullmatch(r"[A-Za-z]{1,3}", status) else ""
            row.refuse("observation", None, f"No figure is published here.{why}")
        if row.is_refused or key is None or value is None:
            return None
        area, indicator, period = key
        taken.add((area, indicator, period[0]))
        lower, upper = row.number("lci_95"), row.number("uci_95")
        if lower is not None and upper is not None and not lower <= value <= upper:
            reason = "The figure lies outside its interval. Loaded; compare it with the publication."
            row.ledger.tell(row.line, "observation", row.written("observation"), reason, Effect.NOTED)
        return LocalityValue(
            area,
            row.written("areanm") or area,
            row.written("geography") or None,
            indicator,
            *period,
            value,
            lower,
            upper,
            row.written("unit") or None,
            row.written("source") or source or SOURCE,
            row.date("released_on") or released_on,
        )

    return make


def _key(row: Row, taken: set[tuple[str, str, dt.date]]) -> tuple[str, str, tuple[dt.date, dt.date]] | None:
    """Return area, indicator and period of a line; refused where one is missing or the three came before."""
    area, indicator, period = (
        row.written("areacd"),
        row.written("indicator"),
        read_period(row.written("period")),
    )
    if not area or not indicator:
        row.refuse(
            "indicator" if area else "areacd", None, "The cell is empty, so that the figure has no place."
        )
    elif period is None:
        row.refuse("period", None, "This is not a period. It is written as 2022-01-01/P3Y.")
    elif (area, indicator, period[0]) in taken:
        row.refuse("areacd", None, "An earlier line has the same area, indicator and period.")
    else:
        return area, indicator, period
    return None
