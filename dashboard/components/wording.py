"""Numbers and days as the screens write them. Words only: nothing is worked out here."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd

from dashboard.figures.numbers import small_text
from pipelines.vocabulary import ChartKind, DataType

SHARES = (DataType.PROPORTION, ChartKind.P, ChartKind.PP)

ONES = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"]
SMALL_NUMBERS = [*ONES, *TEENS, "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def count(number: int) -> str:
    """Write a whole number below a hundred as words, e.g. 21 as ``twenty-one``; larger ones as digits."""
    if not 0 <= number < 100:
        return f"{number:,}"
    if number < len(SMALL_NUMBERS):
        return SMALL_NUMBERS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{SMALL_NUMBERS[ones]}" if ones else "")


def capital(text: str) -> str:
    """Begin a sentence with a capital and leave the rest alone."""
    return text[:1].upper() + text[1:]


def missing(value: Any) -> bool:
    """Whether a cell of a frame holds nothing: None, NaN or NaT."""
    return value is None or value != value


def date(value: Any) -> dt.date | None:
    """Read a day out of a frame's cell or of ISO text; None where there is none."""
    if missing(value) or value == "":
        return None
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value.date() if isinstance(value, dt.datetime) else value


def day(value: Any, year: bool = False) -> str:
    """Write a day as ``3 March``, with its year where asked."""
    on = date(value)
    if on is None:
        return "no date"
    return f"{on.day} {on:%B %Y}" if year else f"{on.day} {on:%B}"


def is_share(kind: str) -> bool:
    """Whether values of a measure of this kind are shares of 0 to 1, shown as per cent."""
    return kind in SHARES


def number(value: Any, kind: str) -> tuple[str, str]:
    """Write a value as digits and a small unit, e.g. 0.478 of a share as ``("48", "%")``.

    A mean below ten keeps one decimal where it has one, since a day more or less is then a tenth of it.
    """
    if missing(value) or math.isinf(value):
        return "", ""
    if is_share(kind):
        return f"{value * 100:.0f}", "%"
    if 0 < abs(value) < 1:
        return small_text(value), ""
    digits = f"{value:,.1f}" if abs(value) < 10 else f"{value:,.0f}"
    return digits.removesuffix(".0"), ""


def figure(value: Any, kind: str) -> str:
    """Write a value with its unit in one piece, e.g. ``48%``."""
    return "".join(number(value, kind))


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
