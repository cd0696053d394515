"""Tick lists: several options in one cell, joined by commas or semicolons."""

from __future__ import annotations

from pipelines.sources.cells.headings import plain


def is_ticked(written: str, option: str) -> bool | None:
    """Return whether an option was ticked; None where nothing was.

    Options are joined by a comma and may hold commas themselves, so that the cell cannot simply be split.
    """
    text, wanted = plain(written), plain(option)
    if not text:
        return None
    joined = text.replace(";", ", ").replace("  ", " ")
    return f", {wanted}, " in f", {joined}, "
