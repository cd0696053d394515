"""When a prediction was sealed, by whom, and what a later version of it says."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import pandas as pd

from dashboard.components import icons
from dashboard.components.cycle.view import LONDON, CycleView
from dashboard.components.wording import count, date, day, missing
from dashboard.figures.numbers import NumberStyle
from dashboard.figures.prediction_words import NO_PREDICTION, span
from dashboard.theme import Theme

UNSEALED = "Not sealed: read from a file, so it does not count towards how well we predict."

#: Signs of a hash that a person can compare by eye.
SHORT_HASH = 8


def heading_html(view: CycleView, theme: Theme) -> str:
    """Return the heading of the picture, and at its right how old the prediction is, with a lock where it is sealed."""
    name = view.filed["measure_name"]
    measure = "" if missing(name) else f'<p class="judged-on muted">Judged on: {escape(str(name))}</p>'
    lock = icons.image(lock_svg(theme), "", "lock") if view.is_sealed else ""
    css = "sealed" if view.is_sealed else "muted"
    return (
        '<div class="pair"><h2>Prediction and result</h2>'
        f'<p class="{css}">{lock}{escape(seal_words(view))}</p></div>{measure}'
    )


def seal_words(view: CycleView) -> str:
    """Return how far the prediction can be trusted to be older than the result."""
    if not view.has_prediction and view.scored is None:
        return NO_PREDICTION
    scored = view.scored
    if scored is None or missing(scored["sealed_at"]):
        return "Sealed before the first test" if view.is_sealed else UNSEALED
    if not view.is_sealed:
        why = scored["why_not_sealed"]
        return "Not sealed before the first test" if missing(why) else f"Not sealed: {why}"
    return (
        f"Sealed {sealed_on(scored['sealed_at'])}{_ahead(scored['sealed_at'], date(view.filed['do_start']))}"
    )


def sealed_on(sealed_at: Any) -> str:
    """Return the day of a seal in London, ``24 October 2026``."""
    return day(in_london(sealed_at).date(), year=True)


def in_london(moment: Any) -> dt.datetime:
    """Return a moment of the mart, which keeps UTC without saying so, as a clock in London shows it."""
    stamp = pd.Timestamp(moment)
    aware = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp
    return aware.to_pydatetime().astimezone(LONDON)


def versions_html(view: CycleView) -> str:
    """Return what later versions say, each with its reason, and that the first stays what is scored; empty without."""
    others = [row for row in view.predictions if not row["is_scored_one"] and not missing(row["sealed_at"])]
    later = [row for row in others if view.scored is None or not _is_before(row, view.scored)]
    if not later:
        return ""
    told = "".join(f"<li>{escape(version_words(row, view.style))}</li>" for row in later)
    return (
        f'<p class="sentence flush">A later version was written. The one sealed before the first test stays what is '
        f'scored.</p><ul class="must-say">{told}</ul>'
    )


def version_words(row: dict[str, Any], style: NumberStyle) -> str:
    """Return one version in words: when, by whom, what, and why."""
    said = style.value_text(row["value"])
    why = "" if missing(row["reason"]) else f" Because: {row['reason']}"
    return (
        f"{sealed_on(row['sealed_at'])}, {row['who']}: {said}, 8 in 10 sure of "
        f"{span(row['low'], row['high'], style)}.{why}"
    )


def short(seal: Any) -> str:
    """Return the beginning of a hash, which a person can compare by eye."""
    return "" if missing(seal) else str(seal)[:SHORT_HASH]


def lock_svg(theme: Theme) -> str:
    """Return a closed lock in the colour of predictions."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 20">'
        f'<path d="M4 9V6a4 4 0 0 1 8 0v3" fill="none" stroke="{theme.prediction}" stroke-width="2.2"/>'
        f'<rect x="1" y="9" width="14" height="10" rx="2" fill="{theme.prediction}"/></svg>'
    )


def _is_before(row: dict[str, Any], other: dict[str, Any]) -> bool:
    return not missing(other["sealed_at"]) and pd.Timestamp(row["sealed_at"]) < pd.Timestamp(
        other["sealed_at"]
    )


def _ahead(sealed_at: Any, start: dt.date | None) -> str:
    if start is None:
        return ""
    days = (start - in_london(sealed_at).date()).days
    if days <= 0:
        return ", before the first test"
    return (
        f", {count(days)} day{'s' * (days != 1)} before testing began"
        if days < 100
        else ", before testing began"
    )
