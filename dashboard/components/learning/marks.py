"""Marks of scored cycles: each a link to its cycle that tells its words to a pointer, a finger or a screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard import context

#: From so many cycles in view marks shrink, so that neighbours stay apart.
MANY = 30

#: Right of this share of the picture the words open to the left, so that they stay on the page.
LATE = 0.55


def across(index: int, size: int) -> float:
    """Return where the mark of a cycle stands, % from the left: evenly spaced, one alone in the middle."""
    return (index + 0.5) / size * 100


def mark_html(row: Mapping[str, Any], index: int, size: int, top: float, shape: str, *, tab: bool) -> str:
    """Return the mark of one scored cycle.

    Parameters
    ----------
    row
        Of prediction_error.
    index, size
        Its place among the marks in view, from 0.
    top
        % from the top of the picture.
    shape
        ``dot``, ``diamond``, or one of them with ``beyond``: further out than the picture reaches.
    tab
        Whether the keyboard stops here; where two pictures have the same links, it stops in the first alone.
    """
    side = " late" if (index + 0.5) / size > LATE else ""
    words = escape(str(row["words"]))
    address = escape(context.link("cycle", cycle=str(row["cycle_id"])))
    skipped = "" if tab else ' tabindex="-1"'
    return (
        f'<a class="mark {shape}{side}" href="{address}" target="_self"{skipped} aria-label="{words}" data-words="{words}" '
        f'style="left:{across(index, size):.2f}%;top:{top:.2f}%"><i></i></a>'
    )


def marks_class(rows: Sequence[Any]) -> str:
    """Return the class of a picture with so many marks."""
    return "marks many" if len(rows) >= MANY else "marks"
