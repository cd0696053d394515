"""Words from outside, made fit for a figure: the drawing library takes tags, entities and formulas out of any text."""

from __future__ import annotations

import textwrap
from html import escape

#: Longest line of a hover box, characters.
WRAP = 48


def figure_text(words: object) -> str:
    """Return words as a figure's text: what looks like a tag, an entity or a formula between dollars is shown as written.

    Parameters
    ----------
    words
        Anything that is shown as its own text.
    """
    return escape(str(words), quote=False).replace("$", "&#36;")


def hover_text(words: object) -> str:
    """Return words as the text of a hover box, in lines of at most WRAP characters."""
    return "<br>".join(figure_text(line) for line in textwrap.wrap(str(words), WRAP))
