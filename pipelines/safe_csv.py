"""The one place that writes cells for a spreadsheet: no cell begins as a formula would.

A spreadsheet takes a cell that begins with ``= + - @`` for a formula, also behind a tab or a line break, and runs it
for whoever opens the file. Such a text gets an apostrophe before it, the spreadsheet's own sign for "this is text".
Numbers stay numbers: a negative one is written as it is.

Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

#: What a formula begins with, the full-width forms that spreadsheets read alike, and what they skip before it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: Any) -> Any:
    """Return a cell that a spreadsheet reads as text or number, never as a formula.

    Parameters
    ----------
    cell
        Of any type; None and NaN are missing.

    Returns
    -------
    object
        Numbers, dates and harmless text as they are; other text with an apostrophe before it; '' where missing.
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)) or cell is pd.NaT:
        return ""
    if not isinstance(cell, str):
        return cell
    begins = cell.lstrip(" \u00a0\ufeff")
    return "'" + cell if begins.startswith(FORMULA) else cell


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV text with a heading line, every cell safe to open in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe_cell(name) for name in headings])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def frame_csv(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text without its index, every cell safe to open in a spreadsheet."""
    return csv_text([str(name) for name in frame.columns], frame.itertuples(index=False, name=None))


def frame_bytes(frame: pd.DataFrame) -> bytes:
    """Return `frame_csv` as a file to take away; the mark at its start tells a spreadsheet that it is UTF-8."""
    return frame_csv(frame).encode("utf-8-sig")
