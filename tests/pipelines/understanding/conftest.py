"""Small logs of many makes, written as their tools write them; the shapes of form tools are from their descriptions."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.understanding import ColumnGuess, Proposal, understand

FIRST = dt.date(2025, 1, 7)
WEEKS = [FIRST + dt.timedelta(weeks=n) for n in range(24)]

Cells = Sequence[Sequence[object]]


def text_of(rows: Cells, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook_of(
    sheets: dict[str, Cells], hidden: Sequence[str] = (), merged: dict[str, Sequence[str]] | None = None
) -> bytes:
    """A workbook; `merged` names ranges by sheet, whose first cell keeps its value."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place in (merged or {}).get(name, ()):
                sheet.merge_range(place, "")
            for n, row in enumerate(rows):
                for m, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(n, m, dt.datetime.combine(cell, dt.time()), day)
                    elif cell != "":
                        sheet.write(n, m, cell)
            if name in hidden:
                sheet.hide()
    return made.getvalue()


def zip_of(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture
def understood(tmp_path) -> Callable[..., Proposal]:
    """Understand rows of text, or bytes, in an empty data folder."""

    def run(source: Cells | bytes, name: str = "log.csv", folder: Path | None = None) -> Proposal:
        content = source if isinstance(source, bytes) else text_of(source)
        return understand(content, name, folder or tmp_path)

    return run


def guess_of(proposal: Proposal, heading: str, sheet: str | None = None) -> ColumnGuess:
    found = [one for one in proposal.columns if one.heading == heading and sheet in (None, one.sheet)]
    assert found, f"{heading!r} is not among {[one.heading for one in proposal.columns]}"
    return found[0]


def roles_of(proposal: Proposal) -> dict[str, str]:
    return {guess.heading: str(guess.role) for guess in proposal.columns}
