"""Headings for comparing: the same question is written with other spaces, capitals and full stops."""

from __future__ import annotations

import unicodedata

#: Set aside at both ends. Signs that carry meaning (%, £, #, brackets) stay.
_ENDS = " .,:;?!*_-–—…\"'‘’“”"


def tidy(heading: str) -> str:
    """Return a heading on one line with single spaces, without invisible characters."""
    seen = "".join(mark for mark in heading if unicodedata.category(mark) != "Cf")
    return " ".join(seen.split())


def plain(heading: str) -> str:
    """Return a heading for comparing: one space, small letters, punctuation at the ends set aside."""
    return tidy(unicodedata.normalize("NFKC", heading)).casefold().strip(_ENDS)
