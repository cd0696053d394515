"""What a page says when it has nothing to show: the state, the reason and the next step, never a traceback."""

from __future__ import annotations

from html import escape

import streamlit as st

BUILD = "python -m pipelines build"


def notice(heading: str, reason: str, step: str | None = None, command: str | None = None) -> None:
    """Show a designed state: what is the case, why, and what to do next."""
    st.html(notice_html(heading, reason, step, command))


def notice_html(heading: str, reason: str, step: str | None = None, command: str | None = None) -> str:
    """Return the HTML of a notice; every argument is plain text."""
    parts = [f"<h2>{escape(heading)}</h2>", f"<p>{escape(reason)}</p>"]
    if step:
        parts.append(f"<p>{escape(step)}</p>")
    if command:
        parts.append(f"<p><code>{escape(command)}</code></p>")
    return f'<section class="notice" role="status">{"".join(parts)}</section>'


def mart_fault(reason: str) -> None:
    """Say that the mart is missing, damaged or made by another version; `reason` comes from the error."""
    told = reason.removesuffix(f" Build it: {BUILD}").removesuffix(f" Build again: {BUILD}")
    notice(
        "The charts cannot be opened",
        told,
        "Nothing you recorded is lost: charts are made again from the files they came from. "
        "In the project's folder, run this, then reload the page:",
        BUILD,
    )


def nothing_loaded() -> None:
    """Say that the mart is sound and holds no neighbourhood."""
    notice(
        "Nothing has been loaded yet",
        "The charts are ready, but no neighbourhood, prototype or test was found in the files.",
        "Put your logs into data/inbox, or write the made-up sample to look around. Then build and reload:",
        BUILD,
    )


def nothing_counted(what: str) -> None:
    """Say that a place or a measure has no test yet."""
    notice(
        "No test yet",
        f"Nothing has been counted for {what}.",
        "The first test shows here as a dot after the next build. Twelve set a usual range.",
    )
