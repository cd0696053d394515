"""A table of words and counts that folds into blocks on a phone, where no table fits."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def table_html(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[str] = ()
) -> str:
    """Return a table with its caption above it; the first cell of each row is the row's heading.

    Parameters
    ----------
    rows
        Plain text, as many cells a row as there are headings; an empty cell stays empty.
    numeric
        The headings whose cells stand at the right.
    """
    heads = "".join(f'<th scope="col"{_right(name, numeric)}>{escape(name)}</th>' for name in headings)
    body = "".join(_row(headings, row, numeric) for row in rows)
    return (
        f'<table class="plain"><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(headings: Sequence[str], row: Sequence[str], numeric: Sequence[str]) -> str:
    first, *rest = zip(headings, row, strict=True)
    cells = "".join(
        f'<td data-label="{escape(name)}"{_right(name, numeric)}>{escape(cell)}</td>' for name, cell in rest
    )
    return f'<tr><th scope="row">{escape(first[1])}</th>{cells}</tr>'


def _right(name: str, numeric: Sequence[str]) -> str:
    return ' class="right"' if name in numeric else ""
