"""What came in, and what was guessed on the way: every version of an upload, every guess with the way to overrule it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.components.data.view import SHORT_HASH, moment, where_words
from dashboard.components.plain_table import table_html
from dashboard.components.plain_text import shown
from dashboard.components.wording import missing, rows_of

UPLOAD_HEADINGS = ("File", "Received", "From", "Content", "Size", "Now")

#: Place of the column that says who brought a file.
WHO = UPLOAD_HEADINGS.index("From")

GUESS_HEADINGS = ("File, sheet and column", "What was guessed", "On what evidence", "To overrule it")

#: Guesses shown at once; the file to take away holds them all.
MOST_GUESSES = 200


def uploads_html(uploads: pd.DataFrame) -> str:
    """Return every upload ever kept, newest first, and which version took the place of which."""
    rows = [
        [
            where_words(row["file"]),
            moment(row["received_at"]),
            "" if missing(row["who"]) else shown(row["who"], 40),
            str(row["sha256"])[:SHORT_HASH],
            size_words(int(row["n_bytes"])),
            _now(row),
        ]
        for row in rows_of(uploads)
    ]
    headings = list(UPLOAD_HEADINGS)
    if not any(row[WHO] for row in rows):  # in the shared copy nobody is named
        headings.pop(WHO)
        rows = [[*row[:WHO], *row[WHO + 1 :]] for row in rows]
    return table_html("Every upload kept, newest first", headings, rows, numeric=("Size",))


def _now(row: Mapping[str, Any]) -> str:
    if missing(row["replaced_by"]):
        return "in use"
    return f"replaced by {str(row['replaced_by'])[:SHORT_HASH]}"


def size_words(n_bytes: int) -> str:
    """Return a size as people write it: 800 bytes, 12 kB, 3.4 MB."""
    if n_bytes < 1000:
        return f"{n_bytes} bytes"
    return f"{n_bytes / 1000:,.0f} kB" if n_bytes < 1_000_000 else f"{n_bytes / 1_000_000:,.1f} MB"


def guesses_html(guesses: pd.DataFrame) -> str:
    """Return the guesses made while reading, each with its evidence and the key that overrules it."""
    rows = [
        [
            _where(row),
            shown(row["what"], 200),
            "" if missing(row["evidence"]) else shown(row["evidence"], 300),
            "" if missing(row["overrule"]) else shown(row["overrule"], 120),
        ]
        for row in rows_of(guesses.head(MOST_GUESSES))
    ]
    caption = "Guesses made while reading"
    if len(guesses) > MOST_GUESSES:
        caption += f": the first {MOST_GUESSES} of {len(guesses):,}"
    return table_html(caption, GUESS_HEADINGS, rows)


def _where(row: Mapping[str, Any]) -> str:
    column = "" if missing(row["column"]) else f", column {shown(row['column'], 40)}"
    return where_words(row["file"], row["sheet"]) + column
