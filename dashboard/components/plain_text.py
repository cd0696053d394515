"""Text that came from outside, made fit to be shown: names of files, sheets and columns may hold anything.

Tags are harmless once escaped, but some characters work without being seen: direction marks turn the words around them,
control characters break lines. They are left out. Labels of widgets are markdown, so that only letters pass there.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

#: Longest text shown in one piece; the middle of a longer one is left out.
MOST = 80

#: What a widget's label keeps: letters, digits and marks that mean nothing in markdown, the sign for a cut among them.
_NOT_IN_LABELS = re.compile(r"[^\w ,.'?%()£…-]|_")


def shown(text: object, most: int = MOST) -> str:
    """Return a text on one line, without control and direction characters, its middle left out where it is long.

    Parameters
    ----------
    text
        Anything; None gives an empty text.
    most
        Longest text in characters, the sign for what is left out included.
    """
    if text is None:
        return ""
    visible = (" " if unicodedata.category(c)[0] in "CZ" else c for c in str(text) if not _turns(c))
    line = " ".join("".join(visible).split())
    if len(line) <= most:
        return line
    head = most * 2 // 3
    return f"{line[:head].rstrip()} … {line[-(most - head - 3) :].lstrip()}"


def shown_html(text: object, most: int = MOST) -> str:
    """Return `shown` as HTML, kept apart from the direction of the words around it; the whole text in its title."""
    short, whole = shown(text, most), shown(text, 1000)
    title = f' title="{escape(whole)}"' if short != whole else ""
    return f"<bdi{title}>{escape(short)}</bdi>"


def label_words(text: object, most: int = 60) -> str:
    """Return a text for the label of a widget, where anything else could be read as markdown."""
    return " ".join(_NOT_IN_LABELS.sub(" ", shown(text, most)).split())


def file_name(path: object) -> str:
    """Return the last part of a path, fit to be shown."""
    return shown(str(path).replace("\\", "/").rsplit("/", 1)[-1])


def _turns(character: str) -> bool:
    """Whether a character has no width of its own and works on its neighbours: directions, joiners, marks of order."""
    return unicodedata.category(character) == "Cf"
