"""Why a server takes nothing in, in words: it is a copy for reading, or others can reach it."""

from __future__ import annotations

from dashboard import context

COPY = "This copy is for reading: it holds the charts, and not the data that they are made of."
REACHED = (
    "This server can be reached from other machines, and it has no sign-in yet. "
    "So it shows the charts and takes nothing in."
)

#: What to do instead.
WHERE = "On the computer that keeps the data, start the dashboard there and open it in the same place."


def why() -> str:
    """Return why nothing can be entered here."""
    return COPY if context.is_reading_copy() else REACHED
