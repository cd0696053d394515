"""Do our predictions hold? Every sealed range drawn the same height, each result where it fell; below, how many held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.components.learning.marks import across, mark_html, marks_class
from dashboard.components.wording import date, missing

Row = Mapping[str, Any]

#: Half-widths of a range that the picture reaches to, at least and at most.
NEAREST, FURTHEST = 1.8, 4.2

#: Room beyond the outermost mark, half-widths.
ROOM = 0.25


def holds_html(rows: Sequence[Row], sentence: str) -> str:
    """Return the picture of results in and out of their ranges.

    Parameters
    ----------
    rows
        Of prediction_error, in order of their due day; at least one.
    sentence
        Of calibration: the alternative text.
    """
    places = [float(row["place"]) for row in rows]
    reach = min(max(NEAREST, *(abs(place) + ROOM for place in places)), FURTHEST)
    marks = "".join(
        mark_html(row, at, len(rows), _top(place, reach), _shape(row, place, reach), tab=True)
        for at, (row, place) in enumerate(zip(rows, places, strict=True))
    )
    edge = _top(1, reach)
    band = f'<i class="range" style="top:{edge:.2f}%;height:{100 - 2 * edge:.2f}%"></i>'
    return (
        f'<div class="holds" role="group" aria-label="{escape(sentence)}">'
        f'<p class="sides" aria-hidden="true"><span style="height:{edge:.2f}%">more than predicted</span>'
        f'<b style="height:{100 - 2 * edge:.2f}%">as predicted</b><span style="height:{edge:.2f}%">less than predicted</span></p>'
        f'<div class="{marks_class(rows)}">{band}{marks}</div>{_ends(rows)}</div>'
    )


def _top(place: float, reach: float) -> float:
    """Return where a place stands, % from the top, held inside the picture."""
    held = max(-reach, min(reach, place))
    return 50 - held / reach * 50


def _shape(row: Row, place: float, reach: float) -> str:
    shape = "dot" if row["is_inside"] else "diamond"
    return f"{shape} beyond" if abs(place) > reach else shape


def _ends(rows: Sequence[Row]) -> str:
    """Return the months of the first and the latest cycle in view."""
    first, last = _month(rows[0]["due_on"]), _month(rows[-1]["due_on"])
    if len(rows) == 1:
        left = across(0, 1)
        return f'<p class="ends"><span style="margin-left:{left:.0f}%;transform:translateX(-50%)">{first}</span></p>'
    return f'<p class="ends"><span>first, {first}</span><span>latest, {last}</span></p>'


def _month(value: Any) -> str:
    on = date(value)
    return "no date" if on is None else f"{on:%b %Y}"


def beyond_words(rows: Sequence[Row]) -> str:
    """Return what must be known where marks stand at the edge of the picture, or an empty text."""
    count = sum(abs(float(row["place"])) > FURTHEST for row in rows)
    if not count:
        return ""
    who = "One result lies" if count == 1 else f"{count} results lie"
    return f"{who} further out than the picture reaches, and stand{'s' * (count == 1)} at its edge."


def share_html(calibration: Row) -> str:
    """Return the line from 0 to 100 % with the share that held, its interval, and what was promised.

    Parameters
    ----------
    calibration
        A row of calibration; without a share nothing is drawn.
    """
    if missing(calibration["share"]):
        return ""
    held, low, high, promised = (
        float(calibration[name]) * 100 for name in ("share", "share_low", "share_high", "promised")
    )
    counted = f"{int(calibration['n_inside'])} of {int(calibration['n_scored'])} held, {held:.0f}%"
    interval = f"95% interval {low:.0f} to {high:.0f}%"
    told = f"{counted}; {interval}; promised {promised:.0f}%"
    return (
        f'<div class="share-line" role="img" aria-label="{told}">'
        f"<p>{_at(promised, 'promised', f'promised {promised:.0f}%')}</p>"
        f'<div class="track"><i class="between" style="left:{low:.1f}%;width:{high - low:.1f}%"></i>'
        f'<i class="promise" style="left:{promised:.1f}%"></i><i class="held" style="left:{held:.1f}%"></i></div>'
        f"<p>{_at(held, 'held-words', counted)}</p><p>{_at(low, 'muted', interval)}</p></div>"
    )


def _at(place: float, css: str, words: str) -> str:
    """Return words under a place on the line; they never run past its ends."""
    return f'<span class="{css}" style="left:{place:.1f}%;transform:translateX(-{place:.1f}%)">{words}</span>'
