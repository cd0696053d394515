"""Not fooled: what misleads clinicians, each worked with numbers, one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from dashboard.components.dot_rows import DotRow, rows_html
from dashboard.components.wording import missing
from dashboard.figures.numbers import NumberStyle

Row = Mapping[str, Any]

HEADING = "<h2>Not fooled</h2>"

NONE = "No worked note is there yet: notes come with the next build."


def notes_html(notes: Sequence[Row], figures: Sequence[Row]) -> str:
    """Return the worked notes, closed; each opens on its words and its numbers, drawn.

    Parameters
    ----------
    notes
        Rows of worked_note in order.
    figures
        Rows of worked_figure; those of a note with its own place go with it.
    """
    if not notes:
        return f'<section class="notes">{HEADING}<p class="muted">{NONE}</p></section>'
    items = "".join(_note(note, [figure for figure in figures if _belongs(figure, note)]) for note in notes)
    lead = '<p class="muted">What looks like a result and is none. Each note is worked with numbers: open it.</p>'
    return f'<section class="notes">{HEADING}{lead}{items}</section>'


def _belongs(figure: Row, note: Row) -> bool:
    return bool(figure["note"] == note["note"] and figure["place_id"] == note["place_id"])


def _note(note: Row, figures: Sequence[Row]) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in str(note["body"]).split("\n") if part.strip())
    drawn = "".join(
        _drawn(unit, list(rows)) for unit, rows in groupby(figures, key=lambda row: str(row["unit"]))
    )
    return f"<details><summary>{escape(str(note['title']))}</summary>{paragraphs}{drawn}</details>"


def _drawn(unit: str, figures: Sequence[Row]) -> str:
    """Return the numbers of one unit on one scale."""
    return rows_html([_dot(figure) for figure in figures], f"Numbers in {unit}", NumberStyle(), bars=True)


def _dot(figure: Row) -> DotRow:
    value = float(figure["value"])
    low, high = (None if missing(figure[end]) else float(figure[end]) for end in ("low", "high"))
    unit = str(figure["unit"])
    told = _with_unit(_number(value), unit)
    note = "" if low is None or high is None else f"{_number(low)} to {_number(high)}"
    return DotRow(
        str(figure["label"]),
        told,
        value,
        low,
        high,
        note=note,
        hover=f"{figure['label']}: {told} {note}".strip(),
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:,.1f}"


def _with_unit(number: str, unit: str) -> str:
    return f"{number}%" if unit == "%" else f"{number} {unit}"
