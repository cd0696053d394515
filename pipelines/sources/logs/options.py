"""Tick lists: several options in one cell, joined by commas or semicolons."""

from __future__ import annotations

from pipelines.sources.cells.headings import plain

#: Ways of saying yes and no, also as a spreadsheet's tick boxes export them.
YES = frozenset(("yes", "y", "true", "ticked", "✓", "✔", "☑"))
NO = frozenset(("no", "n", "false", "☐"))


def is_ticked(written: str, option: str) -> bool | None:
    """Return whether an option was ticked; None where nothing was.

    Options are joined by a comma and may hold commas themselves, so that the cell cannot simply be split. Where the
    option is a yes or a no, anything that is neither ("don't know") is no answer.
    """
    text, wanted = plain(written), plain(option)
    if not text:
        return None
    for one, other in ((YES, NO), (NO, YES)):
        if wanted in one and text in one | other:
            return text in one
        if wanted in one and ("," not in text and ";" not in text):
            return None
    joined = text.replace(";", ", ").replace("  ", " ")
    return f", {wanted}, " in f", {joined}, "
