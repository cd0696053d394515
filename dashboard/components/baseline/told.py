"""Who accepted or moved a usual range, as every later chart prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.components.wording import capital, day, missing

Row = Mapping[str, Any]


def told_html(summary: Row) -> str:
    """Return the line under a chart on who decided its usual range; empty where nobody did.

    Parameters
    ----------
    summary
        Row of chart_summary of the latest phase.
    """
    if missing(summary.get("accepted_by")):
        return ""
    return f'<p class="decided">{escape(told_words(summary))}</p>'


def told_words(summary: Row) -> str:
    """Return who decided, from when and why."""
    who, on = str(summary["accepted_by"]), day(summary["accepted_on"], year=True)
    moved_from = summary.get("rebased_from")
    because = str(summary["accepted_reason"]).strip()
    if missing(moved_from):
        return f"Usual range accepted by {who} on {on}: {because}"
    return f"Moved from {day(moved_from, year=True)} by {who}, {on}: {because}"


def decisions_html(rows: Sequence[Row]) -> str:
    """Return every decision on one usual range, newest first, also those that no longer stand or are not applied."""
    items = "".join(f"<li>{_decision(row)}</li>" for row in reversed(rows))
    return f'<ul class="range-decisions">{items}</ul>' if items else ""


def what_words(row: Row) -> str:
    """Return what one decision did."""
    if row["what"] == "rebase":
        return f"moved from {day(row['from_on'], year=True)}"
    return f"accepted, {day(row['first_on'], year=True)} to {day(row['last_on'], year=True)}"


def _decision(row: Row) -> str:
    who, on = escape(str(row["who"])), day(row["saved_at"], year=True)
    gone = "" if row["is_standing"] else " <b>No longer stands.</b>"
    note = "" if missing(row["note"]) or gone else f" <b>{escape(str(row['note']))}</b>"
    return f"{capital(what_words(row))}, by {who}, {on}: {escape(str(row['reason']))}{gone}{note}"
